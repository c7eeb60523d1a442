"""Lines that were found in two pieces which overlap: the letter in both is one, and both are one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.pictures.placed import Letter, Placed

_LEVEL = 0.3
"""Of the size: pieces of one line stand no further apart in height."""

_DOUBTFUL = 0.6
"""How sure a letter is that was read as another one in each piece."""


def joined(placed: Sequence[Placed]) -> list[Placed]:
    """The lines, from left to right where they were pieces of one."""
    found: list[Placed] = []
    for line in sorted(placed, key=lambda p: p.left):
        before = next((n for n, other in enumerate(found) if _overlap(other, line)), None)
        if before is None:
            found.append(line)
        else:
            found[before] = _one(found[before], line)
    return sorted(found, key=lambda p: (p.middle, p.left))


def _overlap(one: Placed, two: Placed) -> bool:
    """Whether the first letter of a piece is the last of the other: each covers the middle of the other's."""
    if abs(one.middle - two.middle) > _LEVEL * min(one.size, two.size):
        return False
    last, first = one.letters[-1], two.letters[0]
    if not (last.text.isalnum() and first.text.isalnum()):
        return False
    return last.left < first.at < last.right and first.left < last.at < first.right


def _one(one: Placed, two: Placed) -> Placed:
    last, first = one.letters[-1], two.letters[0]
    return replace(one, letters=(*one.letters[:-1], _letter(last, first), *two.letters[1:]))


def _letter(last: Letter, first: Letter) -> Letter:
    surer, other = (last, first) if last.sure >= first.sure else (first, last)
    if surer.text == other.text:
        return surer
    return replace(surer, sure=min(surer.sure, _DOUBTFUL), others=((other.text, 1 - _DOUBTFUL), *surer.others))
