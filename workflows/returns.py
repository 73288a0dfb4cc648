"""What a return to an earlier stage undoes (sections 2.2 and 2.3 of the contract)."""

from dataclasses import replace
from datetime import date
from typing import Any

from workflows.facts import Facts, Notice, Vote

Changes = dict[str, Any]

# Made anew after each return to activist (section 2.2); the form stays good for a second attempt.
_OF_THE_ATTEMPT: Changes = {
    "opinions": (),
    "proposed_on": None,
    "consented_on": None,
    "listed_on": None,
    "sponsors": (),
    "sponsors_on": None,
    "review": None,
    "trainings": (),
}
# Begins again after an activist is removed; application and talk stay.
_OF_THE_CULTIVATION: Changes = {
    "activist_on": None,
    "activist_filed_on": None,
    "contacts": (),
    "contacts_on": None,
    "reviews": (),
    "recommendations": (),
    "opinions": (),
}
# Made anew after each return to vetting (section 2.3).
_OF_THE_EXAMINATION: Changes = {
    "submitted_on": None,
    "examination": None,
    "inspection": None,
    "preexamination": None,
    "department": None,
    "theory": None,
    "talks": (),
    "deliberated_on": None,
    "prolonged_on": None,
}


def fallen_back(facts: Facts, to: str, on: date) -> Changes:
    """What a return to an earlier stage undoes; nothing for a step forward."""
    if to == "vetting" and facts.stage in {"admission_publicity", "approval"}:
        return {**_OF_THE_EXAMINATION, "notices": _dropped(facts, on), "votes": settled(facts, on)}
    if to == "activist" and facts.stage != "applicant":
        undone = {**_OF_THE_ATTEMPT, **_OF_THE_EXAMINATION}
        return {**undone, "notices": _dropped(facts, on), "votes": settled(facts, on)}
    if to == "applicant":
        return dict(_OF_THE_CULTIVATION)
    return {}


def _dropped(facts: Facts, on: date) -> tuple[Notice, ...]:
    return tuple(
        replace(notice, dropped_on=on) if notice.dropped_on is None else notice for notice in facts.notices
    )


def settled(facts: Facts, on: date) -> tuple[Vote, ...]:
    return tuple(replace(vote, decided_on=on) if vote.decided_on is None else vote for vote in facts.votes)
