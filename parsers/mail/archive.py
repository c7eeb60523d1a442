"""Zip files of forms. Nothing is written to disk, names are only shown, and what unpacks to far more than it is stays
unopened."""

from __future__ import annotations

import mimetypes
import zipfile
import zlib
from collections.abc import Iterator

from parsers.documents import package
from parsers.documents.layout import LOCKED, Unreadable
from parsers.mail.carried import FilePart, Room, file_name

MOST_BYTES = 40_000_000
"""Of one file in it."""

_OFFICE = (b"[Content_Types].xml", b"word/", b"xl/")
"""With such a name an office program's package begins, at byte 30 (APPNOTE.TXT 4.3.7), or holds it."""
_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_FULL = "The zip file holds more than is unpacked of one mail, so this was left in it. A person must look at it."
_BOMB = "It unpacks to far more than it is, so it was not unpacked. A person must look at it."
_DAMAGED = "It is damaged in the zip file that holds it. Ask the sender to send it again."


def is_archive(data: bytes) -> bool:
    """A zip file that is no document of an office program."""
    if not data.startswith(b"PK\x03\x04") or data[30:].startswith(_OFFICE):
        return False
    try:
        names = package.open_package(data).namelist()
    except Unreadable:
        return False
    return not any(n == "[Content_Types].xml" or n == "content.xml" or n.startswith(("word/", "xl/")) for n in names)


def files(data: bytes, room: Room) -> Iterator[FilePart]:
    """The files of an archive; those that cannot be had say why."""
    opened = package.open_package(data)
    for info in opened.infolist():
        low = info.filename.lower()
        if info.is_dir() or any(low == junk or low.endswith("/" + junk) or junk in low[:9] for junk in _JUNK):
            continue
        kind = mimetypes.guess_type(info.filename)[0] or "application/octet-stream"
        name = file_name(info.filename, kind)
        trouble = _trouble(info, room)
        content = b"" if trouble else _content(opened, info)
        if content is None:
            trouble, content = _DAMAGED, b""
        yield FilePart(name, kind, content, trouble)
        if trouble == _FULL:
            return


def _trouble(info: zipfile.ZipInfo, room: Room) -> str:
    if info.flag_bits & 0x1:
        return LOCKED
    if package.swells(info, MOST_BYTES):
        return _BOMB
    return "" if room.take(info.file_size) else _FULL


def _content(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """No more bytes than the directory says; None where it is damaged."""
    try:
        with opened.open(info) as stream:
            return stream.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError, NotImplementedError):
        return None
