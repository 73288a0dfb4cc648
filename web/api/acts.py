"""`/dossiers/{id}/acts`: an act recorded, tried or proposed; the history as it was known."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from pydantic import BaseModel, TypeAdapter

from recruit.commands.acts import RecordAct, record_act
from recruit.queries.as_known import dossier_as_known
from recruit.queries.history import Entry, history
from web.access import SIGNED_IN
from web.api.answers import EntryOut, History, Proposed, Recorded, ReplacementOut
from web.api.details import ActSent, details_of, override_of
from web.api.operation import Given, operation
from web.api.outcomes import answer_of
from web.api.values import Asked, Day, Instant, said
from web.findings import findings_out
from web.people import names_of
from web.problems import concerning
from web.visitors import RECORDERS, present
from workflows.acts import Act


class ActAsked(Asked):
    dry_run: bool = said("只试算，什么也不记", "the same answer, and nothing is written", default=False)


class HistoryAsked(Asked):
    as_of: Day | None = said("到哪一天为止", "what had happened by that day", default=None)
    known_at: Instant | None = said("当时已录入的", "what was recorded by that instant", default=None)
    attempts: bool = said("也给被拒绝的", "with refused attempts", default=False)


@operation(
    "POST", "/dossiers/<dossier>/acts", "记一件事", "Record an act",
    whom=RECORDERS, query=ActAsked, body=TypeAdapter(ActSent), key="needed",
    answers={201: Recorded, 202: Proposed}, errors=(400, 404, 409, 413, 415, 422),
)  # fmt: skip
def record(given: Given[ActAsked, ActSent], dossier: str) -> tuple[BaseModel, int]:
    """Judged as on the page: the same command, the same findings."""
    sent = given.body
    concerning(dossier)
    command = RecordAct(
        dossier=dossier,
        do=sent.do,
        on=sent.on,
        seen_version=sent.seen_version,
        details=details_of(sent),
        override=override_of(sent),
        cites=sent.cites,
        meeting=sent.meeting,
        key=given.key or token_hex(16),
        dry_run=given.query.dry_run,
    )
    return answer_of(record_act(present(), command))


@operation(
    "GET", "/dossiers/<dossier>/acts", "办理经过", "The history of a dossier",
    whom=(SIGNED_IN,), query=HistoryAsked, answers={200: History}, errors=(400, 404),
)  # fmt: skip
def show_history(given: Given[HistoryAsked, None], dossier: str) -> tuple[History, int]:
    """In the order of recording. What was written is sealed: only that it is there is told."""
    context, asked = present(), given.query
    known = dossier_as_known(context, dossier, as_of=asked.as_of, known_at=asked.known_at)
    entries = history(context, dossier, as_of=asked.as_of, known_at=asked.known_at, attempts=asked.attempts)
    people = names_of(context, dossier)
    items = [_entry(entry, people) for entry in entries]
    return History(stage=known.stage, phase=known.phase, items=items), 200


def _entry(entry: Entry, people: Mapping[str, str]) -> EntryOut:
    replacement = entry.act.replacement if entry.act else None
    return EntryOut(
        seq=entry.seq,
        do=entry.do,
        on=entry.on,
        recorded_at=entry.recorded_at,
        by=entry.by_name,
        by_instead_of=entry.by_instead_of,
        role=entry.role,
        org=entry.org,
        confirmed_by=entry.confirmed_by_name,
        overridden_by=entry.overridden_by_name,
        details=plain_details(entry.details),
        replacement=_replacement(replacement) if replacement else None,
        written=entry.written,
        findings=findings_out(entry.findings, people),
        effect=entry.effect,
        is_late=entry.is_late,
        is_refused=entry.is_refused,
        corrected_by=entry.corrected_by,
        hash=entry.hash,
    )


def _replacement(act: Act) -> ReplacementOut:
    return ReplacementOut(do=act.do, on=act.on, details=plain_details(act.details))


def plain_details(details: Any) -> dict[str, Any]:  # noqa: ANN401 - details of any kind
    """As they were recorded, without the replacement, which stands beside them."""
    return {name: value for name, value in details.items() if name != "replacement"}
