"""The same things in other words, and a school that is told by its number alone."""

from __future__ import annotations

import pytest

from parsers.answers import Says
from tests.answers.conftest import Ask
from tests.answers.test_news import kinds


@pytest.mark.parametrize(
    ("question", "reply", "event", "values"),
    [
        (
            "enquiries-concluded",
            "Joint enquiries concluded on 9 March 2016",
            "enquiries.concluded",
            {"date": "2016-03-09"},
        ),
        (
            "place-confirmed",
            "She is on roll at 866/2001",
            "place.confirmed",
            {"school": "866/2001", "laestab": "866/2001"},
        ),
        (
            "database-check",
            "New school: 931/9004",
            "database.new-school",
            {"school": "931/9004", "laestab": "931/9004"},
        ),
    ],
)
def test_in_other_words(ask: Ask, question: str, reply: str, event: str, values: dict[str, str]) -> None:
    (found,) = ask(question, reply).answers
    assert (found.event, found.values) == (event, values)


def test_c5_another_authoritys_answer_on_s2s_is_no_posting_of_ours(ask: Ask) -> None:
    found = ask("s2s-message", "Leicester replied on S2S: he is at Foxhill Primary School since 2 March.")
    assert found.verdict == "understood"
    assert [(a.event, a.values["authority"]) for a in found.answers] == [("authority.trace", "Leicester")]


@pytest.mark.parametrize(
    "reply", ["I'm on leave from tomorrow, please give this to someone else", "Please reassign this"]
)
def test_b6_give_it_to_somebody_else_asks_for_no_time(ask: Ask, reply: str) -> None:
    assert [a.event for a in ask("home-visit", reply).answers] == ["not-mine"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Merryn was removed from our admission register on 6 March.", ("removal",)),
        ("Deletion from the admission register: Merryn Oakshott, on 6 March, ground 9(1)(b).", ("removal",)),
        ("We took her off roll on 6 March as the policy lets us backdate.", ("removal",)),
        ("When can we take her off roll?", ()),
        ("We attach our off roll policy.", ()),
        ("We were expecting Merryn to start yesterday but nobody came.", ("no-show",)),
        ("Merryn was due to start with us on Monday and has not been seen.", ("no-show",)),
        ("Merryn never turned up on her first day.", ("no-show",)),
        ("Merryn has not been seen since Monday.", ()),
    ],
)
def test_what_a_school_tells_in_other_words(text: str, told: tuple[str, ...], says: Says) -> None:
    assert kinds(text, says) == told
