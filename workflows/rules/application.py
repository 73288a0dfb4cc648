"""The application and the talk (Art. 5, 6, 7)."""

from workflows.case import YEAR, Case
from workflows.findings import Breach
from workflows.rules.registry import rule

AGE = 18


@rule("age_eighteen", known=lambda case: case.around.born is not None)
def is_eighteen(case: Case) -> Breach | None:
    """An applicant is eighteen on the day of the application; the birthday counts (Art. 5)."""
    born = case.around.born
    if born is None:
        return None
    earliest = case.months(born, AGE * YEAR)
    if case.on >= earliest:
        return None
    return Breach(found=case.on, needed=earliest, earliest=earliest)


@rule("one_open_dossier")
def has_no_other_dossier(case: Case) -> Breach | None:
    """A person has one open dossier and is not a member yet (Art. 6); where the other lies is not said."""
    return Breach() if case.around.is_open_elsewhere else None


@rule("belongs_to_unit", known=lambda case: case.around.belongs is not None)
def belongs(case: Case) -> Breach | None:
    """Household, work or residence lies in the unit, where that is known (Art. 6)."""
    return Breach() if case.around.belongs is False else None


@rule("talk_in_time")
def talked_in_time(case: Case) -> Breach | None:
    """Somebody is sent to talk within a month of receipt (Art. 7); the first talk counts."""
    facts = case.known
    if facts.received_on is None or facts.talk_on is not None:
        return None
    due = case.months(facts.received_on, 1)
    if case.on <= due:
        return None
    return Breach(found=case.on, needed=due, mild=case.on <= case.calendar.grace(due))
