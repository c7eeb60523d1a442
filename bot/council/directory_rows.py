"""The rows of a file of the directory, as a council's spreadsheet wrote them: what is no row, no address or half a
file is told with its line, before anybody is written to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path


class BadDirectory(ValueError):
    """A file of the directory that cannot be used; the message names file, line and mend."""


_ADDRESS = re.compile(r"[^\s@,;:<>()\"\[\]\\]+@[^\s@,;:<>()\"\[\]\\.]+(?:\.[^\s@,;:<>()\"\[\]\\.]+)+")


def rows_of(path: Path, columns: Sequence[str], *, address: str = "", needed: bool = True) -> Iterator[dict[str, str]]:
    """Each row by the names of `columns`. `address`: the column that holds the one address of the row, in lower case
    then; `needed`: no row may lack it. Raises BadDirectory."""
    text = _text(path)
    with io.StringIO(text, newline="") as file:
        reader = csv.DictReader(file)
        named = tuple(reader.fieldnames or ())
        missing = [name for name in columns if name not in named]
        if missing:
            raise BadDirectory(
                f"{path}, line 1: the column {missing[0]!r} is missing (found: {', '.join(named) or 'nothing'})"
            )
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            _whole(row, named, where, ended=reader.line_num < text.count("\n") or text.endswith(("\n", "\r")))
            values = {name: (row.get(name) or "").strip() for name in columns}
            if address:
                values[address] = _one_address(values[address], where, needed=needed)
            yield values


def unended(path: Path) -> bool:
    """Whether the last line of the file has no end: a spreadsheet ends each."""
    return path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith((b"\n", b"\r"))


def _text(path: Path) -> str:
    if not path.is_file():
        raise BadDirectory(
            f"the directory lacks {path.name} (looked for at {path}): put the file there, or name the folder that has "
            "it, with `directory` in the configuration"
        )
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise BadDirectory(f"{path}, line {line}: this is not UTF-8: save it as CSV in UTF-8") from problem


def _whole(row: dict[str, str], named: Sequence[str], where: str, *, ended: bool) -> None:
    """A comma in a name that is not quoted moves what follows into the next column: "Smith, Jo" made a deputy. A row
    may be shorter, for spreadsheets leave out empty values at its end; unless it is where the file breaks off."""
    if None in row:
        raise BadDirectory(
            f"{where}: this row has more values than line 1 has columns ({len(named)}): put quotation marks around a "
            "value in which there is a comma"
        )
    if not ended and row[named[-1]] is None:
        raise BadDirectory(f"{where}: the file ends in the midst of this row: take it anew from where it was made")


def _one_address(text: str, where: str, *, needed: bool) -> str:
    if not text and not needed:
        return ""
    if not _ADDRESS.fullmatch(text):
        what = f"{text!r} is not one mail address" if text else "the address is missing"
        raise BadDirectory(
            f"{where}: {what}: write one alone, such as office@school.example; a second person has a row of their own"
        )
    return text.lower()
