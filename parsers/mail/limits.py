"""Looked at before the standard library's parser sees a byte: what would cost it more than it is worth is refused.

The parser nests one generator for each multipart and each message/*, tests every line against every open boundary, and
splits parameters in quadratic time (cpython#136063, #87075, #75630), so length, count and depth are bounded here.
"""

from __future__ import annotations

import re

MAX_BYTES = 60 * 1024 * 1024
"""A little above the 50 MB at which councils' gateways refuse a mail."""
FIRST_BYTES = 8_000
"""Of a first look: what a mail says of itself stands before what is attached to it."""
MAX_NESTING_MARKS = 200
"""Mentions of a boundary or of message/*: each can be one level of nesting. A long digest of forwards has about 60."""
MAX_BOUNDARY_LINES = 3000
MAX_CONTENT_FIELD = 4096
"""Bytes of one Content-* field with its folded lines; a long file name of RFC 2231 takes 1,000."""
MAX_HEADER_BYTES = 256 * 1024

_NESTING = re.compile(rb"boundary[*0-9]*\s*=|message/")
_FIELD_END = re.compile(rb"\n(?![ \t])")


class TooMuch(Exception):
    """A mail that is too large or too deeply nested to be read safely; the message says so to a clerk."""


def check_size(raw: bytes) -> None:
    """Raise `TooMuch` when the mail has more bytes than are read."""
    if len(raw) > MAX_BYTES:
        raise TooMuch(f"The mail is {len(raw) // 1_000_000} MB. Mails above {MAX_BYTES // 1_000_000} MB are not read.")


def check(raw: bytes) -> None:
    """Raise `TooMuch` when what the parser is to see is beyond what it can: header, parts, nesting, fields. `raw`: a
    mail, its long runs of base64 lifted out of it (blocks.Lifted)."""
    # The standard library ends a line at CR, LF and CRLF alike.
    lines = raw.lower().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    header_end = lines.find(b"\n\n")
    if (header_end if header_end >= 0 else len(lines)) > MAX_HEADER_BYTES:
        raise TooMuch("The header of the mail is too long to be read safely.")
    if lines.count(b"\n--") > MAX_BOUNDARY_LINES:
        raise TooMuch("The mail has too many parts to be read safely.")
    marks = lines.count(b"boundary") + lines.count(b"message/")  # Counting is cheap, and most mails have few.
    if marks > MAX_NESTING_MARKS and sum(1 for _ in _NESTING.finditer(lines)) > MAX_NESTING_MARKS:
        raise TooMuch("The parts of the mail lie too deep in one another to be read safely.")
    _check_content_fields(lines)


def _check_content_fields(lines: bytes) -> None:
    at = 0 if lines.startswith(b"content-") else lines.find(b"\ncontent-") + 1
    while at or lines.startswith(b"content-", at):
        end = _FIELD_END.search(lines, at)
        stop = end.start() if end else len(lines)
        if stop - at > MAX_CONTENT_FIELD and b":" in lines[at : at + 40]:
            raise TooMuch("A header of one part of the mail is too long to be read safely.")
        at = lines.find(b"\ncontent-", stop) + 1
        if not at:
            return
