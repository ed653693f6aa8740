"""What alembic runs: the migrations, on the connection that it was given, in that connection's transaction."""

from alembic import context

from activities.drivers.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
