"""Answers out of a few: yes or no, male or female, high, medium or low."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

WORDS: dict[str, dict[str, str]] = {
    "yesno": {"yes": "yes", "y": "yes", "no": "no", "n": "no", "true": "yes", "false": "no"},
    "gender": {
        "male": "male", "m": "male", "boy": "male", "female": "female", "f": "female", "girl": "female",
        "other": "other", "non-binary": "other",
    },
    "level": {
        "high": "high", "h": "high", "medium": "medium", "med": "medium", "m": "medium", "low": "low", "l": "low",
    },
}  # fmt: skip

_EDGE = re.compile(r"^[\s:;,.–—\-/()]+|[\s:;,–—\-/()]+$")


def parse(raw: str, kind: str) -> Parsed:
    """The answer in one of the words above; anything else stays as written, doubtful."""
    if says_nothing(raw):
        return BLANK
    value, rest = with_rest(raw, kind)
    if value is None:
        text = one_line(raw)
        return Parsed(text, 0.6, f"“{text}” is none of the answers that this box offers")
    return Parsed(value, 1.0 if not rest else 0.85)


def with_rest(raw: str, kind: str) -> tuple[str | None, str]:
    """(answer, what else stands there): `Yes – 02/12` → yes, `02/12`; `Lone visits not advised - Medium` → medium.
    A single letter counts only alone or before a dash, so that "M Smith" is no gender."""
    words = WORDS[kind]
    text = raw.strip()
    long = "|".join(re.escape(w) for w in words if len(w) > 2 or w == "no")
    if whole := words.get(_EDGE.sub("", text).rstrip(".").lower()):
        return whole, ""
    if first := re.match(rf"({long}|(?:{'|'.join(words)})(?=\s*[–—:,;(-]))(?!\w)", text, re.I):
        return words[first[1].lower()], _EDGE.sub("", text[first.end() :])
    if last := re.search(rf"(?:[–—:;,(-]\s*|\s{{2,}}|\n)({long})\W*$", text, re.I):
        return words[last[1].lower()], _EDGE.sub("", text[: last.start()])
    return None, text
