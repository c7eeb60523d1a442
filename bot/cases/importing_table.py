"""A list of open cases as a table: a spreadsheet or delimited text, its heading, and its rows as people count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.documents.layout import Unreadable
from parsers.rosters.delimited import read_delimited
from parsers.rosters.workbook import Sheet, read_workbook

_HEADING_WITHIN = 20
"""Rows among which the heading is looked for: a title and a date may stand above it."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""XLSX and ODS are packages (zip); XLS is a compound file."""


class BadImport(ValueError):
    """The list cannot be taken in; the message names the file or each line, and the mend."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` follow one another as in the file, empty ones too; the first has the number `first`, counted from 1."""

    headings: list[str]
    rows: list[dict[str, str]]
    first: int


def read_table(path: Path, is_known: Callable[[str], bool], sheet: str = "") -> Table:
    """`is_known` tells a heading by which a column is known; `sheet` names one where a workbook has several. Raises
    BadImport."""
    rows = _rows(path, sheet)
    at = _heading(rows, is_known)
    headings = _unlike(rows[at])
    return Table(headings, [dict(zip(headings, row, strict=False)) for row in rows[at + 1 :]], at + 2)


def _rows(path: Path, sheet: str) -> list[list[str]]:
    data = path.read_bytes()
    try:
        rows = _sheet(path, read_workbook(data), sheet) if data.startswith(_WORKBOOKS) else read_delimited(data)
    except Unreadable as problem:
        raise BadImport(f"{path}: {problem}") from problem
    if not any(any(row) for row in rows):
        raise BadImport(f"{path}: nothing stands in it")
    return rows


def _sheet(path: Path, sheets: Sequence[Sheet], wanted: str) -> list[list[str]]:
    named = [sheet for sheet in sheets if not wanted or sheet.name.casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0].rows
    names = ", ".join(sheet.name for sheet in sheets)
    if not sheets:
        return []
    if named:
        raise BadImport(f"{path} has several sheets ({names}): say with --sheet which of them holds the cases")
    raise BadImport(f"{path} has no sheet {wanted!r}: there are {names}")


def _heading(rows: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> int:
    """The row with most headings that are known; where none is, the first that holds something."""
    best = max(range(min(len(rows), _HEADING_WITHIN)), key=lambda at: sum(map(is_known, rows[at])))
    if any(map(is_known, rows[best])):
        return best
    return next(at for at, row in enumerate(rows) if any(row))


def _unlike(row: Sequence[str]) -> list[str]:
    """Two columns of one name, or of none, are told apart."""
    headings: list[str] = []
    for n, cell in enumerate(row, 1):
        name = " ".join(cell.split()) or f"column {n}"
        headings.append(f"{name} ({n})" if name in headings else name)
    return headings
