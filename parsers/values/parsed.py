"""What a value parser says of one raw text."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOTHING = re.compile(
    r"(?:n\s*/?\s*a|none|nil|unknown|not\s+known|not\s+applicable|don'?t\s+know|tbc|\?+|[-–—.…_/ ]*)\.?", re.I
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`value` is normalised (None: nothing is claimed), `confidence` runs from 0 to 1, `problem` is a sentence for an
    officer, or ""."""

    value: str | None
    confidence: float = 1.0
    problem: str = ""


BLANK = Parsed(None)


def says_nothing(raw: str) -> bool:
    """True for "", "n/a", "none", "not known", a dash: the box holds no value, and that is certain."""
    return NOTHING.fullmatch(raw.strip()) is not None


def one_line(raw: str) -> str:
    return " ".join(raw.split())
