"""The council's referral forms: declared in TOML, recognised by what they say, read by one reader from any layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from parsers.documents import html, pictured, sheet, text
from parsers.documents.layout import Box, Layout, Unreadable
from parsers.documents.pictured import is_picture, laid_flat, pasted_sheets
from parsers.documents.sheet import Sheet
from parsers.documents.sniff import check_size, layout
from parsers.forms.checks import finish
from parsers.forms.last_day import with_last_day
from parsers.forms.reader import find
from parsers.reading import Problem, Referral

__all__ = [
    "FlatPage", "Place", "Sheet", "Unreadable", "Written", "flat_pages", "is_picture", "pasted_sheets", "places",
    "read_body", "read_document", "read_sheets", "read_written", "sheets", "words",
]  # fmt: skip

_MAIL = "mail text"


def read_document(data: bytes, name: str, *, written: date) -> tuple[Referral, ...]:
    """The filled forms in a file, by its bytes (the name is only quoted as evidence); an empty tuple where it holds
    none. Raises Unreadable, with a sentence for a clerk, where a person must look. `written` is the day of the mail:
    what is left out of a date is resolved against it, and what is implausible flagged."""
    found = sheets(data, name)
    if found is None:
        if forms := read_written(data, name, written=written).forms:
            return forms
        found = pasted_sheets(data, name)
    return read_sheets(found, written=written)


@dataclass(frozen=True, slots=True)
class Written:
    """What a document holds: its filled forms, and its words where there is no form in it (a line a part)."""

    forms: tuple[Referral, ...] = ()
    words: str = ""


def read_written(data: bytes, name: str, *, written: date) -> Written:
    """The same, for a document of which `sheets` has said that it is no picture."""
    document = layout(data)
    found = _read(document, f"attachment {name}", written)
    return Written(found) if found else Written(words=document.text())


def words(pages: Iterable[Sheet]) -> str:
    """What stands on those of the pages that are of no form, as far as it was recognised."""
    return "\n\n".join(sheet.layout((page,)).text() for page in pages if not page.form)


def sheets(data: bytes, name: str, page: Callable[[], None] = lambda: None) -> tuple[Sheet, ...] | None:
    """The pages of a document that is a picture (a scan, a fax, a photograph); None where it is none. `page` is called
    after each. Raises Unreadable as `read_document` does."""
    check_size(data)
    return pictured.sheets(data, name, page)


def read_sheets(pages: Iterable[Sheet], *, written: date) -> tuple[Referral, ...]:
    """The filled forms on some sheets, from one picture or from several: page by page is how they are photographed."""
    return tuple(
        _with_missing(referral, together)
        for together in sheet.documents(pages)
        for referral in _read(sheet.layout(together), _source(together), written)
    )


def _with_missing(referral: Referral, pages: tuple[Sheet, ...]) -> Referral:
    """A page that was not photographed is asked for."""
    missing = sheet.missing(pages)
    if not missing:
        return referral
    numbers = " and ".join(map(str, missing))
    asked = Problem("", f"Page {numbers} of the form is missing: ask the sender for it")
    return replace(referral, problems=(*referral.problems, asked))


def _source(pages: Iterable[Sheet]) -> str:
    return "attachment " + ", ".join(dict.fromkeys(page.source for page in pages))


def read_body(plain: str, markup: str | None, *, written: date) -> tuple[Referral, ...]:
    """The filled forms in a mail's own text; an empty tuple where it holds none. HTML is read first, as it keeps the
    tables that the plain text has lost."""
    if markup and (found := _read(html.read(markup), _MAIL, written)):
        return found
    return _read(text.read(plain), _MAIL, written) if plain.strip() else ()


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a form, where on its page it stands, and whether it is sure."""

    field: str
    box: Box
    sure: bool


def places(data: bytes, *, written: date) -> tuple[Place, ...]:
    """Where the values of a document's forms stand; an empty tuple for one that has no pages, no form, or cannot be
    read, and for a scan, though a scanner laid words over it (see flat_pages)."""
    if pictured.is_scan(data):
        return ()
    try:
        return _places(layout(data), written)
    except Unreadable:
        return ()


@dataclass(frozen=True, slots=True)
class FlatPage:
    """A page that was a picture, laid flat: grey pixels, how many of them to a point, and the values on it."""

    picture: Any
    dots: float
    places: tuple[Place, ...]


def flat_pages(data: bytes, *, written: date) -> tuple[FlatPage, ...]:
    """The pages of the forms in a picture, a scan, or a document that shows one; empty for what has none, or cannot be
    read."""
    try:
        flat = [(replace(s, source=str(n)), picture, dots) for n, (s, picture, dots) in enumerate(laid_flat(data))]
    except Unreadable:
        return ()
    found: list[FlatPage] = []
    for together in sheet.documents(s for s, _, _ in flat):
        placed = _places(sheet.layout(together), written)
        for number, one in enumerate(together if placed else (), 1):
            _, picture, dots = flat[int(one.source)]
            found.append(FlatPage(picture, dots, tuple(p for p in placed if p.box.page == number)))
    return tuple(found)


def _places(document: Layout, written: date) -> tuple[Place, ...]:
    found = find(document, "")
    placed: list[Place] = []
    for form in found:
        referral = finish(form, written)
        flagged = {p.field for p in referral.problems}
        for name, value in referral.fields.items():
            seen = form.seen.get(name)
            if value.value and seen:
                placed += [Place(name, box, value.sure and name not in flagged) for box in seen.boxes]
    return tuple(placed)


def _read(document: Layout, source: str, written: date) -> tuple[Referral, ...]:
    made = tuple(finish(found, written) for found in find(document, source))
    return (with_last_day(made[0], document, source, written),) if len(made) == 1 else made
