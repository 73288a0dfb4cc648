"""How Alembic runs here: on a connection that the caller has begun."""

from alembic import context

from recruit.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
