"""Free text about a child that is no form: the child as it names it, as far as it is sure.

Deliberately modest: a name that may be somebody else's stays empty, and a person reads the letter anyway.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from parsers.reading import ChildMention
from parsers.wording import listed, table

MAX_TEXT = 20_000

_LETTERS = [*map(chr, (*range(0x41, 0x180), *range(0x218, 0x21C)))]
# Sorted by what they are: in Latin Extended-A small and capital letters take turns, so that no range parts them. A
# letter that could be either would let a row of them be taken apart in ever more ways.
_LOWER, _UPPER = (f"[{''.join(filter(kind, _LETTERS))}]" for kind in (str.islower, str.isupper))
_WORD = rf"(?:O['’]{_UPPER}{_LOWER}++|{_UPPER}{_LOWER}++(?:(?:['’-]{_UPPER}?|{_UPPER}){_LOWER}++){{0,4}}+)"
_NAME = rf"(\b{_WORD}(?:[ ](?:{_WORD}|de|van|der|el|al|bin|da|dos)){{1,3}})"
_CAPITALS = rf"(?:O['’])?{_UPPER}{{2,}}+(?:['’-]{_UPPER}{{2,}}+){{0,2}}+"
_NAME_BORN = rf"(\b{_WORD}(?:[ ](?:{_WORD}|de|van|der|el|al|bin|da|dos)){{0,2}}[ ](?:{_WORD}|{_CAPITALS}))"
"""Beside a birth a surname may stand in capitals, as officials write it: "Ann OTHER, born 3 May 2003"."""
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?[ ](?:of[ ])?[A-Za-z]{3,9},?[ ](?:\d{4}|\d{2})"
_DATE = rf"(\d{{1,2}}[./ -]\d{{1,2}}[./ -](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|{_DAY_OF_MONTH})"
_YEAR = r"(?:[Yy](?:ea)?r?\.? ?\d{1,2}|Reception)"
_A_CHILD = (
    r"(?:[Pp]upil|[Ss]tudent|[Cc]hild|[Bb]oy|[Gg]irl|[Ss]on|[Dd]aughter|[Bb]rother|[Ss]ister|[Nn]ephew|[Nn]iece|[Ll]ad|"
    r"[Tt]eenager)"
)
_AGED = r"(?:,? (?:of |aged |age )?(?:about |around |approximately )?\d{1,2}(?: years?(?: old)?)?)?"
_CALLED = r"(?:,? (?:is |was )?(?:called|named|by the name of))?"
_PARENT = r"(?:[Pp]arents?|[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Ff]amily|[Cc]arers?)"
_BIRTH = r"(?:[Dd]\.?[Oo]\.?[Bb]\.?|DoB|[Dd]ate of [Bb]irth|[Bb]orn)"
_NAMED = tuple(
    re.compile(p)
    for p in (
        # "our pupil Ann Other", "a boy of about 9, Ann Other", "a girl called Ann Other"
        rf"\b{_A_CHILD}{_CALLED}{_AGED}(?: (?:in|from) {_YEAR})?[,:]? ?(?:[–-] ?)?(?:called |named )?{_NAME}",
        # "Ann Other (dob 3/5/03)", "Ann Other, born 3 May 2003"
        rf"{_NAME_BORN},? ?(?:\(|–|-)? ?\(?{_BIRTH}",
        # "Ann Other, aged 9", "Ann Other in Y6", "Ann Other, a pupil"
        rf"{_NAME},? ?(?:\(|–|-)? ?(?:,? ?aged? \d|(?:who is )?(?:in|from) {_YEAR}|{_YEAR}\b|\d{{1,2}} years)",
        rf"{_NAME},? ?a (?:\w+ )?(?:pupil|boy|girl|child|student)",
        rf"\b(?:[Nn]ame|[Cc]hild|[Pp]upil|RE|Re|[Rr]egarding|[Cc]oncerning|[Aa]bout)\s*:\s*{_NAME}",
        # "the parents of Ann Other", "Ann Other's mother"
        rf"\b{_PARENT} of {_NAME}",
        rf"{_NAME}['’]?s? {_PARENT}\b",
        # "our referral for Ann Other"
        rf"\b[Rr]eferral (?:form )?(?:for|of|about|regarding) {_NAME}",
        # "thinking about Ann Other"
        rf"\b(?:about|regarding|re|concerning) {_NAME}",
        # "Ann Other has not been in school"
        rf"{_NAME} (?:has|hasn['’]t|is|isn['’]t|was|left|moved|stopped|did not|didn['’]t|never|turned up|started"
        r"|arrived|returned|came|joined|had)\b",
    )
)
_BORN = re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born)(?: on| is| was)?\s*[:=]?\s*{_DATE}", re.IGNORECASE)
_BORN_BETWEEN = re.compile(rf"[\s,;(–-]*{_BORN.pattern}\s*\)?,?(?:\s+|(?=[.;]))", re.IGNORECASE)
_BARE_BIRTH = re.compile(rf"{_NAME_BORN}(?: ?[,–-] ?| ?\(|  ?){_DATE}\)?")
"""A name, and a date with no word beside it: "Ann Other (3/5/03)"."""
_SCHOOL = re.compile(
    rf"\b((?:(?:{_WORD}|St\.?|of|the|and|C of E|CE|RC)[ ]){{1,8}}"
    r"(?:School|Academy|College|Primary|Infants?|Juniors?))\b"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


def mention(text: str, written: date) -> ChildMention | None:
    """The child that a letter is about; None when it speaks of no child's schooling at all. `written` bounds the date
    of birth: nobody is born after the letter."""
    text = text[:MAX_TEXT]
    surname, forenames = _name(text)
    born = _born(text, written)
    if not (surname and born) and (bare := _by_bare_birth(text, written)):
        surname, forenames, born = bare
    if _speaks_of("no_letter", text) or not (_speaks_of("schooling", text) or (surname and born)):
        return None
    if not (surname or born or (_speaks_of("child", text) and _speaks_of("particular", text))):
        return None
    return ChildMention(surname, forenames, born, _school(text))


def without_birth(text: str, written: date) -> str:
    """The text without its dates of birth, so that none is taken for the day of what happened, and none comes between
    what was done and to whom ("we took Ann, born 1/2/03, off our roll")."""
    text = _BORN_BETWEEN.sub(" ", text[:MAX_TEXT])
    return _BARE_BIRTH.sub(lambda m: m[1] + " " if _of_a_child(m[2], written) else m[0], text)


def schools(text: str) -> tuple[str, ...]:
    """The schools that the text names in full, each once."""
    found = dict.fromkeys(" ".join(m[1].split()) for m in _SCHOOL.finditer(" ".join(text[:MAX_TEXT].split())))
    cleaned = (re.sub(r"^(?:(?:The|At|From|Our|In|And|To)(?: (?=[A-Z]))(?!Lady))+", "", s).strip() for s in found)
    return tuple(dict.fromkeys(s for s in cleaned if " " in s and not re.match(r"(?:of|the|and)\b", s)))


def _speaks_of(words: str, text: str) -> bool:
    return bool(listed("letters", words, r"\b", r"\b").search(text))


def _name(text: str) -> tuple[str, str]:
    """Surname and forenames, both "" when none is sure, or when two children are named."""
    flat = " ".join(text.split())
    for pattern in _NAMED:
        found = list(dict.fromkeys(n for m in pattern.finditer(flat) if (n := _trimmed(m[1], flat, m.start(1)))))
        if len(found) == 1 or (found and all(f in found[0] for f in found)):
            forenames, _, surname = found[0].rpartition(" ")
            return surname, forenames
        if found:
            return "", ""
    return "", ""


def _trimmed(name: str, text: str, at: int) -> str:
    """The name without a leading word that only begins the sentence; "" when no two words of a name are left."""
    words = re.sub(r"['’]s$", "", name).split()
    while words and words[0].lower().strip(".,'’") in _no_names():
        if words[0].lower().rstrip(".") in ("mr", "mrs", "ms", "miss", "dr"):
            return ""
        words = words[1:]
    while words and words[-1].lower() in _no_names():
        words = words[:-1]
    titled = re.search(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|PC|Cllr)\.? $", text[max(0, at - 6) : at])
    if len(words) < 2 or titled or any(w.lower() in _no_names() for w in words):
        return ""
    return " ".join(words)


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(table("letters")["no_names"].split())


def _born(text: str, written: date) -> date | None:
    match = _BORN.search(text)
    born = _date(match[1]) if match else None
    return born if born and date(written.year - 20, 1, 1) <= born <= written else None


def _by_bare_birth(text: str, written: date) -> tuple[str, str, date] | None:
    """The one child whose birth stands beside the name without a word that says so."""
    flat = " ".join(text.split())
    found = {
        (name, born)
        for m in _BARE_BIRTH.finditer(flat)
        if (born := _of_a_child(m[2], written)) and (name := _trimmed(m[1], flat, m.start(1)))
    }
    if len(found) != 1:
        return None
    name, born = found.pop()
    forenames, _, surname = name.rpartition(" ")
    return surname, forenames, born


def _of_a_child(raw: str, written: date) -> date | None:
    """A day on which a child of two to nineteen was born."""
    born = _date(raw)
    return born if born and date(written.year - 20, 1, 1) <= born <= date(written.year - 2, 1, 1) else None


def _date(raw: str) -> date | None:
    """Day first, as the British write; a year of two digits is of this century."""
    parts = re.findall(r"\d+|[A-Za-z]{3,}", re.sub(r"(\d)(?:st|nd|rd|th)\b|\bof\b", r"\1", raw))
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    month = _MONTHS.get(parts[1][:3].lower(), 0) if parts[1].isalpha() else int(parts[1])
    year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
    try:
        return date(year, month, int(parts[0]))
    except ValueError:
        # No such day: nothing is made of it.
        return None


def _school(text: str) -> str:
    """The one school that is named; "" when there are several."""
    found = schools(text)
    return found[0] if len(found) == 1 else ""
