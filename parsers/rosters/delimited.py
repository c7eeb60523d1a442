"""Delimited text, as RFC 4180 has it and as programs write it: any usual encoding; comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from parsers.documents.layout import Unreadable

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 2_000

_DELIMITERS = ",;\t|"
_SAMPLE = 60
"""Lines by which the delimiter is found."""
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_ONE_BYTE = ("cp1252", "mac_roman", "cp850", "cp1250")
"""Without a mark, and not UTF-8: Windows, an old Mac, DOS, Windows in central Europe; the first of them that fits."""


def read_delimited(data: bytes) -> list[list[str]]:
    """The rows of a file. Raises Unreadable."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # Excel's own first line
        return _rows(rest, first.strip()[-1])
    return _rows(text, _delimiter(text))


def decode(data: bytes) -> str:
    """The text, in the encoding that its bytes speak for."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        tried = [(e, data.decode(e, "replace")) for e in _ONE_BYTE]
        return max(tried, key=lambda one: _wordlike(one[1]))[1]


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of English text is a NUL."""
    sample = data[:2000]
    if len(sample) < 4 or sample.count(0) * 3 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _wordlike(text: str) -> float:
    """How many of the characters beyond ASCII fit their neighbours: letters in words, in the case of the word."""
    beyond = [at for at, c in enumerate(text) if ord(c) > 127]
    if not beyond:
        return 1.0
    return sum(_fits(text, at) for at in beyond) / len(beyond)


def _fits(text: str, at: int) -> float:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not sign.isalpha():
        return 0.5 if not (before.isalpha() and after.isalpha()) or sign in "’‘–" else 0.0
    beside = [c for c in (before, after) if c.isalpha()]
    if not beside:
        return 0.4
    if sign.isupper() and before.islower():
        return 0.1
    return 1.0 if ord(sign) < 0x180 else 0.2


def _delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of cells, two at least."""
    lines = text.split("\n")[:_SAMPLE]
    return max(_DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    try:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
    except csv.Error:
        return 0, 0
    columns, often = max(counts.items(), key=lambda one: (one[0] > 1, one[1] * one[0]), default=(1, 0))
    return (often, columns) if columns > 1 else (0, 0)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable(f"The list is larger than {MOST_ROWS:,} rows. Send it in parts.")
            rows.append([cell.strip()[:LONGEST_CELL] for cell in row])
    except csv.Error as problem:
        raise Unreadable(f"The list is damaged ({problem}). Save it again as a CSV file and send it anew.") from problem
    return rows
