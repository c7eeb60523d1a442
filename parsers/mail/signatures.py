"""What mail programs, gateways and habit put around what a person wrote: banners, sign-offs, disclaimers."""

from __future__ import annotations

import re
from functools import cache

from parsers.wording import listed, table

MAX_LINE = 400
MAX_PARAGRAPH = 3000

_PHRASES = "mail/phrases"
_MARKED = r"(?:\s*[-–—:/]?\s*(?:sensitive|personal|private|staff|commercial|data|only))*[\s\])*_.-]*"
_NAME = r"(?:[A-ZÀ-Ž][\w'’.-]*|[A-Z]\.?|\([^)]{1,20}\)|and|&|de|van|der|von|x+)"
_NAMES = re.compile(rf"[\s*_-]*{_NAME}(?:[ ,]+{_NAME}){{0,5}}[\s*_.,!-]*")
_POSTSCRIPT = re.compile(r"\s*p\.?\s?p?\.?s\b\.?[\s:.,-]", re.IGNORECASE)


def is_banner(sentence: str) -> bool:
    """A sentence of the banner that a gateway puts on top of a mail."""
    return bool(listed(_PHRASES, "banner", r"[\s*\[\](){}!⚠️_-]*").match(sentence[:MAX_LINE]))


def is_marking(line: str) -> bool:
    """A protective marking alone on its line: OFFICIAL-SENSITIVE."""
    if len(line) > 60 or not line.strip():
        return False
    return bool(listed(_PHRASES, "marking", r"[\s\[(*_-]*(?:classification\s*:\s*)?", _MARKED).fullmatch(line))


def is_device(line: str) -> bool:
    """ "Sent from my iPhone"."""
    return len(line.strip()) < 120 and bool(listed(_PHRASES, "device", r"[\s*_<]{0,8}").match(line[:MAX_LINE]))


def is_disclaimer(paragraph: str) -> bool:
    """A paragraph that a council's or a school's server puts under every mail."""
    return bool(listed(_PHRASES, "disclaimer").search(paragraph[:MAX_PARAGRAPH]))


def is_postscript(line: str) -> bool:
    """A paragraph after the signature that the person did write."""
    return bool(_POSTSCRIPT.match(line[:20]))


def is_name(line: str) -> bool:
    """Up to six words that can all be part of a name."""
    if len(line) > 80 or not _NAMES.fullmatch(line):
        return False
    return not listed(_PHRASES, "answer_words", r"\W*", r"\b").match(line)


def is_contact(line: str) -> bool:
    """A line of a signature: telephone, address on the net, post held."""
    return len(line) < 200 and bool(listed(_PHRASES, "contact").search(line[:MAX_LINE]))


def sign_off(line: str) -> str:
    """ "strong" for "Kind regards" and its like, "weak" for "Thanks", which may open a mail as well, else ""."""
    if len(line) > 120 or not line.strip():
        return ""
    match = _sign_offs().fullmatch(line)
    if not match or (match["rest"].strip() and not is_name(match["rest"])):
        return ""
    return "strong" if match["strong"] else "weak"


@cache
def _sign_offs() -> re.Pattern[str]:
    strong, weak = "|".join(table(_PHRASES)["sign_off"]), "|".join(table(_PHRASES)["thanks"])
    return re.compile(rf"[\s*_]*(?:(?P<strong>{strong})|(?P<weak>{weak}))(?!\w)[\s,.!;:*_-]*(?P<rest>.{{0,80}})", re.I)
