"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) by python-calamine: values alone, no formula is worked out, no macro
run, nothing fetched."""

from __future__ import annotations

import io
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
    """An encrypted workbook is an OLE file around one stream ([MS-OFFCRYPTO] 2.3.2)."""
    if not data.startswith(olefile.MAGIC):
        return False
    with ole(data, _DAMAGED) as opened:
        return bool(opened.exists("EncryptedPackage"))


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
