"""Rows of lists: staged with their mail, settled one by one, found again, forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from bot.register.lists import _KEPT_ALIKE, _PUPIL
from bot.register.register import Register
from bot.register.rows import ListRow, NewMail

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ROW = ListRow(
    1, 2, "LIST-2026-00001", "leavers", 2, "staged", "leavers|nunn|isla", "nunn", date(2016, 5, 3), "931/9001",
    fields={"child.surname": "Nunn"},
)  # fmt: skip


def staged(register: Register, *rows: ListRow) -> None:
    with register.begin() as unit:
        unit.add_mail(NewMail("identity", NOW, NOW, b"raw"))
        unit.stage_rows(rows)


def test_what_is_staged_comes_back_as_it_was(register: Register) -> None:
    staged(register, ROW)
    with register.read() as snapshot:
        assert snapshot.staged_rows(10) == [ROW] and snapshot.any_staged(ROW.ref)


def test_a_row_is_of_one_mail_once(register: Register) -> None:
    staged(register, ROW)
    with pytest.raises(IntegrityError), register.begin() as unit:
        unit.stage_rows([ROW])


def test_a_settled_row_is_not_staged_and_says_what_it_became(register: Register) -> None:
    staged(register, ROW, replace(ROW, n=3, content="other"))
    with register.begin() as unit:
        unit.settle_row(ROW, "waiting", due=date(2026, 12, 31), why="not yet")
    with register.read() as snapshot:
        assert [row.n for row in snapshot.staged_rows(10)] == [3]
        assert snapshot.row_counts(ROW.ref) == {"staged": 1, "waiting": 1}
        assert snapshot.told_before(ROW.content) is not None and snapshot.told_before("other") is None
        assert not snapshot.rows_due(date(2026, 12, 30), 10) and snapshot.rows_due(date(2026, 12, 31), 10)


def test_the_same_surname_or_the_same_birth_is_alike(register: Register) -> None:
    kept = replace(ROW, state="kept", due=date(2026, 12, 1))
    staged(register, kept, replace(kept, n=3, surname_key="x", date_of_birth=None), replace(ROW, n=4, state="roll"))
    with register.read() as snapshot:
        assert [row.n for row in snapshot.kept_alike("nunn", None)] == [ROW.n]
        assert [row.n for row in snapshot.kept_alike("none", date(2016, 5, 3))] == [ROW.n]


def test_a_mail_is_emptied_when_none_of_its_rows_is_kept(register: Register) -> None:
    staged(register, replace(ROW, state="kept", due=date(2026, 12, 1)))
    with register.begin() as unit:
        assert not unit.empty_list_mail(1, "over")
        unit.forget_row(ROW)
        assert unit.empty_list_mail(1, "over")
        assert unit.raw_mail(1) == b""


def test_references_of_lists_are_numbered_by_the_year(register: Register) -> None:
    with register.begin() as unit:
        told = [unit.new_list_reference(2026), unit.new_list_reference(2026), unit.new_list_reference(2027)]
    assert told == ["LIST-2026-00001", "LIST-2026-00002", "LIST-2027-00001"]


def test_rows_alike_are_searched_for_in_indexes_alone(register: Register) -> None:
    """A roll has thousands of rows in one state."""
    known = {"surname_key": "nunn", "born": "2016-05-03"}
    with register.begin() as unit:
        steps = [step for step in _KEPT_ALIKE.plan(unit._connection, known) if " roster_row" in step]
    assert [step.partition(" (")[2] for step in steps] == ["state=? AND surname_key=?)", "state=? AND date_of_birth=?)"]


def test_of_a_roll_only_who_may_be_the_child_for_certain_is_read(register: Register) -> None:
    """A brother has the surname alone; a number is known however the list writes it."""
    number = {"child.surname": "Nunn", "child.upn": "p2070 0001 6049"}
    roll = replace(ROW, state="roll", date_of_birth=None)
    staged(register, roll, replace(roll, n=3, fields=number), replace(roll, n=4, date_of_birth=date(2016, 5, 3)))
    with register.read() as snapshot:
        found = snapshot.rows_of_pupil("nunn", date(2016, 5, 3), "P207000016049")
        assert [row.n for row in found] == [3, 4]
        assert snapshot.rows_of_pupil("nunn", None, "") == snapshot.rows_of_pupil("none", None, "P207000016049") == []


def test_a_pupil_is_searched_for_in_indexes_alone(register: Register) -> None:
    known = {"surname_key": "nunn", "born": "2016-05-03", "number": "P207000016049"}
    with register.begin() as unit:
        steps = [step for step in _PUPIL.plan(unit._connection, known) if " roster_row" in step]
    assert [step.partition(" (")[2] for step in steps] == ["state=? AND date_of_birth=?)", "state=? AND surname_key=?)"]
