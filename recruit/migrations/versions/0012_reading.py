"""Readings of dossiers by users from outside the branch and committee in charge."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("page", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_reading_dossier")),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_reading_user")),
        sa.PrimaryKeyConstraint("dossier", "user", "page", "since", name=op.f("pk_reading")),
    )
    op.create_index("ix_reading_at", "reading", ["at"], unique=False)


def downgrade() -> None:
    ensure_none(op.get_bind(), "reading")
    op.drop_table("reading")
