"""A reply whose words match an answer, and that reads as those which were none, is asked again."""

from __future__ import annotations

import pytest

from parsers.answers.plainness import DOUBTFUL
from parsers.weighed import weighed
from tests.answers.conftest import Ask
from tests.answers.corpus_reader import england
from tests.answers.learning import examples
from tests.regression import learned


def test_what_no_phrase_and_no_reserve_sees_is_asked(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never learned from: it was written last."""
    reply = "no one in number 6, but is it number 6 or 6a you want"
    assert ask("home-visit", reply).verdict == "ask"
    monkeypatch.setattr("parsers.answers.doubt.DOUBTFUL", 99.0)
    assert ask("home-visit", reply).verdict == "understood"


@pytest.mark.parametrize(
    ("question", "reply", "verdict"),
    [
        ("home-visit", "No answer at the door this afternoon. I left a card. Neighbours not approached.", "understood"),
        ("conclude", "Traced, on roll at Foxhill Academy since 30 April", "confirm"),
        ("waive-evidence", "2", "understood"),
    ],
)
def test_plain_answers_and_choices_are_taken(ask: Ask, question: str, reply: str, verdict: str) -> None:
    assert ask(question, reply).verdict == verdict


def test_replies_that_were_put_away_are_told_apart() -> None:
    """Of the plain ones few are doubted. Where replies were added, `python -m tests.answers.learning` learns anew."""
    asked, plain = examples(england())
    weights = learned(asked[::2] + asked[1::4], plain[::2] + plain[1::4])
    doubted = [f for f in plain[3::4] if weighed(f, weights) >= DOUBTFUL]
    caught = [f for f in asked[3::4] if weighed(f, weights) >= DOUBTFUL]
    assert len(doubted) <= 0.06 * len(plain[3::4])
    assert len(caught) >= 0.3 * len(asked[3::4])
