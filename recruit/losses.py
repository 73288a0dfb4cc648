"""What a migration must not take away: a revision goes down only where what it drops can be made anew."""

import sqlalchemy as sa

from recruit.errors import WouldLose


def ensure_none(connection: sa.Connection, table: str, where: str = "1 = 1") -> None:
    """Raises `WouldLose` where the table holds a row of that kind: then nothing has been changed."""
    rows = sa.select(sa.literal(1)).select_from(sa.table(table)).where(sa.text(where)).limit(1)
    if connection.execute(rows).first() is not None:
        raise WouldLose(table=table)
