"""A day of the calendar may be entered again, with its reason; a year is published whole."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("calendar_row", "calendar_row_before")
    op.create_table(
        "calendar_row",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("on", "version", name="pk_calendar_row_version"),
    )
    op.execute(
        'INSERT INTO calendar_row ("on", version, is_working, name, source, reason, added_at) '
        "SELECT \"on\", 1, is_working, '', source, '', added_at FROM calendar_row_before"
    )
    op.drop_table("calendar_row_before")
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )


def downgrade() -> None:
    ensure_none(op.get_bind(), "calendar_year")
    ensure_none(op.get_bind(), "calendar_row", "version > 1 OR name <> '' OR reason <> ''")
    op.drop_table("calendar_year")
    op.rename_table("calendar_row", "calendar_row_after")
    op.create_table(
        "calendar_row",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_calendar_row")),
    )
    op.execute(
        'INSERT INTO calendar_row ("on", is_working, source, added_at) '
        'SELECT "on", is_working, source, added_at FROM calendar_row_after AS one '
        'WHERE version = (SELECT max(version) FROM calendar_row_after WHERE "on" = one."on")'
    )
    op.drop_table("calendar_row_after")
