"""What the public hands in, counted uses, and the codes by which persons see the own dossier."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEW = sa.text("state = 'new'")


def upgrade() -> None:
    op.create_table(
        "use_count",
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("who", sa.LargeBinary(length=16), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("used_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "who", "opened_at", name=op.f("pk_use_count")),
    )
    op.create_index(op.f("ix_use_count_ends_at"), "use_count", ["ends_at"], unique=False)
    _create_submissions()
    op.create_table(
        "own_code",
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_own_code_dossier")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_own_code_made_by")),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_own_code")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_own_code_code_digest")),
    )
    op.create_table(
        "own_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["own_code.dossier"], name=op.f("fk_own_session_dossier")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_own_session")),
    )
    op.create_index(op.f("ix_own_session_dossier"), "own_session", ["dossier"], unique=False)
    op.create_index(op.f("ix_own_session_ends_at"), "own_session", ["ends_at"], unique=False)


def downgrade() -> None:
    ensure_none(op.get_bind(), "submission")
    for table in ("own_session", "own_code", "submission_act", "submission", "use_count"):
        op.drop_table(table)


def _create_submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("notice", sa.String(length=26), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("form_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("receipt_digest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("persons_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("handled_by", sa.String(length=26), nullable=True),
        sa.Column("handled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["handled_by"], ["user.id"], name=op.f("fk_submission_handled_by")),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_submission_notice")),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.id"], name=op.f("fk_submission_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("form_digest", name=op.f("uq_submission_form_digest")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_submission_receipt_digest")),
    )
    op.create_index(op.f("ix_submission_notice"), "submission", ["notice"], unique=False)
    op.create_index(
        "ix_submission_organization_received_on", "submission", ["organization", "received_on"], unique=False
    )
    op.create_index(
        "ix_submission_new",
        "submission",
        ["organization", "notice"],
        unique=False,
        sqlite_where=_NEW,
        postgresql_where=_NEW,
    )
    op.create_table(
        "submission_act",
        sa.Column("submission", sa.String(length=26), nullable=False),
        sa.Column("dossier", sa.String(length=26), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_submission_act_dossier")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_submission_act_submission")),
        sa.PrimaryKeyConstraint("submission", "dossier", name=op.f("pk_submission_act")),
    )
    op.create_index(op.f("ix_submission_act_dossier"), "submission_act", ["dossier"], unique=False)
