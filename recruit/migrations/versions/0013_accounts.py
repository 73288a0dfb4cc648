"""Accounts: the second factor and its printed codes, one-time links, what a session has proved."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_LOST = ("factor_loss", "link", "printed_code", "factor")


def upgrade() -> None:
    op.add_column("user", sa.Column("password_changed_at", sa.BigInteger(), nullable=True))
    op.add_column("session", sa.Column("verified_at", sa.BigInteger(), nullable=True))
    waits: sa.Column[bool] = sa.Column("awaits_code", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("session", waits)
    op.add_column("session", sa.Column("device", sa.String(length=60), nullable=False, server_default=""))
    op.create_table(
        "factor",
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_factor_user")),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_factor")),
    )
    op.create_table(
        "printed_code",
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_printed_code_user")),
        sa.PrimaryKeyConstraint("user", "digest", name=op.f("pk_printed_code")),
    )
    op.create_table(
        "link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_link_made_by")),
        sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=op.f("fk_link_organization")),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_link_user")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_organization"), "link", ["organization"], unique=False)
    op.create_index(op.f("ix_link_user"), "link", ["user"], unique=False)
    op.create_table(
        "factor_loss",
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["proposed_by"], ["user.id"], name=op.f("fk_factor_loss_proposed_by")),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_factor_loss_user")),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_factor_loss")),
    )


def downgrade() -> None:
    """What proves somebody is lost only where nobody has it; sessions that wait for a code end."""
    for table in _LOST:
        ensure_none(op.get_bind(), table)
    for table in _LOST:
        op.drop_table(table)
    op.execute("DELETE FROM session")
    for column in ("verified_at", "awaits_code", "device"):
        op.drop_column("session", column)
    op.drop_column("user", "password_changed_at")
