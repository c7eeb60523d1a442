from datetime import date

import pytest

from parsers.values import year_group


@pytest.mark.parametrize(
    ("raw", "value"),
    [("6", "6"), ("Year 6", "6"), ("Yr6", "6"), ("Y6", "6"), ("6B", "6"), ("R", "0"), ("Reception", "0"), ("N2", "N")],
)
def test_the_number_of_the_year(raw: str, value: str) -> None:
    parsed = year_group.parse(raw)
    assert (parsed.value, parsed.problem) == (value, "")


def test_no_year_is_doubted() -> None:
    assert year_group.parse("17").confidence < 0.8
    assert year_group.parse("sixth form").confidence < 0.8


def test_a_year_runs_from_september_to_august() -> None:
    # Born on the last day of August: the youngest of year 6; a day later: the oldest of year 5.
    assert year_group.expected(date(2004, 8, 31), date(2014, 11, 26)) == 6
    assert year_group.expected(date(2004, 9, 1), date(2014, 11, 26)) == 5
    assert year_group.expected(date(2004, 8, 31), date(2014, 8, 31)) == 5
