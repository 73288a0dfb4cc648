"""The tree over all acts and events, its signed checkpoints, and what waits to be sent."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LARGE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STEP = 8


def upgrade() -> None:
    op.create_table(
        "leaf",
        sa.Column("index", LARGE, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("is_event", sa.Boolean(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_leaf")),
        sa.UniqueConstraint("id", name=op.f("uq_leaf_id")),
    )
    op.create_table(
        "node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", LARGE, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_node")),
    )
    op.create_table(
        "unsequenced",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("is_event", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsequenced")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", LARGE, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.String(length=26), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["recipient"], ["user.id"], name=op.f("fk_outbox_recipient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    sequence_existing(op.get_bind())


def downgrade() -> None:
    """Leaves and nodes come again from acts and events; what was signed and what was told does not."""
    for table in ("checkpoint", "outbox"):
        ensure_none(op.get_bind(), table)
    for table in ("outbox", "checkpoint", "unsequenced", "node", "leaf"):
        op.drop_table(table)


def sequence_existing(connection: sa.Connection) -> None:
    """What is there already becomes leaves in the order of recording, the same one on every copy."""
    act, event = (
        sa.select(table.c.id, table.c.recorded_at, table.c.canonical, sa.literal(is_event).label("is_event"))
        for table, is_event in ((ACT, False), (EVENT, True))
    )
    rows = connection.execute(sa.union_all(act, event).order_by("recorded_at", "id"))
    levels: dict[int, list[bytes]] = {}
    for index, (id_, _, canonical, is_event) in enumerate(rows.yield_per(1000)):
        hashed = sha256(b"\x00" + canonical).digest()
        connection.execute(LEAF.insert(), {"index": index, "id": id_, "is_event": is_event, "hash": hashed})
        keep_nodes(connection, levels, hashed, index + 1)


def keep_nodes(connection: sa.Connection, levels: dict[int, list[bytes]], hashed: bytes, size: int) -> None:
    """`levels`: the hashes that no kept node covers yet."""
    levels.setdefault(0, []).append(hashed)
    level = 0
    while len(levels[level]) == 1 << STEP:
        hashes, levels[level] = levels[level], []
        while len(hashes) > 1:
            hashes = [
                sha256(b"\x01" + hashes[at] + hashes[at + 1]).digest() for at in range(0, len(hashes), 2)
            ]
        level += STEP
        values = {"level": level, "number": (size >> level) - 1, "hash": hashes[0]}
        connection.execute(NODE.insert(), values)
        levels.setdefault(level, []).append(hashes[0])


ACT, EVENT = (
    sa.table(name, sa.column("id"), sa.column("recorded_at"), sa.column("canonical"))
    for name in ("act", "event")
)
LEAF = sa.table(
    "leaf", sa.column("index"), sa.column("id"), sa.column("is_event", sa.Boolean()), sa.column("hash")
)
NODE = sa.table("node", sa.column("level"), sa.column("number"), sa.column("hash"))
