"""What became of an act as an answer: recorded, proposed or refused, alone or for several dossiers."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from pydantic import BaseModel

from recruit.commands.acts import Proposed as ActProposed
from recruit.commands.acts import Recorded as ActRecorded
from recruit.errors import NotFound, RecordError
from web.api.answers import Item, Items, ProblemOfSeveral, Proposed, Recorded
from web.api.operation import Answer
from web.findings import findings_out
from web.people import names_of
from web.problems import problem_of, problem_of_record, problem_response
from web.visitors import present

RECORDED, PROPOSED = 201, 202
Outcome = ActRecorded | ActProposed


def people_of(dossier: str) -> Mapping[str, str]:
    """Names that a finding may need; none where the dossier is out of reach."""
    try:
        return names_of(present(), dossier)
    except NotFound:
        return {}


def answer_of(outcome: Outcome) -> tuple[BaseModel, int]:
    """201, or 202 for what waits for a second person."""
    findings = findings_out(outcome.findings, people_of(outcome.dossier) if outcome.findings else None)
    if isinstance(outcome, ActProposed):
        return Proposed(
            proposal=outcome.proposal or None, dossier=outcome.dossier, findings=findings
        ), PROPOSED
    return Recorded(
        dossier=outcome.dossier,
        seq=outcome.seq,
        stage=outcome.stage,
        phase=outcome.phase,
        version=outcome.version,
        findings=findings,
        hash=outcome.hash,
    ), RECORDED


def item_of(dossier: str, outcome: Outcome | RecordError) -> Item:
    """One of several."""
    if isinstance(outcome, RecordError):
        status, detail, more = problem_of_record(outcome, people_of(dossier))
        return Item(dossier=dossier, status=status, problem=problem_of(status, detail, **more))
    answer, status = answer_of(outcome)
    if isinstance(answer, Proposed):
        return Item(dossier=dossier, status=status, proposed=answer)
    assert isinstance(answer, Recorded)
    return Item(dossier=dossier, status=status, recorded=answer)


def tried(dossier: str, act: Callable[[], Outcome]) -> Item:
    """One of several acts: what it met is told with it, and the others go on."""
    try:
        return item_of(dossier, act())
    except RecordError as met:
        return item_of(dossier, met)


def several(items: list[Item], answer: Callable[[list[Item]], BaseModel] | None = None) -> Answer:
    """201 where something was recorded, 202 where it was proposed, else a problem with each person's own."""
    statuses = {item.status for item in items}
    failed = next((item.problem for item in items if item.problem), None)
    if failed is None or statuses & {RECORDED, PROPOSED}:
        value = Items(items=items) if answer is None else answer(items)
        return value, PROPOSED if statuses and RECORDED not in statuses else RECORDED
    told = ProblemOfSeveral(**failed.model_dump(), items=items)
    return problem_response(told)


def key_of_several(key: str) -> str:
    """A key to which the id of each dossier can be added."""
    return sha256(key.encode()).hexdigest()[:40]
