"""Words that are struck out, underlined or highlighted as an answer: delete as applicable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.documents.pdf_page import Rule
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import Canvas, strokes
from parsers.pictures.crops import Image
from parsers.pictures.placed import Letter, Placed

ANSWERS = frozenset(("yes", "no", "male", "female"))

_STROKE = 5.0
"""Points: shorter level strokes are the bars of letters."""

_STRUCK, _UNDER = 0.965, 0.75
"""Of the word's width: a stroke in two rows of pixels. Through "Yes" the bars of its letters reach nine tenths, at the
foot of a word a third."""

_THROUGH = 0.94
"""Of the word's columns: a stroke that a fax has torn, from its first to its last. Of an unstruck word the gaps between
its letters are blank; "Yes" has three quarters, "No" half."""

_BLACK = 110
"""Of 255: what a fax leaves of a stroke."""

_PAST, _SKEW = 11.0, 3
"""Points beside a word in which a rule goes on; pixels by which a stroke through it rises or falls."""

_USUAL = {"no": 1.13}
"""Times the breadth of the strokes of "Yes": in a picture the upright ones of the N run into its slanting one."""

_BOLDER, _BOLD = 1.1, 1.2
"""Times the breadth of the other answer's strokes: where a yellow may be lost, and elsewhere."""

_SHADED = 0.955
"""Of the paper's brightness around it."""


def drawn(canvas: Canvas) -> Image:
    """The level strokes of a page that may run through an answer or under it."""
    return strokes(canvas, _STROKE, level=True)


def marks(canvas: Canvas, level: Image, placed: Sequence[Placed]) -> Iterator[Rule]:
    """A rule for each answer that is struck out or underlined, a patch for each that is highlighted."""
    for line in placed:
        for word in line.words():
            letters = spelt(word)
            if said(letters) in ANSWERS:
                yield from _word(canvas, level, line, letters)
                if any(c.bold for c in letters):
                    middle, half = line.middle, line.size / 2
                    yield Rule(letters[0].left - 1, middle - half, letters[-1].right + 1, middle + half, shade=True)


def bolder(canvas: Canvas, level: Image, placed: Sequence[Placed], ticks: Sequence[Tick]) -> list[Placed]:
    """A highlighter's yellow is lost in a fax, and leaves only a word that is fatter than the other answer: it is
    doubtful, and so are its letters. Answers with boxes (`ticks`) are not highlighted."""
    least = _BOLDER if canvas.bleached else _BOLD
    boxed = [line for line in placed if any(t.covers(t.left, line.middle) for t in ticks)]
    return [line if any(line is b for b in boxed) else _bolder(canvas, level, line, least) for line in placed]


def _bolder(canvas: Canvas, level: Image, line: Placed, least: float) -> Placed:
    words = [w for w in map(spelt, line.words()) if said(w) in ANSWERS]
    found = [(w, _fatness(canvas, line, w) / _USUAL.get(said(w), 1.0)) for w in words]
    if len({said(w) for w, _ in found}) != 2:
        return line
    if any(True for w, _ in found for _ in _word(canvas, level, line, w)):
        return line
    (thin, low), (fat, high) = sorted(found, key=lambda f: f[1])[:: len(found) - 1]
    if said(thin) == said(fat) or high < least * low:
        return line
    doubtful = {id(letter) for letter in fat}
    letters = tuple(replace(c, sure=min(c.sure, 0.7), bold=True) if id(c) in doubtful else c for c in line.letters)
    return replace(line, letters=letters)


def spelt(word: Sequence[Letter]) -> list[Letter]:
    """The letters of a word, without boxes and marks."""
    return [c for c in word if c.text.isalpha()]


def said(word: Sequence[Letter]) -> str:
    """In lower case."""
    return "".join(c.text for c in word).lower()


def _fatness(canvas: Canvas, line: Placed, word: Sequence[Letter]) -> float:
    """The mean breadth of the strokes: twice the ink over its outline."""
    window = canvas.window(
        word[0].left - 1, line.middle - line.size / 2, word[-1].right + 1, line.middle + line.size / 2
    )
    if not window.size:
        return 0.0
    inside = cv2.erode(window, np.ones((3, 3), np.uint8))
    ink, outline = float((window > 0).sum()), float((window > 0).sum() - (inside > 0).sum())
    return 2 * ink / max(outline, 1.0)


def _word(canvas: Canvas, level: Image, line: Placed, word: Sequence[Letter]) -> Iterator[Rule]:
    scale = canvas.scale
    left, right = _extent(canvas, line, word[0].left - 1.5, word[-1].right + 1.5)
    middle, size = line.middle, line.size
    # What goes on to both sides, be it a little askew, is a rule of the form.
    sides = (_share(level, left - 11, left - 8, scale), _share(level, right + 8, right + 11, scale))
    share = _share(level, left, right, scale) - np.minimum(*map(_near_rows, sides))
    base = line.base
    for low, high, at, through in (
        (middle - 0.9, middle + 2.4, line.struck, _STRUCK),
        # At 90 dots an inch a line is taken for higher than its type, so its foot for lower than it is.
        (max(middle + 2.5, base - 1.2), base + 4.0, line.under, _UNDER),
    ):
        band = np.sort(share[max(0, round(low * scale)) : max(0, round(high * scale))])
        struck = through == _STRUCK and _torn_through(canvas, left, right, middle)
        if struck or (band.size > 1 and band[-2] > through):
            yield Rule(left - 1, at, right + 1, at)
    if _shaded(canvas, left, right, middle, size):
        yield Rule(left - 1, middle - size / 2, right + 1, middle + size / 2, shade=True)


def _share(level: Image, left: float, right: float, scale: float) -> NDArray[np.float64]:
    """For each row, how much of it is a level stroke between two places."""
    rows = np.asarray(level)[:, max(0, round(left * scale)) : max(1, round(right * scale))]
    return np.asarray((rows > 0).mean(axis=1), np.float64)


def _near_rows(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each row the most that is there in one of the `_SKEW` rows above and below it, too."""
    near = [np.roll(share, by) for by in range(-_SKEW, _SKEW + 1)]
    return np.asarray(np.max(near, axis=0), np.float64)


def _torn_through(canvas: Canvas, left: float, right: float, middle: float) -> bool:
    """Whether ink goes on through a word, be it a little askew and in pieces, and does not go on to both sides: that
    is a rule of the form."""
    margin = round(_PAST * canvas.scale)
    first, last = round(left * canvas.scale) - margin, round(right * canvas.scale) + margin
    rows = slice(max(0, round((middle - 2.5) * canvas.scale)), round((middle + 4.0) * canvas.scale))
    seen = canvas.grey[rows, max(0, first) : last]
    high, wide = seen.shape
    if high < 4 * _SKEW or wide < 2 * margin + 8:
        return False
    thick = cv2.erode(seen, np.ones((3, 1), np.uint8)) < _BLACK  # Blurred letters run together, but grey.
    along = np.clip((np.arange(wide) - wide / 2) / (wide - 2 * margin), -0.5, 0.5)
    for skew in range(-_SKEW, _SKEW + 1):
        shift = np.rint(along * skew).astype(int)
        for row in range(_SKEW, high - _SKEW):
            path = thick[row + shift, np.arange(wide)]
            if path[margin:-margin].mean() >= _THROUGH:
                return bool(min(path[:margin].mean(), path[-margin:].mean()) < 0.9)
    return False


def _extent(canvas: Canvas, line: Placed, left: float, right: float) -> tuple[float, float]:
    """Left and right of the ink between two places."""
    inked = np.flatnonzero(
        (canvas.window(left, line.middle - line.size / 2, right, line.middle + line.size / 2) > 0).any(axis=0)
    )
    return (left + inked[0] / canvas.scale, left + (inked[-1] + 1) / canvas.scale) if len(inked) else (left, right)


def _shaded(canvas: Canvas, left: float, right: float, middle: float, size: float) -> bool:
    """A highlighter's stroke: the paper between the letters is darker than beside the word."""
    own = _paper(canvas, left, middle - size * 0.45, right, middle + size * 0.45)
    beside = [
        _paper(canvas, a, middle - size * 0.45, b, middle + size * 0.45)
        for a, b in ((left - 16, left - 5), (right + 5, right + 16))
    ]
    around = [b for b in beside if b]
    return bool(around) and own > 0 and own < _SHADED * max(around)


def _paper(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> float:
    x0, y0, x1, y1 = (max(0, round(v * canvas.scale)) for v in (left, top, right, bottom))
    window = canvas.seen[y0:y1, x0:x1]
    return float(np.percentile(window, 80)) if window.size > 40 else 0.0
