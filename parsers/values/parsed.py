"""What a value parser says of one raw text."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOTHING = re.compile(
    r"(?:n\s*/?\s*a|n/k|none(?:\s+(?:known|given|held|recorded))?|nil|unknown|unsure|tb[ca]|to\s+(?:be\s+confirmed|follow)"
    r"|await(?:ed|ing)|not\s+(?:yet\s+)?(?:known|applicable|available|given|provided|recorded|held|issued|allocated"
    r"|sure|to\s+hand)"
    r"|(?:do\s+not|don['’]?t)\s+(?:know|have)(?:\s+(?:it|one))?|\?+|[-–—.…_/ ]*)\.?",
    re.I,
)

_ELSEWHERE = re.compile(
    r"ditto|(?:the\s+)?same|(?:(?:please\s+)?see|refer\s+to|as(?:\s+(?:per|for|in))?|same\s+as)\s+(?:the\s+|our\s+|first\s+)?"
    r"(?:above|below|attached|enclosed|attachment|overleaf|(?:attached\s+|covering\s+)?(?:letter|e?-?mail|sheet|note)"
    r"|sims|register|records?|system|pupil|child|student|referrer|sibling|brother|sister|mother|mum|parent|carer)"
    r"(?:['’]s)?(?:\s+(?:name|surname|address|details|postcode|number))?\.?",
    re.I,
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


def points_elsewhere(raw: str) -> bool:
    """True for "as above", "see attached", "ditto": it stands in another place, which only a person can look at."""
    return _ELSEWHERE.fullmatch(raw.strip()) is not None


def one_line(raw: str) -> str:
    return " ".join(raw.split())
