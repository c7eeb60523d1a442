"""What a few words say of where a child went: a school by name, home education, something less, or nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

from parsers.values import laestab
from parsers.values.parsed import one_line, says_nothing

_SOME_SCHOOL = re.compile(
    r"\b(?:an?other|an?|some|new|different|private|independent|local) (?:new )?(?:school|academy|college)\b"
)
_AWAY = re.compile(
    r"\b(?:moved|gone|went|emigrated|left (?:for|the)|abroad|overseas|returned|back to|home|ehe|lives? in|living in|"
    r"relocated|(?:an?other|private|independent) (?:school|nursery))\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\?|\b(?:may(?:be)?|might|perhaps|possibly|probably|think|believe|not sure|unsure|check|ask|hear|not)\b",
    re.IGNORECASE,
)
Destination = Literal["school", "home", "vague", "nothing"]
"""`vague`: abroad, a town, "another school": details are missing (policy 3.6, 4.5)."""


def destination(text: str) -> Destination:
    words = _words()
    plain = one_line(text).lower().strip(" .,;:-–")
    if says_nothing(text) or plain in words["nothing"]:
        return "nothing"
    if any(re.search(rf"\b{re.escape(w)}", plain) for w in words["home"]):
        return "home"
    if laestab.FIND.search(plain) or (_names_a_school(plain, words) and not _SOME_SCHOOL.search(plain)):
        return "school"
    return "vague"


def is_away(text: str) -> bool:
    """Whether it says, without a maybe, that the child went somewhere that is no school by name: abroad, to a town, to
    be taught at home. That is an answer, and not enough."""
    kind = destination(text)
    return kind in ("home", "vague") and bool(_AWAY.search(text)) and not _MAYBE.search(text)


def is_early_years(text: str) -> bool:
    """A nursery or a childminder: no provision for a child of school age."""
    return any(word in text.lower() for word in _words()["early"]) and not _names_a_school(text.lower(), _words())


def _names_a_school(plain: str, words: dict[str, tuple[str, ...]]) -> bool:
    found = re.findall(r"[\w'’]+", plain)
    kinds = {w for phrase in words["schools"] for w in phrase.split()}
    own: Iterable[str] = (w for w in found if w not in kinds and w not in words["bare"])
    return any(w in kinds for w in found) and any(len(w) > 1 for w in own)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    told = tomllib.loads(files(__package__).joinpath("destinations.toml").read_text("utf-8"))
    return {name: tuple(words) for name, words in told.items()}
