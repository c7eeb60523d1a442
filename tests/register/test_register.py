"""One writer, many readers, and nothing by halves."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from bot.matching import Sought
from bot.register.errors import NestedUnit, RegisterBusy, RegisterError, RegisterMissing, RegisterOutdated
from bot.register.register import Register
from bot.register.tables import HEAD
from rules import Case
from rules.case import FOLD_VERSION
from rules.folded import pack_fold
from tests.register.rows import NOW, case, mail


def test_a_unit_that_fails_leaves_nothing(register: Register) -> None:
    with pytest.raises(ZeroDivisionError), register.begin() as unit:
        unit.add_mail(mail("one"))
        unit.new_reference(2026)
        unit.store_case(case("CME-2026-00001"))
        _ = 1 // 0
    with register.begin() as unit:
        assert unit.mail_by_identity("one") is None
        assert unit.cases() == []
        assert unit.new_reference(2026) == "CME-2026-00001"


def test_a_snapshot_stays_as_it_was(register: Register) -> None:
    with register.read() as before:
        assert before.meta("colour") is None
        with register.begin() as unit:
            unit.set_meta("colour", "green")
        assert before.meta("colour") is None
    with register.read() as after:
        assert after.meta("colour") == "green"


def test_a_unit_within_a_unit_is_an_error_not_a_deadlock(register: Register) -> None:
    with register.begin(), pytest.raises(NestedUnit), register.begin():
        pass
    with register.begin() as unit:
        unit.set_meta("still", "alive")


def test_a_unit_that_has_ended_writes_nothing_more(register: Register) -> None:
    with register.begin() as unit:
        unit.set_meta("colour", "green")
    with pytest.raises(RegisterError, match="has ended"):
        unit.set_meta("colour", "red")
    with register.read() as past:
        assert past.meta("colour") == "green"


def test_threads_take_turns(register: Register) -> None:
    def count() -> None:
        for _ in range(20):
            with register.begin() as unit:
                unit.set_meta("n", str(int(unit.meta("n") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with register.read() as past:
        assert past.meta("n") == "80"


def test_a_second_writer_waits_then_is_told_who_holds_it(register: Register, path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(RegisterBusy, match=f"in use by process {os.getpid()}.*try again"):
        Register.open(path, write=True, wait=0.2)
    assert 0.2 <= time.monotonic() - began < 2
    register.close()
    Register.open(path, write=True, wait=0).close()


def test_a_reader_cannot_write(register: Register, path: Path) -> None:
    with Register.open(path) as reader:
        with pytest.raises(RegisterError, match="for reading only"), reader.begin():
            pass
        with reader.read() as past, pytest.raises(Exception, match="readonly"):
            past._connection.exec_driver_sql("INSERT INTO meta VALUES ('a', 'b')")


def test_readers_neither_checkpoint_nor_shrink_the_log(register: Register, path: Path) -> None:
    """sqlite.org/wal.html#walresetbug: the writer's one connection is the only one that does."""
    with register.begin() as unit:
        unit.add_mail(mail("one"))
    log = path.with_name(path.name + "-wal")
    size, pages = log.stat().st_size, path.stat().st_size
    with Register.open(path) as reader, reader.read() as past:
        assert past.mail_by_identity("one") is not None
    assert (log.stat().st_size, path.stat().st_size) == (size, pages)


def test_the_writers_pragmas(register: Register) -> None:
    with register.begin() as unit:
        said = {
            name: unit._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }


def test_a_unit_that_is_not_synced_leaves_the_next_ones_synced(register: Register) -> None:
    def level() -> int:
        with register.begin() as unit:
            return int(unit._connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    with register.begin(synced=False) as unit:
        unit.set_meta("colour", "green")
        assert unit._connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 1
    assert level() == 2
    with pytest.raises(ZeroDivisionError), register.begin(synced=False) as unit:
        unit.set_meta("colour", "red")
        _ = 1 // 0
    assert level() == 2
    with register.begin() as unit:
        assert unit.meta("colour") == "green"


def test_what_is_not_there_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(RegisterMissing, match="cmebot init"):
        Register.open(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_register_is_told_of_and_let_go(path: Path) -> None:
    path.write_bytes(b"a letter, not a database" * 100)
    for _ in range(2):
        with pytest.raises(RegisterError, match="Restore it from a backup"):
            Register.open(path, write=True, wait=0)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterMissing, match="no folder"):
        Register.open(tmp_path / "none" / "register.db", write=True)


def test_a_full_disk_undoes_the_unit_and_says_so(register: Register) -> None:
    with register.begin() as unit:
        pages = unit._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        unit._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RegisterError, match=r"is full.*Check the space"), register.begin() as unit:
        unit.set_meta("colour", "green")
        unit.add_mail(replace(mail("one"), raw=os.urandom(100_000)))
    with register.begin() as unit:
        assert unit.meta("colour") is None
        unit.set_meta("colour", "blue")


def test_a_register_of_another_version_is_refused(path: Path) -> None:
    with (
        Register.open(path, write=True) as fresh,
        pytest.raises(RegisterOutdated, match="cmebot db upgrade"),
        fresh.begin(),
    ):
        pass
    with Register.open(path, write=True) as mine:
        mine.upgrade()
    with sqlite3.connect(path) as by_hand:
        by_hand.execute("UPDATE alembic_version SET version_num = '9999'")
    by_hand.close()
    with Register.open(path) as old, pytest.raises(RegisterOutdated, match="newer program"), old.read():
        pass


def test_a_second_upgrade_changes_nothing(register: Register) -> None:
    with register.read() as past:
        secret = past.secret()
    register.upgrade()
    with register.read() as past:
        assert past.secret() == secret
        assert len(secret) == 32


def test_an_older_register_knows_its_children_by_their_homes_after_the_upgrade(register: Register) -> None:
    told = {
        "child.surname": "Oakley",
        "address.last_known": "8 Quarry Steps, Banbury OX16 9ZZ",
        "carers": "Ada, Jo Elm",
    }
    facts = pack_fold(Case(facts=told))
    with register.begin() as unit:
        unit.store_case(case("CME-2026-00001", fold=facts, fold_version=FOLD_VERSION, surname_key="oakley"))
        unit.store_case(case("CME-2026-00002", fold=b"of another version", fold_version=FOLD_VERSION - 1))
        for index in ("cases_birth", "cases_called", "cases_child", "cases_postcode", "cases_house"):
            unit._connection.exec_driver_sql(f"DROP INDEX {index}")
        for column in ("other_surnames", "carers", "house", "postcode"):
            unit._connection.exec_driver_sql(f"ALTER TABLE cases DROP COLUMN {column}")
        unit._connection.exec_driver_sql("CREATE INDEX cases_birth ON cases (date_of_birth)")
        unit._connection.exec_driver_sql("CREATE INDEX cases_child ON cases (surname_key, date_of_birth)")
        unit._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    register.upgrade()
    with register.begin() as unit:
        found = unit.candidates(Sought(house="8quarrysteps", postcode="OX16 9ZZ", surname_beginnings=("oa",)))
    assert [(row.house, row.postcode, row.carers) for row in found] == [("8quarrysteps", "OX16 9ZZ", "Ada\nJo Elm")]


def test_opening_one_that_is_up_to_date_spares_alembic(register: Register, path: Path) -> None:
    register.close()
    code = (
        "import sys; from bot.register.register import Register\n"
        f"with Register.open({str(path)!r}, write=True) as r:\n    r.upgrade()\n"
        "assert 'alembic' not in sys.modules and 'sqlalchemy.orm' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def _write_until_killed(path: str, ready: multiprocessing.connection.Connection) -> None:  # type: ignore[name-defined]
    with Register.open(path, write=True) as register:
        for n in range(100_000):
            with register.begin() as unit:
                number = unit.add_mail(mail(f"mail {n}"))
                unit.set_meta("last", str(number))
            ready.send(number)


def test_a_writer_killed_at_any_moment_leaves_whole_commits_and_a_free_lease(path: Path) -> None:
    with Register.open(path, write=True) as first:
        first.upgrade()
    spawn = multiprocessing.get_context("spawn")
    told, tells = spawn.Pipe(False)
    writer = spawn.Process(target=_write_until_killed, args=(str(path), tells))
    writer.start()
    while (reported := told.recv()) < 20:
        pass
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    with Register.open(path, write=True, wait=0) as register, register.read() as past:
        last = int(past.meta("last") or 0)
        assert last >= reported
        assert past.raw_mail(last) == f"mail {last - 1}".encode()
        assert past.mail(last + 1) is None


def test_instants_come_back_as_they_were_in_utc(register: Register) -> None:
    with register.begin() as unit:
        number = unit.add_mail(mail("one"))
        found = unit.mail(number)
    assert found is not None
    assert found.received == NOW
    assert found.received.tzinfo is UTC


def test_a_naive_datetime_is_refused(register: Register) -> None:
    with pytest.raises(TypeError), register.begin() as unit:
        unit.store_case(case("CME-2026-00001", opened=NOW.replace(tzinfo=None)))


def test_the_head_is_the_newest_migration() -> None:
    from alembic.script import ScriptDirectory

    from bot.register.migrations import configuration

    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


def test_the_migrations_end_where_the_tables_are(register: Register) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from bot.register.tables import metadata

    with register.begin() as unit:
        assert compare_metadata(MigrationContext.configure(unit._connection), metadata) == []
        made = _objects(unit._connection.connection.dbapi_connection)  # type: ignore[arg-type]
    fresh = sqlite3.connect(":memory:")
    from sqlalchemy import StaticPool, create_engine

    metadata.create_all(create_engine("sqlite://", creator=lambda: fresh, poolclass=StaticPool))
    wanted = _objects(fresh)
    assert {name: made.get(name) for name in wanted} == wanted


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    """Tables and indexes with their SQL, which also holds what Alembic does not compare: conditions, WITHOUT ROWID."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in found}
