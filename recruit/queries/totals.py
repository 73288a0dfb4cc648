"""How much a whole record holds, for whoever holds its folder: dossiers, acts, refusals, reminders."""

from dataclasses import dataclass

from sqlalchemy import func, select

from recruit.commands.news import NEWS
from recruit.record import Record
from recruit.tables import Act, Attempt, Dossier, Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """`stages` names those that somebody is in; `refused` counts attempts.

    `reminders` are all users', news of acts left out.
    """

    dossiers: int
    acts: int
    refused: int
    reminders: int
    stages: dict[str, int]


def totals(record: Record) -> Totals:
    with record.reading() as connection:
        rows = connection.execute(
            select(Dossier.stage, func.count()).group_by(Dossier.stage).order_by(Dossier.stage)
        )
        stages = {stage: count for stage, count in rows}  # noqa: C416 - rows are not pairs to the type checker
        acts, refused = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Act, Attempt)
        )
        told = select(func.count()).select_from(Reminder).where(Reminder.rung != NEWS)
        reminders = connection.execute(told).scalar_one()
    return Totals(
        dossiers=sum(stages.values()), acts=acts, refused=refused, reminders=reminders, stages=stages
    )
