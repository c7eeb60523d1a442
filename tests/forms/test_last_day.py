"""Retyped forms with a line for the last day at school, and labels that say in brackets how to fill them in."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.documents.layout import Cell, Part, layout_of
from parsers.forms.checks import finish
from parsers.forms.last_day import with_last_day
from parsers.forms.reader import find
from parsers.reading import Referral
from tests.forms.test_bodies import values

WRITTEN = date(2026, 11, 10)
ROWS = {
    "SURNAME*": "Tregenza", "First Name": "Isla", "DOB": "04/05/2013", "CURRENT ADDRESS": "8 Slipway, Banbury",
    "CURRENT/PREVIOUS SCHOOL": "Ridgeway Junior School", "PARENT'S NAME": "Mrs M Tregenza",
}  # fmt: skip


def table(rows: dict[str, str]) -> Referral:
    cells = [text for row in rows.items() for text in row]
    parts = [Part(text, cell=Cell(1, n // 2, n % 2), after="cell") for n, text in enumerate(cells)]
    document = layout_of(parts)
    (found,) = find(document, "")
    return with_last_day(finish(found, WRITTEN), document, "attachment form.docx", WRITTEN)


@pytest.mark.parametrize(
    "label", ["DATE LAST ATTENDED", "Date last attended school", "Last date of attendance:", "Date last in education"]
)
def test_a_line_for_the_last_day_is_read(label: str) -> None:
    read = table({**ROWS, label: "2 October 2026"})
    assert values(read)["attendance.last_day"] == "2026-10-02" and read.fields["attendance.last_day"].sure


@pytest.mark.parametrize(
    "row",
    [
        ("DATE LAST ATTENDED", ""),
        ("Date last attended", "Sister left 3 July 2026"),
        ("Date last seen by GP", "3 July 2026"),
        ("Date last attended", "Dated 10/11/26"),
    ],
)
def test_what_is_no_such_line_gives_no_sure_day(row: tuple[str, str]) -> None:
    field = table({**ROWS, row[0]: row[1]}).fields.get("attendance.last_day")
    assert field is None or not field.sure


def test_two_days_are_none() -> None:
    read = table({**ROWS, "Date last attended": "2 October 2026", "Last day of attendance": "9 October 2026"})
    assert "attendance.last_day" not in values(read)


@pytest.mark.parametrize(
    "hint",
    ["(include post code)", "(including postcode)", "(please give postcode)", "(full address)", "(block capitals)"],
)
def test_how_to_fill_in_a_box_is_no_value(hint: str) -> None:
    rows = {(f"{label} {hint}" if label == "CURRENT ADDRESS" else label): value for label, value in ROWS.items()}
    assert values(table(rows))["address.last_known"] == "8 Slipway, Banbury"
