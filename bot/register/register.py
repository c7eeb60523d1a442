"""Opens the register: one writer at a time, any number of readers."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.register.errors import NestedUnit, RegisterBusy, RegisterError, RegisterMissing, RegisterOutdated
from bot.register.lease import Lease, LeaseTaken
from bot.register.notes import SECRET
from bot.register.said import driver
from bot.register.tables import HEAD
from bot.register.unit import Snapshot, Unit

_BUSY_MILLISECONDS = 10_000


class Register:
    """The register at a path; made by `open`, closed by `close` or by leaving its context.

    A writer holds the lease beside the file for as long as it lives, and its one connection alone writes *and*
    checkpoints: two that do so at one instant may damage a file in WAL mode (SQLite 3.7.0 to 3.51.2,
    https://sqlite.org/wal.html#walresetbug). Readers open the file read-only and never checkpoint."""

    def __init__(self, path: Path, lease: Lease | None) -> None:
        self._path = path
        self._lease = lease
        self._turn = threading.Lock()
        self._writing: int | None = None
        self._synced = True
        self._checked = False
        self._reading = _reading_engine(path)
        self._writer = _writing_engine(path).connect() if lease else None

    @classmethod
    def open(cls, path: Path | str, *, write: bool = False, wait: float = 30.0) -> Register:
        """Opens to read, or to write: then the file is made when missing (`upgrade` fills it).

        `wait`: seconds to wait for another writer, then RegisterBusy. RegisterMissing: nothing there to read."""
        path = Path(path)
        if not write:
            if not path.exists():
                raise RegisterMissing(f"There is no register at {path}. `cmebot init` makes one; check the path else.")
            return cls(path, None)
        if not path.parent.is_dir():
            raise RegisterMissing(f"There is no folder {path.parent} for the register. Make it, or check the path.")
        try:
            lease = Lease(path.with_name(path.name + ".lock"), wait)
        except LeaseTaken as taken:
            who = f"process {taken.holder}" if taken.holder else "another process"
            raise RegisterBusy(
                f"The register {path} is in use by {who}. Only one may write at a time: "
                "wait until it is done, or stop the daemon, then try again."
            ) from taken
        try:
            return cls(path, lease)
        except DatabaseError as refusal:
            lease.close()
            raise RegisterError(f"{path} is no register: {refusal.orig}. Restore it from a backup.") from refusal

    def close(self) -> None:
        """Ends all connections; the writer's last act copies the write-ahead log into the file."""
        self._reading.dispose()
        if self._writer is not None:
            self._writer.close()
            self._writer.engine.dispose()
            self._writer = None
        if self._lease is not None:
            self._lease.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def upgrade(self) -> None:
        """Brings the tables to this version, in one commit; does nothing when they are there."""
        with self._transaction() as connection:
            if _version(connection) != HEAD:
                from bot.register.migrations import migrate  # Alembic costs a quarter of a second to import.

                migrate(connection)
            unit = Unit(connection)
            if unit.meta(SECRET) is None:
                unit.set_meta(SECRET, secrets.token_hex(32))

    @contextmanager
    def begin(self, *, synced: bool = True) -> Iterator[Unit]:
        """A unit of work: committed when the block ends, undone when it raises. Other threads wait for their turn.

        Without `synced` the commit outlives this process, and is on the disk with the next commit that is synced: for
        what does little harm when the power fails before (https://sqlite.org/pragma.html#pragma_synchronous, NORMAL in
        WAL mode)."""
        with self._transaction(synced=synced) as connection:
            self._check(connection)
            unit = Unit(connection)
            try:
                yield unit
            finally:
                unit.end()

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """The register as it was last committed. Keep it short: the log cannot shrink while a snapshot is open."""
        with self._snapshot() as connection:
            self._check(connection)
            snapshot = Snapshot(connection)
            try:
                yield snapshot
            finally:
                snapshot.end()

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with self._explained("read"), self._reading.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def _explained(self, done: str) -> Iterator[None]:
        """What a disk does to the register, as the operator needs it told."""
        try:
            yield
        except OperationalError as refusal:
            raise RegisterError(
                f"The register {self._path} cannot be {done}: {refusal.orig}. "
                "Check the space on its disk and the rights to its folder, then try again."
            ) from refusal

    def erase(self, ref: str) -> None:
        """Erases a subject for good (`erasing`), from the file and from the log; what backups hold is not touched."""
        with self._transaction() as connection:
            Unit(connection).erase(ref)
        with self._turn, self._explained("written"):
            driver(self._writing_connection()).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """A copy of the register as it was last committed, while work goes on: a backup. It must not be there yet."""
        if path.exists():
            raise RegisterError(f"There is a file {path} already. Choose another name for the copy.")
        with self._snapshot() as connection:
            try:
                copy = sqlite3.connect(path)
            except sqlite3.OperationalError as problem:
                raise RegisterError(
                    f"No copy can be written to {path}: {problem}. Name a folder that is there."
                ) from problem
            try:
                driver(connection).backup(copy)
            finally:
                copy.close()

    @contextmanager
    def _transaction(self, *, synced: bool = True) -> Iterator[Connection]:
        writer = self._writing_connection()
        if self._writing == threading.get_ident():
            raise NestedUnit("A unit of work was begun inside another: what belongs together is one commit.")
        with self._turn:
            self._writing = threading.get_ident()
            try:
                self._sync(writer, synced)
                with self._explained("written"), writer.begin():
                    writer.exec_driver_sql("BEGIN IMMEDIATE")
                    yield writer
            finally:
                self._writing = None

    def _sync(self, writer: Connection, synced: bool) -> None:
        if synced is not self._synced:
            driver(writer).execute(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
            self._synced = synced

    def _writing_connection(self) -> Connection:
        if self._writer is None:
            raise RegisterError(f"The register {self._path} was opened for reading only.")
        return self._writer

    def _check(self, connection: Connection) -> None:
        if self._checked:
            return
        found = _version(connection)
        if found != HEAD:
            raise RegisterOutdated(
                f"The register {self._path} is of version {found or 'none'}, and this program needs version {HEAD}. "
                + ("Run `cmebot db upgrade`." if (found or "") < HEAD else "Install the newer program that made it.")
            )
        self._checked = True


def _version(connection: Connection) -> str | None:
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar_one_or_none()
    if known is None:
        return None
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return version


# Both open the driver's connection with isolation_level None: left to itself it begins a transaction only at the first
# change, too late for a snapshot. BEGIN is said where it is meant (a listener would cost a tenth of every statement).


def _writing_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",  # What is erased is overwritten with zeros; some builds of SQLite do so anyway.
            f"busy_timeout = {_BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)


def _reading_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        for pragma in ("query_only = ON", "wal_autocheckpoint = 0", f"busy_timeout = {_BUSY_MILLISECONDS}"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=7, hide_parameters=True
    )
