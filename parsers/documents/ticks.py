"""Boxes, ticks and crosses, in whatever font or code they come, as ☒ and ☐."""

from __future__ import annotations

import re

from parsers.documents.layout import EMPTY, TICKED

_TICKED = "☑☒✓✔✗✘✕✖🗹🗷🗸❌✅⊠\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf053\uf054\uf050\uf04f"
_EMPTY = "☐□▢◻⬜❏❑❒○\uf0a8\uf06f\uf0a3\uf071\uf072"
_TABLE = str.maketrans({**dict.fromkeys(_TICKED, TICKED), **dict.fromkeys(_EMPTY, EMPTY)})

_SYMBOLS = {
    "wingdings": ({0xFE, 0xFD, 0xFC, 0xFB, 0x78}, {0xA8, 0x6F, 0x71, 0x72, 0x70}),
    "wingdings 2": ({0x50, 0x4F, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56}, {0xA3, 0x2A, 0x30}),
    "webdings": ({0x61, 0x72}, {0x63, 0x67}),
}
"""Code points of the symbol fonts: (ticked, empty)."""


_TYPED = re.compile(r"\[( {0,2}|[xX✓✔/])\]|\(( {1,2}|[xX✓✔])\)")


def typed(text: str) -> str:
    """Text with the boxes that people type, [ ] and [x], ( ) and (x), as ☐ and ☒."""
    return _TYPED.sub(lambda m: TICKED if m[0][1:-1].strip() else EMPTY, text)


def plain(text: str) -> str:
    """Text with every box and tick as ☒ or ☐."""
    return text.translate(_TABLE)


def symbol(font: str, code: int) -> str:
    """A character of a symbol font (`w:sym`; `code` may lie in the private area U+F000..F0FF), or a blank if it is
    neither a box nor a tick."""
    ticked, empty = _SYMBOLS.get(font.strip().lower(), (set[int](), set[int]()))
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if low in ticked:
        return TICKED
    if low in empty:
        return EMPTY
    character = plain(chr(code)) if 0 < code < 0x110000 else " "
    return character if character in (TICKED, EMPTY) else " "
