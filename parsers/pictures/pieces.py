"""Lines that were found in two pieces which overlap: the letters in both are the same, and both are one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.pictures.placed import Letter, Placed

_LEVEL = 0.3
"""Of the size: pieces of one line stand no further apart in height."""

_MOST = 4
"""Letters that two pieces share at most."""

_DOUBTFUL = 0.6
"""How sure a letter is that was read as another one in each piece."""


def joined(placed: Sequence[Placed]) -> list[Placed]:
    """The lines, from left to right where they were pieces of one."""
    found: list[Placed] = []
    for line in sorted(placed, key=lambda p: p.left):
        before = next(((n, both) for n, other in enumerate(found) if (both := _overlap(other, line))), None)
        if before is None:
            found.append(line)
        else:
            found[before[0]] = _one(found[before[0]], line, before[1])
    return sorted(found, key=lambda p: (p.middle, p.left))


def _overlap(one: Placed, two: Placed) -> int:
    """How many of the first letters of a piece are the last of the other: each covers the middle of the other's."""
    if abs(one.middle - two.middle) > _LEVEL * min(one.size, two.size):
        return 0
    for both in range(1, 1 + min(_MOST, len(one.letters), len(two.letters))):
        pairs = list(zip(one.letters[-both:], two.letters[:both], strict=True))
        letters = all(a.text.isalnum() and b.text.isalnum() for a, b in pairs)
        if letters and all(a.left < b.at < a.right and b.left < a.at < b.right for a, b in pairs):
            return both
    return 0


def _one(one: Placed, two: Placed, both: int) -> Placed:
    shared = map(_letter, one.letters[-both:], two.letters[:both])
    return replace(one, letters=(*one.letters[:-both], *shared, *two.letters[both:]))


def _letter(last: Letter, first: Letter) -> Letter:
    surer, other = (last, first) if last.sure >= first.sure else (first, last)
    if surer.text == other.text:
        return surer
    return replace(surer, sure=min(surer.sure, _DOUBTFUL), others=((other.text, 1 - _DOUBTFUL), *surer.others))
