"""Lists that are too long for a mail: the first lines stand in it, and all of them in a file that goes with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

from outbound.letter import Enclosure
from outbound.sections import Listed, Section

MOST = 30
"""Lines of one list in a mail: what a person works through on a telephone."""

_CODE = re.compile(r"(L\d+): (.*)", re.DOTALL)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With such a sign a spreadsheet takes a cell for something to work out (OWASP, CSV injection)."""


def shortened(sections: Sequence[Section]) -> tuple[tuple[Section, ...], tuple[Enclosure, ...]]:
    """The sections as they stand in the mail, and the files. What the reader may not know is out of them already."""
    made: list[Section] = []
    files: list[Enclosure] = []
    for section in sections:
        lines = section.bullets.lines
        if len(lines) > MOST:
            name = f"rows-{len(files) + 1}.csv" if files else "rows.csv"
            files.append(Enclosure(name, "text/csv", _table(lines)))
            more = f"and {len(lines) - MOST} more: all {len(lines)} are in the attached file {name}"
            section = replace(section, bullets=Listed(section.bullets.heading, (*lines[:MOST], more)))
        made.append(section)
    return tuple(made), tuple(files)


def _table(lines: Sequence[str]) -> bytes:
    """Code and words of each line; UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("code", "row"))
    for line in lines:
        coded = _CODE.match(line)
        table.writerow([_plain(cell) for cell in (coded.groups() if coded else ("", line))])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
