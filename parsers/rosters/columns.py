"""Which row of a table is its head, and what each column holds: by the head's words, else by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.forms.definition import letters
from parsers.rosters.definition import Column, Kind
from parsers.values import dates, postcode, upn

LOOK_FOR_HEAD = 40
"""Rows: titles, addresses and explanations above the head."""
_SHORTEST_LIKE = 6
"""Letters from which on a head may be mistyped by one (Surnmae)."""
_PREFIXES = ("pupil", "child", "childs", "student", "legal", "current", "the")
_MOST = 0.7
"""The share of a column's cells that must fit before it is taken for what its head does not say."""
_SAMPLE = 200

Heads = Mapping[int, Column]
"""The columns by their place, the first is 0."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a table stands (the first row is 0), and the columns that it names. `guessed` are those known
    by what stands in them alone."""

    row: int
    columns: Heads
    guessed: frozenset[int] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns.values())


def find_head(rows: Sequence[Sequence[str]], kind: Kind) -> Head | None:
    """The row that names most columns, a child's name among them; None where there is none such."""
    best: Head | None = None
    for at, row in enumerate(rows[:LOOK_FOR_HEAD]):
        found = _columns(row, kind)
        if len(found) > 1 and _names_children(found) and (best is None or len(found) > len(best.columns)):
            best = Head(at, found)
    return best


def with_guesses(head: Head, rows: Sequence[Sequence[str]], written: date) -> Head:
    """The same with the columns that the head does not name and whose cells leave no doubt."""
    columns, guessed = dict(head.columns), set()
    sample = rows[head.row + 1 : head.row + 1 + _SAMPLE]
    width = max((len(row) for row in sample), default=0)
    for name, column, fits in _guessable(written):
        if name in head.names:
            continue
        for place in range(width):
            cells = [row[place] for row in sample if place < len(row) and row[place]]
            if place not in columns and cells and sum(map(fits, cells)) >= _MOST * len(cells):
                columns[place] = column
                guessed.add(place)
                break
    return Head(head.row, columns, frozenset(guessed))


def _names_children(columns: Heads) -> bool:
    names = {column.name for column in columns.values()}
    by_reference = {"our.reference", "answer"}  # An answer to an enquiry may name our reference alone.
    return "child.name" in names or {"child.surname", "child.forenames"} <= names or by_reference <= names


def _columns(row: Sequence[str], kind: Kind) -> dict[int, Column]:
    taken: dict[str, tuple[int, Column]] = {}
    for place, cell in enumerate(row):
        column = _column(cell, kind)
        if column and (column.name not in taken or column.rank < taken[column.name][1].rank):
            taken[column.name] = place, column
    if {"child.surname", "child.forenames"} <= set(taken):
        taken.pop("child.name", None)
    return dict(taken.values())


def _column(cell: str, kind: Kind) -> Column | None:
    key = letters(re.sub(r"\([^)]*\)", "", cell)) or letters(cell)
    if not key or len(key) > 40 or key in kind.strange:
        return None
    for candidate in (letters(cell), key, *_bare(key)):
        if column := kind.heads.get(candidate):
            return column
    if len(key) < _SHORTEST_LIKE:
        return None
    found = process.extractOne(key, kind.heads.keys(), scorer=OSA.distance, score_cutoff=1)
    return kind.heads[found[0]] if found else None


def _bare(key: str) -> list[str]:
    return [key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix) and key != prefix]


def _guessable(written: date) -> tuple[tuple[str, Column, Callable[[str], bool]], ...]:
    return (
        ("child.upn", Column("child.upn", "upn"), lambda cell: bool(upn.SHAPE.fullmatch(cell.strip().upper()))),
        ("child.date_of_birth", Column("child.date_of_birth", "birth"), lambda cell: _of_a_child(cell, written)),
        ("address.postcode", Column("address.postcode", "line"), lambda cell: bool(postcode.SHAPE.fullmatch(cell))),
    )  # fmt: skip


def _of_a_child(cell: str, written: date) -> bool:
    """Whether it is a date on which a child who is now two to eighteen was born."""
    parsed = dates.parse(cell, written, birth=True)
    try:
        born = date.fromisoformat(parsed.value or "")
    except ValueError:
        return False
    return 2 <= (written - born).days / 365.25 <= 19
