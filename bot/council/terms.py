"""The council's and the schools' own term dates and INSET days: terms.csv in the directory, where there is one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from bot.council.directory import Directory
from bot.council.directory_rows import BadDirectory
from rules.calendar import Terms

FILE = "terms.csv"
COLUMNS = ("school", "kind", "first", "last")
_LONGEST = timedelta(days=120)
"""No half term lasts so long: an end without its half term in between, or a year mistyped."""


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    school: str
    kind: str
    first: date
    last: date


def load_terms(folder: Path, directory: Directory) -> dict[str, Terms]:
    """By LAESTAB, "" for all schools. `kind` is `term` (first and last day with pupils, half terms apart) or `inset`
    (`last` may be left out). Raises BadDirectory."""
    path = folder / FILE
    rows = list(_rows(path, directory)) if path.is_file() else []
    return {school: _terms([row for row in rows if row.school == school]) for school in {row.school for row in rows}}


def _terms(rows: list[_Row]) -> Terms:
    terms = sorted((row for row in rows if row.kind == "term"), key=lambda row: row.first)
    for one, other in pairwise(terms):
        if other.first <= one.last:
            raise BadDirectory(f"{other.where}: this term begins before the last one ends ({one.last.isoformat()})")
    inset = {
        row.first + timedelta(n) for row in rows if row.kind == "inset" for n in range((row.last - row.first).days + 1)
    }
    return Terms(tuple((row.first, row.last) for row in terms), frozenset(inset))


def _rows(path: Path, directory: Directory) -> Iterator[_Row]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise BadDirectory(f"{path}, line 1: the column {missing[0]!r} is missing")
        for row in reader:
            yield _row(
                {name: (row.get(name) or "").strip() for name in COLUMNS}, f"{path}, line {reader.line_num}", directory
            )


def _row(row: dict[str, str], where: str, directory: Directory) -> _Row:
    if row["kind"] not in ("term", "inset"):
        raise BadDirectory(f"{where}: the kind is {row['kind']!r}: write term or inset")
    school = directory.school(row["school"]) if row["school"] else None
    if row["school"] and school is None:
        raise BadDirectory(
            f"{where}: {row['school']!r} is no school of schools.csv: write its LAESTAB as it stands there"
        )
    first = _date(row["first"], where)
    last = _date(row["last"], where) if row["last"] or row["kind"] == "term" else first
    if not first <= last <= first + _LONGEST:
        raise BadDirectory(
            f"{where}: from {first.isoformat()} to {last.isoformat()} is no {row['kind']}: check both dates"
        )
    return _Row(where, school.laestab if school else "", row["kind"], first, last)


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDirectory(f"{where}: {text!r} is no date: write it as 2026-09-02") from None
