"""Compulsory school age: the days in the books, the turn of each term, and the case that outlives it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import schoolage
from tests.rules.tale import HUB_FORM, Tale, at, hub_tale

BIRTHDAYS = st.dates(date(1998, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        ("2019-02-10", "2024-03-31"),
        ("2019-03-31", "2024-03-31"),
        ("2019-04-01", "2024-08-31"),
        ("2019-08-31", "2024-08-31"),
        ("2019-09-01", "2024-12-31"),
        ("2018-12-31", "2023-12-31"),
        ("2016-02-29", "2021-03-31"),
    ],
)
def test_it_begins_on_the_prescribed_day_on_or_after_the_fifth_birthday(born: str, begins: str) -> None:
    first = date.fromisoformat(begins)
    assert schoolage.begins(date.fromisoformat(born)) == first
    assert schoolage.standing(date.fromisoformat(born), first) == "of"


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        ("2007-09-23", "2024-06-28"),
        ("2008-08-31", "2024-06-28"),
        ("2008-09-01", "2025-06-27"),
        ("2010-05-02", "2026-06-26"),
        ("2011-08-31", "2027-06-25"),
        ("2012-02-29", "2028-06-30"),
    ],
)
def test_it_ends_on_the_last_friday_in_june_of_the_year_in_which_sixteen_is_reached(born: str, ends: str) -> None:
    last = date.fromisoformat(ends)
    assert schoolage.ends(date.fromisoformat(born)) == last
    assert schoolage.standing(date.fromisoformat(born), last) == "of"
    assert schoolage.standing(date.fromisoformat(born), date.fromordinal(last.toordinal() + 1)) == "over"


@given(BIRTHDAYS)
def test_it_ends_on_a_friday_in_june_and_lasts_more_than_ten_years(born: date) -> None:
    first, last = schoolage.begins(born), schoolage.ends(born)
    assert (last.weekday(), last.month) == (4, 6) and last.day > 23
    assert 10 * 365 < (last - first).days < 12 * 366
    assert schoolage.standing(born, born) == "under"


@given(BIRTHDAYS, st.integers(0, 400))
def test_the_older_child_is_never_of_age_later(born: date, days: int) -> None:
    younger = date.fromordinal(born.toordinal() + days)
    assert schoolage.begins(born) <= schoolage.begins(younger)
    assert schoolage.ends(born) <= schoolage.ends(younger)


def test_on_the_monday_after_leaving_age_an_officer_is_asked_and_only_once() -> None:
    tale = hub_tale({"child.date_of_birth": "1999-05-03"}, when="2015-06-17T10:00")
    tale.until("2015-06-26T17:00")
    assert not tale.asked("conclude", "tracking-officer")
    tale.until("2015-06-29T09:00")
    assert tale.asked("conclude", "tracking-officer") == ["Mon 29 Jun 09:00"]


def test_it_is_not_closed_by_the_clock() -> None:
    tale = hub_tale({"child.date_of_birth": "1999-05-03"}, when="2015-06-17T10:00")
    tale.until("2015-12-01T09:00")
    assert tale.case.closed is None


def test_an_unknown_birthday_asks_nothing_and_one_told_later_does() -> None:
    tale = hub_tale({"child.date_of_birth": ""}, when="2015-06-17T10:00")
    tale.until("2015-07-10T09:00")
    assert not tale.asked("conclude", "tracking-officer")
    tale.tell("2015-07-10T10:00", "details.given", "school", fields={"child.date_of_birth": "1999-05-03"})
    assert tale.asked("conclude", "tracking-officer") == ["Fri 10 Jul 10:00"]


@pytest.mark.parametrize("born", ["1985-01-01", "2025-11-11", "2037-01-01", "about 2003"])
def test_a_birthday_beyond_the_calendar_or_none_stops_nothing(born: str) -> None:
    tale = hub_tale({"child.date_of_birth": born})
    assert tale.until("2015-01-20T09:00")


def test_leaving_age_is_no_next_step() -> None:
    """A case that waits only for its child to grow up is idle: an officer is asked what is to become of it."""
    tale = Tale(now=at("2014-11-26T10:00"))
    values = {"form": "cme-referral", "fields": {**HUB_FORM, "child.date_of_birth": "2008-05-03"}}
    tale.tell("2014-11-26T10:00", "referral.received", "school", **values)
    for question, kind in (("accept-referral", "referral.accepted"), ("database-check", "database.new-school")):
        tale.answer("2014-11-26T11:00", question, kind, school="Fosse Lane Academy")
    tale.answer("2014-11-27T10:00", "conclude", "not-so")
    assert [ask.question for ask in tale.case.open_asks()] == ["conclude"]
