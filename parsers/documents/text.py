"""The plain text of a mail."""

from __future__ import annotations

import re

from parsers.documents import ticks
from parsers.documents.layout import Layout, Part, layout_of

CHARACTERS = 200_000
LINES = 5_000
"""Of a mail's text so much is looked at: forty times a form with all that is quoted below it."""

_QUOTED = re.compile(r"^(?:[ \t]?>)+ ?", re.M)


def read(text: str) -> Layout:
    """A line a part, pieces between tabs apart. Quote marks before the lines are taken off: a form that was forwarded
    is a form."""
    text = (
        _QUOTED.sub("", text[:CHARACTERS].replace("\r\n", "\n").replace("\r", "\n"))
        .replace("\xa0", " ")
        .replace("\0", "")
    )
    text = ticks.plain(ticks.typed(text))
    parts = [
        Part(piece, "gap" if number else "line")
        for line in text.split("\n", LINES)[:LINES]
        for number, piece in enumerate(line.split("\t"))
    ]
    return layout_of(parts, mail=True)
