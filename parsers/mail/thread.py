"""By what a reply may be known: codes and case references in subject and text, and the Message-IDs that it answers."""

from __future__ import annotations

import re

from parsers.mail.headers import Headers
from parsers.reading import Thread

MAX_CODES = 5
MAX_TEXT = 200_000

# Crockford base 32: no I, L, O, U. People type O for 0 and I or L for 1.
_SIGN = "[0-9A-HJKMNP-TV-Z]"
_LOOSE = "[0-9A-TV-Za-tv-z]"
_DASH = r"[-–—‐‑ ]?"
_PLAIN = re.compile(rf"(?<![\w-])({_SIGN}{{4}})-({_SIGN}{{4}})-({_SIGN}{{2}})(?![\w-])")
_TYPED = re.compile(rf"(?<![\w@.-])({_LOOSE}{{4}}){_DASH}({_LOOSE}{{4}}){_DASH}({_LOOSE}{{2}})(?![\w@])")
_CASE = re.compile(r"(?<![\w])(CME|LIST)[\s–-]{0,2}(\d{4})[\s–-]{0,2}(\d{5})(?!\d)", re.IGNORECASE)
"""A case, or a list of children."""
_SPOKEN = re.compile(r"\b(?:code|reference|ref)\b|CME[\s–-]{0,2}\d{4}", re.IGNORECASE)
_REPAIR = str.maketrans("OIL", "011")


def read(headers: Headers, new_text: str, text: str) -> Thread:
    """The clues in the order in which they are to be believed: the subject's, the new text's, those of the subject
    that the thread began with, and of the quoted text only the last code (the last line of each of our mails holds
    it)."""
    said, text = (headers.subject, new_text[:MAX_TEXT], headers.topic), text[-MAX_TEXT:]
    codes = [*_in_subject(said[0]), *_in_text(said[1]), *_in_subject(said[2])]
    cases = [case for part in said for case in _cases(part)]
    quoted = [*_plain(text)[-1:], *_cases(text)]
    return Thread(
        tuple(dict.fromkeys([*codes, *_plain(text)[-1:]]))[:MAX_CODES],
        headers.answers,
        tuple(dict.fromkeys([*cases, *_cases(text)]))[:10],
        quoted_only=bool(quoted) and not (codes or cases),
    )


def in_text(text: str) -> tuple[str, ...]:
    """The codes and case references that a line of a list gives, codes first."""
    return tuple(dict.fromkeys([*_plain(text.upper()), *_cases(text)]))


def _cases(text: str) -> list[str]:
    return [f"{m[1].upper()}-{m[2]}-{m[3]}" for m in _CASE.finditer(text)]


def _in_subject(subject: str) -> list[str]:
    """Right after a case reference anything that can be a code is one; elsewhere it must look like one."""
    after = [m.end() for m in _CASE.finditer(subject)]
    beside = [_TYPED.match(subject[at : at + 40].lstrip(" /:#")) for at in after]
    found = ["".join(m.groups()).upper().translate(_REPAIR) for m in beside if m]
    return found + _plain(subject) + _likely(_without_cases(subject))


def _in_text(text: str) -> list[str]:
    found = _plain(text)
    for line in text.splitlines():
        if _SPOKEN.search(line[:500]):
            found += _likely(_without_cases(line[:500]))
    return found


def _plain(text: str) -> list[str]:
    return ["".join(m.groups()) for m in _PLAIN.finditer(text)]


def _likely(text: str) -> list[str]:
    """Codes as they were typed, their letters mended; of those, what can be no word and no number: it has letters and
    digits, and had a digit before it was mended (`with a family` is none)."""
    found = ("".join(m.groups()) for m in _TYPED.finditer(text))
    return [c.upper().translate(_REPAIR) for c in found if any(d.isdigit() for d in c) and any(d.isalpha() for d in c)]


def _without_cases(text: str) -> str:
    return _CASE.sub("  ", text)
