"""Run by Alembic for each command: hands it the register's own connection, the only one that may write."""

from __future__ import annotations

from alembic import context

from bot.register.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
