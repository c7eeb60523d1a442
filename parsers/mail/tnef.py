"""winmail.dat: what Outlook makes of a mail for Exchange alone ([MS-OXTNEF]): attributes one after the other, each with
a level, a name, a length and a sum."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from parsers.documents.layout import Unreadable
from parsers.mail.carried import Room, WalkedMail
from parsers.mail.mapi import ATTACHED, BODY, DISPLAY, Kept, Value, mail_of

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_ATTRIBUTES = 5_000
MOST_PROPERTIES = 2_000

_RENDERED, _DATA, _TITLE, _PROPERTIES, _FILE_PROPERTIES, _TEXT = 0x9002, 0x800F, 0x8010, 0x9003, 0x9005, 0x800C
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x0B: 4, 0x0A: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_LONG = (0x1E, 0x1F, 0x0D, 0x102)
_CUT = "The winmail.dat of the mail is damaged. Ask the sender to send the file itself, or a PDF."
_FULL = "The winmail.dat holds more than is unpacked of one mail; the rest was left in it."


def mail(data: bytes, room: Room) -> WalkedMail:
    """What lies in a winmail.dat, as a mail; Unreadable where it is damaged."""
    kept = Kept({})
    own: dict[int, Value] = {}
    for name, value in _attributes(data):
        if name == _RENDERED:
            kept.files.append({})
        elif name == _PROPERTIES:
            own |= _properties(value)
        elif name == _TEXT:
            own.setdefault(BODY, value.rstrip(b"\0"))
        elif name in (_DATA, _TITLE, _FILE_PROPERTIES):
            if not kept.files:
                kept.files.append({})
            if name == _DATA and not room.take(len(value)):
                kept.remarks.append(_FULL)
                break
            kept.files[-1] = {**kept.files[-1], **_of_file(name, value)}
    kept.own = own
    return mail_of(kept)


def _of_file(name: int, value: bytes) -> dict[int, Value]:
    if name == _DATA:
        return {ATTACHED: value}
    return {DISPLAY: value.rstrip(b"\0")} if name == _TITLE else _properties(value)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(name, value) of each attribute, the kind of value left out of its name."""
    at = 6
    for _ in range(MOST_ATTRIBUTES):
        if at + 9 > len(data):
            return
        _, name, _, size = struct.unpack_from("<BHHI", data, at)
        if at + 9 + size + 2 > len(data):
            raise Unreadable(_CUT)
        yield name, data[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _properties(data: bytes) -> dict[int, Value]:
    """The MAPI properties in an attribute (2.1.3.4), those of no fixed length alone."""
    found: dict[int, Value] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, MOST_PROPERTIES)):
            kind, tag = struct.unpack_from("<HH", data, at)
            at = _named(data, at + 4) if tag >= 0x8000 else at + 4
            values, at = _values(data, at, kind)
            if values:
                found[tag] = values[0].decode("utf-16-le", "replace").rstrip("\0") if kind == 0x1F else values[0]
    except struct.error:
        # Cut short, or a kind that is not known: what stood before it holds.
        return found
    return found


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """The values of a property, and where the next one begins."""
    several, kind = kind & 0x1000, kind & 0xFFF
    count = 1
    if several or kind in _LONG:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    values: list[bytes] = []
    for _ in range(min(count, MOST_PROPERTIES)):
        if kind in _LONG:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
            values.append(data[at : at + size])
            at += size + -size % 4
        elif kind in _FIXED:
            at += _FIXED[kind]
        else:
            raise struct.error(kind)
    return values, at


def _named(data: bytes, at: int) -> int:
    """After the name of a named property: a GUID, then a number or a text."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (size,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + int(size) + -int(size) % 4
