"""Lists that are due on days of the calendar, and when one is missed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.expected import BadDay, ExpectedList, parse_day

LONG_AGO = date(2014, 1, 1)


def monthly(**more: bool) -> ExpectedList:
    return ExpectedList("leavers", "the leavers report", "4.5", ("tracking-officer",), (parse_day("10"),), **more)


def test_missed_the_day_after_and_not_on_the_day() -> None:
    came = date(2014, 11, 9)
    assert monthly().missed(date(2014, 12, 10), came, LONG_AGO) is None
    assert monthly().missed(date(2014, 12, 11), came, LONG_AGO) == date(2014, 12, 10)


def test_one_that_came_late_was_the_day_befores() -> None:
    assert monthly().missed(date(2014, 12, 11), date(2014, 11, 12), LONG_AGO) == date(2014, 12, 10)
    assert monthly().missed(date(2014, 12, 11), date(2014, 12, 1), LONG_AGO) is None


def test_what_was_due_before_the_register_began_is_nobodys_debt() -> None:
    assert monthly().missed(date(2014, 11, 12), None, date(2014, 11, 12)) is None
    assert monthly().missed(date(2014, 11, 12), None, date(2014, 11, 9)) == date(2014, 11, 10)


def test_some_are_missed_only_when_one_has_come() -> None:
    assert monthly(once_come=True).missed(date(2014, 12, 11), None, LONG_AGO) is None


def test_each_year_each_week() -> None:
    yearly = ExpectedList("x", "x", "", (), (parse_day("09-30"),))
    assert yearly.last_two_due(date(2014, 11, 1)) == (date(2014, 9, 30), date(2013, 9, 30))
    weekly = ExpectedList("x", "x", "", (), (parse_day("monday"),))
    assert weekly.last_two_due(date(2014, 11, 12)) == (date(2014, 11, 10), date(2014, 11, 3))
    assert ExpectedList("x", "x", "", ()).missed(date(2014, 11, 12), None, LONG_AGO) is None


@pytest.mark.parametrize("text", ["31", "13-01", "someday", "", "9-30"])
def test_a_day_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadDay):
        parse_day(text)


@given(st.dates(LONG_AGO, date(2030, 1, 1)), st.integers(0, 400))
def test_whoever_sends_within_the_half_before_is_never_asked(today: date, back: int) -> None:
    days = monthly().last_two_due(today)
    assert days is not None and days[1] < days[0] < today
    came = days[0] - timedelta(days=back % 14)
    assert monthly().missed(today, came, LONG_AGO) is None
