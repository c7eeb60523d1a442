"""Whether the marks over letters are those that were read: by the ink above each letter's body, for recognition reads a
name as the commoner one without its marks, or with them, and is sure of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import cv2
import numpy as np

from parsers.pictures.canvas import Canvas
from parsers.pictures.placed import Letter, Placed, bare

_SURE = 0.98
"""How sure a letter is at most whose mark and whose reading do not agree."""

_LIKELY = 0.05
"""What recognition deems likelier than this is not ruled out by the ink."""

_THOUGHT = 0.02
"""How likely recognition deems a letter with a mark at least that is taken for one without."""

_ABOVE = 230
"""The combining class of marks above their letter (Unicode 4.3)."""

_DIAERESIS, _SOME = "\u0308", "\u0301"
"""Combining marks: two dots, and what stands for any other one."""

_LOW = frozenset("aceimnorsuvwxz")
"""Lower case without a stroke that rises."""

_PLAIN = frozenset("aceginorsuyzACDEGILNORSTUYZ")
"""Letters of one piece over which some language writes a mark."""

_DOTTED = "i"
_DOTLESS = 1.12
"""Times the height of a letter without a stroke that rises: lower is no i with its dot."""

_WHOLE = 0.85
"""Times the same height: what is lower is a piece of a broken letter."""

_STEM, _ASIDE, _FAR = 0.5, 1.5, 4.5
"""Times the same height: what is broader is no stem; points beside a letter where its stem may stand, and where no
place was left for its neighbour, so that its edges are a guess."""

_NONE = 0.3
"""Points: no letter is as narrow."""

_FAINT = 215
"""Of 255, where the paper is 250."""

_PAPER = 235
"""Of 255: what is lighter is white."""

_MARK = 1.1
"""Points: what is narrower is the fax's."""

_DOT = 1.6
"""Pixels of black: what a fax leaves of an i's dot is more, a speck of it is less."""

_SMALL = 2
"""Pixels: what is smaller is no dot."""

_NEAR = 0.3
"""Of the size: a mark stands no further above its letter."""


def checked(canvas: Canvas, line: Placed) -> Placed:
    """The line; each letter that bears a mark which was not read, or lacks its dot, may be another, and one without a
    mark is none that has one."""
    heights = {id(c): _ink(canvas, line, c) for word in line.words() if _is_name(word) for c in word if not c.printed}
    low = [h.body for c in line.letters if c.text in _LOW - {_DOTTED} and (h := heights.get(id(c))) is not None]
    usual = float(np.median(low)) if len(low) > 2 else 0.0
    guessed = {id(c) for pair in pairwise(line.letters) if any(c.right - c.left < _NONE for c in pair) for c in pair}
    return replace(
        line,
        letters=tuple(
            _told(canvas, line, c, heights.get(id(c)), usual, _FAR if id(c) in guessed else _ASIDE)
            for c in line.letters
        ),
    )


def _is_name(word: Sequence[Letter]) -> bool:
    return len(word) > 1 and not any(c.text.isdigit() for c in word)


def _told(canvas: Canvas, line: Placed, letter: Letter, ink: _Ink | None, usual: float, aside: float) -> Letter:
    if ink is None or letter.text not in _PLAIN:
        return letter
    if letter.text == _DOTTED:
        low = usual > 0 and not ink.dotted and ink.high < usual * _DOTLESS
        if low or _has_bare_stem(canvas, line, letter, usual, aside):
            return _torn(letter, "ı")
        # Of an i with its dot recognition does not even think so.
        return _torn(replace(letter, others=()), "ı") if any(o == "ı" for o, _ in letter.others) else letter
    if ink.marked and ink.body > usual * _WHOLE:
        return _torn(letter, unicodedata.normalize("NFC", letter.text + ink.marked))
    return replace(letter, others=tuple(o for o in letter.others if o[1] > _LIKELY or not _is_marked(o[0])))


def _has_bare_stem(canvas: Canvas, line: Placed, letter: Letter, usual: float, aside: float) -> bool:
    """Whether a short stem without a dot stands where an i was read, also where its edges were taken amiss and its
    neighbour's stem is among its ink."""
    top, left = line.middle - line.size * 0.75, letter.left - aside
    window = canvas.window(left, top, letter.right + aside, line.middle + line.size * 0.45)
    if not usual or window.size < 12:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(window), connectivity=8)
    height = usual * canvas.scale
    for piece in (_Piece(*map(int, p)) for p in stats[1:]):
        short = height * _WHOLE < piece.high < height * _DOTLESS and piece.wide < height * _STEM
        inside = piece.left > 0 and piece.left + piece.wide < window.shape[1]
        if short and inside and piece.top > 0:
            x, y = round(left * canvas.scale) + piece.left, round(top * canvas.scale) + piece.top
            above = canvas.grey[max(0, y - round(_NEAR * line.size * canvas.scale)) : y - 1, x : x + piece.wide]
            if above.size and float(above.min()) >= _FAINT:
                return True
    return False


def _torn(letter: Letter, other: str) -> Letter:
    """The letter may be another. What the ink says and recognition thinks of as well is taken for it, in doubt too."""
    thought = next((o for o, p in letter.others if o == other or (p > _THOUGHT and _is_kin(o, other))), None)
    if thought is not None:
        return replace(letter, text=thought, sure=min(letter.sure, _SURE), others=((letter.text, 1 - _SURE),))
    return replace(letter, sure=min(letter.sure, _SURE), others=((other, 1 - _SURE), *letter.others))


def _is_kin(one: str, other: str) -> bool:
    """Whether one is the same letter as a marked other, with some mark above it as well."""
    above = any(unicodedata.combining(c) == _ABOVE for c in unicodedata.normalize("NFD", one))
    return above and _is_marked(other) and bare(one) == bare(other)


def _is_marked(text: str) -> bool:
    return len(unicodedata.normalize("NFD", text)) > 1


def _ink(canvas: Canvas, line: Placed, letter: Letter) -> _Ink | None:
    top = line.middle - line.size * 0.75
    window = canvas.window(letter.left, top, letter.right, line.middle + line.size * 0.45)
    if window.size < 12:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(window), connectivity=8)
    pieces = sorted((_Piece(*map(int, piece)) for piece in stats[1:]), key=lambda piece: -piece.area)
    if not pieces or pieces[0].top == 0 or pieces[0].foot == window.shape[0]:
        return None  # A rule, or the line above, runs into it.
    body, mark = pieces[0], _MARK * canvas.scale
    over = [
        p
        for p in pieces[1:]
        if p.top > 0
        and p.foot <= body.top + 1
        and body.top - p.foot < _NEAR * line.size * canvas.scale
        and not (p.left == 0 and p.wide == window.shape[1] and letter.text != _DOTTED)  # A rule above the line.
        and not (canvas.bleached and p.area < _DOT)
    ]
    if letter.text == _DOTTED and body.wide > 0.5 * body.high:
        return None  # Joined with its neighbour.
    high = (body.foot - min(p.top for p in (body, *over))) / canvas.scale
    marked = any(p.wide >= mark and p.high > mark / 2 and p.area > mark * mark * 0.7 and p.over(body) for p in over)
    dots = any(_are_two_dots(p, q, body) for p, q in combinations(over, 2))
    above = top * canvas.scale + body.top
    x, rows = round(letter.left * canvas.scale) + body.left, slice(max(0, round(above - mark * 2)), round(above - 1))
    faint = canvas.grey[rows, max(0, x - 1) : x + body.wide + 1]
    dotted = bool(faint.size) and float(faint.min()) < _FAINT
    if canvas.bleached:
        dotted = dotted and float(np.clip(_PAPER - faint.astype(np.float32), 0, None).sum()) / _PAPER > _DOT
    return _Ink(high, body.high / canvas.scale, _DIAERESIS if dots else _SOME * marked, dotted)


def _are_two_dots(one: _Piece, two: _Piece, body: _Piece) -> bool:
    """Two dots side by side, be each as small as a speck of a fax: as high as each other, and as large, and as far to
    the left and the right of the middle of the letter."""
    level = abs(one.top - two.top) <= 1 and abs(one.foot - two.foot) <= 1
    even = abs((one.middle + two.middle) / 2 - body.middle) < body.wide * 0.15
    alike = min(one.area, two.area) >= _SMALL and max(one.area, two.area) <= 2 * min(one.area, two.area)
    return level and even and alike and abs(one.middle - two.middle) > body.wide * 0.25


@dataclass(frozen=True, slots=True)
class _Ink:
    """How high a letter's ink is in all and how high its `body`, in points; which mark stands over that, and
    whether anything does, be it as pale as the dot of an i in a poor scan."""

    high: float
    body: float
    marked: str
    dotted: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ink that hangs together, in pixels of its window."""

    left: int
    top: int
    wide: int
    high: int
    area: int

    @property
    def foot(self) -> int:
        return self.top + self.high

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    def over(self, body: _Piece) -> bool:
        """Not above its edge, where the neighbour's ink may be."""
        return body.left + body.wide * 0.15 < self.middle < body.left + body.wide * 0.85
