"""Lists of children in files: CSV in any encoding, and spreadsheets. Which kind a list is, its head and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.documents.layout import Unreadable
from parsers.forms.definition import letters
from parsers.reading import Roster
from parsers.rosters.columns import Head, find_head, with_guesses
from parsers.rosters.definition import Kind, kinds
from parsers.rosters.delimited import read_delimited
from parsers.rosters.rows import Table, read_rows
from parsers.rosters.workbook import Sheet, read_workbook

_MARK, _TITLE, _HINT = 3, 4, 2
"""What a column that only such a list has, a title above it, and the words of the mail weigh."""
_MOST_BYTES = 25_000_000
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_HEAD = "No row of it names the columns (surname, first name, date of birth ...). Put their names in the first row."


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: Kind
    head: Head
    weight: int


def is_spreadsheet(data: bytes) -> bool:
    return data.startswith((b"PK", _COMPOUND))


def read_list(data: bytes, name: str, *, written: date, hint: str = "") -> tuple[Roster, ...]:
    """The lists of one file, one for each sheet that has a head. `written` is the day of the mail, `hint` its subject
    and text: they say what a list without a title is. Raises Unreadable where there is none."""
    if not data.strip():
        raise Unreadable("The file is empty. Ask the sender to send it again.")
    if len(data) > _MOST_BYTES:
        raise Unreadable("The list is larger than 25 MB. Send it in parts.")
    sheets = read_workbook(data) if is_spreadsheet(data) else [Sheet("", read_delimited(data))]
    found = [r for sheet in sheets if (r := _roster(sheet, name, len(sheets) > 1, written, hint)) is not None]
    if not found:
        raise Unreadable(_NO_HEAD)
    return tuple(found)


def _roster(sheet: Sheet, file: str, several: bool, written: date, hint: str) -> Roster | None:
    candidates = [c for kind in kinds() if (c := _candidate(kind, sheet, file, hint)) is not None]
    if not candidates:
        return None
    most = max(c.weight for c in candidates)
    best = _widest([c for c in candidates if c.weight == most])
    chosen = best[0] if len(best) == 1 and most else None
    where = f"{file}, sheet {sheet.name}" if several else file
    told = chosen or max(candidates, key=lambda c: len(c.head.columns))
    head = with_guesses(told.head, sheet.rows, written)
    rows, remarks = read_rows(Table(where, sheet.rows, head, told.kind, written))
    if not rows and several:
        return None
    guesses = (f"{where}: column {place + 1} was known by what stands in it" for place in sorted(head.guessed))
    return Roster(chosen.kind.name if chosen else "", where, rows, (*remarks, *guesses))


def _widest(best: list[_Candidate]) -> list[_Candidate]:
    """An agency's answers have columns of other lists beside their own (a log number, when last seen): where they weigh
    as much as another list, it is the one that reads more of the columns."""
    answers = [c for c in best if c.kind.name == "enquiries"]
    others = [c for c in best if c.kind.name != "enquiries"]
    if not (answers and others):
        return best
    wide = max(len(c.head.columns) for c in others)
    return answers if len(answers[0].head.columns) > wide else others


def _candidate(kind: Kind, sheet: Sheet, file: str, hint: str) -> _Candidate | None:
    head = find_head(sheet.rows, kind)
    if head is None:
        return None
    marks = sum(_MARK for column in head.columns.values() if column.name in kind.marks)
    above = " ".join([sheet.name, file, *(cell for row in sheet.rows[: head.row] for cell in row)])
    title = _TITLE * _speaks_of(kind, above) + _HINT * _speaks_of(kind, hint)
    return _Candidate(kind, head, marks + title)


def _speaks_of(kind: Kind, text: str) -> bool:
    plain = letters(text)
    return any(letters(title) in plain for title in kind.titles)


def kind_of_title(text: str, among: Iterable[str]) -> Kind | None:
    """The one kind, of those named, that the words name."""
    wanted = set(among)
    found: Sequence[Kind] = [kind for kind in kinds() if kind.name in wanted and _speaks_of(kind, text)]
    return found[0] if len(found) == 1 else None
