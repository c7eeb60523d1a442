"""Boxes that are drawn, not written: a small square to tick, and what was drawn into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsers.documents.layout import EMPTY, TICKED
from parsers.documents.pdf_page import Glyph, Rule, Shape

LEAST, MOST = 5.0, 17.0
"""Points: how wide and high a box to tick is."""

MOST_SHAPES = 1_000

_EMPTY = "☐□❏❑❒"
_NEAR = 1.5
_INK = 2.5


def sort(drawn: Iterable[Rule | Shape], glyphs: Sequence[Glyph]) -> tuple[list[Rule], list[Glyph]]:
    """(the rules of the page, its characters and a ☐ or ☒ for each drawn box). A square that shares a side with a
    longer rule is a cell; one with a letter in it is read as that letter."""
    rules, squares, inks = list[Rule](), list[Shape](), list[Shape]()
    for item in drawn:
        if isinstance(item, Rule):
            rules.append(item)
        elif len(squares) + len(inks) < MOST_SHAPES:
            (squares if item.square else inks).append(item)
    if not squares and not inks:
        return rules, list(glyphs)
    boxes = [s for s in squares if not any(_side(s, r) for r in rules)]
    cells = [s for s in squares if s not in boxes]
    rules += [side for cell in cells for side in _sides(cell)]
    found: list[Glyph] = []
    for box in _once(boxes):
        if all(g.char in _EMPTY for g in glyphs if not g.char.isspace() and _in(g, box)):
            ticked = any(_within(ink, box) for ink in inks)
            found.append(_glyph(box, TICKED if ticked else EMPTY))
    written = [g for g in glyphs if g.char not in _EMPTY]
    bare = [g for g in glyphs if g.char in _EMPTY and not any(_in(g, box) for box in boxes)]
    return rules, [*written, *(_ticked(g, inks) for g in bare), *found]


def _in(glyph: Glyph, box: Shape) -> bool:
    return box.holds((glyph.left + glyph.right) / 2, glyph.base - glyph.tall / 2)


def _once(boxes: Sequence[Shape]) -> list[Shape]:
    """Of boxes that lie on one another (a border and its shadow) one."""
    kept: list[Shape] = []
    for box in boxes:
        if not any(k.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2) for k in kept):
            kept.append(box)
    return kept


def _side(square: Shape, rule: Rule) -> bool:
    if rule.shade or max(rule.right - rule.left, rule.bottom - rule.top) < MOST:
        return False
    if rule.level:
        near = min(abs(rule.y - square.top), abs(rule.y - square.bottom)) < _NEAR
        return near and rule.left - _NEAR <= square.left and square.right <= rule.right + _NEAR
    near = min(abs(rule.x - square.left), abs(rule.x - square.right)) < _NEAR
    return near and rule.top - _NEAR <= square.top and square.bottom <= rule.bottom + _NEAR


def _sides(cell: Shape) -> Iterable[Rule]:
    for y in (cell.top, cell.bottom):
        yield Rule(cell.left, y, cell.right, y)
    for x in (cell.left, cell.right):
        yield Rule(x, cell.top, x, cell.bottom)


def _within(ink: Shape, box: Shape) -> bool:
    inside = box.left - _INK <= ink.left and ink.right <= box.right + _INK
    return inside and box.top - _INK <= ink.top and ink.bottom <= box.bottom + _INK


def _ticked(glyph: Glyph, inks: Sequence[Shape]) -> Glyph:
    """A box that is a character, with a cross drawn over it."""
    box = Shape(glyph.left, glyph.base - glyph.tall, glyph.right, glyph.base, square=True)
    return _glyph(box, TICKED) if any(_within(ink, box) for ink in inks) else glyph


def _glyph(box: Shape, char: str) -> Glyph:
    tall = box.bottom - box.top
    return Glyph(char, box.left, box.right, box.bottom - tall * 0.2, tall, max(tall, 6))
