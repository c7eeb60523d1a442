"""Addresses and schools in running text."""

from __future__ import annotations

import pytest

from parsers.answers.places import find_addresses, find_schools, laestab


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("she is at 4 mallow close bicester ox26 9zz now", "4 mallow close bicester ox26 9zz"),
        ("Flat 3, 12 The Green, Thame, OX9 9ZZ. She is well.", "Flat 3, 12 The Green, Thame, OX9 9ZZ"),
        ("moved to Mill Lane, Witney", "Mill Lane, Witney"),
        ("the mother is at 5 Tannery Road", "5 Tannery Road"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert [text[p.start : p.end] for p in find_addresses(text)] == [address]


@pytest.mark.parametrize(
    "text", ["3 children close by", "2 days before", "12 October he was at the park", "1 card left"]
)
def test_no_address(text: str) -> None:
    assert find_addresses(text) == []


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("now at St Frideswide's C of E Primary", "St Frideswide's C of E Primary"),
        ("on roll at our lady of the elms catholic primary since oct", "our lady of the elms catholic primary"),
        ("Possibly Fernbank Academy", "Fernbank Academy"),
        ("he is at The Beeches Free School", "The Beeches Free School"),
        ("stop chasing Foxhill Academy", "Foxhill Academy"),
    ],
)
def test_a_school(text: str, school: str) -> None:
    assert [text[p.start : p.end] for p in find_schools(text)] == [school]


@pytest.mark.parametrize(
    "text", ["at another school", "not on roll at any other school", "out of school", "wrong school", "School Road"]
)
def test_no_school(text: str) -> None:
    assert find_schools(text) == []


def test_a_schools_number_however_written() -> None:
    assert {laestab(n) for n in ("9314555", "931/4555", "931-4555", "DfE 931 4555")} == {"931/4555"}
