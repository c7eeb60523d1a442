"""A row of a table as a child: each cell parsed, each doubt named. One bad row is its own problem and no other's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parsers import derived
from parsers.reading import FieldValue, Problem, RosterRow
from parsers.rosters.columns import Head
from parsers.rosters.definition import Column, Kind
from parsers.rosters.moments import moment
from parsers.rosters.row_fields import PARTED
from parsers.values import choice, dates, laestab, names, upn, year_group
from parsers.values.parsed import BLANK, Parsed, one_line

OLDEST = 19
"""Years: nobody older is a pupil, or a young person under eighteen with a slip of a year."""
_NOTES = "information.other"
_BORN = "child.date_of_birth"
_DAYS = ("attendance.last_day", "missing-since", "returned-at", "admission.date")
_PASSED_OVER = re.compile(
    r"(?:(?:grand )?total|count|number of|records?|rows?|page|printed|report|end of|produced|source|note|nil|none)\b.*",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")
_MONTH_FIRST = "Some dates of this column have the month before the day, so that this one can be read two ways"
_SAY = {
    "child.surname": "no surname", "child.forenames": "no first name", "child.date_of_birth": "no date of birth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head: `where` names it for a person."""

    where: str
    rows: Sequence[Sequence[str]]
    head: Head
    kind: Kind
    written: date


def read_rows(table: Table) -> tuple[tuple[RosterRow, ...], tuple[str, ...]]:
    """Each row below the head as a child, and what was passed over."""
    remarks: list[str] = []
    found: list[RosterRow] = []
    month_first = _month_first(table)
    for at, cells in enumerate(table.rows[table.head.row + 1 :], table.head.row + 2):
        told = [cell for cell in cells if cell]
        if not told or _is_head(cells, table):
            continue
        if len(told) == 1 and _PASSED_OVER.fullmatch(told[0]):
            remarks.append(f"{table.where}, row {at}, was passed over: “{one_line(told[0])[:80]}”")
            continue
        found.append(_row(table, at, cells, month_first))
    return tuple(found), tuple(remarks)


def _is_head(cells: Sequence[str], table: Table) -> bool:
    """A head that is printed again at the top of each page."""
    return list(cells) == list(table.rows[table.head.row])


def _row(table: Table, at: int, cells: Sequence[str], month_first: frozenset[int]) -> RosterRow:
    fields: dict[str, FieldValue] = {}
    problems: list[Problem] = []
    for place, column in table.head.columns.items():
        raw = cells[place] if place < len(cells) else ""
        parsed = _parse(column, raw, table.written)
        if place in month_first and parsed.value and parsed.confidence >= 1 and _either_way(raw):
            parsed = Parsed(parsed.value, 0.5, _MONTH_FIRST)
        source = f"{table.where}, row {at}, column {place + 1}"
        fields[column.name] = FieldValue(parsed.value, raw or None, parsed.confidence, source)
        if parsed.problem:
            problems.append(Problem(column.name, parsed.problem))
    return finish(RosterRow(at, fields, tuple(problems)), table.kind, table.written)


def finish(row: RosterRow, kind: Kind, written: date) -> RosterRow:
    """The row with its whole name parted, its notes read, and whether it can be worked with."""
    fields, problems = dict(row.fields), list(row.problems)
    _part_name(fields, problems)
    problems += _born(fields, written)
    if (notes := fields.get(_NOTES)) and notes.value:
        facts = derived.derive(notes.value, written)
        fields |= {n: f for n, f in facts.items() if n not in fields or not fields[n].value}
    flagged = {p.field for p in problems}
    lacking = [name for name in kind.must if not (fields.get(name) and fields[name].value)]
    problems += [Problem(name, f"There is {_SAY[name]}") for name in lacking if name not in flagged]
    usable = not lacking and _BORN not in flagged and not _unsure(fields, kind.must)
    return replace(row, fields=fields, problems=tuple(dict.fromkeys(problems)), usable=usable)


def _unsure(fields: Mapping[str, FieldValue], must: Sequence[str]) -> bool:
    """A name whose parts are a guess is still the name: the row is worked with, and told of with the guess."""
    return any(not (fields[name].sure or name in PARTED) for name in must if name in fields)


def _part_name(fields: dict[str, FieldValue], problems: list[Problem]) -> None:
    """A name in one cell: "Nunn, Isla" and "Isla NUNN" say which part is which; of "Isla Nunn" the last is taken."""
    whole = fields.pop("child.name", None)
    if whole is None or not whole.value:
        return
    forenames, surname, confidence = names.split(whole.value)
    if confidence == 0.75 and len(whole.value.split()) == 2:
        confidence = 0.85  # First name and surname, as nearly every list has them; a doubt on each row helps nobody.
    fields["child.surname"] = FieldValue(surname or None, whole.raw, confidence, whole.source)
    fields["child.forenames"] = FieldValue(forenames or None, whole.raw, confidence, whole.source)
    if confidence < 0.8:
        problems.append(Problem("child.surname", f"Which part of “{whole.value}” is the surname is a guess"))


def _born(fields: Mapping[str, FieldValue], written: date) -> Iterator[Problem]:
    found = fields.get(_BORN)
    if not found or not found.value or not found.sure:
        return
    born, on = date.fromisoformat(found.value), _day_of(fields, written)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if born > on:
        yield Problem(_BORN, f"The date of birth {found.raw} lies in the future")
    elif age > OLDEST:
        yield Problem(_BORN, f"By the date of birth {found.raw} the child would be {age} years old")


def _day_of(fields: Mapping[str, FieldValue], written: date) -> date:
    """The day of which the row tells: of an old list that is looked at again, not today."""
    told = [f.value[:10] for name in _DAYS if (f := fields.get(name)) and f.value and f.sure]
    return min([written, *(date.fromisoformat(day) for day in told)])


def _parse(column: Column, raw: str, written: date) -> Parsed:
    match column.type:
        case "birth" | "date" if _empty(raw):
            return BLANK
        case "birth":
            parsed = dates.parse(raw, written, birth=True)
            return _whole_date(raw, parsed) if parsed.problem or parsed.value else parsed
        case "date":
            return dates.parse(raw, written)
        case "moment":
            return moment(raw, written)
        case "name" | "whole-name":
            return names.parse(raw)
        case "upn":
            return upn.parse(raw)
        case "gender":
            return choice.parse(raw, "gender")
        case "year":
            return year_group.parse(raw)
        case "laestab":
            return laestab.parse(raw)
        case _:
            return Parsed(one_line(raw)) if raw.strip() else BLANK


def _empty(raw: str) -> bool:
    return not raw.strip(" -–./?")


def _whole_date(raw: str, parsed: Parsed) -> Parsed:
    """A date of birth has its year: "3 May" is none."""
    if parsed.problem or re.search(r"\d{4}|\d\W+\d{1,2}\W+\d{2}\b|['’]?\d{2}\s*$|\d{8}", raw):
        return parsed
    return Parsed(one_line(raw), 0.5, f"“{one_line(raw)}” is not a whole date of birth")


def _month_first(table: Table) -> frozenset[int]:
    """Columns of dates in the American order: some can be read in no other way, and none in ours alone."""
    return frozenset(p for p, c in table.head.columns.items() if c.type in ("birth", "date") and _american(table, p))


def _american(table: Table, place: int) -> bool:
    british = american = 0
    for row in table.rows[table.head.row + 1 :]:
        if place < len(row) and (found := _AMERICAN.match(row[place])):
            first, second = int(found[1]), int(found[2])
            british += first > 12 >= second
            american += second > 12 >= first
    return american > british


def _either_way(raw: str) -> bool:
    found = _AMERICAN.match(raw)
    return bool(found) and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]  # type: ignore[index]
