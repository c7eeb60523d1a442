"""The words that an answer is known to keep company with: those of its phrases, those seen beside them in replies that
were read rightly (`[company]` of the packs' says-*.toml), and the small words of English. Any other word in the clause
of an answer may be what makes of it something else: "he returned his books"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from parsers.answers.pattern import literals
from parsers.answers.words import english

Classes = Mapping[str, Sequence[str]]


def company_of(
    entry: Mapping[str, Any], seen: Iterable[str], flags: Mapping[str, Mapping[str, Sequence[str]]], classes: Classes
) -> frozenset[str]:
    """The words with which the answer of that entry keeps company; `seen` as the packs list them."""
    told = [flags[name] for name, way in entry.get("values", {}).items() if way.startswith("flag") and name in flags]
    phrases = [*entry.get("says", ()), *(p for flag in told for ways in flag.values() for p in ways)]
    return frozenset(literals(phrases, classes)) | frozenset(seen) | english().lists["plain"]


def phrase_words(
    answers: Iterable[Mapping[str, Any]], flags: Iterable[Mapping[str, Sequence[str]]], classes: Classes
) -> set[str]:
    """Every word that the phrases name; what a typo may have been meant for."""
    found: set[str] = set()
    for entry in answers:
        found |= literals(entry.get("says", ()), classes)
    for flag in flags:
        found |= literals([phrase for phrases in flag.values() for phrase in phrases], classes)
    return found
