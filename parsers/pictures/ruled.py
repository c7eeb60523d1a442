"""What is drawn on a page: the rules of its tables, and those that strike a word out or underline it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from parsers.documents.pdf_grid import grids
from parsers.documents.pdf_page import Rule
from parsers.pictures.canvas import Canvas, rules
from parsers.pictures.crops import Image
from parsers.pictures.placed import Letter, Placed
from parsers.pictures.register import WIDTH, Pose

_EDGE = 20.0
"""Points: what is drawn nearer to the edge of a known blank is the edge of the sheet."""

_STEM = 22.0
"""Points: a longer upright stroke is no stem of a letter."""

_DARK = 190
_ASIDE, _LIGHTER = 1.6, 60.0
"""So many points above and below a rule between letters the picture is so much lighter, of 255."""

_BELOW, _TAILS = ((0.9, 1.8), (1.8, 2.7)), 0.25
"""Points below a rule between which letters that it strikes out go on, in each of the two, for in one may be the line
that was not quite found; of its length, what the tails of letters take there at most."""


def ruled(canvas: Canvas, level: Image, where: Pose, placed: Sequence[Placed]) -> list[Rule]:
    """The rules of tables, and those that strike or underline a word; neither the edges of the sheet, nor the bars of
    letters that stand in a row."""
    found = [r for r in rules(canvas) if not (where.form and _at_edge(r, where.height))]
    if where.form:
        found += _closing(found)
    found = [r for r in found if r.level or _is_long(r, found) or _is_wall(r, found, placed)]
    _, free = grids(found)
    return [r for r in found if r not in free] + [mark for r in free for mark in _mark(canvas, level, r, placed)]


def _is_long(upright: Rule, found: Sequence[Rule]) -> bool:
    """Longer than a stem; where it does not go from one level rule to another, than the letters by hand that run
    together from line to line."""
    length = upright.bottom - upright.top
    return length > _STEM and (length > 2 * _STEM or all(_ends_at(end, upright, found) for end in _ends(upright)))


def _is_wall(upright: Rule, found: Sequence[Rule], placed: Sequence[Placed]) -> bool:
    """The upright rules of a table end where level ones are; the stems of letters do not, unless what is written is
    underlined close under a rule."""
    stem = any(line.has_stem(upright) for line in placed)
    return not stem and all(_ends_at(end, upright, found) for end in _ends(upright))


def _ends(upright: Rule) -> tuple[float, float]:
    return upright.top, upright.bottom


def _ends_at(end: float, upright: Rule, found: Sequence[Rule]) -> bool:
    """Whether a level rule is there."""
    return any(
        r.level and abs(r.y - end) < 5 and r.left - 4 < upright.x < r.right + 4 and r.right - r.left > 30 for r in found
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
    for high, low in _BELOW:
        box = (left, rule.y + high, right, rule.y + low)
        drawn = cv2.dilate(canvas.window(*box, of=level), np.ones((3, 1), np.uint8))
        ink = cv2.subtract(canvas.window(*box), drawn)
        if not ink.size or float((ink > 0).any(axis=0).mean()) <= _TAILS:
            return False
    return True


def _marked(canvas: Canvas, rule: Rule, line: Placed) -> bool:
    """Whether a rule runs through or under a whole word, also where its letters leave a gap."""
    if not -0.3 < (line.base - rule.y) / line.size < 0.6:
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
