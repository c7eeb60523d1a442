"""Sheets of paper that were pictures, and which of them belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from parsers.documents.layout import Layout, layout_of
from parsers.documents.pdf_page import Page
from parsers.documents.pdf_parts import parts_of

PAGES = {"cme-referral": 1, "hub-referral": 2}
"""Pages of the forms that are known as pictures (see parsers/pictures/blanks)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that was a picture: the form and the page of the blank that it is ("" and 0: none that is known), what is
    on it, whether it is filled in by hand, and what the picture is called."""

    form: str
    number: int
    page: Page
    hand: bool = False
    source: str = ""


def documents(sheets: Iterable[Sheet]) -> list[tuple[Sheet, ...]]:
    """The sheets of each filled form, in the order of the blank. Schools photograph page by page, sometimes the last
    one first; the next form begins where another one comes, or a page that is there already."""
    found: list[list[Sheet]] = []
    for sheet in sheets:
        here = found[-1] if found else []
        if here and here[0].form == sheet.form and (not sheet.form or sheet.number not in {s.number for s in here}):
            here.append(sheet)
        else:
            found.append([sheet])
    return [tuple(sorted(sheets, key=lambda s: s.number)) for sheets in found]


def missing(sheets: tuple[Sheet, ...]) -> list[int]:
    """The pages of the blank that are not among them."""
    there = {sheet.number for sheet in sheets}
    return [n for n in range(1, PAGES.get(sheets[0].form, 0) + 1) if n not in there]


def layout(sheets: tuple[Sheet, ...]) -> Layout:
    """One document, its pages counted anew."""
    pages = [replace(sheet.page, number=number) for number, sheet in enumerate(sheets, 1)]
    return replace(layout_of(parts_of(pages)), seen=True, hand=any(s.hand for s in sheets))
