"""Boxes to tick, and ticks in table cells: by their ink, for recognition drops the one and misreads the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from statistics import median

import cv2
import numpy as np

from parsers.documents.pdf_page import Rule
from parsers.pictures.canvas import Canvas, strokes

SMALLEST, LARGEST = 5.0, 14.0
"""Points: the sides of a box to tick."""

_SMALLER = 1.4
"""Points: by as much the boxes of a page differ at most."""

_TICKED, _EMPTY = 0.10, 0.045
"""Of the inside of a box, what is ink: above the one it is ticked, below the other it is not."""

_MARK = 4.2
"""Points: a smaller speck in a cell is no tick."""

_STROKE, _SPECK = 3.2, 2.4
"""Points: what is as long as the one and higher than the other is no dust; it may be all that is left of a tick."""

_LINE = 3.2
"""Points: no rule is as high, however askew."""

_RULE = 1.2
"""Points of a tick that a rule hides which it touches."""

UNREAD = 0.5
"""How sure it is that ink is no tick which is too small for one."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box or a mark, in points; `sure` is low where the ink says neither yes nor no."""

    left: float
    top: float
    right: float
    bottom: float
    ticked: bool
    sure: float

    def covers(self, x: float, y: float) -> bool:
        return self.left - 0.5 <= x <= self.right + 0.5 and self.top - 2 <= y <= self.bottom + 2


def boxes(canvas: Canvas) -> list[Tick]:
    """Every box to tick on the page: two level and two upright strokes that make a square."""
    level = list(_segments(strokes(canvas, SMALLEST * 0.8, level=True), canvas.scale))
    upright = strokes(canvas, SMALLEST * 0.8, level=False)
    found: list[Tick] = []
    for n, top in enumerate(level):
        below = takewhile(lambda r, top=top: r.top - top.top <= LARGEST, level[n + 1 :])  # type: ignore[misc]
        # A part of the tick may look like the lower side: the lowest is the box's.
        tick = max(filter(None, (_box(canvas, upright, top, r) for r in below)), key=lambda t: t.bottom, default=None)
        if tick and not any(t.covers((tick.left + tick.right) / 2, (tick.top + tick.bottom) / 2) for t in found):
            found.append(tick)
    return _of_one_size(found)


def _of_one_size(found: list[Tick]) -> list[Tick]:
    """The boxes of a page are of one size: of a smaller one a side was taken amiss, and its ink says nothing."""
    usual = median(t.bottom - t.top for t in found) if len(found) > 2 else 0.0
    return [replace(t, sure=min(t.sure, UNREAD)) if t.bottom - t.top < usual - _SMALLER else t for t in found]


def _segments(strokes_: object, scale: float) -> Iterator[Rule]:
    """Level strokes about as long as a box's side, from the top."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes_, connectivity=8)  # type: ignore[call-overload]
    found = [Rule(x / scale, (y + h / 2) / scale, (x + w) / scale, (y + h / 2) / scale) for x, y, w, h, _ in stats[1:]]
    yield from sorted((r for r in found if SMALLEST * 0.8 <= r.right - r.left <= LARGEST * 1.6), key=lambda r: r.top)


def _box(canvas: Canvas, upright: object, top: Rule, bottom: Rule) -> Tick | None:
    left, right = max(top.left, bottom.left), min(top.right, bottom.right)
    high, wide = bottom.top - top.top, right - left
    if high < SMALLEST or wide < SMALLEST or wide > LARGEST or not 0.72 < wide / high < 1.4:
        return None
    if abs(top.left - bottom.left) > 3.5 or abs(top.right - bottom.right) > 3.5:
        return None
    sides = np.asarray(upright)
    if min(_inked(sides, canvas.scale, x, top.top, bottom.top) for x in (left, right)) < 0.7:
        return None
    return inside(canvas, left, top.top, right, bottom.bottom)


def inside(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> Tick:
    """The box with these sides: ticked or empty by the ink in it."""
    inset = (bottom - top) * 0.24
    window = canvas.window(left + inset, top + inset, right - inset, bottom - inset)
    share = float((window > 0).mean()) if window.size else 0.0
    sure = 1.0 if share > _TICKED or share < _EMPTY else 0.5
    return Tick(left, top, right, bottom, share > (_TICKED + _EMPTY) / 2, sure)


def _inked(sides: np.ndarray, scale: float, x: float, top: float, bottom: float) -> float:
    """How much of an upright side is drawn."""
    x0, x1 = round((x - 1.8) * scale), round((x + 1.8) * scale)
    strip = sides[round(top * scale) : round(bottom * scale), max(0, x0) : x1]
    return float((strip > 0).any(axis=1).mean()) if strip.size else 0.0


def mark(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> Tick | None:
    """The tick, cross or stroke in a table cell without words: its largest piece of ink. One that is smaller than a
    tick, yet no dust, is `unread`."""
    inset, edge = 2.2, -0.5  # A tick may touch the rule above it.
    ink = canvas.window(left + inset, top + edge, right - inset, bottom - edge)
    if not ink.size:
        return None
    drawn = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(12 * canvas.scale)), np.uint8))
    drawn = cv2.dilate(drawn, np.ones((3, 3), np.uint8))
    joined = cv2.dilate(cv2.subtract(ink, drawn), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pieces = [_Piece(*(float(v) / canvas.scale for v in piece[:4])) for piece in stats[1:]]
    # A rule that is not quite level reaches into the cell: it is wide, and no higher than a line.
    pieces = [p for p in pieces if p.high > _LINE or (p.high > _SPECK and p.wide < 2.5 * p.high)]
    if not pieces:
        return None
    piece = max(pieces, key=lambda p: max(p.wide, p.high))
    x, y = round(piece.left * canvas.scale), round(piece.top * canvas.scale)
    under = drawn[max(0, y - 1) : y + 1, x : x + round(piece.wide * canvas.scale)]
    high = piece.high + _RULE * bool((under > 0).any())  # What ran into the rule was taken away with it.
    large, small = max(piece.wide, high), min(piece.wide, high)
    if large < _STROKE:
        return None
    sure = 1.0 if large > 5.5 and small > 2.5 else 0.6
    x0, y0 = left + inset + piece.left, top + edge + piece.top
    return Tick(x0, y0, x0 + piece.wide, y0 + piece.high, large >= _MARK, sure if large >= _MARK else UNREAD)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ink that hangs together, in points of its cell."""

    left: float
    top: float
    wide: float
    high: float
