"""What a plain mail tells: taken where it is said, asked where it is guessed, left where it is nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from parsers.answers import AnswerContext, Says
from parsers.answers.news import reported
from rules.calendar import LONDON

AT = datetime(2015, 3, 11, 10, tzinfo=LONDON)


def kinds(text: str, says: Says) -> tuple[str, ...]:
    found = reported(text, AnswerContext(at=AT, role="school", child="Merryn Oakshott"), says)
    mark = "?" if found.verdict == "ask" else ""
    return tuple(mark + answer.event.partition(".")[0] for answer in found.answers)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Merryn was permanently excluded on 9 March for an assault.", ("exclusion",)),
        ("The governors have upheld the permanent exclusion of Merryn Oakshott.", ("exclusion",)),
        ("Permanently excluded today and taken off roll.", ("exclusion", "removal")),
        ("Merryn is being electively home educated from Monday.", ("home-education",)),
        ("Her parents have decided to homeschool Merryn. She has been removed from our register.",
         ("home-education", "removal")),
        ("The family is emigrating to Canada on 20 March.", ("abroad",)),
        ("Merryn has gone back to Romania with her mum. No address.", ("abroad",)),
        ("Merryn was allocated a place in Year 7 but never took it up, she failed to start.", ("no-show",)),
        ("We were expecting Merryn on 2 March. She did not arrive.", ("no-show",)),
        ("Merryn now lives in your area, at 3 Weir Lane, Witney OX28 9ZZ.", ("moved-in",)),
        ("We believe that they have moved into your area.", ("moved-in",)),
        ("Merryn came off roll on 27 February and went to Hollin Park School.", ("removal",)),
    ],
)  # fmt: skip
def test_what_is_said_is_taken(text: str, told: tuple[str, ...], says: Says) -> None:
    assert kinds(text, says) == told


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("I think mum may home educate her.", ("?home-education",)),
        ("Merryn was permanently excluded last month. Dad says she is home educated now.",
         ("?exclusion", "?home-education")),
        ("Apparently they have moved to Spain.", ("?abroad",)),
    ],
)  # fmt: skip
def test_what_is_guessed_or_twofold_is_asked(text: str, perhaps: tuple[str, ...], says: Says) -> None:
    assert kinds(text, says) == perhaps


@pytest.mark.parametrize(
    "text",
    [
        "Merryn is at risk of permanent exclusion.",
        "Has Merryn been permanently excluded?",
        "We have not taken Merryn off roll.",
        "Merryn has gone to Turkey on holiday with her dad.",
        "Merryn did not arrive today and nobody rang in.",
        "Merryn was home educated until Year 3 and would like a place.",
        "Please see our attendance policy.",
        "Merryn has not been in since Monday. We rang home twice.",
    ],
)
def test_what_is_nothing_of_the_kind_is_left(text: str, says: Says) -> None:
    assert kinds(text, says) == ()


def test_the_values_are_those_that_are_said(says: Says) -> None:
    context = AnswerContext(at=AT, role="school", child="Merryn Oakshott")
    text = "We removed Merryn from our roll on 27 February 2015, ground (g). She went to Hollin Park School, 382/4021."
    (answer,) = reported(text, context, says).answers
    assert answer.values["removal.date"] == "2015-02-27" and answer.values["ground"] == "g"
    assert answer.values["new-school"] == "Hollin Park School"
    (excluded, off) = reported("Permanently excluded on 9 March and taken off roll.", context, says).answers
    assert excluded.values == {"exclusion.date": "2015-03-09"} and off.values == {}
