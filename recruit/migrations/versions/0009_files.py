"""Files that are handed in, and what was seen of a notice at its place."""

import sqlalchemy as sa
from alembic import op

from recruit.losses import ensure_none

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("owner_kind", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=26), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("sealed_for", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=False),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("kept_by", sa.String(length=26), nullable=True),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["kept_by"], ["user.id"], name=op.f("fk_file_kept_by")),
        sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=op.f("fk_file_organization")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_file_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("owner", "sha256", "is_withheld", name=op.f("uq_file_owner_sha256_is_withheld")),
    )
    op.create_index("ix_file_kept_by_kept_at", "file", ["kept_by", "kept_at"], unique=False)
    op.create_index(op.f("ix_file_person"), "file", ["person"], unique=False)
    op.create_table(
        "posting",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("notice", sa.String(length=26), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("file", sa.String(length=26), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_by", sa.String(length=26), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["file.id"], name=op.f("fk_posting_file")),
        sa.ForeignKeyConstraint(["kept_by"], ["user.id"], name=op.f("fk_posting_kept_by")),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_posting_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index(op.f("ix_posting_notice"), "posting", ["notice"], unique=False)


def downgrade() -> None:
    for table in ("posting", "file"):
        ensure_none(op.get_bind(), table)
        op.drop_table(table)
