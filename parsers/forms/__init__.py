"""The council's referral forms: declared in TOML, recognised by what they say, read by one reader from any layout."""

from __future__ import annotations

from datetime import date

from parsers.documents import html, text
from parsers.documents.layout import Layout, Unreadable
from parsers.documents.sniff import layout
from parsers.forms.checks import finish
from parsers.forms.reader import find
from parsers.reading import Referral

__all__ = ["Unreadable", "read_body", "read_document"]

_MAIL = "mail text"


def read_document(data: bytes, name: str, *, written: date) -> tuple[Referral, ...]:
    """The filled forms in a file, by its bytes (the name is only quoted as evidence); an empty tuple where it holds
    none. Raises Unreadable, with a sentence for a clerk, where a person must look. `written` is the day of the mail:
    what is left out of a date is resolved against it, and what is implausible flagged."""
    return _read(layout(data), f"attachment {name}", written)


def read_body(plain: str, markup: str | None, *, written: date) -> tuple[Referral, ...]:
    """The filled forms in a mail's own text; an empty tuple where it holds none. HTML is read first, as it keeps the
    tables that the plain text has lost."""
    if markup and (found := _read(html.read(markup), _MAIL, written)):
        return found
    return _read(text.read(plain), _MAIL, written) if plain.strip() else ()


def _read(document: Layout, source: str, written: date) -> tuple[Referral, ...]:
    return tuple(finish(found, written) for found in find(document, source))
