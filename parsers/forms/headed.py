"""Columns headed by what they are about (Parent 1 | Parent 2) beside one column of labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.documents.layout import Part
from parsers.forms.definition import Form, letters

Row = list[list[Part]]


def sections(row: Row, form: Form) -> dict[str, int]:
    """For a row of headings of twin sections: the place of each; otherwise nothing."""
    if len(row) < 3:
        return {}  # A column of labels, and two that are headed.
    twins = {name for pair in form.twins for name in pair}
    if any(t.name for t in form.labels.get(letters(" ".join(p.text for p in row[0])), ())):
        return {}  # "Relationship to pupil | Mother | Relationship to pupil | Father" is no row of headings.
    found: dict[str, int] = {}
    for place, piece in enumerate(row):
        for target in form.labels.get(letters(" ".join(p.text for p in piece)), ()):
            if not target.name and target.section in twins and place:
                found.setdefault(target.section, place)
    return found if len(found) > 1 and len(set(found.values())) == len(found) else {}


def below(rows: Sequence[Row], start: int) -> int:
    """After the last row of the table whose heading row is at `start`."""
    cell = rows[start][0][0].cell
    end = start + 1
    while cell and end < len(rows) and (other := rows[end][0][0].cell) and other.table == cell.table:
        end += 1
    return end


def unfolded(rows: Sequence[Row], heads: dict[str, int]) -> list[Part]:
    """The heading and, line by line, label and value of the one column, then those of the next."""
    parts: list[Part] = []
    for place in heads.values():
        for number, row in enumerate(rows):
            value = row[place] if place < len(row) else []
            label = [] if number == 0 else row[0]
            for n, part in enumerate([*label, *value]):
                parts.append(replace(part, cell=None, after="gap" if n and n == len(label) else "line"))
    return parts
