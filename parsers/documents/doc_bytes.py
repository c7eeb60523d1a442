"""The bytes of older Office files: OLE files ([MS-CFB]) opened with suspicion, the streams of a Word document, and
numbers in them read within bounds."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import olefile

from parsers.documents.layout import LOCKED, Unreadable

DAMAGED = "The Word file is damaged and cannot be opened. Ask the sender to save it again and send it anew."
_OTHER = "This is no Word document but another Office file (.xls, .ppt, .msg). A person must look at it."
FAILURES = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, struct.error)
"""What olefile raises for a damaged file."""


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes that are asked for by place; Unreadable where there are none."""

    data: bytes

    def number(self, place: int, size: int, *, signed: bool = False) -> int:
        return int.from_bytes(self.cut(place, size), "little", signed=signed)

    def cut(self, place: int, size: int) -> bytes:
        if place < 0 or size < 0 or place + size > len(self.data):
            raise Unreadable(DAMAGED)
        return self.data[place : place + size]

    def numbers(self, place: int, count: int, size: int = 4) -> list[int]:
        raw = self.cut(place, count * size)
        return [int.from_bytes(raw[n : n + size], "little") for n in range(0, len(raw), size)]


def check(data: bytes, damaged: str) -> None:
    """Unreadable where the header of an OLE file names more sectors than there are: olefile would look for them."""
    if len(data) < 512:
        raise Unreadable(damaged)
    header = Block(data)
    sectors = len(data) // 512 + 1
    if header.number(0x2C, 4) > sectors or header.number(0x40, 4) > sectors or header.number(0x48, 4) > sectors:
        raise Unreadable(damaged)


@contextmanager
def ole(data: bytes, damaged: str = DAMAGED) -> Iterator[olefile.OleFileIO]:
    """The OLE file, open; Unreadable with the sentence `damaged` where it, or what is then read of it, is damaged."""
    check(data, damaged)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            yield opened
    except FAILURES as error:
        raise Unreadable(damaged) from error


def streams(data: bytes) -> dict[str, Block]:
    """The streams at the root that a Word document is made of, by name."""
    with ole(data) as opened:
        names = {entry[0] for entry in opened.listdir() if len(entry) == 1}
        if "EncryptedPackage" in names:
            raise Unreadable(LOCKED)
        if "WordDocument" not in names:
            raise Unreadable(_OTHER)
        wanted = names & {"WordDocument", "0Table", "1Table", "Data"}
        return {name: Block(opened.openstream(name).read()) for name in wanted}
