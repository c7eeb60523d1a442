"""Answers to many of our enquiries in one mail's own text (policy 4.1): a table, or a line for each child
("1. Isla Nunn, 03/05/2003 - no trace"), perhaps below headings ("Not known to us:")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from parsers.mail.thread import in_text
from parsers.reading import FieldValue, Roster, RosterRow
from parsers.rosters.columns import find_head
from parsers.rosters.definition import Kind, kinds
from parsers.rosters.lines import BORN, NAME
from parsers.rosters.row_fields import ANSWER, HEADING, REFERENCE
from parsers.rosters.row_fields import ENQUIRIES as KIND
from parsers.rosters.rows import Table, finish, read_rows
from parsers.values import dates
from parsers.values.parsed import one_line

WHERE = "the mail"
FEWEST = 2
"""Rows: of one child, the mail's words are an answer like any other."""
_LONGEST = 100_000
_LEAD = re.compile(r"^\s*(?:\(?\d{1,3}[.):]\s*|[-•*–]\s+)")
_NUMBERED = re.compile(r"(?<=\s)(?=\(?\d{1,3}[.)]\s+[^\W\d])")
_CELLS = re.compile(r" *\t *| *\| *| {2,}")
_AROUND = " \t,;:-–—=>().|/"
_REFERENCE = re.compile(
    r"\b(?:CME|LIST)[\s–-]{0,2}\d{4}[\s–-]{0,2}\d{5}\b|\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}\b",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(rf"(?P<name>{NAME.pattern})\s*(?:[-–—:=]\s+|\s[-–—]\s?|\t)(?P<rest>\S.*)")


def read_enquiries(text: str, written: date) -> Roster | None:
    """The rows in a mail's new text; None where there are not two of them. Each has `our.reference`, or what it says of
    name and date of birth; `answer` is what it says of the child, `heading` what stands above it."""
    text = text[:_LONGEST]
    rows = _table(text, written) or tuple(_lines(text, written))
    return Roster(KIND, WHERE, rows) if len(rows) >= FEWEST else None


def _kind() -> Kind:
    return next(kind for kind in kinds() if kind.name == KIND)


def _table(text: str, written: date) -> tuple[RosterRow, ...]:
    """A table pasted into the mail: cells apart by tabs, bars or wide blanks, below a head that names them."""
    cells = [[cell.strip() for cell in _CELLS.split(line.strip(" |"))] for line in text.splitlines()]
    kind = _kind()
    head = find_head(cells, kind)
    if head is None or ANSWER not in head.names:
        return ()
    rows, _ = read_rows(Table(WHERE, cells, head, kind, written))
    return tuple(row for row in rows if sum(map(bool, cells[row.n - 1])) > 1)  # "Thanks" below it is none.


def _lines(text: str, written: date) -> Iterator[RosterRow]:
    """A line that begins a row, and the one below it where the row says nothing yet."""
    heading, waiting = "", None
    for n, line in enumerate(_parted(text), 1):
        row = _row(n, line, heading, written)
        if row is not None:
            if waiting is not None:
                yield waiting
            waiting = row
        elif waiting is not None and not waiting.sure(ANSWER) and not line.rstrip().endswith(":"):
            yield _saying(waiting, line)
            waiting = None
        elif line.rstrip().endswith((":", ":-")):
            heading = one_line(line).rstrip(":- ")
    if waiting is not None:
        yield waiting


def _parted(text: str) -> Iterator[str]:
    """The lines that hold something; one with several numbered items is as many."""
    for line in text.splitlines():
        yield from (part for part in _NUMBERED.split(line) if part.strip())


def _row(n: int, line: str, heading: str, written: date) -> RosterRow | None:
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else line
    references = in_text(rest)
    rest = _REFERENCE.sub("\t", rest).strip(_AROUND + "[]")
    name, born, says = _child(rest, written)
    if not references and not born:
        bare = _BARE_NAME.fullmatch(rest) if lead else None
        if bare is None:
            return None
        name, says = bare["name"], bare["rest"]
    source = f"{WHERE}, line {n}"
    told = {REFERENCE: " ".join(references), "child.name": name, ANSWER: says, HEADING: heading}
    fields = {key: FieldValue(value, value, 1.0, source) for key, value in told.items() if value}
    if born:
        parsed = dates.parse(born, written, birth=True)
        sure = 1.0 if parsed.confidence == 0.9 and not parsed.problem else parsed.confidence
        fields["child.date_of_birth"] = FieldValue(parsed.value, born, sure, source)
    return finish(RosterRow(n, fields, ()), _kind(), written)


def _child(text: str, written: date) -> tuple[str, str, str]:
    """The name with which a line begins, the date of birth after it, and what follows; the whole is what follows where
    it begins with no child."""
    found = next(iter(dates.find(text, written, birth=True)), None)
    if found is None or not found.has_year:
        return "", "", one_line(text).strip(_AROUND)
    before = text[: found.start]
    marked = BORN.search(before)
    name = one_line(before[: marked.start()] if marked else before).strip(_AROUND)
    if not NAME.fullmatch(name) or len(name) > 60:
        return "", "", one_line(text).strip(_AROUND)
    return name, text[found.start : found.end], one_line(text[found.end :]).strip(_AROUND)


def _saying(row: RosterRow, line: str) -> RosterRow:
    says = one_line(line).strip(_AROUND)
    source = next(iter(row.fields.values())).source
    return replace(row, fields={**row.fields, ANSWER: FieldValue(says, says, 1.0, source)})
