"""Words of harm are found; the daily words of the trade are not taken for them."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from parsers.concerns import concerns

CORPUS = Path(__file__).parent.parent / "corpus"
RECALL = 0.98
FALSE_ALARMS = 0.03


def sentences(name: str) -> tuple[list[str], list[str]]:
    found = tomllib.loads((CORPUS / name).read_text(encoding="utf-8"))
    return found["harm"], found["no_harm"]


def test_the_corpus_is_found_and_the_calm_is_left_in_peace() -> None:
    harm, calm = sentences("concerns.toml")
    missed = [s for s in harm if not concerns(s)]
    false = [s for s in calm if concerns(s)]
    assert len(harm) + len(calm) >= 250
    assert len(missed) <= len(harm) * (1 - RECALL), missed
    assert len(false) <= len(calm) * FALSE_ALARMS, false


def test_the_quote_is_the_sentence_as_written() -> None:
    text = "He has been off since Monday.\nHe’s got bruises\non both arms. Mum is not answering."
    assert [c.quote for c in concerns(text)] == ["He’s got bruises on both arms."]


def test_a_denial_reaches_to_the_end_of_its_clause_and_no_further() -> None:
    assert not concerns("No bruises were seen.")
    assert concerns("No reply at the door, but bruises were seen last week.")
    assert concerns("I am not sure that he is not being hit.")


def test_boxes_of_the_form_are_no_words() -> None:
    assert not concerns("Known drugs/drink abuse: High\nAggressive parent: No\nPrevious violence:")


@pytest.mark.parametrize("text", ["he is " * 200_000, "hit" * 300_000, " " * 1_000_000, "no " * 300_000])
def test_a_long_text_takes_less_than_three_seconds(text: str) -> None:
    start = time.perf_counter()
    concerns(text)
    assert time.perf_counter() - start < 3
