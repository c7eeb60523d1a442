"""One picture → one page of characters and rules, as if it had been printed to a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.documents.layout import EMPTY, TICKED
from parsers.documents.pdf_grid import Grid, grids
from parsers.documents.pdf_page import Glyph, Page
from parsers.documents.sheet import Sheet
from parsers.pictures import accents, boxes, choices, ocr, tails
from parsers.pictures.again import again
from parsers.pictures.blanks_lost import parted
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import DOTS, Canvas, flat, strokes
from parsers.pictures.crops import Image
from parsers.pictures.hand import by_hand
from parsers.pictures.lost import lost
from parsers.pictures.ocr import TextLine
from parsers.pictures.pieces import joined
from parsers.pictures.placed import SMALLEST, Letter, Placed, answers, bare, printed
from parsers.pictures.register import Pose
from parsers.pictures.ruled import ruled
from parsers.pictures.siblings import siblings
from parsers.pictures.specks import without_specks
from parsers.pictures.streaks import unstreaked
from parsers.pictures.upright import upright

_OPTION = 90.0
"""Points: a wider cell is none to be ticked."""

_BESIDE = 25.0
"""Points: a word further to the left does not belong to a box."""

_ANSWERS = re.compile("(?:yes|no|male|female)+")
_LIKE_TICKS = frozenset("xX×✓✔√☑☒✗✘vVJjN/Y\\1lI|MDO0oQ☐")


def seen(picture: Image, number: int) -> tuple[Sheet, Image]:
    """What stands on a page, and the page laid flat (grey, `DOTS` pixels a point); `number` counts the pages of the
    document."""
    picture, lines, where = upright(unstreaked(picture))
    canvas = flat(picture, where)
    placed = [without_specks(canvas, Placed.of(line, where)) for line in lines]
    placed = joined([*placed, *_second_look(canvas, placed)])
    hand = False
    if where.blank is not None:
        read, placed = placed, printed(placed, where.blank)
        hand = by_hand(canvas, read, placed)
    placed = again(canvas, placed)
    level = choices.drawn(canvas)
    placed = [answers(parted(tails.checked(canvas, accents.checked(canvas, line)))) for line in placed]
    ticks = [t for t in boxes.boxes(canvas) if not _in_word(t, placed)]
    ticks += [t for t in siblings(canvas, placed, ticks) if not _in_word(t, placed)]
    placed = choices.bolder(canvas, level, placed, ticks)
    drawn = [*ruled(canvas, level, where, placed), *choices.marks(canvas, level, placed)]
    tables, _ = grids(drawn)
    ticks = [*ticks, *_marks(canvas, tables, placed, ticks)]
    glyphs = (*(g for line in placed for g in _begun(line, ticks)), *(_glyph(t, placed) for t in ticks))
    if hand and where.blank is not None:
        glyphs += tuple(lost(placed, where.blank, tables))
    return Sheet(where.form, where.page, Page(number, glyphs, tuple(drawn)), hand), canvas.seen


def _begun(line: Placed, ticks: Sequence[Tick]) -> Iterator[Glyph]:
    """Its characters. What is printed at its start goes on from no word that runs up to it from another line."""
    glyphs = list(line.glyphs(ticks))
    if glyphs and line.letters[0].printed:
        first = glyphs[0]
        yield replace(first, char=" ", right=first.left)
    yield from glyphs


def _glyph(tick: Tick, placed: Sequence[Placed]) -> Glyph:
    """A box stands on the line of the word before it, where there is one."""
    mark = TICKED if tick.ticked else EMPTY
    high = min(tick.bottom - tick.top, 9.0)
    middle = (tick.top + tick.bottom) / 2
    beside = [
        (tick.left - letter.right, line.base)
        for line in placed
        if abs(line.middle - middle) < line.size * 0.6
        for letter in line.letters
        if letter.text != " " and letter.at < tick.left and tick.left - letter.right < _BESIDE
    ]
    base = min(beside)[1] if beside else middle + high * 0.36
    return Glyph(mark, tick.left, tick.right, base, high, max(high, 6.0), tick.sure)


def _in_word(tick: Tick, placed: Sequence[Placed]) -> bool:
    """A letter that looks like a box: it was read with certainty, in the midst of others."""
    for line in placed:
        if abs(line.middle - (tick.top + tick.bottom) / 2) > line.size:
            continue
        if line.is_printed((tick.left + tick.right) / 2):
            return True
        for word in line.words():
            inside = [c for c in word if tick.covers(c.at, line.middle)]
            rest = "".join(c.text for c in word if c not in inside).lower()
            if _ANSWERS.fullmatch(rest):
                continue
            marked = any(c.text.isalpha() and bare(c.text) != c.text for c in inside)  # No box is read as Ó.
            if marked or any(c.sure > 0.9 and (rest or c.text not in _LIKE_TICKS) for c in inside):
                return True
    return False


def _marks(canvas: Canvas, tables: Sequence[Grid], placed: Sequence[Placed], taken: Sequence[Tick]) -> Iterator[Tick]:
    """Ticks in the cells of tables that hold no words, or one character that looks like a tick."""
    for grid in tables:
        for row, col, span in grid.cells():
            left, right = grid.xs[col], grid.xs[min(col + span, len(grid.xs) - 1)]
            top, bottom = grid.ys[row], _below(grid, row, (left + right) / 2)
            inside = [
                c
                for p in placed
                if top < p.middle < bottom
                for c in p.letters
                if left < c.at < right and c.text not in " .…"
            ]
            if right - left > _OPTION:
                continue
            lone = len(inside) == 1 and (inside[0].text in _LIKE_TICKS or inside[0].sure < 0.9)
            held = any(left < t.left < right and top < (t.top + t.bottom) / 2 < bottom for t in taken)
            if (inside and not lone) or held:
                continue
            if (tick := boxes.mark(canvas, left, top, right, bottom)) is not None:
                # Where the rule below is lost, whose of two rows the tick is cannot be told.
                yield tick if bottom == grid.ys[row + 1] else replace(tick, sure=min(tick.sure, boxes.UNREAD))


def _below(grid: Grid, row: int, x: float) -> float:
    """Where a cell that begins in this row ends."""
    return next((y for y in grid.ys[row + 1 :] if grid.topped(y, x)), grid.ys[-1])


_LEAST = 3.2
"""Points: what is lower is a dotted line, a rule or dust."""

_LETTER = 5.0
"""Points: what is as high as this may be a letter or a digit, however narrow."""

_LETTER_WIDE = 9.0
"""Points: a W of twelve-point type, or an M, is hardly wider."""

_WORDS = 6.0
"""Points: words that stand nearer are read together, or half a label is taken for a value."""

_BLOBS = 40

_ALONE, _LATE = 0.75, 0.94
"""How sure a single character is at most that stands by itself, and any that was found at a second look only."""


def _second_look(canvas: Canvas, placed: Sequence[Placed]) -> list[Placed]:
    """Words that were not found in the small copy: ink outside the lines that were read."""
    found = ocr.recognised(canvas.grey, list(_blobs(_unseen(canvas, placed), canvas.scale))[:_BLOBS])
    return [_doubtful(Placed.of(line, _FLAT)) if _worth(line) else _unread(line) for line in found]


def _unseen(canvas: Canvas, placed: Sequence[Placed]) -> Image:
    """The ink outside the lines that were read, without rules, and without what sticks out of a line's first or last
    letter: half a W is no V of its own."""
    ink = canvas.ink
    for level in (True, False):
        drawn = cv2.dilate(strokes(canvas, 14.0, level=level), np.ones((3, 3), np.uint8))
        ink = cv2.subtract(ink, drawn)  # type: ignore[assignment]
    read, about = np.zeros(ink.shape, np.bool_), np.zeros(ink.shape, np.bool_)
    for line in placed:
        half = line.size * 0.8
        for beside, mask in ((2.0, read), (_LETTER_WIDE, about)):
            box = (line.left - beside, line.middle - half, line.right + beside, line.middle + half)
            x0, y0, x1, y1 = (max(0, round(v * canvas.scale)) for v in box)
            mask[y0:y1, x0:x1] = True
    _, pieces = cv2.connectedComponents(ink, connectivity=8)
    cut = np.zeros(int(pieces.max()) + 1, np.bool_)
    cut[pieces[read & (ink > 0)]] = True
    return np.where(read | (about & cut[pieces]), 0, ink).astype(np.uint8)


def _worth(line: TextLine) -> bool:
    said = [c for c in line.chars if c.text.isalnum()]
    return bool(said) and sum(c.sure for c in said) / len(said) > (0.6 if len(said) > 1 else 0.8)


def _unread(line: TextLine) -> Placed:
    """Ink that is no text as far as can be told stands as a doubtful dotted line: it says nothing, but whether the
    value beside it is whole is not certain."""
    left, top, right, bottom = (v / DOTS for v in (*line.corners[0], *line.corners[2]))
    return Placed((Letter("…", left, right, (left + right) / 2, 0.5),), (top + bottom) / 2, SMALLEST)


def _doubtful(line: Placed) -> Placed:
    """A single character may be a year group, a house number, or a speck; words that were not found at first may be cut
    at the wrong place ("ss 12 Quarry Lane", behind Address)."""
    most = _LATE if sum(c.text.isalnum() for c in line.letters) > 1 else _ALONE
    return replace(line, letters=tuple(replace(c, sure=min(c.sure, most)) for c in line.letters))


def _blobs(ink: Image, scale: float) -> Iterator[NDArray[np.float32]]:
    """Quadrangles about ink that may be text, that with the most ink first."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(_WORDS * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pad = 2.5 * scale
    for x, y, w, h, area in sorted(stats[1:].tolist(), key=lambda blob: -blob[4]):
        letter = h > _LETTER * scale and w > 1.2 * scale
        if not (_LEAST * scale < h < 18 * scale and (letter or w > 5 * scale) and area > 0.12 * w * h):
            continue
        x0, y0, x1, y1 = x - pad, y - pad, x + w + pad, y + h + pad
        yield np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


_FLAT = Pose("", 0, np.diag([1 / DOTS, 1 / DOTS, 1.0]), np.zeros((10, 2)), 0)
