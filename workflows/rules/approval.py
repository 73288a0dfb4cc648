"""The committee's talk and decision, and the oath (2014 Art. 23 to 26, 30; 2026 Art. 22 to 25, 29)."""

from datetime import timedelta

from workflows.case import Case
from workflows.facts import Vote
from workflows.findings import Breach
from workflows.rules.registry import rule

MONTHS_TO_DECIDE = 3
MONTHS_AT_MOST = 6
DAYS_TO_ARCHIVE = timedelta(days=30)


def _vote(case: Case) -> Vote | None:
    """The passed vote that a decision of this purpose rests on."""
    purpose = case.act.purpose
    votes = [
        v
        for v in case.known.votes
        if v.purpose == purpose and v.outcome == "passed" and v.decided_on is None and v.on <= case.on
    ]
    return max(votes, key=lambda v: (v.on, v.seq), default=None)


@rule("vote_passed")
def vote_was_passed(case: Case) -> Breach | None:
    """A decision rests on a vote that was passed.

    More than half of the entitled present, and more than half for.
    """
    if _vote(case) is not None:
        return None
    rounds = [v for v in case.known.votes if v.purpose == case.act.purpose]
    last = rounds[-1] if rounds else None
    return Breach(found=last.on if last else None, variant=last.outcome if last else None)


@rule("general_branch_first", asked=lambda case: case.settings.general_branch_deliberates)
def general_branch_deliberated(case: Case) -> Breach | None:
    """Where a setting asks for it the general branch deliberates between vote and decision."""
    vote, deliberated_on = _vote(case), case.known.deliberated_on
    if (
        deliberated_on is not None
        and deliberated_on <= case.on
        and (vote is None or vote.on <= deliberated_on)
    ):
        return None
    later = deliberated_on is not None and (vote is None or vote.on <= deliberated_on)
    return Breach(found=deliberated_on, earliest=deliberated_on if later else None)


@rule("committee_talk")
def committee_talked(case: Case) -> Breach | None:
    """A committee member or an organizer talks with the candidate after the vote and before the decision."""
    vote, talks = _vote(case), case.known.talks
    if any(talk.on <= case.on and (vote is None or vote.on <= talk.on) for talk in talks):
        return None
    found = talks[-1].on if talks else None
    after = [talk.on for talk in talks if vote is None or vote.on <= talk.on]
    return Breach(
        found=found,
        needed=vote.on if vote else None,
        earliest=min(after, default=None),
        variant="before_vote" if found else None,
    )


@rule("theory_test", asked=lambda case: case.settings.theory_test_required and case.is_positive)
def theory_was_passed(case: Case) -> Breach | None:
    """Where a setting asks for it a theory test is passed before the decision."""
    test = case.known.theory
    if test is not None and test.passed and test.on <= case.on:
        return None
    return Breach(found=test.on if test else None, earliest=test.on if test and test.passed else None)


@rule("approval_in_time")
def decides_in_time(case: Case) -> Breach | None:
    """Within three months of the vote.

    Later an admission needs a prolongation with its reason, a conversion warns.
    """
    vote = _vote(case)
    if vote is None:
        return None
    due = case.months(vote.on, MONTHS_TO_DECIDE)
    if case.on <= due:
        return None
    is_admission = case.act.purpose == "admission"
    prolonged_on = case.known.prolonged_on
    if is_admission and prolonged_on is not None and vote.on <= prolonged_on <= case.on:
        return None
    is_mild = case.on <= case.calendar.grace(due)
    if not is_admission:
        return Breach(found=case.on, needed=due, mild=is_mild, severity="warn", variant="conversion")
    return Breach(found=case.on, needed=due, mild=is_mild)


@rule("approval_cap")
def decides_before_the_cap(case: Case) -> Breach | None:
    """After six months nothing is left to decide; there is no grace."""
    vote = _vote(case)
    if vote is None:
        return None
    cap = case.months(vote.on, MONTHS_AT_MOST)
    return None if case.on <= cap else Breach(found=case.on, needed=cap)


@rule("oath_after_approval")
def oath_follows_approval(case: Case) -> Breach | None:
    """The oath is taken after the approval (2014 Art. 30, 2026 Art. 29); the same day will do."""
    approved_on = case.known.probation_on
    if approved_on is not None and approved_on <= case.on:
        return None
    return Breach(found=approved_on, earliest=approved_on)


@rule("oath_in_time")
def oath_in_time(case: Case) -> Breach | None:
    """The oath is normally taken within a month of the approval.

    If the approval falls under an edition that says so.
    """
    approved_on = case.known.probation_on
    if approved_on is None or "oath" not in case.ground.edition_on(approved_on).deadlines:
        return None
    due = case.months(approved_on, 1)
    if case.on <= due or case.known.oath_on is not None:
        return None
    return Breach(found=case.on, needed=due, mild=case.on <= case.calendar.grace(due))


@rule("archived_in_time")
def archived_in_time(case: Case) -> Breach | None:
    """The file is archived within thirty days of the decision on conversion (2014 Art. 37, 2026 Art. 36)."""
    decided = [d.on for d in case.known.decisions if d.purpose == "conversion" and d.approved]
    if not decided:
        return None
    due = decided[-1] + DAYS_TO_ARCHIVE
    return (
        None
        if case.on <= due
        else Breach(found=case.on, needed=due, mild=case.on <= case.calendar.grace(due))
    )
