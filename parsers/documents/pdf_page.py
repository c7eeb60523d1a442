"""A page of a PDF as drawn: characters and rules, y downwards from the top, in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LOST = 0.0
"""How sure a label is that is printed on the blank and was not found on the page (see parsers/pictures/lost)."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character; `base` is its baseline, `tall` the height of its ink, `size` the font size. One that was recognised
    in a picture is `sure` from 0 to 1; `others` are what else it may be, likeliest first."""

    char: str
    left: float
    right: float
    base: float
    tall: float
    size: float
    sure: float = 1.0
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line, or (`shade`) a bright patch behind text."""

    left: float
    top: float
    right: float
    bottom: float
    shade: bool = False

    @property
    def level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """Something small that was drawn: a `square`, as of a box to tick, or ink, as of a cross in one."""

    left: float
    top: float
    right: float
    bottom: float
    square: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]


_AGAIN = 0.11
"""Of the font size: a letter this near to the same letter is that letter drawn again; none is as narrow."""


def once(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Without the letters that are drawn twice, a hair apart: so some programs print bold, or lay the words of a page
    over it once more. The leftmost of each stays, at its place in the text."""
    alike: dict[tuple[str, int], list[int]] = {}
    for number, glyph in enumerate(glyphs):
        if not glyph.char.isspace():
            alike.setdefault((glyph.char, round(glyph.base)), []).append(number)
    again = {number for places in alike.values() if len(places) > 1 for number in _drawn_again(glyphs, places)}
    return [glyph for number, glyph in enumerate(glyphs) if number not in again] if again else glyphs


def _drawn_again(glyphs: Sequence[Glyph], places: Sequence[int]) -> Iterator[int]:
    """Of the same letter on one line: each that lies upon another. Two that are told one after the other at one and the
    same place are a ligature: the tt of Carlito, the ff of most."""
    kept = last = -1
    for number in sorted(places, key=lambda n: glyphs[n].left):
        near = _AGAIN * max(glyphs[number].size, glyphs[number].tall)
        if kept < 0 or glyphs[number].left - glyphs[kept].left >= near:
            kept = last = number
        elif number == last + 1 and glyphs[number].left == glyphs[kept].left:
            last = number
        else:
            yield number
