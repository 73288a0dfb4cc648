"""The proposals and meetings that wait, found without a look at any dossier or organization."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_proposal_waiting", "proposal", ["status", "proposed_at"], unique=False)
    op.create_index("ix_sitting_state", "sitting", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_sitting_state", table_name="sitting")
    op.drop_index("ix_proposal_waiting", table_name="proposal")
