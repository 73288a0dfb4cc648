"""What the clock needs: messages as sent, stand-ins, obligations of organizations, public notices."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LOST = ("told", "delivery", "robot", "address", "feed", "substitute", "notice")
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _create_tables()
    never = sa.Column("duties_until", sa.Date(), nullable=False, server_default="0001-01-01")
    op.add_column("organization", never)
    op.create_index("ix_organization_duties_until_id", "organization", ["duties_until", "id"])
    op.drop_index("ix_outbox_waiting", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("title", sa.Text(), nullable=True))
        batch.add_column(sa.Column("body", sa.Text(), nullable=True))
        batch.add_column(sa.Column("sent_at", sa.BigInteger(), nullable=True))
        batch.drop_constraint(op.f("fk_outbox_recipient"), type_="foreignkey")
    _index_outbox()
    op.create_index("ix_outbox_recipient_id", "outbox", ["recipient", "id"])
    with op.batch_alter_table("reminder") as batch:
        batch.add_column(sa.Column("instead_of", sa.String(length=26), nullable=True))
        batch.add_column(sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("composed_at", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("snoozed_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("snooze_reason", sa.String(length=32), nullable=True))
        batch.create_foreign_key(op.f("fk_reminder_instead_of"), "user", ["instead_of"], ["id"])
    with op.batch_alter_table("reminder") as batch:
        batch.alter_column("is_urgent", server_default=None)
    op.execute("UPDATE reminder SET composed_at = at")  # what was told before messages were sent stays unsent
    uncomposed = sa.text("composed_at IS NULL")
    op.create_index(
        "ix_reminder_uncomposed",
        "reminder",
        ["recipient", "id"],
        sqlite_where=uncomposed,
        postgresql_where=uncomposed,
    )
    _create_told()


def downgrade() -> None:
    for table in _LOST:
        ensure_none(op.get_bind(), table)
    ensure_none(op.get_bind(), "obligation", "paper IS NOT NULL")
    ensure_none(op.get_bind(), "reminder", "instead_of IS NOT NULL OR snoozed_until IS NOT NULL")
    ensure_none(op.get_bind(), "outbox", "body IS NOT NULL")
    op.drop_index("ix_organization_duties_until_id", "organization")
    op.drop_column("organization", "duties_until")
    op.drop_index("ix_reminder_uncomposed", "reminder")
    with op.batch_alter_table("reminder") as batch:
        batch.drop_constraint(op.f("fk_reminder_instead_of"), type_="foreignkey")
        for column in ("instead_of", "is_urgent", "composed_at", "snoozed_until", "snooze_reason"):
            batch.drop_column(column)
    op.drop_index("ix_outbox_waiting", "outbox")
    op.drop_index("ix_outbox_recipient_id", "outbox")
    for table in (
        "told",
        "notice_entry",
        "circuit",
        "set_aside",
        "notice",
        "robot",
        "address",
        "delivery",
        "feed",
        "obligation",
        "substitute",
    ):
        op.drop_table(table)
    with op.batch_alter_table("outbox") as batch:
        batch.create_foreign_key(op.f("fk_outbox_recipient"), "user", ["recipient"], ["id"])
        for column in ("title", "body", "sent_at"):
            batch.drop_column(column)
    _index_outbox()


def _index_outbox() -> None:
    op.create_index(
        "ix_outbox_waiting", "outbox", ["not_before", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )


def _create_told() -> None:
    op.create_table(
        "told",
        sa.Column("outbox", sa.String(length=26), nullable=False),
        sa.Column("reminder", sa.String(length=26), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_told_outbox")),
        sa.ForeignKeyConstraint(["reminder"], ["reminder.id"], name=op.f("fk_told_reminder")),
        sa.PrimaryKeyConstraint("outbox", "reminder", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_reminder"), "told", ["reminder"], unique=False)


def _create_tables() -> None:
    op.create_table(
        "circuit",
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.Column("closed_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_circuit")),
    )
    op.create_table(
        "set_aside",
        sa.Column("tick", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("times_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tick", "item", name=op.f("pk_set_aside")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=op.f("fk_notice_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint(
            "organization",
            "purpose",
            "place",
            "first_on",
            "last_on",
            name=op.f("uq_notice_organization_purpose_place_first_on_last_on"),
        ),
    )
    op.create_index("ix_notice_last_on", "notice", ["last_on"], unique=False)

    op.create_table(
        "robot",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("paced_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=op.f("fk_robot_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_robot")),
    )
    op.create_index(op.f("ix_robot_organization"), "robot", ["organization"], unique=False)

    op.create_table(
        "address",
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_address_user")),
        sa.PrimaryKeyConstraint("user", "channel", name=op.f("pk_address")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("outbox", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_delivery_by")),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_delivery_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("outbox", "number", name=op.f("uq_delivery_outbox_number")),
    )
    op.create_table(
        "feed",
        sa.Column("user", sa.String(length=26), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_feed_user")),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_table(
        "notice_entry",
        sa.Column("notice", sa.String(length=26), nullable=False),
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_notice_entry_dossier")),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_notice_entry_notice")),
        sa.PrimaryKeyConstraint("notice", "dossier", name=op.f("pk_notice_entry")),
    )
    op.create_index(op.f("ix_notice_entry_dossier"), "notice_entry", ["dossier"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan", sa.String(length=26), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("grace", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("done_by", sa.String(length=26), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("next_rung_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["user.id"], name=op.f("fk_obligation_done_by")),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.id"], name=op.f("fk_obligation_organization")
        ),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_obligation_plan")),
        sa.PrimaryKeyConstraint("organization", "key", name=op.f("pk_obligation")),
    )
    op.create_index(
        "ix_obligation_open_rung",
        "obligation",
        ["next_rung_on", "organization", "key"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL AND dropped_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL AND dropped_on IS NULL"),
    )

    op.create_table(
        "substitute",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("absent", sa.String(length=26), nullable=False),
        sa.Column("stand_in", sa.String(length=26), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("named_by", sa.String(length=26), nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["absent"], ["user.id"], name=op.f("fk_substitute_absent")),
        sa.ForeignKeyConstraint(["named_by"], ["user.id"], name=op.f("fk_substitute_named_by")),
        sa.ForeignKeyConstraint(["stand_in"], ["user.id"], name=op.f("fk_substitute_stand_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
    )
    op.create_index("ix_substitute_absent", "substitute", ["absent", "to_on"], unique=False)
    op.create_index("ix_substitute_stand_in", "substitute", ["stand_in", "to_on"], unique=False)
