"""Names of people: kept as written, for nobody but the family knows how one is spelt."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, points_elsewhere, says_nothing

_PARTICLES = frozenset((
    "de", "da", "do", "dos", "das", "del", "della", "di", "van", "von", "der", "den", "ter", "la", "le", "al", "el",
    "bin", "bint", "ibn", "abu", "ap", "st", "mac", "mc", "o",
))  # fmt: skip


def parse(raw: str) -> Parsed:
    """One line, as written. Digits or an address in it are doubtful, and so is "as above", which is nobody's name."""
    if says_nothing(raw):
        return BLANK
    text = one_line(raw).strip(" ,;")
    if points_elsewhere(text):
        return Parsed(text, 0.6, f"“{text}” is no name: it stands elsewhere, or has to be asked for")
    if "@" in text or re.search(r"\d", text):
        return Parsed(text, 0.7, f"“{text}” does not look like a name alone")
    if len(text) > 120:
        return Parsed(text, 0.6, "This is longer than a name")
    return Parsed(text)


def split(whole: str) -> tuple[str, str, float]:
    """(forenames, surname, confidence) of a name in one box. A comma ("SMITH, John") or capitals (John SMITH) say
    which is which; without them the last word, with its particles, is taken for the surname: a guess."""
    text = one_line(whole)
    if "," in text:
        surname, _, forenames = text.partition(",")
        return forenames.strip(), surname.strip(), 0.9
    words = text.split()
    capitals = [w for w in words if len(w) > 1 and w.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(w for w in words if w not in capitals), " ".join(capitals), 0.9
    if len(words) < 2:
        return "", text, 0.5
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:]), 0.75


def same_person(whole: str, forenames: str, surname: str) -> bool:
    """Whether a name in one box can be that of the child named in two: each word of the one is in the other, or
    begins it (Tobias for Tobias James, Tobi for Tobias)."""
    box = _words(whole)
    child = _words(f"{forenames} {surname}")
    return not box or all(any(c.startswith(w) or w.startswith(c) for c in child) for w in box)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"['’‘`]", "", name).casefold())
