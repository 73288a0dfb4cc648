"""The committee's queues: who waits in which one, counted by one statement, and the rows of one queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Date, Select, and_, bindparam, case, func, not_, or_, select

from recruit.context import Context
from recruit.log.envelope import act_of
from recruit.queries.rows import COLUMNS, DossierRow, dossier_row, within_reach
from recruit.tables import DUE_COLUMNS, Act, Deadline, Dossier, Organization, Person
from workflows.deadlines import Deadline as Due
from workflows.facts import Facts
from workflows.ground import Ground

Queue = Literal[
    "consent", "papers", "returned", "review", "inquiries", "inspection", "preexamination", "department",
    "talk", "decision",
]  # fmt: skip
QUEUES: tuple[Queue, ...] = (
    "consent", "papers", "returned", "review", "inquiries", "inspection", "preexamination", "department",
    "talk", "decision",
)  # fmt: skip
MOST = 100
_VETTED = ("development_target", "vetting")
_AT_THE_END = ("admission_publicity", "approval")
_STAGES = ("proposed", *_VETTED, *_AT_THE_END, "probation", "extended_probation")
_PASSED = '":["____-__-__",true'  # an examination in the row's facts, and that it was passed
_TODAY = bindparam("today", type_=Date())


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An inquiry and the day of its answer; `number` as it was entered, empty without one."""

    number: str
    sent_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """`deadlines`: those that run today; `letters`: only in the queue of inquiries."""

    dossier: DossierRow
    facts: Facts
    ground: Ground
    deadlines: tuple[Due, ...]
    letters: tuple[Letter, ...] = ()


def queue_counts(context: Context) -> dict[Queue, int]:
    """How many dossiers of the reach wait in each queue that the organization's settings know."""
    asked = asked_queues(context)
    wanted = within_reach(context, *_COUNTS.values()).where(Dossier.stage.in_(_STAGES))
    with context.record.reading() as connection:
        row = connection.execute(wanted, {"today": context.on}).one()
    return {queue: int(getattr(row, queue) or 0) for queue in asked}


def asked_queues(context: Context) -> tuple[Queue, ...]:
    """All but those that a setting would have to ask for: the inspection, the department."""
    with context.record.reading() as connection:
        grounds = [context.record.laws.ground(connection, path) for path in context.paths()]
    settings = [ground.settings_on(context.on) for ground in grounds]
    left_out = {
        *(() if any(one.inspection_required for one in settings) else ("inspection",)),
        *(() if any(one.preexamination_by_department for one in settings) else ("department",)),
    }
    return tuple(queue for queue in QUEUES if queue not in left_out)


def queue_rows(context: Context, queue: Queue) -> tuple[QueueRow, ...]:
    """Those who wait in it, by the strokes of the surname; at most `MOST`."""
    columns = (*COLUMNS, Dossier.facts, Dossier.last_hash, Organization.path)
    wanted = (
        within_reach(context, *columns)
        .where(Dossier.stage.in_(_STAGES), _CONDITIONS[queue])
        .order_by(Person.strokes, Person.name, Dossier.id)
        .limit(MOST)
    )
    with context.record.reading() as connection:
        found = connection.execute(wanted, {"today": context.on}).all()
        ids = [row.id for row in found]
        due = _deadlines(connection, ids, context.on)
        letters = _letters(connection, ids) if queue == "inquiries" else {}
        return tuple(
            QueueRow(
                dossier=dossier_row(row),
                facts=context.record.remembered.facts(row.id, bytes(row.last_hash), row.facts),
                ground=context.record.laws.ground(connection, row.path),
                deadlines=due.get(row.id, ()),
                letters=letters.get(row.id, ()),
            )
            for row in found
        )


def _has(name: str) -> ColumnElement[bool]:
    """Whether the facts of the row name it: what is not there is not written."""
    return Dossier.facts.contains(f'"{name}":', autoescape=True)


def _passed(name: str) -> ColumnElement[bool]:
    return Dossier.facts.like(f'%"{name}{_PASSED}%')


def _runs(*ids: str) -> ColumnElement[bool]:
    return (
        select(Deadline.id)
        .where(Deadline.dossier == Dossier.id, Deadline.id.in_(ids), *_is_running())
        .correlate(Dossier)
        .exists()
    )


def _is_running() -> tuple[ColumnElement[bool], ...]:
    return (Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None), Deadline.opened_on <= _TODAY)


def _sent_beyond_answers() -> ColumnElement[bool]:
    def times(do: str) -> Select[int]:
        return (
            select(func.count()).select_from(Act).where(Act.dossier == Dossier.id, Act.do == do)
        ).correlate(Dossier)

    return times("inquiry_sent").scalar_subquery() > times("inquiry_answered").scalar_subquery()


def _deadlines(connection: Connection, ids: Iterable[str], on: date) -> dict[str, tuple[Due, ...]]:
    wanted = (
        select(Deadline.dossier, *DUE_COLUMNS)
        .where(Deadline.dossier.in_(tuple(ids)), *_is_running())
        .order_by(Deadline.due)
    )
    found: dict[str, tuple[Due, ...]] = {}
    for row in connection.execute(wanted, {"today": on}):
        due = Due(**{column.key: getattr(row, column.key) for column in DUE_COLUMNS})
        found[row.dossier] = (*found.get(row.dossier, ()), due)
    return found


def _letters(connection: Connection, ids: Iterable[str]) -> Mapping[str, tuple[Letter, ...]]:
    """What was taken back or replaced by a correction counts no more."""
    wanted = (
        select(Act.dossier, Act.seq, Act.canonical)
        .where(Act.dossier.in_(tuple(ids)), Act.do.in_(("inquiry_sent", "inquiry_answered", "corrected")))
        .order_by(Act.dossier, Act.seq)
    )
    of_each: dict[str, dict[int, tuple[str, str, date]]] = {}
    for row in connection.execute(wanted):
        act, acts = act_of(row.canonical), of_each.setdefault(row.dossier, {})
        place = act.count("act") if act.do == "corrected" else row.seq
        counts = act.replacement if act.do == "corrected" else act
        acts.pop(place or 0, None)
        if counts is not None and counts.do.startswith("inquiry_"):
            acts[place or 0] = (counts.do, str(counts.details.get("inquiry") or ""), counts.on)
    return {dossier: _paired([acts[place] for place in sorted(acts)]) for dossier, acts in of_each.items()}


def _paired(acts: Iterable[tuple[str, str, date]]) -> tuple[Letter, ...]:
    """An answer with a number belongs to the letter with it, one without to the oldest that waits."""
    letters: list[Letter] = []
    for do, number, on in acts:
        if do == "inquiry_sent":
            letters.append(Letter(number=number, sent_on=on, answered_on=None))
            continue
        open_ = [place for place, one in enumerate(letters) if one.answered_on is None]
        fitting = [place for place in open_ if letters[place].number == number] or open_
        if fitting:
            letters[fitting[0]] = Letter(
                number=letters[fitting[0]].number, sent_on=letters[fitting[0]].sent_on, answered_on=on
            )
    return tuple(letters)


def _conditions() -> dict[Queue, ColumnElement[bool]]:
    """Who waits in which queue, as conditions on the row of a dossier."""
    is_vetted = Dossier.stage == "vetting"
    is_in = _has("submitted_on")
    return {
        "consent": and_(Dossier.stage == "proposed", not_(_has("consented_on"))),
        "papers": and_(is_vetted, is_in),
        "returned": and_(is_vetted, not_(is_in), _has("papers_returned")),
        "review": and_(is_vetted, not_(_has("review"))),
        "inquiries": and_(Dossier.stage.in_(_VETTED), _has("inquiry_sent"), _sent_beyond_answers()),
        "inspection": and_(is_vetted, or_(is_in, _passed("examination")), not_(_has("inspection"))),
        "preexamination": and_(is_vetted, _passed("examination"), _passed("review")),
        "department": and_(Dossier.stage.in_(_AT_THE_END), not_(_has("department"))),
        "talk": and_(Dossier.stage == "approval", _runs("approval"), not_(_has("talks"))),
        "decision": _runs("approval", "conversion_approval"),
    }


_CONDITIONS = _conditions()
_COUNTS = {queue: func.sum(case((one, 1), else_=0)).label(queue) for queue, one in _CONDITIONS.items()}
