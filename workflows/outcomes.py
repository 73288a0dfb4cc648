"""What an act resulted in, where the stage that it leads to depends on it."""

from workflows.acts import Act
from workflows.facts import Facts
from workflows.settings import Settings
from workflows.votes import Outcome, Tally


def outcome_of(act: Act, facts: Facts, settings: Settings) -> str | None:
    """The outcome that `moves: when` of an edition names; None where there is only one."""
    reader = _OUTCOMES.get(act.do)
    return reader(act, facts, settings) if reader else None


def tally_of(act: Act) -> Tally:
    """The counts of a general meeting's vote; a count that is not given is none."""
    return Tally(
        entitled=act.count("entitled") or 0,
        present=act.count("present") or 0,
        for_=act.count("for") or 0,
        against=act.count("against") or 0,
        abstain=act.count("abstain") or 0,
        invalid=act.count("invalid") or 0,
        written_for=act.count("written_for") or 0,
        written_against=act.count("written_against") or 0,
        written_abstain=act.count("written_abstain") or 0,
    )


def vote_outcome(act: Act) -> Outcome:
    return tally_of(act).outcome()


def _preexamined(act: Act, _facts: Facts, settings: Settings) -> str | None:
    if not act.flag("passed", default=True):
        return None
    is_noticed_first = (
        settings.publicity_admission_days > 0 and settings.publicity_admission_when == "before_meeting"
    )
    return "passed_to_notice" if is_noticed_first else "passed"


def _voted(act: Act, _facts: Facts, _settings: Settings) -> str | None:
    return vote_outcome(act) if act.purpose == "admission" else None


def _decided(act: Act, _facts: Facts, _settings: Settings) -> str | None:
    is_approved = act.flag("approved", default=True)
    return f"{act.purpose}_{'approved' if is_approved else 'refused'}"


def _concluded(act: Act, facts: Facts, _settings: Settings) -> str | None:
    if not act.flag("upheld", default=False):
        return None
    number = act.count("objection")
    purpose = next((o.purpose for o in facts.objections if o.number == number), None)
    return f"upheld_{purpose}" if purpose else None


def _purpose(act: Act, _facts: Facts, _settings: Settings) -> str | None:
    return act.purpose


def _stage(act: Act, _facts: Facts, _settings: Settings) -> str | None:
    return act.text("stage")


_OUTCOMES = {
    "preexamined": _preexamined,
    "meeting_voted": _voted,
    "committee_decided": _decided,
    "objection_concluded": _concluded,
    "notice_posted": _purpose,
    "notice_closed": _purpose,
    "transferred_in": _stage,
}
