"""What many writers would do at once, one after the other; the only writer of SQLite needs none of it."""

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, func, select

from recruit.prepared import Prepared

WRITES = "recruit_writes"  # the option of a connection that may write
_PASS = Prepared(
    select(
        func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name", type_=Text), cast(0, BigInteger)))
    )
)


def is_shared_writer(connection: Connection) -> bool:
    """Whether this connection writes while others may write too."""
    options = connection.get_execution_options()
    return connection.dialect.name != "sqlite" and bool(options.get(WRITES))


def one_at_a_time(connection: Connection, *names: str) -> None:
    """Until this transaction ends, whoever comes here under one of these names waits.

    What was read before may be old when this returns: read again what the name stands for. Readers pass.
    """
    if is_shared_writer(connection):
        for name in sorted(names):
            _PASS.run(connection, {"name": name})
