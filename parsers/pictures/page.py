"""One picture → one page of characters and rules, as if it had been printed to a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.documents.layout import EMPTY, TICKED
from parsers.documents.pdf_grid import Grid, grids
from parsers.documents.pdf_page import Glyph, Page, Rule
from parsers.documents.sheet import Sheet
from parsers.pictures import accents, boxes, choices, ocr
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import DOTS, Canvas, flat, rules, strokes
from parsers.pictures.crops import Image
from parsers.pictures.hand import by_hand
from parsers.pictures.ocr import TextLine
from parsers.pictures.pieces import joined
from parsers.pictures.placed import SMALLEST, Letter, Placed, answers, bare, printed, without_specks
from parsers.pictures.register import WIDTH, Pose
from parsers.pictures.siblings import siblings
from parsers.pictures.upright import upright

_EDGE = 20.0
"""Points: what is drawn nearer to the edge of a known blank is the edge of the sheet."""

_STEM = 22.0
"""Points: a longer upright stroke is no stem of a letter."""

_OPTION = 90.0
"""Points: a wider cell is none to be ticked."""

_BESIDE = 25.0
"""Points: a word further to the left does not belong to a box."""

_DARK = 190
_ASIDE, _LIGHTER = 1.6, 60.0
"""So many points above and below a rule between letters the picture is so much lighter, of 255."""

_BELOW, _TAILS = (0.9, 1.8), 0.25
"""Points below a rule between which letters that it strikes out go on; of its length, what the tails of letters take
there at most."""

_ANSWERS = re.compile("(?:yes|no|male|female)+")
_LIKE_TICKS = frozenset("xX×✓✔√☑☒✗✘vVJjN/Y\\1lI|MDO0oQ☐")


def seen(picture: Image, number: int) -> Sheet:
    """`picture` is grey; `number` counts the pages of the document."""
    picture, lines, where = upright(picture)
    canvas = flat(picture, where)
    placed = [without_specks(canvas, Placed.of(line, where)) for line in lines]
    placed = joined([*placed, *_second_look(canvas, placed)])
    hand = False
    if where.blank is not None:
        read, placed = placed, printed(placed, where.blank)
        hand = by_hand(canvas, read, placed)
    level = choices.drawn(canvas)
    placed = [answers(accents.checked(canvas, line)) for line in placed]
    ticks = [t for t in boxes.boxes(canvas) if not _in_word(t, placed)]
    ticks += [t for t in siblings(canvas, placed, ticks) if not _in_word(t, placed)]
    placed = choices.bolder(canvas, level, placed, ticks)
    drawn = [*_rules(canvas, level, where, placed), *choices.marks(canvas, level, placed)]
    tables, _ = grids(drawn)
    ticks = [*ticks, *_marks(canvas, tables, placed, ticks)]
    glyphs = (*(g for line in placed for g in line.glyphs(ticks)), *(_glyph(t, placed) for t in ticks))
    return Sheet(where.form, where.page, Page(number, glyphs, tuple(drawn)), hand)


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


def _rules(canvas: Canvas, level: Image, where: Pose, placed: Sequence[Placed]) -> list[Rule]:
    """The rules of tables, and those that strike or underline a word; neither the edges of the sheet, nor the bars of
    letters that stand in a row."""
    found = [r for r in rules(canvas) if not (where.form and _at_edge(r, where.height))]
    if where.form:
        found += _closing(found)
    found = [r for r in found if r.level or r.bottom - r.top > _STEM or _is_wall(r, found, placed)]
    _, free = grids(found)
    return [r for r in found if r not in free] + [mark for r in free for mark in _mark(canvas, level, r, placed)]


def _is_wall(upright: Rule, found: Sequence[Rule], placed: Sequence[Placed]) -> bool:
    """The upright rules of a table end where level ones are; the stems of letters do not, unless what is written is
    underlined close under a rule."""
    return not any(line.has_stem(upright) for line in placed) and all(
        any(
            r.level and abs(r.y - end) < 5 and r.left - 4 < upright.x < r.right + 4 and r.right - r.left > 30
            for r in found
        )
        for end in (upright.top, upright.bottom)
    )


def _closing(found: Sequence[Rule]) -> Iterator[Rule]:
    """The level rules that a fax has lost: where two upright ones end side by side, one joined them."""
    upright = [r for r in found if not r.level]
    for low in (False, True):
        ends = sorted(((r.bottom if low else r.top), r.x) for r in upright)
        while ends:
            y = ends[0][0]
            xs = [x for end, x in ends if end - y < 2.5]
            ends = ends[len(xs) :]
            if max(xs) - min(xs) > 40 and not any(
                r.level and abs(r.y - y) < 5 and r.left < max(xs) and r.right > min(xs) for r in found
            ):
                yield Rule(min(xs), y, max(xs), y)


def _at_edge(rule: Rule, height: float) -> bool:
    near = min(rule.left, rule.top) < _EDGE or rule.right > WIDTH - _EDGE or rule.bottom > height - _EDGE
    return near or rule.bottom - rule.top > height * 0.9


def _mark(canvas: Canvas, level: Image, rule: Rule, placed: Sequence[Placed]) -> Iterator[Rule]:
    """The rule, if it marks words: where it strikes them out in the middle of their line, else at its foot."""
    line = next((line for line in placed if _marked(canvas, rule, line)), None)
    if line is not None:
        y = line.struck if _goes_on_below(canvas, level, rule, line) else line.under
        yield replace(rule, top=y, bottom=y)


def _goes_on_below(canvas: Canvas, level: Image, rule: Rule, line: Placed) -> bool:
    """Whether letters go on below a rule: under an underlined word there are tails at most, and the next rule."""
    left, right = max(rule.left, line.left), min(rule.right, line.right)
    box = (left, rule.y + _BELOW[0], right, rule.y + _BELOW[1])
    drawn = cv2.dilate(canvas.window(*box, of=level), np.ones((3, 1), np.uint8))
    ink = cv2.subtract(canvas.window(*box), drawn)
    return bool(ink.size) and float((ink > 0).any(axis=0).mean()) > _TAILS


def _marked(canvas: Canvas, rule: Rule, line: Placed) -> bool:
    """Whether a rule runs through or under a whole word, also where its letters leave a gap."""
    if not -0.3 < (line.middle + line.size * 0.36 - rule.y) / line.size < 0.6:
        return False
    for word in line.words():
        if len(word) < 4 or rule.left > word[0].left + 1.5 or rule.right < word[-1].right - 1.5:
            continue
        if _through_gaps(canvas, rule.y, word):
            return True
    return False


def _through_gaps(canvas: Canvas, y: float, word: Sequence[Letter]) -> bool:
    """A rule is dark between the letters, and what is above and below it there is paper; blurred letters that run
    together are grey there from top to bottom."""
    row, aside = round(y * canvas.scale), round(_ASIDE * canvas.scale)
    strip = canvas.grey[max(0, row - 2) : row + 3].min(axis=0)
    gaps: list[int] = []
    for a, b in pairwise(word):
        gaps += range(round(a.right * canvas.scale), round(b.left * canvas.scale))
    gaps = [x for x in gaps if 0 <= x < len(strip)]
    if len(gaps) < 3 or float((strip[gaps] < _DARK).mean()) <= 0.9:
        return False
    dark, darkest = min((float(np.median(canvas.grey[at][gaps])), at) for at in range(max(0, row - 2), row + 3))
    beside = (canvas.grey[max(0, darkest - aside)], canvas.grey[min(len(canvas.grey) - 1, darkest + aside)])
    return all(float(np.median(side[gaps])) > dark + _LIGHTER for side in beside)


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

_BLOBS = 40

_ALONE = 0.75
"""How sure a single character is that stands by itself."""


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
    """A single character may be a year group, a house number, or a speck."""
    if sum(c.text.isalnum() for c in line.letters) > 1:
        return line
    return replace(line, letters=tuple(replace(c, sure=min(c.sure, _ALONE)) for c in line.letters))


def _blobs(ink: Image, scale: float) -> Iterator[NDArray[np.float32]]:
    """Quadrangles about ink that may be text, that with the most ink first."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(4 * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pad = 2.5 * scale
    for x, y, w, h, area in sorted(stats[1:].tolist(), key=lambda blob: -blob[4]):
        letter = h > _LETTER * scale and w > 1.2 * scale
        if not (_LEAST * scale < h < 18 * scale and (letter or w > 5 * scale) and area > 0.12 * w * h):
            continue
        x0, y0, x1, y1 = x - pad, y - pad, x + w + pad, y + h + pad
        yield np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


_FLAT = Pose("", 0, np.diag([1 / DOTS, 1 / DOTS, 1.0]), np.zeros((10, 2)), 0)
