"""What an automatic reply says of the absence: until when, and who stands in. Shown to people, believed by no rule."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from parsers.answers.when import find_days
from parsers.reading import Absence
from parsers.wording import listed, table

MAX_TEXT = 5000
_NEAR = 90
"""Characters after "until" or "contact" in which the day or the name is looked for."""
_FURTHEST = timedelta(days=400)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,24}")
_WORD = r"[A-ZÀ-Ž][\w'’-]{1,25}"
_PERSON = re.compile(rf"[^\w]{{0,4}}({_WORD}(?:[ \t]+(?:(?:de|van|von|der)[ \t]+)?{_WORD}){{1,3}})")
_LANGUAGES = "mail/phrases"


def read(text: str, written: date) -> Absence:
    """`written`: the day against which "Monday" is understood."""
    text = _months(text[:MAX_TEXT])
    return Absence(_back_on(text, written), _deputy(text))


def _back_on(text: str, written: date) -> date | None:
    """The last day named after "until" or "back on"; one long past or far off is none."""
    days = [
        day.towards("future")
        for mark in listed(_LANGUAGES, "away_until", r"\b", r"\b").finditer(text)
        for day in find_days(text[mark.end() : mark.end() + _NEAR], written)[:1]
    ]
    return max((d for d in days if written <= d <= written + _FURTHEST), default=None)


def _deputy(text: str) -> str:
    """An address before a name: that is what can be written to."""
    after = [text[m.end() : m.end() + 2 * _NEAR] for m in listed(_LANGUAGES, "away_deputy", r"\b").finditer(text)]
    for piece in after:
        if found := _ADDRESS.search(piece):
            return found[0].lower().rstrip(".")
    for piece in after:
        if person := _PERSON.match(piece):
            return " ".join(person[1].split())
    return ""


def _months(text: str) -> str:
    """The names of months in English, so that one reader of days is enough: "12. Dezember", "12 grudnia"."""
    text = re.sub(r"\b(\d{1,2})\.\s(?=[A-Za-zÀ-ž])", r"\1 ", text)
    return _foreign().sub(lambda m: _english()[m[0].lower()], text)


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_english(), key=len, reverse=True))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    return {name: month for month, names in table(_LANGUAGES)["months"].items() for name in names}
