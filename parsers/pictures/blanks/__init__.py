"""The blank forms, page by page: what is printed on them, and where. Written by tests/forms/pictured/blanks.py."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FORMS = ("cme-referral", "hub-referral")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Printed words; `left`, `right` and `middle` (of the height) in points from the top left corner of A4."""

    left: float
    middle: float
    right: float
    text: str
    key: str
    """Its letters and digits, lower case."""


@dataclass(frozen=True, slots=True)
class Blank:
    form: str
    page: int
    phrases: tuple[Phrase, ...]


RISE = 3.3
"""Points from the baseline to the middle of ten-point print."""


@cache
def blanks() -> tuple[Blank, ...]:
    """Every page of every declared blank."""
    found: list[Blank] = []
    for form in FORMS:
        declared = tomllib.loads(files(__package__).joinpath(f"{form}.toml").read_text("utf-8"))
        for number, page in enumerate(declared["page"], 1):
            phrases = (
                Phrase(x, y - RISE, r, t, "".join(c for c in t.lower() if c.isalnum()))
                for x, y, r, t in page["phrases"]
            )
            found.append(Blank(form, number, tuple(p for p in phrases if len(p.key) > 2)))
    return tuple(found)
