"""Meetings held at the counter: their sittings, seats, agendas and votes by name."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTS = (
    "present", "issued", "returned", "for", "against", "abstain", "invalid", "recused", "written_for",
    "written_against", "written_abstain",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "sitting",
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("time", sa.String(length=5), nullable=True),
        sa.Column("ballot", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_attended", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=False),
        sa.Column("handed_by", sa.String(length=26), nullable=True),
        sa.Column("handed_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=26), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name=op.f("fk_sitting_confirmed_by")),
        sa.ForeignKeyConstraint(["handed_by"], ["user.id"], name=op.f("fk_sitting_handed_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_sitting_meeting")),
        sa.PrimaryKeyConstraint("meeting", name=op.f("pk_sitting")),
    )
    op.create_table(
        "seat",
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=26), nullable=True),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["sitting.meeting"], name=op.f("fk_seat_meeting")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_seat_person")),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_seat_user")),
        sa.PrimaryKeyConstraint("meeting", "number", name=op.f("pk_seat")),
    )
    _create_agenda()


def downgrade() -> None:
    ensure_none(op.get_bind(), "sitting")
    for table in ("named_vote", "agenda_item", "seat", "sitting"):
        op.drop_table(table)


def _create_agenda() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("do", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(f"{name}_count", sa.Integer(), nullable=True) for name in _COUNTS),
        sa.Column("all_for_by", sa.String(length=26), nullable=True),
        sa.Column("saved_by", sa.String(length=26), nullable=True),
        sa.Column("saved_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["all_for_by"], ["user.id"], name=op.f("fk_agenda_item_all_for_by")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_agenda_item_dossier")),
        sa.ForeignKeyConstraint(["meeting"], ["sitting.meeting"], name=op.f("fk_agenda_item_meeting")),
        sa.ForeignKeyConstraint(["saved_by"], ["user.id"], name=op.f("fk_agenda_item_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "meeting", "dossier", "do", "purpose", name=op.f("uq_agenda_item_meeting_dossier_do_purpose")
        ),
    )
    op.create_index(op.f("ix_agenda_item_dossier"), "agenda_item", ["dossier"], unique=False)
    op.create_table(
        "named_vote",
        sa.Column("item", sa.String(length=26), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("vote", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_named_vote_item")),
        sa.PrimaryKeyConstraint("item", "seat", name=op.f("pk_named_vote")),
    )
