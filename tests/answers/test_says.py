"""says.toml: complete, and readable with a plain word about what is wrong."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from parsers.answers import BadSays, Says, load_says
from parsers.answers.clauses import take_apart
from parsers.answers.evidence import find_evidence
from tests.answers.corpus_reader import PACK, replies


def _table() -> dict[str, Any]:
    return tomllib.loads((PACK / "says.toml").read_text("utf-8"))


def test_every_answer_of_the_packs_questions_has_its_words_in_the_packs_order(says: Says) -> None:
    for file in PACK.glob("questions*.toml"):
        for name, question in tomllib.loads(file.read_text("utf-8"))["question"].items():
            assert says.questions[name].answers == tuple(question.get("answer", {})), name


def test_every_choice_has_its_own_line(says: Says) -> None:
    for name, question in says.questions.items():
        lines = [says.label(name, event) for event in question.answers]
        assert all(lines) and len(set(lines)) == len(lines), name


def test_the_packs_rules_on_answers_may_be_given_too() -> None:
    rules = {"question": {"on-roll-elsewhere": {"cite": "x", "answer": {"application.pending": {"needs": ["school"]}}}}}
    assert load_says([_table(), rules]).answers["application.pending"].needs == ("school",)


def test_a_county_adds_its_own_words(says: Says) -> None:
    county = {"answer": {"agency.no-trace": {"says": ["^ nowt doing"]}}}
    assert len(load_says([_table(), county]).answers["agency.no-trace"].patterns) == len(
        says.answers["agency.no-trace"].patterns
    )


@pytest.mark.parametrize(
    ("county", "told"),
    [
        ({"answer": {"x.y": {"says": ["@nobodies home"]}}}, "there is none of that name"),
        ({"answer": {"x.y": {"say": ["home"]}}}, "it may have"),
        ({"question": {"q": {"answers": ["z.z"]}}}, "there is no [answer] of that name"),
    ],
)
def test_what_is_wrong_is_told(county: dict[str, Any], told: str) -> None:
    with pytest.raises(BadSays, match=told.replace("[", r"\[")):
        load_says([_table(), county])


def test_what_no_phrase_can_be_found_in_is_passed_over_and_nothing_else(says: Says) -> None:
    """Each answer's words held against each clause of the corpus, with the short way and without."""
    some = list(replies("tuned"))[::8]
    clauses = [c for r in some for c in take_apart(r.text, r.context.day, r.context.child, says.lexicon).clauses]
    known = [words for words in says.answers.values() if words.triggers is not None]
    assert len(known) > 50
    for words in known:
        assert find_evidence(words, clauses) == find_evidence(replace(words, triggers=None), clauses), words.event
