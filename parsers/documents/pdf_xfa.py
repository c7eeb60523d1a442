"""XFA forms beside the fields of a PDF (Adobe XFA 3.3, 3.1): what their data set holds. An old Reader shows that, other
programs the fields; where both hold something, it must be the same."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

import pypdfium2.raw as raw

from parsers.documents import package
from parsers.documents.layout import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST = 2_000_000
DEEP = 30
_DATA = "{http://www.xfa.org/schema/xfa-data/1.0/}data"
_TWO_ANSWERS = "The PDF holds two different answers in one box (“{}” and “{}”). A person must look at it."
_NUMBER = re.compile(r"\[\d+\]$")
_ON = frozenset(("1", "yes", "on", "true", "x"))

Path = tuple[str, ...]


def values(document: raw.FPDF_DOCUMENT) -> dict[Path, list[str]]:
    """The texts of the data set, by the names on the way to each; several where a name comes again."""
    for number in range(min(raw.FPDF_GetXFAPacketCount(document), 50)):
        if _bytes(raw.FPDF_GetXFAPacketName, document, number).rstrip(b"\0") == b"datasets":
            return _texts(_bytes(raw.FPDF_GetXFAPacketContent, document, number))
    return {}


def _bytes(call: object, document: raw.FPDF_DOCUMENT, number: int) -> bytes:
    content = call is raw.FPDF_GetXFAPacketContent
    size = ctypes.c_ulong()
    if content:
        raw.FPDF_GetXFAPacketContent(document, number, None, 0, size)
    else:
        size.value = raw.FPDF_GetXFAPacketName(document, number, None, 0)
    if not 0 < size.value <= MOST:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    if content:
        raw.FPDF_GetXFAPacketContent(document, number, buffer, size.value, size)
    else:
        raw.FPDF_GetXFAPacketName(document, number, buffer, size.value)
    return buffer.raw


def _texts(data: bytes) -> dict[Path, list[str]]:
    found: dict[Path, list[str]] = {}
    below: list[tuple[Path, Element]] = [((), held) for held in package.xml(data).iter(_DATA)]
    while below:
        path, element = below.pop()
        if not len(element) and (text := (element.text or "").strip()):
            found.setdefault(path, []).append(text)
        if len(path) < DEEP:
            below += [((*path, str(child.tag).rpartition("}")[2]), child) for child in reversed(element)]
    return found


def value(data: dict[Path, list[str]], name: str) -> str:
    """What the data set holds for a field, by its full name (`form1[0].#subform[0].Surname[0]`)."""
    steps = [step for step in name.split(".") if not step.startswith("#")]
    place = _NUMBER.search(steps[-1]) if steps else None
    number = int(place[0][1:-1]) if place and len(place[0]) < 8 else 0
    held = data.get(tuple(_NUMBER.sub("", step) for step in steps), [])
    return held[number] if number < len(held) else ""


def agreed(field: str, data: str) -> str:
    """The one value of a text field."""
    if field.strip() and data and "".join(field.split()) != "".join(data.split()):
        raise Unreadable(_TWO_ANSWERS.format(field[:40], data[:40]))
    return field if field.strip() else data


def is_on(data: str) -> bool:
    return data.lower() in _ON
