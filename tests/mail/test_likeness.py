"""Sentences like those of harm are found although no list has their words; those of every day are not."""

from __future__ import annotations

import tomllib

from parsers.concerns import concerns
from parsers.likeness import LIKE, features, likeness, telling
from parsers.weighed import weighed
from tests.mail.learning import CORPUS, examples, learned_from

RECALL, FALSE_ALARMS, ORDINARY = 0.9, 0.1, 0.002


def test_harm_in_words_that_nobody_learned_from_is_found() -> None:
    fresh = tomllib.loads((CORPUS / "concerns_fresh.toml").read_text("utf-8"))
    missed = [s for s in fresh["harm"] if not concerns(s)]
    false = [s for s in fresh["no_harm"] if concerns(s)]
    assert len(missed) <= (1 - RECALL) * len(fresh["harm"]), missed
    assert len(false) <= FALSE_ALARMS * len(fresh["no_harm"]), false


def test_ordinary_replies_are_unlike() -> None:
    _, calm = examples()
    like = [s for s in calm if likeness(s) >= LIKE]
    assert len(like) <= ORDINARY * len(calm), like


def test_the_alarm_names_the_words_that_weighed_most() -> None:
    (found,) = concerns("He told a dinner lady that he would like to go to sleep and not get up.")
    assert found.why.startswith("reads as mails of harm do (") and "sleep" in found.why
    assert telling("we have your letter") == ()


def test_the_weights_are_what_the_examples_teach() -> None:
    """`python -m tests.mail.learning` writes them anew, where examples were added."""
    harm, calm = examples()
    weights = learned_from(harm, calm)
    told = [s for s in (*harm, *calm) if (weighed(features(s), weights) >= LIKE) != (likeness(s) >= LIKE)]
    assert len(told) <= 0.02 * (len(harm) + len(calm)), told[:5]
