"""What stands where a value belongs, without what is no part of it: dotted lines, placeholders, the marks of labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.values.parsed import one_line

EDGE = " \t\r\n:*–—-\x1f☐"
"""Of a label, or of a box."""

_PLACEHOLDER = re.compile(r"(?:click or tap|click here|tap here|choose an item|enter text)[^.\n]*\.?", re.I)
_DOTS = re.compile(r"…+|\.(?:\s?\.){2,}|_{2,}|(?<=\s)\.\.(?=\s|$)")


def clean(pieces: Sequence[str], kind: str) -> str:
    """Text without dotted lines, rules, placeholders and labels' marks; lines kept, blank ones dropped."""
    text = "\n".join(pieces) if kind in ("address", "lines", "free") else " ".join(pieces)
    text = _DOTS.sub(" ", _PLACEHOLDER.sub(" ", text)).replace("\x1f", "\n").replace("\t", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    kept = [line for line in lines if line.strip(EDGE + "./…_|")]
    joined = "\n".join(kept).strip(EDGE)
    if kind in ("name", "line", "date", "birth", "phone", "email", "upn", "postcode", "year", "whole-name"):
        # Two numbers have a line each; a line without one belongs to the number above it.
        numbers = kind == "phone"
        return " ".join(re.sub(r"\n(?=[^\d\n]{0,12}\d{3})", ", ", joined).split()) if numbers else one_line(joined)
    return joined
