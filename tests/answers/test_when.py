"""Days in replies, day first, against the day of writing (Thursday 10 March 2016)."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.answers.when import find_days

THURSDAY = date(2016, 3, 10)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("yesterday", "2016-03-09", "2016-03-09"),
        ("this afternoon", "2016-03-10", "2016-03-10"),
        ("last Friday", "2016-03-04", "2016-03-04"),
        ("Mon", "2016-03-07", "2016-03-14"),
        ("next Tuesday", "2016-03-15", "2016-03-15"),
        ("Tuesday week", "2016-03-22", "2016-03-22"),
        ("3/10", "2015-10-03", "2016-10-03"),
        ("3.10.14", "2014-10-03", "2014-10-03"),
        ("3rd Oct", "2015-10-03", "2016-10-03"),
        ("Friday 3 October 2014", "2014-10-03", "2014-10-03"),
        ("the 3rd", "2016-03-03", "2016-04-03"),
        ("two weeks ago", "2016-02-25", "2016-02-25"),
        ("end of the week", "2016-03-11", "2016-03-11"),
        ("close of play", "2016-03-10", "2016-03-10"),
        ("in the morning", "2016-03-10", "2016-03-11"),
    ],
)
def test_a_day(text: str, past: str, future: str) -> None:
    (found,) = find_days(text, THURSDAY)
    assert (found.past.isoformat(), found.future.isoformat()) == (past, future)


@pytest.mark.parametrize("text", ["31/02/2014", "page 3", "he may go", "we sat there", "26 neighbours"])
def test_no_day(text: str) -> None:
    assert find_days(text, THURSDAY) == []


def test_the_full_stop_behind_a_day_still_ends_the_sentence() -> None:
    (found,) = find_days("I called on Wednesday. I left a card.", THURSDAY)
    assert "I called on Wednesday. I left a card."[found.end] == "."
