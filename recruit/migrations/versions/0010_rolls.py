"""What administrators keep: days, committee and staff of an organization, its former names, ended stays."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEPT = ("opened_on", "ends_on", "closed_on", "has_committee", "staff_count")


def upgrade() -> None:
    for column in _KEPT[:3]:
        op.add_column("organization", sa.Column(column, sa.Date(), nullable=True))
    op.add_column("organization", sa.Column("has_committee", sa.Boolean(), nullable=True))
    op.add_column("organization", sa.Column("staff_count", sa.Integer(), nullable=True))
    op.add_column(
        "organization",
        sa.Column("is_new_economic", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("membership", sa.Column("ended_by", sa.String(length=16), nullable=True))
    op.create_table(
        "former_name",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("changed_by", sa.String(length=26), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["user.id"], name=op.f("fk_former_name_changed_by")),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.id"], name=op.f("fk_former_name_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_organization"), "former_name", ["organization"], unique=False)


def downgrade() -> None:
    ensure_none(op.get_bind(), "former_name")
    for column in _KEPT:
        ensure_none(op.get_bind(), "organization", f"{column} IS NOT NULL")
    ensure_none(op.get_bind(), "organization", "is_new_economic")
    ensure_none(op.get_bind(), "membership", "ended_by IS NOT NULL")
    op.drop_table("former_name")
    op.drop_column("membership", "ended_by")
    for column in (*_KEPT, "is_new_economic"):
        op.drop_column("organization", column)
