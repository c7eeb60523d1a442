"""Who wrote: exactly one mailbox, or nobody with authority."""

from __future__ import annotations

import pytest

from parsers.mail.addresses import sender


def address(*values: str) -> str | None:
    found = sender(list(values)).address
    return found.address if found else None


@pytest.mark.parametrize(
    "value",
    [
        "office@harebell.example",
        "<OFFICE@Harebell.Example>",
        "Pat Quill <office@harebell.example>",
        '"Quill, Pat" <office@harebell.example>',
        "=?utf-8?q?Zo=C3=AB_Quill?= <office@harebell.example>",
        "Pat\r\n Quill <office@harebell.example>",
        "Zoë Quill <office@harebell.example>",
    ],
)
def test_an_ordinary_from_gives_its_address_in_lower_case(value: str) -> None:
    assert address(value) == "office@harebell.example"


@pytest.mark.parametrize(
    "value",
    [
        "office@harebell.example, boss@council.example",
        "<@relay.example:boss@council.example>",
        "Team: boss@council.example;",
        "boss@council.example\x00@evil.example",
        "<boss@council.example> <x@evil.example>",
        "=?utf-8?b?Ym9zcw==?=@council.example",
        '"boss@council.example"@evil.example',
        "boss@council.example (comment) <x@evil.example",
        "boss @council.example",
        "boss@[192.0.2.1]",
        "bo\u0131s@council.example",
        "boss@council\uff0eexample",
        "boss@council.example <x@evil.example>",
        "",
    ],
)
def test_a_from_that_can_be_read_in_two_ways_gives_nobody(value: str) -> None:
    assert address(value) is None


def test_two_from_headers_give_nobody_and_are_counted() -> None:
    found = sender(["a@harebell.example", "b@harebell.example"])
    assert found.address is None
    assert found.count == 2
    assert sender(["a@harebell.example", ""]).address is None


def test_no_from_counts_none() -> None:
    assert sender([]).count == 0


def test_a_name_that_shows_another_address_is_remarked_and_never_taken() -> None:
    found = sender(['"boss@council.example" <x@evil.example>'])
    assert found.address and found.address.address == "x@evil.example"
    assert "another address" in found.remark


def test_the_name_is_decoded_for_display() -> None:
    found = sender(["=?utf-8?q?Zo=C3=AB_Quill?= <office@harebell.example>"])
    assert found.address and found.address.name == "Zoë Quill"
