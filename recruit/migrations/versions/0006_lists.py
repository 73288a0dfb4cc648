"""What long lists are found and ordered by stands in the dossier's own row."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_dossier_path_listed": ("path", "listed", "id", "phase", "stage"),
    "ix_dossier_listed_id": ("listed", "id", "path"),
    "ix_dossier_stage_listed": ("stage", "listed", "id", "path"),
    "ix_dossier_phase_listed": ("phase", "listed", "id", "path"),
}
_OF_OPEN = ("dossier", "due", "id", "key", "opened_on", "ends_met", "is_muted")
_OPEN, _OWED = sa.text("closed_on IS NULL AND dropped_on IS NULL"), sa.text("dossier IS NULL")


def upgrade() -> None:
    op.add_column("dossier", sa.Column("path", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("dossier", sa.Column("listed", sa.String(length=80), nullable=False, server_default=""))
    op.execute(
        "UPDATE dossier SET "
        "path = (SELECT path FROM organization WHERE organization.id = dossier.branch), "
        "listed = (SELECT strokes || ' ' || name FROM person WHERE person.id = dossier.person)"
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "dossier", list(columns))
    op.create_index(
        "ix_deadline_open_dossier", "deadline", list(_OF_OPEN), sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "ix_reminder_owed", "reminder", ["recipient", "at"], sqlite_where=_OWED, postgresql_where=_OWED
    )


def downgrade() -> None:
    op.drop_index("ix_reminder_owed", table_name="reminder")
    op.drop_index("ix_deadline_open_dossier", table_name="deadline")
    for name in _INDEXES:
        op.drop_index(name, table_name="dossier")
    op.drop_column("dossier", "listed")
    op.drop_column("dossier", "path")
