"""Characters and rules of pages → parts in reading order: words, lines, cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from parsers.documents import ticks
from parsers.documents.layout import Box, Cell, Doubt, Part, Span
from parsers.documents.pdf_grid import Grid, grids
from parsers.documents.pdf_page import Glyph, Page, Rule

SURE = 0.995
"""A character recognised with more certainty than this is as good as known."""

_WORD = 0.22
_WIDE = 0.42
_GAP = 0.85
"""Of the font size: a gap that parts words, one that is two blanks, one that is a tab."""


@dataclass(slots=True)
class _Word:
    glyphs: list[Glyph]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(g.right for g in self.glyphs)

    @property
    def base(self) -> float:
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        return max(self.glyphs[0].size, self.glyphs[0].tall)


@dataclass(slots=True)
class _Region:
    """A cell, or the page outside the tables: its words."""

    cell: Cell | None
    words: list[_Word] = field(default_factory=list)


def parts_of(pages: Iterable[Page]) -> list[Part]:
    """The parts of a document; a table that goes on over the page is one table."""
    parts: list[Part] = []
    tables = 0
    last: tuple[Grid, int, int] | None = None
    for page in pages:
        found, free = grids(page.rules)
        numbered: list[tuple[Grid, int, int]] = []
        for grid in found:
            if last is not None and not numbered and _goes_on(last[0], grid) and not _text_above(page, grid):
                numbered.append((grid, last[1], last[2]))
            else:
                tables += 1
                numbered.append((grid, tables, 0))
        parts += _page(page, numbered, [*free, *(r for r in page.rules if r.shade)])
        if numbered:
            grid, number, offset = numbered[-1]
            last = (grid, number, offset + len(grid.ys) - 1)
    return parts


def _goes_on(before: Grid, after: Grid) -> bool:
    return len(before.xs) == len(after.xs) and all(abs(a - b) < 4 for a, b in zip(before.xs, after.xs, strict=True))


def _text_above(page: Page, grid: Grid) -> bool:
    return any(g.base < grid.ys[0] and g.base > 50 and not g.char.isspace() for g in page.glyphs)


def _page(page: Page, tables: Sequence[tuple[Grid, int, int]], loose: Sequence[Rule]) -> list[Part]:
    regions: dict[Cell | None, _Region] = {None: _Region(None)}
    for grid, number, offset in tables:
        for row, col, span in grid.cells():
            cell = Cell(number, offset + row, col, span)
            regions[cell] = _Region(cell)
    for word in _words(page.glyphs):
        x, y = (word.left + word.right) / 2, word.base - word.size * 0.3
        where = next(((g, n, o) for g, n, o in tables if g.holds(x, y)), None)
        found: Cell | None = None
        if where is not None:
            row, col, span = where[0].cell(x, y)
            found = Cell(where[1], where[2] + row, col, span)
        regions.setdefault(found, _Region(found)).words.append(word)
    outside = [part for line in _lines(regions.pop(None).words) for part in _line(page, line, None, loose)]
    inside = {number: _table(page, number, regions, loose) for _, number, _ in tables}
    return _ordered(outside, [(grid.ys[0], inside[number]) for grid, number, _ in tables])


def _table(page: Page, number: int, regions: dict[Cell | None, _Region], loose: Sequence[Rule]) -> list[Part]:
    parts: list[Part] = []
    cells = sorted((c for c in regions if c and c.table == number), key=lambda c: (c.row, c.col))
    for cell in cells:
        own = [part for line in _lines(regions[cell].words) for part in _line(page, line, cell, loose)]
        own = own or [Part("", cell=cell)]
        parts += [replace(own[0], after="cell"), *own[1:]]
    return parts


def _ordered(outside: list[Part], tables: list[tuple[float, list[Part]]]) -> list[Part]:
    """Lines and tables from the top of the page."""
    result: list[Part] = []
    pending = sorted(tables, key=lambda t: t[0])
    for part in outside:
        while pending and part.after == "line" and part.box is not None and pending[0][0] < part.box.bottom:
            result += pending.pop(0)[1]
        result.append(part)
    for _, parts in pending:
        result += parts
    return result


def _words(glyphs: Sequence[Glyph]) -> list[_Word]:
    """Words in text order: broken at blanks, at jumps, and where the next character stands apart. Ligatures give
    several characters one box, so the order of the text counts, not that of the boxes."""
    words: list[_Word] = []
    open_word = False
    for glyph in glyphs:
        if glyph.char.isspace():
            open_word = False
            continue
        if open_word and words:
            last = words[-1].glyphs[-1]
            size = max(last.size, last.tall, 4)
            near = abs(glyph.base - last.base) < size * 0.4
            if near and glyph.left > last.left - size * 0.15 and glyph.left - last.right < size * _WORD:
                words[-1].glyphs.append(glyph)
                continue
        words.append(_Word([glyph]))
        open_word = True
    return words


def _lines(words: list[_Word]) -> list[list[_Word]]:
    """Words that stand on one baseline, from left to right; lines from the top."""
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        if lines and abs(word.base - lines[-1][0].base) < max(word.size, lines[-1][0].size) * 0.35:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.left) for line in lines]


def _line(page: Page, words: list[_Word], cell: Cell | None, loose: Sequence[Rule]) -> list[Part]:
    """The parts of one line: pieces between wide gaps."""
    pieces: list[list[tuple[_Word, str]]] = [[]]
    for number, word in enumerate(words):
        space = ""
        if number:
            gap = (word.left - words[number - 1].right) / max(word.size, 4)
            if gap > _GAP:
                pieces.append([])
            else:
                space = "  " if gap > _WIDE else " "
        pieces[-1].append((word, space if pieces[-1] else ""))
    return [_part(page, piece, cell, loose, first=n == 0) for n, piece in enumerate(pieces)]


def _part(page: Page, piece: list[tuple[_Word, str]], cell: Cell | None, loose: Sequence[Rule], *, first: bool) -> Part:
    text = ""
    struck: list[Span] = []
    marked: list[Span] = []
    doubts: list[Doubt] = []
    lefts: list[float] = []
    end = 0.0
    for word, space in piece:
        lefts += [end] * len(space)
        text += space
        for glyph in word.glyphs:
            mark = _mark(glyph, loose)
            if mark:
                (struck if mark == "struck" else marked).append((len(text), len(text) + len(glyph.char)))
            if glyph.sure < SURE:
                doubts.append(Doubt(len(text), glyph.sure, glyph.others))
            text += glyph.char
            lefts += [glyph.left] * len(glyph.char)
        end = word.right
    words = [word for word, _ in piece]
    top = min(w.base - w.size for w in words)
    box = Box(page.number, words[0].left, top, words[-1].right, max(w.base for w in words))
    kind: Literal["line", "gap"] = "line" if first else "gap"
    text = ticks.plain(text)
    return Part(
        text, kind, cell, tuple(struck), tuple(marked), box=box, edges=(*lefts, words[-1].right), doubts=tuple(doubts)
    )


def _mark(glyph: Glyph, loose: Sequence[Rule]) -> str:
    """Whether a loose rule runs through a character (struck) or under it, or a bright patch lies behind (marked)."""
    middle, size = (glyph.left + glyph.right) / 2, max(glyph.size, glyph.tall, 1.0)
    for rule in loose:
        if not rule.left - 1 <= middle <= rule.right + 1:
            continue
        height = (glyph.base - rule.y) / size
        if rule.shade:
            if rule.top < glyph.base - size * 0.2 < rule.bottom:
                return "marked"
        elif 0.12 < height < 0.55:
            return "struck"
        elif -0.3 < height <= 0.05:
            return "marked"
    return ""
