"""The one model that every format is turned into: parts of text in reading order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

TICKED, EMPTY = "☒", "☐"
"""What every format's boxes, crosses and ticks are written as in a part's text."""

PARTS = 20_000
"""Further parts are not looked at."""

Span = tuple[int, int]
"""From, to (exclusive): places in a part's text."""


LOCKED = "The file is locked with a password. Ask the sender for a copy without one."


def is_pdf(data: bytes) -> bool:
    """Readers look for the mark in the first 1,024 bytes (ISO 32000-1, 7.5.2 and its implementation notes)."""
    return b"%PDF-" in data[:1024]


class Unreadable(Exception):
    """A document that cannot be read. The message is a sentence for a clerk: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a part stands on its page: points, from the top left corner; pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Table (counted through the document from 1), row and column from 0; `span` columns wide."""

    table: int
    row: int
    col: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character that was recognised in a picture, not known: its place in the part's text, how sure it is (0 to 1),
    and what else it may be, likeliest first."""

    at: int
    sure: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that stands together. `after` is what parts it from the one before: a new `line`, a `gap` (tab,
    wide space) in the same line, or a new table `cell`. `struck` text is crossed out (delete as applicable),
    `marked` text is highlighted, ringed, or bold and underlined; `stressed` text bold or underlined, as many things
    are."""

    text: str
    after: Literal["line", "gap", "cell"] = "line"
    cell: Cell | None = None
    struck: tuple[Span, ...] = ()
    marked: tuple[Span, ...] = ()
    stressed: tuple[Span, ...] = ()
    box: Box | None = None
    edges: tuple[float, ...] = ()
    """Where each character of the text begins, and where the last one ends, in a format that has pages."""
    floating: bool = False
    """Drawn beside other text, so that where it belongs is a guess."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A document. `mail` is true for the text of a mail itself, which ends with a signature and a disclaimer; `seen`
    for a picture, whose characters were recognised; `hand` where it is filled in by hand."""

    parts: tuple[Part, ...]
    mail: bool = False
    seen: bool = False
    hand: bool = False

    def text(self) -> str:
        """All of it, a line a part."""
        return "".join(("\t" if p.after == "gap" else "\n") + p.text for p in self.parts).strip("\n")


def close_cell(parts: list[Part], inside: int, cell: Cell) -> None:
    """The parts from `inside` on are what the cell holds: an empty one is a part too, and the first says `cell`."""
    if inside == len(parts):
        parts.append(Part("", cell=cell))
    parts[inside] = replace(parts[inside], after="cell")


def layout_of(parts: list[Part], *, mail: bool = False) -> Layout:
    """A layout in which a table of one cell, a mere frame, is plain text."""
    parts = parts[:PARTS]
    places = {(p.cell.table, p.cell.row, p.cell.col) for p in parts if p.cell}
    framed = {table for table, cells in Counter(table for table, _, _ in places).items() if cells == 1}
    return Layout(
        tuple(
            replace(p, cell=None, after="line" if p.after == "cell" else p.after)
            if p.cell and p.cell.table in framed
            else p
            for p in parts
        ),
        mail,
    )
