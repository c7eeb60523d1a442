"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) by python-calamine: values alone, no formula is worked out, no macro
run, nothing fetched."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import olefile
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from parsers.documents import package
from parsers.documents.doc_bytes import ole
from parsers.documents.layout import LOCKED, Unreadable
from parsers.rosters.delimited import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

MOST_SHEETS = 30
MOST_BYTES = 60_000_000
"""Of the whole package unpacked: twenty thousand rows of thirty columns are about 40 MB of XML."""

_BEGINNING, _FIRST_RECORDS = 4096, 20
"""Octets and records of an .xls among which a password is looked for; it stands right after the first record or two."""
_BOF, _EOF, _FILE_PASS = 0x0809, 0x000A, 0x002F

_DAMAGED = "The spreadsheet is damaged and cannot be opened. Save it again and send it anew."
_BOMB = "The spreadsheet unpacks to far more than a list holds, so it was not opened. A person must look at it."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its cells as text, row by row. Dates are ISO 8601."""

    name: str
    rows: list[list[str]]


def read_workbook(data: bytes) -> list[Sheet]:
    """Every sheet that holds something. Raises Unreadable."""
    if data.startswith(b"PK"):
        _weigh(package.open_package(data))
    elif _needs_password(data):
        raise Unreadable(LOCKED)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MOST_SHEETS]
        sheets = [Sheet(name, list(_cells(book, name))) for name in names]
    except PasswordError as locked:
        raise Unreadable(LOCKED) from locked
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as damage:
        raise Unreadable(LOCKED if "assword" in str(damage) else _DAMAGED) from damage
    return [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]


def _needs_password(data: bytes) -> bool:
    """An encrypted workbook is an OLE file around one stream ([MS-OFFCRYPTO] 2.3.2); an old one says so itself."""
    if not data.startswith(olefile.MAGIC):
        return False
    with ole(data, _DAMAGED) as opened:
        old = next((name for name in ("Workbook", "Book") if opened.exists(name)), None)
        start = opened.openstream(old).read(_BEGINNING) if old else b""
        return bool(opened.exists("EncryptedPackage")) or _has_filepass(start)


def _has_filepass(start: bytes) -> bool:
    """Whether FilePass is among the first records of an .xls ([MS-XLS] 2.4.117): what follows it is scrambled. Each
    record has its kind and its size before it (2.1.4); the first is BOF."""
    at = 0
    for number in range(_FIRST_RECORDS):
        if at + 4 > len(start):
            return False
        kind, size = struct.unpack_from("<HH", start, at)
        at += 4 + size
        if kind == _FILE_PASS:
            return number > 0 and at <= len(start)
        if (kind == _BOF) != (number == 0) or kind == _EOF:
            return False
    return False


def _weigh(book: zipfile.ZipFile) -> None:
    for info in book.infolist():
        if package.swells(info, MOST_BYTES):
            raise Unreadable(_BOMB)
    if sum(info.file_size for info in book.infolist()) > 2 * MOST_BYTES:
        raise Unreadable(_BOMB)


def _cells(book: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise Unreadable(f"The sheet {name} is larger than {MOST_ROWS:,} rows. Send the list in parts.")
    for row in sheet.to_python(skip_empty_area=False):
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    match cell:
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case float() if cell.is_integer():
            return str(int(cell))
        case bool():
            return "yes" if cell else "no"
        case _:
            return str(cell).strip()[:LONGEST_CELL]
