"""Words of everyday English as people type them: spellings, typos, and the words that make a fact something else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_TYPO = 5
"""Below five letters nearly every typo is another word (`card`, `care`)."""


@dataclass(frozen=True, slots=True)
class English:
    """The package's `english.toml`, compiled. The patterns search a clause whose every word has a blank in front."""

    spelling: dict[str, tuple[str, ...]]
    common: frozenset[str]
    known: frozenset[str]
    """Every word of the lists here: no name, and no typo of anything."""
    noise: frozenset[str]
    lists: dict[str, frozenset[str]]
    wrapping: frozenset[str]
    leads: dict[str, str]
    """What amounts to a bare "yes" or "no"."""
    openers: Mapping[str, Sequence[tuple[str, ...]]]
    """By their first word."""
    negators: re.Pattern[str]
    hedges: re.Pattern[str]
    ifs: re.Pattern[str]
    afterthoughts: re.Pattern[str]
    future: re.Pattern[str]
    retracts: re.Pattern[str]
    uncertain: re.Pattern[str]
    unchecked: re.Pattern[str]
    others: re.Pattern[str]
    beside_others: re.Pattern[str]
    conditions: re.Pattern[str]
    bygone: re.Pattern[str]
    wavering: re.Pattern[str]
    mistakes: re.Pattern[str]
    attempts: re.Pattern[str]
    reversals: re.Pattern[str]
    still_waiting: re.Pattern[str]


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases as whole words in a text whose every word has a blank in front."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("(?:" + "|".join(f" {re.escape(p)}" for p in longest_first) + ")(?= |$)")


@cache
def english() -> English:
    table = tomllib.loads(resources.files("parsers.answers").joinpath("english.toml").read_text("utf-8"))
    words = table["words"]
    reserve = {name: phrases for name, phrases in table["reserve"].items() if name != "beside_others"}
    phrases = [
        p
        for group in (*words.values(), *reserve.values(), table["noise"]["phrases"], table["spelling"].values())
        for p in group
    ]
    return English(
        spelling={wrong: tuple(right.split()) for wrong, right in table["spelling"].items()},
        common=frozenset(table["common"]["words"].split()),
        known=frozenset(w for p in [*phrases, table["common"]["words"], *table["spelling"]] for w in p.split()),
        noise=frozenset(table["noise"]["phrases"]),
        lists={name: frozenset(w.split() if isinstance(w, str) else w) for name, w in table["lists"].items()},
        wrapping=frozenset(table["lead"]["wrapping"]),
        leads={phrase: word for word in ("yes", "no") for phrase in table["lead"][word]},
        openers=_by_first_word(table["noise"]["openers"]),
        negators=any_of(words["negators"]),
        hedges=any_of(words["hedges"]),
        ifs=any_of(words["ifs"]),
        afterthoughts=any_of(words["afterthoughts"]),
        future=any_of(words["future"]),
        retracts=any_of(words["retracts"]),
        uncertain=any_of(words["uncertain"]),
        unchecked=any_of(words["unchecked"]),
        others=any_of(table["reserve"]["others"]),
        beside_others=re.compile("|".join(table["reserve"]["beside_others"])),
        conditions=any_of([*words["ifs"], *table["reserve"]["conditions"]]),
        bygone=any_of(table["reserve"]["bygone"]),
        wavering=any_of(table["reserve"]["wavering"]),
        mistakes=any_of(table["reserve"]["mistakes"]),
        attempts=any_of(table["reserve"]["attempts"]),
        reversals=any_of(table["reserve"]["reversals"]),
        still_waiting=any_of(table["reserve"]["waiting"]),
    )


def _by_first_word(openers: Iterable[str]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in (tuple(opener.split()) for opener in openers):
        found.setdefault(words[0], []).append(words)
    return found


_CONTRACTED = (("'ve", "have"), ("'ll", "will"), ("'re", "are"))


def spelled(word: str) -> tuple[str, ...]:
    """The word in lower case as it is meant: `didn't` → did, not; `pls` → please."""
    word = word.lower().replace("’", "'")
    known = english().spelling.get(word)
    if known:
        return known
    if word.endswith("n't"):
        return (word[:-3], "not")
    for ending, meant in _CONTRACTED:
        if word.endswith(ending):
            return (word[: -len(ending)], meant)
    if word.endswith(("'s", "s'")):
        return (word[:-2],)
    return (word,)


class Lexicon:
    """The words that a pack's patterns know; a word that is nearly one of them is taken for it."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._targets = tuple(sorted(w for w in self.words if len(w) >= _SHORTEST_TYPO and w.isalpha()))
        self._seen: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        return word in self.words or word in english().known

    def mended(self, word: str) -> str:
        """`responce` → response. A word that is common English stays what it is."""
        right = word in english().lists["no_typos"] or self.knows(word)
        if right or len(word) < _SHORTEST_TYPO or not word.isalpha():
            return word
        if word not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str:
        allowed = 1 if len(word) < 8 else 2
        found = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        near = [target for target, _, _ in found if target[0] == word[0] or target[1:] == word[1:]]
        return near[0] if near and not _inflected(word, near[0]) else word


def _inflected(word: str, target: str) -> bool:
    """Another form of the same word is no typo of it: `visits`, `traced`."""
    return word.rstrip("s") == target or word.removesuffix("d") == target or word.removesuffix("r") == target
