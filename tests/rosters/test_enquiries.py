"""An agency's answers to many enquiries, as they stand in a mail or a file."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import Roster
from parsers.rosters.enquiries import read_enquiries
from parsers.rosters.reader import read_list

WRITTEN = date(2014, 11, 13)


def said(roster: Roster | None) -> list[tuple[str, str, str, str]]:
    """Surname, date of birth, our reference, and what is said or stands above it."""
    names = ("child.surname", "child.date_of_birth", "our.reference")
    return [
        (*(row.sure(name) for name in names), row.sure("answer") or row.sure("heading"))  # type: ignore[misc]
        for row in (roster.rows if roster else ())
    ]


TWO = [("Tregenza", "2003-06-14", "", "no trace"), ("Marchbank", "2001-07-12", "", "known at 9 Fosse Lane")]


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\n1. Ottilie Tregenza 14/06/2003 - no trace\n"
        "2. Owen Marchbank (dob 12/07/2001): known at 9 Fosse Lane\nPC Ash",
        "1. Ottilie Tregenza dob 14/06/2003 no trace 2. Owen Marchbank 12/07/2001 known at 9 Fosse Lane",
        "- Tregenza, Ottilie, born 14 June 2003: no trace\n- Marchbank, Owen, born 12 July 2001: known at 9 Fosse Lane",
        "Ottilie Tregenza 14.06.2003\nno trace\nOwen Marchbank 12.07.2001\nknown at 9 Fosse Lane",
        "no trace:\nOttilie Tregenza 14/06/2003\n\nknown at 9 Fosse Lane:\nOwen Marchbank 12/07/2001",
        "Name\tDOB\tOutcome\nOttilie Tregenza\t14/06/2003\tno trace\n"
        "Owen Marchbank\t12/07/2001\tknown at 9 Fosse Lane\n"
        "Thanks",
        "Name | DOB | Result\nOttilie Tregenza | 14/06/2003 | no trace\n"
        "Owen Marchbank | 12/07/2001 | known at 9 Fosse Lane",
        "Name              DOB         Result\nOttilie Tregenza  14/06/2003  no trace\n"
        "Owen Marchbank    12/07/2001  known at 9 Fosse Lane",
    ],
)
def test_each_child_has_its_own_words(text: str) -> None:
    assert said(read_enquiries(text, WRITTEN)) == TWO


def test_a_reference_or_a_code_is_enough() -> None:
    text = "CME-2014-00001: no trace\n[CME-2014-00002 K7QF-2MXA-9T] Owen Marchbank 12/07/2001, known at 9 Fosse Lane"
    assert [(row[2], row[3]) for row in said(read_enquiries(text, WRITTEN))] == [
        ("CME-2014-00001", "no trace"), ("K7QF2MXA9T CME-2014-00002", "known at 9 Fosse Lane"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "No trace of Ottilie Tregenza, 14/06/2003.",
        "No trace. Mum is Maud Tregenza 01/02/1975.",
        "Please ring me on 12/11/2014.\nI am in until 5.\n1. Call me\n2. Or mail me",
        "",
    ],
)
def test_one_child_is_no_list(text: str) -> None:
    assert read_enquiries(text, WRITTEN) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Surname,Forename,DOB,Result", "enquiries"),
        ("Your ref,Result", "enquiries"),
        ("Surname,Forename,DOB,Result,Niche ref,Last seen", "enquiries"),
        ("Surname,Forename,DOB,Missing since,Outcome", "police"),
        ("Surname,Forename,DOB,Missing since,Date/time returned,Niche ref", "police"),
        ("Surname,Forename,DOB,Comments", ""),
    ],
)
def test_the_columns_say_which_list_it_is(head: str, kind: str) -> None:
    cells = ",".join("x" for _ in head.split(","))
    assert read_list(f"{head}\n{cells}\n".encode(), "list.csv", written=WRITTEN)[0].kind == kind


@given(st.text(max_size=300))
def test_no_text_beats_it(text: str) -> None:
    read_enquiries(text, WRITTEN)
