"""The two forms, filled in with the habits of schools; the readings lie in tests/golden."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.forms import read_document
from tests.forms.conftest import Check
from tests.forms.filled import BLANK_HUB, BLANK_MEMO, HUB, MEMO, NO_CARER
from tests.forms.generate import hub, memo

WRITTEN = date(2014, 11, 18)

CAPITALS = {
    **MEMO,
    "surname": "ŠIMKUTĖ",
    "first": "RASA",
    "sen": "No",
    "moved": "",
    "upn": "",
    "other": "LAST DAY IN SCHOOL FRIDAY 7 NOVEMBER.",
}
HALF = {
    **HUB,
    "upn": "",
    "others": "",
    "carers": (HUB["carers"][0], NO_CARER),
    "tried": (("", ""),) * 3,
    "risks": ("",) * 6,
}

CASES: dict[str, bytes] = {
    "memo_filled": memo(MEMO),
    "memo_address_in_paragraphs": memo(MEMO, paragraphs=True, sen="behind"),
    "memo_capitals": memo(CAPITALS),
    "memo_blank": memo(BLANK_MEMO),
    "hub_typed_over_the_dots": hub(HUB),
    "hub_dots_deleted": hub(HUB, fill="deleted", twins="table", ticks="✓"),
    "hub_tabs_lost": hub(HUB, fill="deleted", twins="blanks"),
    "hub_half_filled": hub(HALF, page_two=""),
    "hub_blank": hub(BLANK_HUB),
}


@pytest.mark.parametrize("name", CASES)
def test_reading(name: str, golden: Check) -> None:
    golden(f"form_{name}", read_document(CASES[name], "referral.docx", written=WRITTEN))


def test_every_way_of_filling_in_the_same_child_reads_the_same() -> None:
    ways: list[dict[str, Any]] = [
        {},
        {"fill": "deleted", "twins": "table", "ticks": "✓"},
        {"fill": "deleted", "twins": "blanks"},
    ]
    readings = [read_document(hub(HUB, **way), "a.docx", written=WRITTEN)[0] for way in ways]
    values = [{name: f.value for name, f in r.fields.items()} for r in readings]
    assert values[0] == values[1] == values[2]


def test_a_blank_form_claims_that_it_is_blank() -> None:
    for data in (memo(BLANK_MEMO), hub(BLANK_HUB)):
        (referral,) = read_document(data, "blank.docx", written=WRITTEN)
        assert referral.empty
        assert all(f.confidence == 1.0 for f in referral.fields.values())
