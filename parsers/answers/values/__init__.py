"""The values of an answer, taken only as far as the reply says them.

Each way of taking a value has a name, which says.toml gives beside the value's own: `{ "visit.date" = "visit-day" }`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parsers.answers.places import laestab
from parsers.answers.says import AnswerWords
from parsers.answers.values.days import DAYS, bare_day
from parsers.answers.values.people import PEOPLE
from parsers.answers.values.scene import Scene, Taken, own_words, signed_at
from parsers.answers.values.whereabouts import WHEREABOUTS
from parsers.answers.values.wording import WORDING, outcome_of

__all__ = ["DAYS", "NAMING", "PLAIN", "WAYS", "Scene", "bare_day", "fill", "outcome_of", "own_words", "signed_at"]

WAYS: Mapping[str, Taken] = {**DAYS, **WHEREABOUTS, **PEOPLE, **WORDING}

NAMING = frozenset({*WHEREABOUTS, *PEOPLE})
"""The ways that take somebody's name, or a place."""

PLAIN = frozenset(
    {*DAYS, *PEOPLE, "school", "attended-school", "address", "family-address", "new-address", "country", "laestab"}
    | {"flag", "flag-yes", "outcome", "close-outcome", "fields", "case"}
) - {"with", "which-child", "who", "authority", "visit-day"}
"""The ways that take a thing which can be told from other words; a reason or a note is anything at all."""


def fill(answer: AnswerWords, scene: Scene) -> dict[str, Any]:
    """Values by their names; what the reply does not say is not there. A school's number stands beside the school."""
    values: dict[str, Any] = {}
    for name, way in answer.values:
        value = WAYS[way](scene, name)
        if value not in (None, "", [], {}):
            values[name] = value
    if "school" in values and (number := laestab(" ".join(t.text for t in scene.said.of("laestab")))):
        values.setdefault("laestab", number)
    return values
