"""The things that a reply names: places, days, people, references. Each stands as one token (`<school>`,
`<date>`) in the clauses that patterns are matched against, so that Friday Street is no day, and a "No" in an address
denies nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.answers.places import COUNTRIES, Place, find_addresses, find_schools
from parsers.answers.when import Day, find_days
from parsers.answers.words import Lexicon, spelled

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://\S+|www\.\S+")
_CASE = re.compile(r"\bCME-\d{4}-\d{3,6}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w/])(?:\+44\s?|0)\d(?:[\s-]?\d){8,10}(?!\w)")
_REF = re.compile(
    r"(?:\b(?:our|my|your|police|log|crime|job|incident|call|ticket|case)\s+)?"
    r"\b(?:ref(?:erence)?|log|incident|ticket|job|urn|enquiry|call)\b\.?\s*"
    r"(?:no\b\.?|number|num|id|is|as)?\s*[:#]?\s*(?P<id>(?=[A-Za-z/-]{0,8}\d)[A-Za-z0-9][\w/-]*)"
    r"|(?<!\w)#(?P<hash>[A-Za-z]{0,4}\d{3,}[\w-]*)|\bref(?:erence)?\b\.?\s*[:#]?\s*(?P<two>[A-Z]{1,5}\s?\d{2,}[\w/-]*)",
    re.IGNORECASE,
)
_TIME = re.compile(
    (
        r"(?<![\w/])(?:at\s+)?(?:about\s+|around\s+|approx\.?\s+)?(?:\d{1,2}[:.]\d{2}\s*(?:am|pm|a\.m\.?"
        r"|p\.m\.?|hrs|h)?|\d{1,2}\s*(?:am|pm|a\.m\.?|p\.m\.?|o'clock))(?![\w/.]\d)\b|\b\d{4}\s?hrs\b|\b"
        r"(?:midday|noon)\b"
    ),
    re.IGNORECASE,
)
_LAESTAB = re.compile(
    r"(?:\(|\b(?:dfe|des|la|estab|laestab)\b[^\d\n]{0,20}?)?(?<![\d/-])(\d{3}[/ -]\d{4}|\d{7})(?![\d/])\)?",
    re.IGNORECASE,
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Za-hj-np-rt-z]\d{11}[0-9A-HJ-NP-RT-Za-hj-np-rt-z]\b")
_POST = re.compile(
    r"(?<![\w@.])(?:hub[ ._-]?)?worker(?:[ ._-]?\d)?[ ._-](?:north|south|city|east|west|central)(?![\w@-])"
    r"|(?<![\w@.])(?:hub[ ._-]?)?worker[ ._-]?\d(?![\w@-])",
    re.IGNORECASE,
)
"""A worker called by the post: "worker2", "Hub worker north"."""
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|Sgt|DS)\.?\s+)?[A-Z][a-zÀ-ɏ]*(?:['’-]?[A-ZÀ-Ý]?[a-zÀ-ɏ]+)*")


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands at [start, end) of the text; `kind` is the token's name; `day` where it is one."""

    kind: str
    start: int
    end: int
    text: str
    day: Day | None = None


def find_things(text: str, written: date, child: str, lexicon: Lexicon) -> list[Thing]:
    """All of them in the order of the text, none overlapping another; what is surest is looked for first."""
    found = _Found(text)
    for kind, expression in (("email", _EMAIL), ("url", _URL), ("case", _CASE), ("phone", _PHONE)):
        found.add(kind, ((m.start(), m.end()) for m in expression.finditer(text)))
    places = find_addresses(text)
    found.add("name", ((p.start, p.end) for p in places if _is_a_schools(text, p)))
    found.add("address", ((p.start, p.end) for p in places))
    found.add("school", ((p.start, p.end) for p in find_schools(text)))
    found.add("country", (m.span() for m in COUNTRIES.finditer(text) if m[0].lower() != "us" or m[0] == "US"))
    found.add("upn", (m.span() for m in _UPN.finditer(text)))
    found.add("laestab", ((m.start(), m.end()) for m in _LAESTAB.finditer(text)))
    found.add("name", (m.span() for m in _POST.finditer(text)))
    found.add("child", _child_at(text, child, lexicon))
    found.add_days(find_days(text, written))
    found.add("ref", ((m.start(), m.end()) for m in _REF.finditer(text)))
    found.add("time", ((m.start(), m.end()) for m in _TIME.finditer(text)))
    if not text.isupper():
        found.add("name", _names(text, lexicon))
    return found.sorted()


def _is_a_schools(text: str, place: Place) -> bool:
    """ "A place at Willow Lane": without a number, and where a child is on roll, it is a school's short name."""
    named = not any(c.isdigit() for c in text[place.start : place.end])
    return named and _ON_ROLL_AT.search(text[max(0, place.start - 60) : place.start]) is not None


_ON_ROLL_AT = re.compile(r"\b(?:place|roll|enrolled|admitted|attends|attending)\b[^.;]{0,30}\bat\s+$", re.IGNORECASE)


def reference(text: str) -> str:
    """The number in `our ref 1234/AB`."""
    match = _REF.search(text)
    return next((g for g in match.group("id", "hash", "two") if g), "") if match else ""


class _Found:
    def __init__(self, text: str) -> None:
        self._text = text
        self._things: list[Thing] = []
        self._taken = bytearray(len(text))

    def add(self, kind: str, spans: object) -> None:
        for start, end in spans:  # type: ignore[attr-defined]
            self._put(kind, start, end, None)

    def add_days(self, days: list[Day]) -> None:
        for day in days:
            self._put("date", day.start, day.end, day)

    def _put(self, kind: str, start: int, end: int, day: Day | None) -> None:
        if end > start and not any(self._taken[start:end]):
            self._taken[start:end] = b"\x01" * (end - start)
            self._things.append(Thing(kind, start, end, self._text[start:end], day))

    def sorted(self) -> list[Thing]:
        return sorted(self._things, key=lambda t: t.start)


def _child_at(text: str, child: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Every place where the child's name stands, whole or in part; behind another first name it is a relative's."""
    parts = [p for p in re.split(r"[\s,;]+", child) if len(p) > 1]
    folded = text.casefold()
    if not any(part.casefold() in folded for part in parts):
        return []  # Each child's name is a pattern of its own: compiled only where it can be found.
    family = f"{parts[-1]}s"  # "Been to the Sallows": the child's.
    parts += [family] if len(family) > 4 else []
    one = "|".join(re.escape(p) for p in sorted(parts, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{one})(?:\s+(?:{one}))*(?:'s\b)?(?!\w)", text, re.IGNORECASE)
    own = (m for m in found if not _OWNER.match(text, m.start()))
    return [m.span() for m in own if not _relative(text[: m.start()], lexicon)]


_OWNER = re.compile(
    r"[\w '-]*?'s\s+(?:little |big |older |younger |twin |half |step)?(?:brother|sister|sibling|mum|dad|mother|father"
    r"|gran|nan|aunt|uncle|cousin|friend|stepdad|stepmum|grandad|family|parents?|grandparents"
    r"|social worker|teacher|school)\b",
    re.IGNORECASE,
)
"""Whose brother: "Milo's brother" is another child."""


def _relative(before: str, lexicon: Lexicon) -> bool:
    name = re.search(r"(?<!\w)([A-Z][a-z'’-]+) $", before)
    return name is not None and not lexicon.knows(name[1].lower())


def _names(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of capitalised words that are no word we know: people, towns, services."""
    runs: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        if _is_plain(match[0], text, match.start(), lexicon):
            continue
        if runs and text[runs[-1][1] : match.start()] in (" ", "  "):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return runs


_BEGINS = re.compile(r"(?:^|[\n.!?])\s*$")


def _is_plain(word: str, text: str, start: int, lexicon: Lexicon) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] in "'’@"):
        return True
    if _OWNER.match(text, start):
        return True
    lower = word.lower().replace("’", "'")
    if lower.endswith("ing") and _BEGINS.search(text[:start]) and text[start + len(word) :][:2].strip().isalpha():
        return True  # "Copying Kath Bligh".
    if len(word) == 1 or (word.isupper() and lexicon.knows(lower)):
        return True
    if any(word.startswith(t) for t in ("Mr", "Mrs", "Ms ", "Miss ", "Dr ", "PC ", "DC ", "Sgt")) and " " in word:
        return False
    return lexicon.knows(lower) or all(lexicon.knows(w) for w in spelled(lower))
