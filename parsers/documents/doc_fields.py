"""Form fields of older Word documents, as they lie in the stream Data (NilPICFAndBinData, FFData: [MS-DOC] 2.9.78)."""

from __future__ import annotations

from parsers.documents.doc_bytes import Block
from parsers.documents.field import Field

_CHECK_BOX, _DROP_DOWN = 1, 2
_MOST_ENTRIES = 50


def form_field(data: Block, place: int, field: Field) -> None:
    """Reads into `field` what the form field at that place holds."""
    at = place + data.number(place + 4, 2)
    if data.number(at, 4) != 0xFFFFFFFF:
        return
    bits = data.number(at + 4, 2)
    field.kind, field.result = bits & 3, bits >> 2 & 31
    if field.kind not in (_CHECK_BOX, _DROP_DOWN):
        return
    at = _after_text(data, at + 10)
    field.default = data.number(at, 2)
    if field.kind == _DROP_DOWN:
        at += 2
        for _ in ("format", "help", "status", "on entry", "on leaving"):
            at = _after_text(data, at)
        field.entries = _entries(data, at)


def _after_text(data: Block, at: int) -> int:
    """Xstz: a count, so many characters of two bytes, a zero."""
    return at + 2 + 2 * data.number(at, 2) + 2


def _entries(data: Block, at: int) -> list[str]:
    """Sttb with characters of two bytes and nothing beside them."""
    if data.number(at, 2) != 0xFFFF:
        return []
    entries = []
    count, at = data.number(at + 2, 2), at + 6
    for _ in range(min(count, _MOST_ENTRIES)):
        length = data.number(at, 2)
        entries.append(data.cut(at + 2, 2 * length).decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return entries
