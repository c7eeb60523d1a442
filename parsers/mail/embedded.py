"""Files that lie within a document of an office program (ISO/IEC 29500-2: parts under `embeddings`): an object that was
pasted in, a form kept in a letter. They are files of the mail like those of a zip file, within the same bounds."""

from __future__ import annotations

import mimetypes
import zipfile
import zlib
from collections.abc import Iterator

import olefile

from parsers.documents import package
from parsers.documents.doc_bytes import ole
from parsers.documents.layout import LOCKED, Unreadable
from parsers.mail.carried import FilePart, Room, file_name

MOST_BYTES = 40_000_000
"""Of one file in it."""

UNOPENED = "It lies inside another document and could not be opened. A person must look at it."
FULL = "It lies inside another document, which holds more than is unpacked of one mail. A person must look at it."
TOO_DEEP = "It lies too deep in other documents to be read. A person must look at it."

_PLACE = "/embeddings/"
_PACKAGE, _NATIVE, _WORD, _CONTENTS = "Package", "\x01Ole10Native", "WordDocument", "CONTENTS"
_HARMLESS = ("Equation Native",)
"""A formula is a picture of itself."""


def in_document(file: FilePart, room: Room) -> Iterator[FilePart]:
    """The files within a .docx, .xlsx or their like; one that cannot be had says why. The numbers behind a chart are
    none."""
    if not file.data.startswith(b"PK\x03\x04") or _PLACE.encode() not in file.data:
        return
    try:
        opened = package.open_package(file.data)
        inside = [info for info in opened.infolist() if _PLACE in info.filename and not info.is_dir()]
        charts = _charts(opened) if inside else b""
    except Unreadable:
        return  # Why it cannot be opened is the reader's to say.
    for info in inside:
        if info.filename.rpartition("/")[2].encode() not in charts:
            yield from _named(file, _found(opened, info, room))


def _charts(opened: zipfile.ZipFile) -> bytes:
    """What the charts of a document point to."""
    related = [name for name in opened.namelist() if "/charts/_rels/" in name][:100]
    return b"".join(package.part(opened, name) for name in related)


def _found(opened: zipfile.ZipFile, info: zipfile.ZipInfo, room: Room) -> FilePart | None:
    """The file; None for what is no file of anybody's."""
    name = file_name(info.filename, "")
    if info.flag_bits & 0x1:
        return FilePart(name, "", b"", LOCKED)
    if package.swells(info, MOST_BYTES) or not room.take(info.file_size):
        return FilePart(name, "", b"", FULL)
    try:
        with opened.open(info) as stream:
            data = stream.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError, NotImplementedError):
        return FilePart(name, "", b"", UNOPENED)
    return _of_object(name, data) if data.startswith(olefile.MAGIC) else FilePart(name, "", data)


def _of_object(name: str, data: bytes) -> FilePart | None:
    """What an OLE object holds ([MS-OLEDS]): a package, a file with its name, a Word file of the older kind, a PDF."""
    try:
        with ole(data, UNOPENED) as opened:
            if any(opened.exists(stream) for stream in _HARMLESS):
                return None
            if opened.exists(_WORD):
                return FilePart(name.replace(".bin", ".doc"), "", data)
            for stream in (_PACKAGE, _CONTENTS):
                if opened.exists(stream):
                    return FilePart(name, "", opened.openstream(stream).read(MOST_BYTES))
            if opened.exists(_NATIVE):
                return _native(name, opened.openstream(_NATIVE).read(MOST_BYTES))
    except (Unreadable, OSError, ValueError, IndexError):
        return FilePart(name, "", b"", UNOPENED)
    return FilePart(name, "", b"", UNOPENED)


def _native(name: str, data: bytes) -> FilePart:
    """[MS-OLEDS] 2.3.6, as the Packager of Windows fills it: two bytes, label, path, four bytes, the path of a copy
    with its length, the content with its length."""
    label, _, rest = data[6:].partition(b"\0")
    _, _, rest = rest.partition(b"\0")
    rest = rest[4:]
    copy = int.from_bytes(rest[:4], "little")
    rest = rest[4 + copy :]
    size = int.from_bytes(rest[:4], "little")
    content = rest[4 : 4 + size]
    if not size or len(content) < size:
        return FilePart(name, "", b"", UNOPENED)
    return FilePart(file_name(label.decode("cp1252", "replace"), ""), "", content)


def _named(outer: FilePart, inner: FilePart | None) -> Iterator[FilePart]:
    if inner is not None:
        kind = inner.content_type or mimetypes.guess_type(inner.name)[0] or "application/octet-stream"
        yield FilePart(f"{outer.name}, in it {inner.name}", kind, inner.data, inner.trouble)
