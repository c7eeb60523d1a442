"""Closing a case in a word: with its outcome proposed, without it left to the one who asked."""

from __future__ import annotations

import pytest

from tests.answers.conftest import Ask


@pytest.mark.parametrize("reply", ["Yes", "agree", "Agreed", "ok", "close it", "Yes please close", "yes close it"])
def test_a_bare_yes_is_a_close_whose_outcome_is_open(ask: Ask, reply: str) -> None:
    found = ask("conclude", reply)
    assert (found.verdict, [(a.event, a.values) for a in found.answers]) == ("ask", [("close", {})])


@pytest.mark.parametrize(
    "reply", ["Could be closed before long", "close it unless he turns up", "1 I think", "yes but he is not traced"]
)
def test_a_doubt_is_no_close(ask: Ask, reply: str) -> None:
    found = ask("conclude", reply)
    assert found.verdict == "ask" and "close" not in [a.event for a in found.answers]


@pytest.mark.parametrize("reply", ["returned", "yes, returned", "close it, returned", "1 returned"])
def test_the_outcomes_name_is_no_reason(ask: Ask, reply: str) -> None:
    assert ask("conclude", reply).answers[0].values == {"outcome": "returned"}


def test_the_number_beside_the_outcome_is_the_mails_own(ask: Ask) -> None:
    found = ask("conclude", "2 on roll elsewhere", choices=("child.traced", "close", "not-so"))
    assert (found.verdict, found.answers[0].values) == ("understood", {"outcome": "on-roll-elsewhere"})


def test_a_no_stands_alone(ask: Ask) -> None:
    assert [a.event for a in ask("conclude", "Yes close it, it was sent in error").answers] == ["close"]
    assert [a.event for a in ask("conclude", "No, that was a mistake").answers] == ["not-so"]


def test_the_roll_is_heard_in_the_same_breath(ask: Ask) -> None:
    found = ask("conclude", "Traced at Foxhill Academy. Can come off roll from 3 March")
    assert found.verdict == "confirm"
    assert [(a.event, a.values) for a in found.answers] == [
        ("child.traced", {"where": "Foxhill Academy"}),
        ("roll.date", {"date": "2016-03-03"}),
    ]


def test_nobody_else_is_heard_about_the_roll_unasked(ask: Ask) -> None:
    found = ask("ctf-upload", "Uploaded. He came off roll from 3 March", role="school")
    assert [a.event for a in found.answers] == ["ctf.uploaded"]


def test_a_number_and_words_that_say_otherwise_are_asked_about(ask: Ask) -> None:
    assert ask("conclude", "1 returned", choices=("child.traced", "close", "not-so")).verdict == "ask"
