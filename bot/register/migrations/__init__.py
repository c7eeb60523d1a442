"""The tables of the register, step by step. A step lies in `versions/`, and never changes once released.

A new one: change `tables.py`, write `versions/vNNNN_what.py` by hand, set `tables.HEAD`; the tests hold both equal.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file: the migrations run on that connection, in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Brings the register to the newest version. The caller commits."""
    command.upgrade(configuration(connection), "head")
