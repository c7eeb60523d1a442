"""Whatever arrives, an understanding comes back, soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.answers import AnswerContext, Says, understand
from tests.answers.conftest import THURSDAY


@given(st.text(max_size=400), st.sampled_from(["home-visit", "agency-enquiry", "confirm", "missing-details", ""]))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all(says: Says, text: str, question: str) -> None:
    assert understand([question], text, AnswerContext(THURSDAY), says).verdict in ("understood", "confirm", "ask")


@pytest.mark.parametrize("piece", ["\n", "1 a ", "3/10 ", "no ", "?!.,", "the school ", "From: "])
def test_long_rubbish_is_soon_done(says: Says, piece: str) -> None:
    begun = time.perf_counter()
    understand(["home-visit"], piece * (20_000 // len(piece)), AnswerContext(THURSDAY), says)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🤷", "asdf jkl;", "Bananas and custard."])
def test_nothing_said_is_asked_again(says: Says, text: str) -> None:
    assert understand(["home-visit"], text, AnswerContext(THURSDAY), says).verdict == "ask"
