"""The application form and the general meeting (2014 Art. 19 to 22, 2026 Art. 18 to 21)."""

from workflows.case import Case
from workflows.findings import Breach, LiveSeverity
from workflows.outcomes import tally_of
from workflows.rules.registry import rule

LEAST_FULL_MEMBERS = 3
RESOLUTION = ("performance", "entitled", "present", "result", "date", "signature")


@rule("form_after_preexamination")
def form_follows_preexamination(case: Case) -> Breach | None:
    """The form is issued after the pre-examination was passed; the same day will do."""
    examined = case.known.preexamination
    if examined is not None and examined.passed and examined.on <= case.on:
        return None
    return Breach(found=examined.on if examined else None)


@rule("form_number_unique")
def form_number_is_free(case: Case) -> Breach | None:
    """A form's number is used once."""
    number = case.act.text("number")
    return Breach(found=number) if number in case.around.forms_in_use else None


@rule("form_issued_before_vote")
def form_precedes_vote(case: Case) -> Breach | None:
    """The form is issued before the meeting votes."""
    form_on = case.known.form_on
    if form_on is not None and form_on <= case.on:
        return None
    return Breach(found=form_on, earliest=form_on)


@rule("meeting_in_time", asked=lambda case: case.settings.preexamination_to_meeting_months > 0)
def meets_in_time(case: Case) -> Breach | None:
    """The meeting follows within a month of the pre-examination (2026 Art. 19; before it a setting)."""
    examined = case.known.preexamination
    if examined is None:
        return None
    due = case.months(examined.on, case.settings.preexamination_to_meeting_months)
    if case.on <= due:
        return None
    severity: LiveSeverity | None = None if case.settings.preexamination_lapses else "warn"
    is_mild = case.on <= case.calendar.grace(due)
    return Breach(found=case.on, needed=due, mild=is_mild, severity=severity)


@rule("votes_consistent")
def counts_agree(case: Case) -> Breach | None:
    """Ballots, heads and written opinions do not contradict each other (2014 Art. 21, 2026 Art. 20)."""
    act = case.act
    if act.do == "meeting_voted":
        tally = tally_of(act)
        values = {
            "ballots": tally.ballots,
            "present": tally.present,
            "entitled": tally.entitled,
            "written": tally.written,
        }
        problems = tally.problems()
        return Breach(found=tuple(problems), values=values) if problems else None
    members, present, for_ = act.count("members"), act.count("present"), act.count("for")
    counts = [count for count in (members, present, for_) if count is not None]
    contradicts = (
        any(count < 0 for count in counts)
        or (members is not None and present is not None and present > members)
        or (present is not None and for_ is not None and for_ > present)
    )
    return Breach(found=("committee_counts",)) if contradicts else None


@rule("secret_ballot")
def ballot_is_secret(case: Case) -> Breach | None:
    """The meeting votes by secret ballot (2014 Art. 21, 2026 Art. 20)."""
    return None if case.act.flag("secret", default=True) else Breach()


@rule("entitled_matches_roll", known=lambda case: case.around.roll is not None)
def entitled_are_on_the_roll(case: Case) -> Breach | None:
    """The entitled are the full members on the roll that day who have a vote, less those left out by name."""
    roll = case.around.roll
    if roll is None:
        return None
    excluded = case.act.names("excluded") or ()
    strangers = tuple(
        name
        for name in excluded
        if not roll.member(name).is_full(case.on) or roll.member(name).is_barred(case.on)
    )
    if strangers:
        return Breach(found=strangers, variant="excluded")
    needed = roll.entitled(case.on) - len(excluded)
    stated = case.act.count("entitled") or 0
    return (
        None if stated == needed else Breach(found=stated, needed=needed, values={"excluded": len(excluded)})
    )


@rule("roll_missing", asked=lambda case: case.around.is_roll_expected and case.around.roll is None)
def roll_is_there(case: Case) -> Breach | None:
    """Where a branch has no roll nothing about members can be checked: it is said, never passed over."""
    is_vote = case.act.do == "meeting_voted"
    return Breach(severity=None if is_vote else "warn")


@rule("branch_size")
def branch_is_large_enough(case: Case) -> Breach | None:
    """A branch has three full members at least.

    Without a roll the entitled and the excluded count together.
    """
    roll = case.around.roll
    stated = (case.act.count("entitled") or 0) + len(case.act.names("excluded") or ())
    full = roll.full(case.on) if roll else stated
    return None if full >= LEAST_FULL_MEMBERS else Breach(found=full, needed=LEAST_FULL_MEMBERS)


@rule("resolution_complete", known=lambda case: case.act.names("resolution") is not None)
def resolution_says_all(case: Case) -> Breach | None:
    """The resolution states performance, entitled, present, result, date and signature (2026 Art. 21)."""
    stated = case.act.names("resolution") or ()
    missing = tuple(part for part in RESOLUTION if part not in stated)
    return Breach(found=missing) if missing else None
