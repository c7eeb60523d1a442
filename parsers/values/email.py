"""Mail addresses as people type them into a form."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


def parse(raw: str) -> Parsed:
    """The address as written. A blank or a line break inside an address (a wrapped cell) is taken out."""
    if says_nothing(raw):
        return BLANK
    text = one_line(re.sub(r"(?i)mailto:|[<>]", " ", raw))
    found = list(dict.fromkeys(_ADDRESS.findall(text)))
    if len(found) == 1 and found[0] == text.rstrip(".;,"):
        return Parsed(found[0])
    squeezed = re.sub(r"\s", "", text)
    if _ADDRESS.fullmatch(squeezed):
        return Parsed(squeezed, 0.85)
    if len(found) == 1:
        return Parsed(found[0], 0.85)
    if found:
        return Parsed(text, 0.7, "More than one mail address stands here")
    return Parsed(text, 0.6, f"“{text}” is not a mail address")
