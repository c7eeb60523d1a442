"""Rich text (Microsoft RTF specification 1.9.1) cut into tokens, and its code pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.documents.layout import Unreadable

TOKENS = 300_000
DEPTH = 200
"""Groups within groups; Word writes a dozen."""

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(?s:(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\$"
)
_HUGE = "The file is far larger inside than a form is, so it was not read. A person must look at it."
_CUT = "The file is cut short: its end is missing. Ask the sender to save it again and send it anew."

_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_PAGES = {437, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 874, 932, 949, 950, *range(1250, 1259)}


class Token(NamedTuple):
    """One of: a control word or symbol with its parameter; bytes of text; a group that opens (1) or closes (-1)."""

    word: str = ""
    number: int | None = None
    text: bytes = b""
    group: int = 0


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens up to the end of the outermost group; Unreadable where that end is missing or there are too many."""
    place, depth = 0, 0
    for _ in range(TOKENS):
        found = _TOKEN.match(data, place)
        if found is None:
            raise Unreadable(_CUT)
        place = found.end()
        word, number, code, symbol, brace, text = found.groups()
        if text is not None:
            yield Token(text=text)
        elif word is not None:
            name, value = word.decode("ascii"), None if number is None else int(number)
            if name == "bin":
                place += max(0, value or 0)
            else:
                yield Token(name, value)
        elif code is not None:
            yield Token(text=bytes((int(code, 16),)))
        elif symbol is not None:
            yield Token(symbol.decode("latin-1"))
        elif brace is not None:
            step = 1 if brace == b"{" else -1
            depth += step
            if depth > DEPTH:
                raise Unreadable("The document is nested deeper than any form. A person must look at it.")
            yield Token(group=step)
            if depth <= 0:
                return
    raise Unreadable(_HUGE)


def codec_of_charset(charset: int, otherwise: str) -> str:
    """The encoding of a font (`fcharset`)."""
    return "cp1252" if charset == 0 else _CHARSETS.get(charset, otherwise)


def codec_of_page(page: int) -> str:
    """The encoding of a code page (`ansicpg`, `cpg`)."""
    if page == 65001:
        return "utf-8"
    return "mac_roman" if page == 10000 else f"cp{page}" if page in _PAGES else "cp1252"
