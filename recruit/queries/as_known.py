"""A dossier as it was on a day, as it was known at an instant: two times, and each act has both."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from recruit.clock import civil_day
from recruit.commands.standing import find_standing
from recruit.context import Context
from recruit.log.envelope import act_of
from recruit.tables import Act as ActRow
from workflows.acts import Act
from workflows.deadlines import Deadline, deadlines_of
from workflows.facts import Facts
from workflows.fold import fold_history
from workflows.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class AsKnown:
    """`acts`: how many of its acts were there, `late` of them recorded late.

    Without one the dossier had not begun, or nobody knew.
    """

    as_of: date
    known_at: datetime
    acts: int
    late: int
    stage: str | None
    phase: str | None
    facts: Facts | None
    deadlines: tuple[Deadline, ...]


def dossier_as_known(
    context: Context, dossier: str, *, as_of: date | None = None, known_at: datetime | None = None
) -> AsKnown:
    """`as_of`: what had happened by the end of that day; `known_at`: what was recorded by that instant.

    Without a day, the day of the instant in Shanghai; without an instant, now. A correction counts from its
    own day on. Raises `NotFound`.
    """
    known = known_at or context.now
    day = as_of or civil_day(known)
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        rows = connection.execute(
            select(ActRow.canonical, ActRow.is_late)
            .where(ActRow.dossier == dossier, ActRow.recorded_at <= known)
            .order_by(ActRow.seq)
        ).all()
    acts = [act_of(row.canonical) for row in rows]
    facts, count = _folded(acts, day, standing.ground)
    return AsKnown(
        as_of=day,
        known_at=known,
        acts=count,
        late=sum(row.is_late and act.on <= day for row, act in zip(rows, acts, strict=True)),
        stage=facts.stage if facts else None,
        phase=standing.ground.edition_on(day).stages[facts.stage].phase if facts else None,
        facts=facts,
        deadlines=deadlines_of(facts, standing.ground, day) if facts else (),
    )


def _folded(acts: list[Act], day: date, ground: Ground) -> tuple[Facts | None, int]:
    """Corrections name acts by their number: what happened later keeps its place and counts for nothing."""
    happened = [act.on <= day for act in acts]
    kept = acts[: max((place for place, is_past in enumerate(happened, start=1) if is_past), default=0)]
    seen = [act if act.on <= day else _nothing(act) for act in kept]
    facts = fold_history(seen, ground).facts if any(act.on <= day for act in kept) else None
    return facts, sum(happened)


def _nothing(act: Act) -> Act:
    """In the place of an act that had not happened yet: a correction of nothing."""
    return Act(do="corrected", on=act.on, recorded_at=act.recorded_at, by=act.by)
