"""Many children at once: each is found by a few keys (blocking), and only those that share one are weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.matching.child import Child, Known, Match
from bot.matching.features import Features, features
from bot.matching.judging import judge
from bot.matching.names import groups_of, skeleton
from bot.matching.weights import Weights, load

_ENOUGH = 2000
"""Children from which on an index counts for itself how common a name is there."""


class Index:
    """Children by what they may be known again by. Made at once or child by child; asked as often as wanted.

    Shapes: 100,000 children take some 150 MB and 3 s to put in; a question half a millisecond."""

    def __init__(self, known: Iterable[Known] = (), weights: Weights | None = None) -> None:
        self._known: list[tuple[Known, Features]] = []
        self._by_key: dict[object, list[int]] = {}
        self._given = weights or load()
        self._weights: Weights | None = None
        for one in known:
            self.add(one)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, known: Known) -> None:
        taken = features(known.child)
        number = len(self._known)
        self._known.append((known, taken))
        self._weights = None
        for key in keys(taken):
            self._by_key.setdefault(key, []).append(number)

    def match(self, child: Child) -> Match:
        """Who of those in the index is this child."""
        told = features(child)
        numbers = {n for key in (*keys(told, asked=True), *_turned(told)) for n in self._by_key.get(key, ())}
        return judge(told, (self._known[n] for n in sorted(numbers)), self._weighing())

    def match_all(self, children: Iterable[Child]) -> Iterator[Match]:
        """The same for each, in order. 5,000 against 100,000 take a few seconds."""
        for child in children:
            yield self.match(child)

    def _weighing(self) -> Weights:
        """What a name weighs among these children: Begum is common in one town and rare in the next."""
        if self._weights is None:
            self._weights = _counted(self._given, [taken for _, taken in self._known])
        return self._weights


def keys(child: Features, *, asked: bool = False) -> Iterator[object]:
    """What a child is looked for by, and, with `asked`, what one of whom it is asked is looked for by. Any one that
    agrees is enough: each of them survives another slip."""
    first = child.forenames[0] if child.forenames else ""
    called = {min(groups_of(word), default=word) for word in child.forenames[:2]}
    born = child.born
    if born:
        yield born
        for name in called:
            yield name, born.year, born.month
            yield name, born.year, -born.day
            yield name, born.month, -born.day, "any year"
    if child.upn:
        yield child.upn
    for word in {*child.surname, *child.others}:
        bones = skeleton(word)
        for name in called:
            yield from _of_age(bones, name, born, asked)
        if first:
            yield from _of_age(bones, first[0] + skeleton(first), born, asked)
        if born:
            yield bones, born.year, born.month
            yield bones, born.year, -born.day
    if child.postcode:
        for name in called:
            yield child.postcode, name
        if child.surname_key:
            yield child.postcode, child.surname_key


def _of_age(bones: str, name: object, born: date | None, asked: bool) -> Iterator[object]:
    """Both names, among those of one year and those without a birthday; where none is given, among all."""
    if not asked:
        yield bones, name, "any"
        yield bones, name, "of", born.year if born else None
    elif born:
        yield bones, name, "of", born.year
        yield bones, name, "of", None
    else:
        yield bones, name, "any"


def _turned(child: Features) -> Iterator[object]:
    """The same with the two names in each other's box."""
    if not child.surname or not child.forenames:
        return
    bones, first = skeleton(child.forenames[0]), child.surname[0]
    yield from _of_age(bones, min(groups_of(first), default=first), child.born, True)
    yield from _of_age(bones, first[0] + skeleton(first), child.born, True)


def _counted(weights: Weights, children: list[Features]) -> Weights:
    if len(children) < _ENOUGH:
        return weights
    surnames, forenames = dict(weights.surnames), dict(weights.forenames)
    for table, found in (
        (surnames, Counter(c.surname_key for c in children if c.surname_key)),
        (forenames, Counter(c.forenames[0] for c in children if c.forenames)),
    ):
        for key, count in found.items():
            share = count / len(children)
            if share > weights.rare:
                table[key] = max(table.get(key, 0.0), share)
    return replace(weights, surnames=surnames, forenames=forenames)
