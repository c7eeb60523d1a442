"""A list that stands in the mail's own text, a line for each young person (policy 8.2: the police may just write it):
"1. Isla Nunn, born 3 May 2003, missing since 10/11/2014 23:40, returned 11/11/2014 07:30"."""

from __future__ import annotations

import re
from datetime import date

from parsers.reading import FieldValue, Problem, Roster, RosterRow
from parsers.rosters.definition import Kind
from parsers.rosters.moments import moment
from parsers.rosters.reader import kind_of_title
from parsers.rosters.rows import finish
from parsers.values import dates
from parsers.values.parsed import Parsed, one_line

_IN_TEXT = ("police",)
"""The kinds that come so."""
_WHERE = "the mail"
_ITEM = re.compile(r"^\s*(?:\(?\d{1,3}[.):]\s*|[-•*–]\s*)?(?P<rest>\S.*)$")
BORN = re.compile(r"[,;:(\s]*(?:\(?\s*(?:d\.?o\.?b\.?|date of birth|born(?: on)?|b\.)[:\s]*)", re.IGNORECASE)
_RETURNED = re.compile(r"\b(?:returned|return|found|located|back|came home|safe and well|home)\b", re.IGNORECASE)
_MISSING = re.compile(r"\b(?:missing|reported|went missing|last seen|since|mfh|mfc)\b", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:[ ,]+[^\W\d_][\w'’.-]*){1,4}")


def read_lines(text: str, subject: str, written: date) -> Roster | None:
    """The list in a mail's new text; None where it holds none. Its subject or first lines must say what it is."""
    kind = kind_of_title(f"{subject}\n{text[:1500]}", _IN_TEXT)
    if kind is None:
        return None
    items = ((n, item) for n, line in enumerate(text.splitlines(), 1) for item in line.split(";"))
    rows = [row for n, item in items if (row := _row(n, item, kind, written)) is not None]
    return Roster(kind.name, _WHERE, tuple(rows)) if rows else None


def _row(n: int, line: str, kind: Kind, written: date) -> RosterRow | None:
    """A line that begins with a name and has a date of birth after it."""
    item = _ITEM.match(line)
    text = item["rest"] if item else ""
    found = next(iter(dates.find(text, written, birth=True)), None)
    marked = BORN.search(text)
    if not marked and not found:
        return None
    cut = min(p for p in (marked.start() if marked else None, found.start if found else None) if p is not None)
    name = one_line(text[:cut].rstrip(" :").rpartition(":")[2]).strip(" ,;:-–(")  # "Missing this week: Isla Nunn, ..."
    if not NAME.fullmatch(name) or len(name) > 60:
        return None
    source = f"{_WHERE}, line {n}"
    fields = {"child.name": FieldValue(name, name, 1.0, source)}
    problems: list[Problem] = []
    after = text[cut:]
    born = dates.parse(after[: _first_word(after)], written, birth=True)
    _take(fields, problems, "child.date_of_birth", born, after[: _first_word(after)], source)
    for field, words in (("returned-at", _RETURNED), ("missing-since", _MISSING)):
        said = _said(after, words)
        if said:
            _take(fields, problems, field, moment(said, written), said, source)
    return finish(RosterRow(n, fields, tuple(problems)), kind, written)


def _first_word(after: str) -> int:
    """Where the next thing after the date of birth is said."""
    found = [m.start() for words in (_RETURNED, _MISSING) if (m := words.search(after))]
    return min(found, default=len(after))


def _said(after: str, words: re.Pattern[str]) -> str:
    """From the words to the next thing that is said; "" where no date is in it."""
    begin = words.search(after)
    if not begin:
        return ""
    other = _MISSING if words is _RETURNED else _RETURNED
    end = next((m.start() for m in other.finditer(after) if m.start() > begin.end()), len(after))
    said = after[begin.end() : end]
    return said.strip(" ,;.:") if re.search(r"\d", said) else ""


def _take(
    fields: dict[str, FieldValue], problems: list[Problem], name: str, parsed: Parsed, raw: str, source: str
) -> None:
    # What stands beside the date is the rest of the line, and no doubt.
    confidence = 1.0 if parsed.confidence == 0.9 and not parsed.problem else parsed.confidence
    fields[name] = FieldValue(parsed.value, one_line(raw), confidence, source)
    if parsed.problem:
        problems.append(Problem(name, parsed.problem))
