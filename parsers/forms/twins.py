"""Columns that stand side by side (two parents in one row) are read one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Literal

from parsers.documents.layout import Part
from parsers.forms import headed
from parsers.forms.definition import Form, letters

FAR = 12
"""So many blanks before a word push it into the right column."""

PUSHED = 15.0
"""Points: a right column that begins so far behind its place was pushed there."""

_DOTS = (".", "…", "_")

LINE = 300
"""A longer line is no row of a form."""

_WIDE = re.compile(r"[ ]*(\S.*?)?[ ]{3,}(\S.*)$", re.S)

Row = list[list[Part]]
"""A line or a table row, as its pieces: each a list of the parts that stand in it."""


def untwine(parts: Iterable[Part], form: Form) -> list[Part]:
    """The parts with every block of twin columns turned into one column after the other; a block begins with a line
    that holds the same label twice, and ends with a label that has no twin; or it has the twins' headings."""
    if not form.twins:
        return list(parts)
    twin, rows = form.twin_labels, _rows(parts)
    margin = max((part.box.right for row in rows for part in _flat(row) if part.box), default=0.0)
    result: list[Part] = []
    at = 0
    while at < len(rows):
        if heads := headed.sections(rows[at], form):
            end = headed.below(rows, at)
            result += headed.unfolded(rows[at:end], heads)
            at = end
            continue
        if _split(rows[at], twin) is None:
            result += _flat(rows[at])
            at += 1
            continue
        end = _block_end(rows, at, form, twin)
        result += _columns(rows[at:end], twin, margin)
        at = end
    return result


def _rows(parts: Iterable[Part]) -> list[Row]:
    rows: list[Row] = []
    place: tuple[int, int] | None = None
    for part in parts:
        here = (part.cell.table, part.cell.row) if part.cell else None
        if rows and here is not None and here == place:
            if part.after == "cell":
                rows[-1].append([part])
            else:
                rows[-1][-1].append(part)
        elif rows and here is None and place is None and part.after == "gap":
            rows[-1].append([part])
        else:
            rows.append([[part]])
        place = here
    return rows


def _flat(row: Row) -> list[Part]:
    return [part for piece in row for part in piece]


def _begins_with(piece: list[Part], labels: frozenset[str]) -> str:
    """The longest of the labels that a piece begins with, or ""."""
    text = letters(piece[0].text[:200])
    return next((text[:n] for n in _lengths(labels) if text[:n] in labels), "") if text else ""


@cache
def _lengths(labels: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({len(label) for label in labels}, reverse=True))


def _split(row: Row, twin: frozenset[str]) -> tuple[Row, Row] | None:
    """A row as its left and right halves, if the label that begins it comes again in it."""
    first = _begins_with(row[0], twin)
    if not first:
        return None
    for number in range(1, len(row)):
        if _begins_with(row[number], twin) == first:
            return row[:number], row[number:]
    if len(row) == 1 and len(row[0]) == 1:
        return _split_line(row[0][0], first)
    return None


def _split_line(part: Part, label: str) -> tuple[Row, Row] | None:
    """The tab is lost: "Forename: Ana   Forename: Luis" is cut before the second label."""
    written = next((w for w in (part.text[:n] for n in range(len(label), len(label) + 12)) if letters(w) == label), "")
    at = part.text.find(written, len(written)) if written else -1
    if at < 2 or part.text[at - 1].isalnum():
        return None
    left, right = _cut(part, at)
    return [[left]], [[right]]


def _cut(part: Part, at: int) -> tuple[Part, Part]:
    end = len(part.text)
    return _piece(part, 0, at), replace(_piece(part, at, end), after="gap")


def _piece(part: Part, start: int, end: int) -> Part:
    return replace(
        part,
        text=part.text[start:end],
        edges=part.edges[start : end + 1],
        struck=_within(part.struck, start, end),
        marked=_within(part.marked, start, end),
        stressed=_within(part.stressed, start, end),
    )


def _within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)


def _block_end(rows: list[Row], start: int, form: Form, twin: frozenset[str]) -> int:
    """After the last row of the block that has two columns or a twin label."""
    end = start + 1
    for at in range(start + 1, len(rows)):
        label = _begins_with(rows[at][0], form.any_label)
        if (label and label not in twin) or _begins_with(rows[at][0], form.stops):
            break
        if label or len(rows[at]) > 1 or _split(rows[at], twin) is not None:
            end = at + 1
    return end


def _columns(rows: list[Row], twin: frozenset[str], margin: float) -> list[Part]:
    left: list[Part] = []
    right: list[Part] = []
    border, edge, pushed = 0.0, 0.0, False
    for row in rows:
        if (halves := _split(row, twin)) is not None:
            one, two = halves
            own, box = one[0][0].box, two[0][0].box
            edge = edge or (own.left if own else 0.0)
            inset = max(0.0, own.left - edge) if own else 0.0  # A label that stands further in does so on both sides.
            dotted = any(piece[0].text[:1] in _DOTS for piece, *_ in halves)  # Where its label is, the dots do not say.
            pushed = box is not None and border > 0 and not dotted and box.left > border + inset + PUSHED
            border = box.left - inset if box is not None and not (pushed or (dotted and border)) else border
        elif len(row) > 1:
            half = next((n for n, p in enumerate(row) if n and _is_right(p[0], border)), max(1, len(row) // 2))
            one, two = row[:half], row[half:]
        else:
            one, two = _sides(row[0], border)
            if one and right and _wraps(right[-1], row[0][0], margin):
                right[-1] = replace(right[-1], floating=True)
                one, two, pushed = two, one, True
        left += _lined(one, pushed)
        right += _lined(two, pushed)
    return left + right


def _wraps(before: Part, part: Part, margin: float) -> bool:
    """Whether a line at the left may be the end of the one at the right above it, whose next word had no room."""
    word = part.text.split(" ")[0]
    if before.box is None or part.box is None or not word.strip(".…_"):
        return False
    wide = (part.box.right - part.box.left) * len(word) / max(1, len(part.text))
    return before.box.right + wide > margin - 2 and part.box.bottom > before.box.bottom


def _sides(piece: list[Part], border: float) -> tuple[Row, Row]:
    """A line without labels in one piece: by its place on the page, or where the tab is lost, by the wide blank."""
    part = piece[0]
    if part.box is not None or len(piece) > 1 or len(part.text) > LINE or (wide := _WIDE.match(part.text)) is None:
        return ([], [piece]) if _is_right(part, border) else ([piece], [])
    if wide[1] is None and wide.start(2) < FAR:
        return [piece], []
    one, two = _cut(part, wide.start(2))
    return [[one]], [[two]]


def _is_right(part: Part, border: float) -> bool:
    return part.box is not None and border > 0 and part.box.left > border - 15


def _lined(pieces: Row, pushed: bool) -> list[Part]:
    """The pieces as a plain line: the table that held them was only there to set them side by side. Where a long value
    `pushed` the right column away, what stands below may belong to either."""
    return [
        replace(part, cell=None, after=_before(part, n, k), floating=part.floating or pushed)
        for n, piece in enumerate(pieces)
        for k, part in enumerate(piece)
    ]


def _before(part: Part, piece: int, place: int) -> Literal["line", "gap"]:
    if place:
        return "gap" if part.after == "gap" else "line"
    return "gap" if piece else "line"
