"""Erasures, proposed by one and done by another."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("done_by", sa.String(length=26), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_erasure_person")),
        sa.ForeignKeyConstraint(["proposed_by"], ["user.id"], name=op.f("fk_erasure_proposed_by")),
        sa.ForeignKeyConstraint(["done_by"], ["user.id"], name=op.f("fk_erasure_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_person"), "erasure", ["person"])


def downgrade() -> None:
    ensure_none(op.get_bind(), "erasure")
    op.drop_table("erasure")
