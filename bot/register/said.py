"""A statement as the driver is told it: compiled once, not looked up, put in order and wrapped anew each time, which is
a fifth of an intake's time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Text, Update, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.selectable import CompoundSelect, TableValuedAlias

Values = Mapping[str, object]
Row = tuple[Any, ...]
_NOTHING: Values = {}
_DIALECT = sqlite.dialect(paramstyle="named")


class Said:
    """A statement in SQL with `:name` for each value that it takes. Values go in as SQLite keeps them, and come out so.
    Raises what SQLAlchemy would."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | Insert | ReturningInsert[Any] | Update | Delete):
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        self._fixed = {name: one.value for name, one in compiled.binds.items() if not one.required}

    def on(self, connection: Connection, values: Values = _NOTHING) -> sqlite3.Cursor:
        """Once, with these values."""
        try:
            return driver(connection).execute(self._sql, {**self._fixed, **values})
        except sqlite3.Error as refusal:
            raise self._told(refusal) from refusal

    def on_each(self, connection: Connection, rows: Sequence[Values]) -> sqlite3.Cursor:
        """Once for each; the number of rows of the result is that of all of them."""
        try:
            return driver(connection).executemany(self._sql, [{**self._fixed, **values} for values in rows])
        except sqlite3.Error as refusal:
            raise self._told(refusal) from refusal

    def rows(self, connection: Connection, values: Values = _NOTHING) -> list[Row]:
        """All that it finds."""
        cursor = self.on(connection, values)
        try:
            return cursor.fetchall()
        except sqlite3.Error as refusal:
            raise self._told(refusal) from refusal

    def row(self, connection: Connection, values: Values = _NOTHING) -> Row | None:
        """The first that it finds."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def column(self, connection: Connection, values: Values = _NOTHING) -> Iterator[Any]:
        """The first value of each row."""
        return (first for first, *_ in self.rows(connection, values))

    def value(self, connection: Connection, values: Values = _NOTHING) -> Any:
        """The first value of the first row; None where there is none."""
        found = self.row(connection, values)
        return found[0] if found else None

    def plan(self, connection: Connection, values: Values = _NOTHING) -> list[str]:
        """How SQLite would go about it, step by step: that a search is one in an index."""
        asked = f"EXPLAIN QUERY PLAN {self._sql}"
        return [step[3] for step in driver(connection).execute(asked, {**self._fixed, **values})]

    def _told(self, refusal: sqlite3.Error) -> BaseException:
        # Without the values: they are of children, and errors are written into logs.
        return DBAPIError.instance(self._sql, None, refusal, sqlite3.Error, hide_parameters=True)


def each(name: str) -> Select[Any]:
    """The values of a JSON array that is given under that name: one statement for however many there are."""
    return select(table_of(name).c.value)


def table_of(name: str) -> TableValuedAlias:
    """The same as a table with one column, `value`."""
    return func.json_each(bindparam(name, type_=Text)).table_valued("value")


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, in the same transaction."""
    found = connection.connection.dbapi_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError(f"The register is not kept by SQLite, but by {type(found).__name__}.")
    return found
