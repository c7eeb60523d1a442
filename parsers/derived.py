"""What the clocks run on and no box of a form asks for, found in free text: a form's, or a mail's.

A first day of absence is not a last day at school (a weekend or a holiday may lie between), so neither is made of the
other. What is not plain has a confidence under 0.8, and is asked of the school, never assumed. The words that are
looked for are declared in derived.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.reading import FieldValue
from parsers.values import dates

CHARACTERS = 20_000
"""Of a text, so many are looked at."""

_UNTIL_DATE = (
    r"(?: (?:school|in school|at school|with us|here|on roll))?\W{0,5}"
    r"(?:(?:was|is|being|on|from|as|date|of|the|around|approximately|approx|about)\b[\s:.]*){0,3}"
)
_PERHAPS = re.compile(
    r"\b(?:possibl[ey]|may|might|maybe|perhaps|believed?|thinks?|thought|rumou?r\w*|apparently|could|not sure|unsure"
    r"|suspect\w*|heard|seem\w*|likely)\b|\?",
    re.I,
)
_FOR_A_TIME = re.compile(r"\b(?:holidays?|vacation|trip|visit(?:s|ing)?)\b", re.I)
"""Who is on holiday abroad has not gone there to live."""
_NEGATED = re.compile(r"(?:\b(?:no|not|never|without|nor|denie[sd])\b|n[’']t\b)[^.;,\n]{0,40}$", re.I)


@dataclass(frozen=True, slots=True)
class _Words:
    """The declared words, compiled: `dates` (fact, pattern, confidence), the others by what they stand for."""

    dates: tuple[tuple[str, re.Pattern[str], float], ...]
    reasons: dict[str, re.Pattern[str]]
    groups: dict[str, re.Pattern[str]]
    protected: tuple[tuple[re.Pattern[str], float], ...]
    going: re.Pattern[str]
    countries: dict[str, str]
    ends_with_country: re.Pattern[str]


@cache
def _words() -> _Words:
    declared: dict[str, Any] = tomllib.loads(files(__package__).joinpath("derived.toml").read_text("utf-8"))
    names: list[str] = sorted(declared["country"]["names"], key=len, reverse=True)
    any_country = _blanks(f"(?P<country>{'|'.join(map(re.escape, names))})".replace("\\ ", " "))
    going = "|".join(declared["country"]["going"])
    return _Words(
        tuple((d["fact"], _pattern(d["cues"], _UNTIL_DATE), d["sure"]) for d in declared["date"]),
        {r["is"]: _pattern(r["words"]) for r in declared["reason"]},
        {g["is"]: _pattern(g["words"]) for g in declared["group"]},
        tuple((_pattern(p["words"]), p["sure"]) for p in declared["protected"]),
        re.compile(rf"\b(?:{going})\b[^.;\n]{{0,40}}?\b(?:to|for|in)\s+(?:the\s+)?{any_country}\b", re.I),
        {name.lower(): name for name in names},
        re.compile(rf"(?:^|[\n,])\s*(?:the\s+)?{any_country}\W*$", re.I),
    )


def _pattern(words: Iterable[str], after: str = "") -> re.Pattern[str]:
    return re.compile(_blanks(rf"\b(?:{'|'.join(words)})(?!\w){after}"), re.I)


def _blanks(pattern: str) -> str:
    """A blank of a declared pattern is any white space; one inside a lookbehind stays, as its width must be fixed."""
    kept = re.split(r"(\(\?<[!=][^)]*\)|\[[^\]]*\]| \?)", pattern)
    return "".join(
        p if n % 2 and p != " ?" else p.replace(" ?", r"\s?").replace(" ", r"\s+") for n, p in enumerate(kept)
    )


def derive(text: str, written: date, source: str = "free text") -> dict[str, FieldValue]:
    """The derived facts of a text by their names (`absence.first_day`, `attendance.last_day`, `expected.start`: ISO
    dates; `referral.reason`, `destination.country`, `risk.groups`, `address.protected`); `written` is the day on
    which it was written. What the text does not say is not in the result."""
    text = text[:CHARACTERS]
    facts = dict(_dates(text, written, source))
    for name, found in (
        ("referral.reason", _reason(text, source)),
        ("destination.country", _country(text, source)),
        ("risk.groups", _groups(text, source)),
        ("address.protected", _protected(text, source)),
    ):
        if found is not None:
            facts[name] = found
    return facts


def country_of_address(address: str, source: str = "free text") -> FieldValue | None:
    """The country in which a new address lies, where its last line names one."""
    found = _words().ends_with_country.search(address[-200:])
    return FieldValue(_country_name(found), found["country"], 0.9, source) if found else None


def _dates(text: str, written: date, source: str) -> Iterator[tuple[str, FieldValue]]:
    by_name: dict[str, list[FieldValue]] = {}
    for name, cue, sure in _words().dates:
        for match in cue.finditer(text):
            if (found := _date_after(text, match.end(), written)) is None:
                continue
            confidence = min(sure, found.confidence)
            if found.day > written and name != "expected.start":
                confidence = min(confidence, 0.6)
            raw = " ".join(text[match.start() : match.end() + found.end].split())
            value = FieldValue(found.day.isoformat(), raw, confidence, f"{source}: “{raw}”")
            by_name.setdefault(name, []).append(value)
    for name, values in by_name.items():
        best = max(values, key=lambda v: v.confidence)
        if len({v.value for v in values if v.confidence >= best.confidence - 0.2}) > 1:
            best = FieldValue(best.value, best.raw, min(best.confidence, 0.6), best.source)
        yield name, best


def _date_after(text: str, place: int, written: date) -> dates.Found | None:
    """The date that follows at once, in the same sentence."""
    ahead = text[place : place + 45]
    first = next(iter(dates.find(ahead, written)), None)
    if first is not None and first.start <= 12 and not re.search(r"[.;\n]\s", ahead[: first.start]):
        return first
    weekday = dates.find_weekday(ahead, written)
    return weekday if weekday is not None and weekday.start <= 6 else None


def _hits(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches that are not denied ("no history of domestic violence")."""
    return [m for m in pattern.finditer(text) if not _NEGATED.search(text[max(0, m.start() - 60) : m.start()])]


def _quoted(text: str, match: re.Match[str], source: str) -> str:
    start, end = max(0, match.start() - 20), min(len(text), match.end() + 20)
    return f"{source}: “{' '.join(text[start:end].split())}”"


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "\n", "; ")) + 1
    ends = [e for mark in (". ", "\n", "; ") if (e := text.find(mark, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def _reason(text: str, source: str) -> FieldValue | None:
    """Why the child is referred, where the text says it: the first of the declared order."""
    found = {reason: hits[0] for reason, pattern in _words().reasons.items() if (hits := _hits(pattern, text))}
    if match := _going(text):
        found["abroad"] = match
    if "abroad" in found:
        # Who moves abroad leaves, too: that is one reason, not two.
        found.pop("leaving", None)
    if not found:
        return None
    order = tuple(_words().reasons)
    reason = min(found, key=order.index)
    match = found[reason]
    plain = len(found) == 1 and not _PERHAPS.search(_sentence(text, match))
    return FieldValue(reason, match[0], 0.85 if plain else 0.7, _quoted(text, match, source))


def _going(text: str) -> re.Match[str] | None:
    return next(iter(_hits(_words().going, text)), None)


def _country(text: str, source: str) -> FieldValue | None:
    hits = _hits(_words().going, text)
    if not hits:
        return None
    match = hits[0]
    sentence = _sentence(text, match)
    doubtful = len({_country_name(m) for m in hits}) > 1 or _PERHAPS.search(sentence) or _FOR_A_TIME.search(sentence)
    return FieldValue(_country_name(match), match[0], 0.7 if doubtful else 0.9, _quoted(text, match, source))


def _country_name(match: re.Match[str]) -> str:
    said = " ".join(match["country"].split())
    return _words().countries.get(said.lower(), said)


def _groups(text: str, source: str) -> FieldValue | None:
    """The risk groups of paragraph 2.6 that the text names, comma separated."""
    found = {name: hits[0] for name, pattern in _words().groups.items() if (hits := _hits(pattern, text))}
    if not found:
        return None
    first = next(iter(found.values()))
    return FieldValue(", ".join(found), ", ".join(m[0] for m in found.values()), 0.85, _quoted(text, first, source))


def _protected(text: str, source: str) -> FieldValue | None:
    """Said once is enough: an address kept back in error does less harm than one given away."""
    for pattern, confidence in _words().protected:
        for match in _hits(pattern, text):
            return FieldValue("yes", match[0], confidence, _quoted(text, match, source))
    return None
