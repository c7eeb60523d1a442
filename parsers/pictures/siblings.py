"""The box of an answer beside which none was found, though the other answer has one: a tick that runs into its sides,
or a poor scan, leaves no stroke of them that can be seen by itself. It stands to its word as the other does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from parsers.pictures import boxes
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import Canvas
from parsers.pictures.choices import said, spelt
from parsers.pictures.placed import Letter, Placed

_OTHER = {"yes": "no", "no": "yes", "male": "female", "female": "male"}

_BESIDE = 9.0
"""Points from a word to its box."""

_NUDGE, _NUDGES = 0.36, 5
"""Points: a pixel of the canvas; so many of them to each side the box is looked for."""

_PALE = 215
"""Of 255, where the paper is 250: the side of a box at 90 dots an inch."""

_DRAWN, _LEAST = 0.85, 0.6
"""How much of the sides of a box is drawn, of all four together, and of each."""


def siblings(canvas: Canvas, placed: Sequence[Placed], found: Sequence[Tick]) -> Iterator[Tick]:
    """Boxes like one of `found`, each beside the word that says the other answer."""
    for line in placed:
        words = [(said(word), word) for word in map(spelt, line.words()) if said(word) in _OTHER]
        for name, word in words:
            other = next((w for n, w in words if n == _OTHER[name]), None)
            if other is None or _box_of(line, word, found) is not None:
                continue
            if (known := _box_of(line, other, found)) is not None:
                yield from _like(canvas, known, word[-1].right + known.left - other[-1].right)


def _box_of(line: Placed, word: Sequence[Letter], found: Sequence[Tick]) -> Tick | None:
    """The box at the right of a word."""
    beside = (t for t in found if -2 < t.left - word[-1].right < _BESIDE and t.covers(t.left, line.middle))
    return min(beside, key=lambda t: t.left, default=None)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A square, its corner in points, how much of its sides is drawn (of the whole, and of the least one), and how far
    it stands from where it was looked for."""

    left: float
    top: float
    whole: float
    least: float
    off: int


def _like(canvas: Canvas, known: Tick, left: float) -> Iterator[Tick]:
    high, wide = known.bottom - known.top, known.right - known.left
    steps = range(-_NUDGES, _NUDGES + 1)
    frames = (
        _frame(canvas, left + _NUDGE * n, known.top + _NUDGE * k, wide, high, abs(n) + abs(k))
        for n, k in product(steps, steps)
    )
    best = max(frames, key=lambda f: (f.whole, f.least, -f.off))
    if best.whole > _DRAWN and best.least > _LEAST:
        yield boxes.inside(canvas, best.left, best.top, best.left + wide, best.top + high)


def _frame(canvas: Canvas, left: float, top: float, wide: float, high: float, off: int) -> _Frame:
    right, bottom = left + wide, top + high
    level = [_drawn(canvas, left, y, right, y) for y in (top, bottom)]
    upright = [_drawn(canvas, x, top, x, bottom) for x in (left, right)]
    return _Frame(left, top, sum(level + upright) / 4, min(level + upright), off)


def _drawn(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> float:
    """How much of a side is drawn: where it is, within a pixel of it, something is darker than paper."""
    x0, y0, x1, y1 = (round(v * canvas.scale) for v in (left, top, right, bottom))
    level = y0 == y1
    strip = canvas.grey[max(0, y0 - level) : y1 + 1 + level, max(0, x0 - (not level)) : x1 + 1 + (not level)]
    return float((strip < _PALE).any(axis=0 if level else 1).mean()) if strip.size else 0.0
