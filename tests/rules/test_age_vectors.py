"""Compulsory school age (Education Act 1996, section 8): the vectors of the guidance, and its laws."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import schoolage


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        ("2019-02-10", "2024-03-31"), ("2019-08-31", "2024-08-31"), ("2019-09-01", "2024-12-31"),
        ("2019-03-31", "2024-03-31"), ("2019-04-01", "2024-08-31"), ("2020-02-29", "2025-03-31"),
        ("2019-12-31", "2024-12-31"), ("2020-01-01", "2025-03-31"),
    ],
)  # fmt: skip
def test_when_it_begins(born: str, begins: str) -> None:
    assert schoolage.begins(date.fromisoformat(born)) == date.fromisoformat(begins)


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        ("2007-09-23", "2024-06-28"),
        ("2008-08-31", "2024-06-28"),
        ("2008-09-01", "2025-06-27"),
        ("2011-01-01", "2027-06-25"),
    ],
)
def test_when_it_ends(born: str, ends: str) -> None:
    assert schoolage.ends(date.fromisoformat(born)) == date.fromisoformat(ends)


@given(st.dates(date(1995, 1, 1), date(2030, 12, 31)))
def test_it_begins_at_five_and_ends_on_a_friday_in_june(born: date) -> None:
    begins, ends = schoolage.begins(born), schoolage.ends(born)
    assert 5 * 365 <= (begins - born).days <= 5 * 366 + 153
    assert ends.weekday() == 4 and ends.month == 6 and ends.day > 23 and begins < ends
