"""From applicant to activist, and the cultivation (Art. 8, 9, 11)."""

from workflows.case import YEAR, Case
from workflows.dates import report_periods
from workflows.deadlines import cultivation_ended, review_due
from workflows.findings import Breach
from workflows.rules.registry import rule

MOST_CONTACTS = 2


@rule("talk_before_decision", asked=lambda case: "transferred_in" not in case.known.first_on)
def talked_before(case: Case) -> Breach | None:
    """Nobody becomes an activist before the talk (Art. 7, 8); the same day will do.

    Who came from another system need not be talked to again (Art. 12).
    """
    talk_on = case.known.talk_on
    if talk_on is not None and talk_on <= case.on:
        return None
    return Breach(found=talk_on, earliest=talk_on)


@rule("recommendation_before_decision")
def recommended_before(case: Case) -> Breach | None:
    """Members or a mass organization recommend before the decision (Art. 8)."""
    given = [r.on for r in case.known.recommendations]
    if any(on <= case.on for on in given):
        return None
    return Breach(found=min(given, default=None), earliest=min(given, default=None))


def _is_league_asked(case: Case) -> bool:
    age, born = case.settings.league_recommendation_below_age, case.around.born
    if age == 0 or not case.known.league_member:
        return False
    return born is None or case.on < case.months(born, age * YEAR)


@rule("league_recommendation", asked=_is_league_asked)
def recommended_by_league(case: Case) -> Breach | None:
    """A League member younger than the local age has a valid recommendation of the League (Art. 8).

    Only a setting asks for it.
    """
    given = [r.on for r in case.known.recommendations if r.source == "league" and r.on <= case.on]
    valid_months = case.settings.league_recommendation_valid_months
    last = max(given, default=None)
    if last is not None and (valid_months == 0 or case.on <= case.months(last, valid_months)):
        return None
    until = case.months(last, valid_months) if last else None
    return Breach(found=last, needed=until, variant="expired" if last else None)


@rule("application_period", asked=lambda case: case.settings.application_to_activist_months > 0)
def applied_long_enough(case: Case) -> Breach | None:
    """Between application and decision lie the months of `application.to_activist_months` (a setting)."""
    received_on = case.known.received_on
    if received_on is None:
        return None
    earliest = case.months(received_on, case.settings.application_to_activist_months)
    if case.on >= earliest:
        return None
    months = case.settings.application_to_activist_months
    return Breach(found=received_on, needed=earliest, earliest=earliest, values={"months": months})


@rule("contacts_one_or_two")
def has_one_or_two_contacts(case: Case) -> Breach | None:
    """One or two contact persons are assigned (Art. 9)."""
    count = len(case.act.names("contacts") or ())
    return None if 1 <= count <= MOST_CONTACTS else Breach(found=count)


@rule("contacts_full_members", known=lambda case: case.around.roll is not None)
def contacts_are_full(case: Case) -> Breach | None:
    """Contact persons are full members on that day (Art. 9)."""
    roll = case.around.roll
    named = case.act.names("contacts") or ()
    wrong = tuple(name for name in named if roll is not None and not roll.member(name).is_full(case.on))
    if roll is None or not wrong:
        return None
    return Breach(found=wrong, earliest=roll.all_full_on(named, case.on))


@rule("contacts_missing")
def has_contacts(case: Case) -> Breach | None:
    """An activist who is proposed has contact persons (Art. 9; 2026: replaced in time)."""
    return None if case.known.contacts else Breach()


@rule("review_in_time")
def reviewed_in_time(case: Case) -> Breach | None:
    """The branch reviews each activist at least every half-year (Art. 11).

    Nobody is proposed while one is overdue.
    """
    due = review_due(case.known, case.ground, before=case.on)
    if due is None or case.on <= due:
        return None
    ended_on = cultivation_ended(case.known)
    if ended_on is not None and due > ended_on:
        return None
    mild = case.on <= case.calendar.grace(due)
    variant = "overdue" if case.act.do == "target_proposed" else None
    return Breach(found=case.on, needed=due, mild=mild, variant=variant)


@rule("activist_filed")
def is_filed(case: Case) -> Breach | None:
    """An activist is filed with the superior committee (Art. 8)."""
    return None if case.known.activist_filed_on else Breach()


@rule("thought_reports", asked=lambda case: case.settings.thought_report_every is not None)
def reported_each_period(case: Case) -> Breach | None:
    """No full calendar quarter (half-year) without a thought report (a setting)."""
    facts, every = case.known, case.settings.thought_report_every
    if every is None or facts.activist_on is None:
        return None
    periods = report_periods(every, facts.activist_on, case.on)
    empty = [p for p in periods if not any(on in p for on in facts.thought_reports)]
    if not empty:
        return None
    return Breach(
        found=len(empty), needed=len(periods), values={"first": empty[0].first, "last": empty[0].last}
    )
