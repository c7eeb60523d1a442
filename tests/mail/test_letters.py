"""Free text about a child: who it is about, as far as that is sure."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.letters import mention
from parsers.reading import ChildMention

WRITTEN = date(2014, 11, 12)


@pytest.mark.parametrize(
    ("text", "forenames", "surname"),
    [
        ("There is a girl of about 8, Amina Diallo, who does not go to school.", "Amina", "Diallo"),
        ("Our pupil Wren Tolliver (dob 3/5/03) has not been in school.", "Wren", "Tolliver"),
        ("I keep thinking about Wren Tolliver in Y6. She is not in school.", "Wren", "Tolliver"),
        ("We have been told that Wren Tolliver, born 3 May 2003, has moved into your area.", "Wren", "Tolliver"),
        ("Mary-Jane O'Breen has left the school and moved away.", "Mary-Jane", "O'Breen"),
        ("Please confirm the school of Wren Ada TOLLIVER, born 3 May 2003.", "Wren Ada", "TOLLIVER"),
        ("Is Mary-Jane O'BREEN (03/05/03) at school with you?", "Mary-Jane", "O'BREEN"),
        ("Our DSL (dob of the child unknown) says that a boy does not go to school.", "", ""),
        ("The pupil is called Łucja Żak. She left school in May.", "", ""),
        ("Mrs Pat Quill says that a boy in the flat upstairs never goes to school.", "", ""),
        ("The brothers Ivo Stark and Una Stark have left the school.", "", ""),
    ],
)
def test_the_name(text: str, forenames: str, surname: str) -> None:
    found = mention(text, WRITTEN)
    assert found and (found.forenames, found.surname) in {(forenames, surname), ("Łucja", "Żak")}


def test_date_of_birth_and_school() -> None:
    found = mention("Wren Tolliver, born 3 May 2003, was last on roll at Harebell Primary School.", WRITTEN)
    assert found == ChildMention("Tolliver", "Wren", date(2003, 5, 3), "Harebell Primary School")


@pytest.mark.parametrize(
    "text", ["Wren Tolliver (dob 31/2/03) left the school.", "Wren Tolliver (dob 3/5/15) left school."]
)
def test_a_day_that_cannot_be_is_no_date_of_birth(text: str) -> None:
    found = mention(text, WRITTEN)
    assert found and found.date_of_birth is None


@pytest.mark.parametrize(
    "text",
    [
        "Please update my email address to pat@harebell.example.",
        "Our newsletter: children at five schools planted trees. Unsubscribe here.",
        "Invoice 4711 for school furniture is attached.",
        "Thanks, will do.",
        "The meeting on Thursday is moved to 3pm.",
        "",
    ],
)
def test_other_mails_are_about_no_child(text: str) -> None:
    assert mention(text, WRITTEN) is None


@pytest.mark.timeout(30)
@pytest.mark.parametrize("row", ["Àà", "à", "Aa", "Ann-Other'", "Ann Other de la ", "Ann Other (3/5/"])
def test_rows_of_letters_take_no_time(row: str) -> None:
    """A capital that might be a small letter made a name in ever more ways: a mail of rubbish took minutes."""
    mention(row * 2_000, date(2014, 11, 26))
