"""Mails as Outlook saves them (.msg, [MS-OXMSG]): an OLE file with a stream for each property."""

from __future__ import annotations

import re
from collections.abc import Sequence

import olefile

from parsers.documents.doc_bytes import ole
from parsers.mail.carried import MAX_NESTED, Room, WalkedMail
from parsers.mail.mapi import ATTACHED, Kept, Value, mail_of

_DAMAGED = "The Outlook mail (.msg) is damaged and cannot be opened. Ask the sender to forward the mail itself."
_PROPERTY = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})")
_FILE = re.compile(r"__attach_version1\.0_#[0-9A-F]{8}")
_PROPERTIES = "__properties_version1.0"
_INNER = f"__substg1.0_{ATTACHED:04X}000D"
"""A mail within is a storage, not a stream."""

_FULL = "The Outlook mail holds more than is unpacked of one mail; the rest was left in it."

Place = tuple[str, ...]


def is_msg(data: bytes) -> bool:
    return data.startswith(olefile.MAGIC) and _PROPERTIES.encode("utf-16-le") in data


def mail(data: bytes, room: Room, depth: int) -> WalkedMail:
    """The mail in a .msg; Unreadable where it is damaged."""
    with ole(data, _DAMAGED) as opened:
        return mail_of(_Reader(opened, room).kept((), depth))


class _Reader:
    def __init__(self, opened: olefile.OleFileIO, room: Room) -> None:
        self._opened, self._room = opened, room
        self._below: dict[Place, list[Place]] = {}
        for entry in opened.listdir(streams=True, storages=True)[:20_000]:
            self._below.setdefault(tuple(entry[:-1]), []).append(tuple(entry))

    def kept(self, at: Place, depth: int) -> Kept:
        """The mail that is kept at a storage."""
        kept = Kept(self._properties(at))
        for place in self._within(at):
            if not _FILE.fullmatch(place[-1]):
                continue
            inner = (*place, _INNER)
            if inner in self._below:
                if depth < MAX_NESTED:
                    kept.mails.append(mail_of(self.kept(inner, depth + 1)))
                continue
            if not self._room.take(self._size((*place, f"__substg1.0_{ATTACHED:04X}0102"))):
                kept.remarks.append(_FULL)
                break
            kept.files.append(self._properties(place))
        return kept

    def _within(self, at: Place) -> Sequence[Place]:
        return self._below.get(at, ())

    def _size(self, place: Place) -> int:
        return int(self._opened.get_size(list(place))) if place in self._below.get(place[:-1], ()) else 0

    def _properties(self, at: Place) -> dict[int, Value]:
        found: dict[int, Value] = {}
        for place in self._within(at):
            named = _PROPERTY.fullmatch(place[-1].upper().replace("__SUBSTG1", "__substg1"))
            if named is None or named[2] not in ("001F", "001E", "0102"):
                continue
            raw = self._opened.openstream(list(place)).read()
            kind = named[2]
            value = raw.decode("utf-16-le", "replace") if kind == "001F" else raw.decode("cp1252", "replace")
            found[int(named[1], 16)] = raw if kind == "0102" else value.rstrip("\0")
        return found
