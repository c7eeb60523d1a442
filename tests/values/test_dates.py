from datetime import date

import pytest

from parsers.values import dates

WRITTEN = date(2014, 11, 26)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("03/10/2014", "2014-10-03"),
        ("3.10.14", "2014-10-03"),
        ("3-10-14", "2014-10-03"),
        ("2014-10-03", "2014-10-03"),
        ("3rd Oct 2014", "2014-10-03"),
        ("3 October, 2014", "2014-10-03"),
        ("Friday 3 October", "2014-10-03"),
        ("Friday the 3rd of October", "2014-10-03"),
        ("October 3rd, 2014", "2014-10-03"),
        ("3 Sept '14", "2014-09-03"),
        ("03102014", "2014-10-03"),
        ("3 / 10 / 2014", "2014-10-03"),
        ("29.2.2012", "2012-02-29"),
    ],
)
def test_the_day_comes_first_however_it_is_written(raw: str, iso: str) -> None:
    parsed = dates.parse(raw, WRITTEN)
    assert parsed.value == iso
    assert parsed.confidence >= 0.8
    assert parsed.problem == ""


def test_two_digits_of_a_birth_lie_in_the_past() -> None:
    assert dates.parse("9.3.05", WRITTEN, birth=True).value == "2005-03-09"
    assert dates.parse("9.3.98", WRITTEN, birth=True).value == "1998-03-09"
    assert dates.parse("9.3.15", WRITTEN, birth=True).value == "1915-03-09"


def test_a_date_without_year_is_the_last_one_before_the_day_of_writing() -> None:
    assert dates.parse("20 December", date(2015, 1, 6)).value == "2014-12-20"
    assert dates.parse("5 January", date(2014, 12, 18)).value == "2015-01-05"


def test_a_weekday_that_does_not_fit_is_a_problem() -> None:
    parsed = dates.parse("Monday 3 October 2014", WRITTEN)
    assert parsed.value == "2014-10-03"
    assert "Friday" in parsed.problem


def test_the_american_order_is_doubted() -> None:
    parsed = dates.parse("10/23/2014", WRITTEN)
    assert (parsed.value, parsed.confidence) == ("2014-10-23", 0.6)


def test_two_different_dates_in_one_box_are_doubted() -> None:
    assert dates.parse("3/10/2014 or 6/10/2014", WRITTEN).confidence < 0.8


def test_no_date_is_as_written_and_doubted() -> None:
    parsed = dates.parse("end of term", WRITTEN)
    assert parsed.value == "end of term"
    assert parsed.problem
    assert dates.parse("31/02/2014", WRITTEN).confidence < 0.8


def test_a_bare_weekday_is_the_last_one_and_a_doubt() -> None:
    found = dates.find_weekday("since Monday", WRITTEN)
    assert found is not None
    assert found.day == date(2014, 11, 24)
    assert found.confidence < 0.8


def test_a_house_or_phone_number_is_no_date() -> None:
    assert list(dates.find("Flat 2, 87 Cooper's Yard, 01632 960118", WRITTEN)) == []


def test_a_digit_that_is_left_of_a_year_is_no_year() -> None:
    for raw in ("18 Dec 0", "5 Nov 1", "5 November '1"):
        read = dates.parse(raw, WRITTEN)
        assert read.confidence < 0.8
        assert "year" in read.problem
    assert dates.parse("5 Nov", WRITTEN).confidence > 0.8
    assert dates.parse("5 Nov (Wed)", WRITTEN).confidence > 0.8


def test_nobody_is_born_in_no_year() -> None:
    assert dates.parse("18 Dec", WRITTEN, birth=True).confidence < 0.8
    assert dates.parse("18 Dec 00", WRITTEN, birth=True).value == "2000-12-18"
