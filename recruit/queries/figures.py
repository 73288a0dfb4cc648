"""What a collector of figures asks of a whole record: how much there is, what waits, what hangs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from recruit.clock import civil_day
from recruit.queries.checkpoints import unsigned_age
from recruit.queries.deadline_pages import has_status
from recruit.queries.witnessed import oldest_unwitnessed_age, witnessed_size
from recruit.record import Record
from recruit.tables import Act, Attempt, Deadline, Dossier, Outbox, Proposal, SetAside
from workflows.occasions import OCCASIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`outbox`, `set_aside`: how many by state, by the clock's task. An age of None: nothing waits."""

    acts: int
    refused: int
    stages: Mapping[str, int]
    overdue: int
    proposals: int
    outbox: Mapping[str, int]
    set_aside: Mapping[str, int]
    unsigned: timedelta | None
    unwitnessed: timedelta | None


def figures(record: Record, now: datetime) -> Figures:
    """Counted when they are asked for."""
    running = Deadline.id.not_in(OCCASIONS), has_status("overdue", civil_day(now))
    with record.reading() as connection:

        def count(table: type, *where: object) -> int:
            wanted = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
            return int(connection.execute(wanted).scalar_one())

        def by(column: object) -> dict[str, int]:
            wanted = select(column, func.count()).group_by(column)  # type: ignore[call-overload]
            return {name: number for name, number in connection.execute(wanted)}  # noqa: C416 - rows are not pairs

        counted = {
            "acts": count(Act),
            "refused": count(Attempt),
            "overdue": count(Deadline, *running),
            "proposals": count(Proposal, Proposal.status == "waiting"),
        }
        stages, outbox, aside = by(Dossier.stage), by(Outbox.state), by(SetAside.tick)
    return Figures(
        **counted,
        stages=stages,
        outbox=outbox,
        set_aside=aside,
        unsigned=unsigned_age(record, now=now),
        unwitnessed=oldest_unwitnessed_age(record, size=witnessed_size(record) or 0, now=now),
    )
