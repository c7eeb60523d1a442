"""The council's and the schools' own days, as the directory has them; and what `check` says of a calendar's end."""

from datetime import date
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.council.directory_rows import BadDirectory
from bot.council.office import Office
from bot.inspecting.checking import check_calendar
from bot.running.startup import office_of
from rules import load_pack
from rules.calendar import Calendar, Terms

HEAD = "school,kind,first,last\n"
SCHOOL = "931/9001"


def office(folder: Path, rows: str) -> Office:
    write_sandbox(folder)
    (folder / "directory" / "terms.csv").write_text(HEAD + rows, "utf-8")
    return office_of(folder / "config.toml")


def test_a_schools_inset_day_is_its_own_and_it_keeps_the_councils_terms(tmp_path: Path) -> None:
    calendar = office(tmp_path / "county", f"{SCHOOL},inset,2026-11-27,\n").pack.calendar
    assert date(2026, 11, 27) in calendar.school_days() and date(2026, 11, 27) not in calendar.school_days(SCHOOL)
    assert date(2026, 10, 28) not in calendar.school_days(SCHOOL), "half term is the council's"


def test_an_academys_own_terms_hold_in_their_year_and_the_councils_in_the_others(tmp_path: Path) -> None:
    rows = "Bardwell Hill Academy,term,2026-09-01,2026-10-16\nBardwell Hill Academy,term,2026-11-02,2026-12-18\n"
    calendar = office(tmp_path / "county", rows).pack.calendar
    assert date(2026, 10, 20) in calendar.school_days() and date(2026, 10, 20) not in calendar.school_days(SCHOOL)
    assert date(2014, 10, 28) not in calendar.school_days(SCHOOL), "that year it says nothing, and the council does"


def test_the_councils_own_row_goes_before_the_packs_and_adds_a_year(tmp_path: Path) -> None:
    rows = ",term,2027-09-06,2027-10-22\n,inset,2026-09-02,2026-09-03\n"
    calendar = office(tmp_path / "county", rows).pack.calendar
    assert date(2027, 9, 3) not in calendar.school_days() and date(2027, 9, 6) in calendar.school_days()
    assert date(2026, 9, 3) not in calendar.school_days(SCHOOL) and date(2026, 9, 4) in calendar.school_days(SCHOOL)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (",holiday,2026-09-02,2026-10-23\n", "line 2.*write term or inset"),
        ("931/0000,term,2026-09-02,2026-10-23\n", "line 2.*no school of schools.csv"),
        (",term,2.9.2026,2026-10-23\n", "line 2.*no date"),
        (",term,2026-10-23,2026-09-02\n", "line 2.*check both dates"),
        (",term,2026-09-02,2027-07-21\n", "line 2.*check both dates"),
        (",term,2026-09-02,2026-10-23\n,term,2026-10-20,2026-12-18\n", "line 3.*before the last one ends"),
        (",term,2026-09-02,\n", "line 2.*no date"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(BadDirectory, match=told):
        office(tmp_path / "county", rows)


def warnings(calendar: Calendar, today: date) -> list[str]:
    return [finding.problem for finding in check_calendar(calendar, today)]


def test_a_year_before_the_bank_holidays_run_out_check_says_so() -> None:
    calendar = load_pack("oxfordshire").calendar
    assert not [w for w in warnings(calendar, date(2028, 12, 20)) if "bank" in w]
    assert "bank holidays are known until 26 December 2029 only" in warnings(calendar, date(2028, 12, 28))[0]


def test_from_june_on_check_asks_for_the_terms_of_the_next_school_year() -> None:
    terms = Terms(((date(2026, 9, 2), date(2026, 10, 23)),))
    calendar = Calendar(frozenset({date(2035, 1, 1)}), {"": terms})
    assert not warnings(calendar, date(2027, 5, 31))
    assert "no term dates for 2027/28" in warnings(calendar, date(2027, 6, 1))[0]
    assert "no term dates for 2027/28" in warnings(calendar, date(2027, 8, 2))[0]
