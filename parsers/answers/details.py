"""Details of a child or a family in a reply: the names of the forms' fields, and what stands for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from parsers.answers.clauses import Said, is_noise
from parsers.answers.places import POSTCODE
from parsers.answers.things import Thing

_NAME = r"(?P<v>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})"
_IS = r"\s*(?:is|was|=|:|-|–|\bspelt\b|should be)?\s*"
_NAMED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"\b{label}{_IS}{_NAME}"))
    for field, label in (
        (
            "child.other_surnames",
            r"(?i:also known as|other surnames?|aka|previous surname|previously known as|former surname)",
        ),
        ("child.surname", r"(?i:surname|last name|family name|second name)"),
        ("child.forenames", r"(?i:first names?|forenames?|given names?|christian name|middle names?)"),
        (
            "carers",
            (
                r"(?i:parents?(?:\s*/\s*carers?)?|carers?|mum|mother|dad|father|guardian)"
                r"(?:'s)?(?i:\s+names?)?(?i:\s+(?:is|are|called|named))*"
            ),
        ),
        ("child.full_name", r"(?i:full name|(?:child|pupil|his|her|their)(?:'s)? (?:full )?name|name)"),
    )
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b")
_YEAR = re.compile(r"\b(?:year(?: group)?|yr|y|ncy)[\s:]*(?:is\s+)?(\d{1,2}|R)\b|\b(reception)\b", re.IGNORECASE)
_GENDER = re.compile(
    r"\b(?:gender|sex)\s*(?:is|:|-)?\s*(male|female|m|f|boy|girl)\b|\b(?:she is|he is|is a)?\s*\b(male|female)\b",
    re.IGNORECASE,
)
_SEN = re.compile(r"\bsen(?:d)?\b\s*(?:is|:|-|support)?\s*(yes|no|none|y|n)\b|\b(no sen|has sen|ehcp)\b", re.IGNORECASE)
_BEFORE = 45
_BORN = re.compile(r"(?:date of birth|d\.?o\.?b\.?|\bborn|birthday|birth date|birthdate)[^\d\n]{0,20}$", re.IGNORECASE)
_ABSENT = re.compile(
    (
        r"(?:first (?:day|date) (?:of |s? ?)?(?:unexplained )?absen\w*|absen\w+ (?:since|from|began"
        r"|started|start\w*)|first absent|first absence|not (?:been )?(?:in|seen)(?: school)? since"
        r"|missing (?:since|from)|off (?:school )?since|n't been in since|away since"
        r"|absent)[^\d\n]{0,25}$"
    ),
    re.IGNORECASE,
)
_LAST = re.compile(
    (
        r"(?:last (?:day|date|attended|attendance|in school|in|seen in school|here)|attended until|left "
        r"(?:us|school)?(?: on)?)[^\d\n]{0,25}$"
    ),
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"(?:expected|due to (?:start|join)|start date|to start)[^\d\n]{0,25}$", re.IGNORECASE)
_DAYS = (
    ("child.date_of_birth", _BORN),
    ("absence.first_day", _ABSENT),
    ("attendance.last_day", _LAST),
    ("expected.start", _EXPECTED),
)
_NEW = re.compile(
    (
        r"(?:moved to|moving to|new address|now (?:living )?at|forwarding|gone to|believed to be at"
        r"|current address)[^\n.]{0,20}$"
    ),
    re.IGNORECASE,
)
_CARER_AT = re.compile(r"(?:mum|mother|dad|father|parent|carer)'?s?(?: new)? address[^\n.]{0,12}$", re.IGNORECASE)
_PREVIOUS = re.compile(r"(?:previous|former|old|last|before)(?: school)?[^\n.]{0,20}$", re.IGNORECASE)
_OURS = re.compile(
    r"(?:our|school|office|my|me on|us on|referrer|contact me|ring me|call me)[^\n.;,]{0,25}$", re.IGNORECASE
)
_SECOND = re.compile(r"(?:dad|father|second|carer 2|stepdad|other parent)[^\n.;,]{0,25}$", re.IGNORECASE)
_PARENT = re.compile(
    r"\b(?:mum|mother|dad|father|parent|carer|brother|sister|sibling)(?:'?s)? (?:date of birth|d\.?o\.?b|born|birth)"
    r"[^\n.;,]*$",
    re.IGNORECASE,
)
"""Whose birthday it is: "mum's dob is"."""
_NOT = re.compile(r"\b(?:not|isn't|wasn't)\W+$", re.IGNORECASE)
""" "Date of birth is not 14/7/08"."""
_OLDEST_PUPIL, _YOUNGEST_PUPIL = 20, 2
_OLDEST = 25
"""Years of age from which on a day called a birthday is a slip of the pen, as is one to come."""


def read_details(said: Said, written: date, lacking: Collection[str] = ()) -> dict[str, str]:
    """Fields by the names of the forms' declaration: {"child.date_of_birth": "2003-05-03", ...}; dates ISO, the rest as
    written. A day that says nothing of itself is taken for a birthday only where no pupil's age denies it, or for the
    one day among the fields that are `lacking`."""
    found: dict[str, str] = {}
    for pairs in (_dates(said, written), _places(said), _numbers(said), _names(said), _marks(said.text)):
        for field, value in pairs:
            found.setdefault(field, value)
    return found or dict(_the_day_asked_for(said, written, lacking))


def _the_day_asked_for(said: Said, written: date, lacking: Collection[str]) -> Iterator[tuple[str, str]]:
    """ "4th Nov", "It was the 4th": nothing else is said, and one day was asked for."""
    days = [field for field, _ in _DAYS if field in lacking]
    told = [clause for clause in said.clauses if not is_noise(clause)]
    if len(days) != 1 or len(told) != 1 or not _BARE_DAY.fullmatch(told[0].joined) or told[0].asks:
        return
    (thing,) = told[0].things("date")
    assert thing.day is not None
    born = days[0] == "child.date_of_birth"
    if not born or (thing.day.past == thing.day.future and not _no_child(thing.day.past, written)):
        yield days[0], (thing.day.future if days[0] == "expected.start" else thing.day.past).isoformat()


_BARE_DAY = re.compile(r"(?: (?:it|that|this|was|is|on|from|since|the|day|date|first|yes|sorry|would|be))* <date>")


def _just_before(said: Said, thing: Thing) -> str:
    return said.text[max(0, thing.start - _BEFORE) : thing.start]


def day_of(text: str, at: int) -> str:
    """What the words before it say that the day at that place of the text is: a field's name, or ""."""
    before = text[max(0, at - _BEFORE) : at]
    return next((field for field, words in _DAYS if words.search(before)), "")


def _dates(said: Said, written: date) -> Iterator[tuple[str, str]]:
    for thing in said.of("date"):
        assert thing.day is not None
        day = thing.day.past
        if _NOT.search(_just_before(said, thing)):
            continue
        if field := day_of(said.text, thing.start):
            if field == "child.date_of_birth" and (
                _PARENT.search(_just_before(said, thing)) or _no_child(day, written)
            ):
                continue
            yield field, (thing.day.future if field == "expected.start" else day).isoformat()
        elif thing.day.past == thing.day.future and _YOUNGEST_PUPIL <= written.year - day.year <= _OLDEST_PUPIL:
            yield "child.date_of_birth", day.isoformat()


def _no_child(born: date, written: date) -> bool:
    return born > written or written.year - born.year > _OLDEST


def _places(said: Said) -> Iterator[tuple[str, str]]:
    for thing in said.of("address"):
        before, text = _just_before(said, thing), " ".join(thing.text.split())
        if re.fullmatch(POSTCODE, text):
            yield "address.postcode", text
        elif _CARER_AT.search(before):
            yield "carer_1.address", text
        else:
            yield ("address.moved_to" if _NEW.search(before) else "address.last_known"), text
    for thing in said.of("school"):
        before = _just_before(said, thing)
        yield ("school.previous" if _PREVIOUS.search(before) else "school.current"), " ".join(thing.text.split())


def _numbers(said: Said) -> Iterator[tuple[str, str]]:
    for thing in said.of("phone"):
        before, number = _just_before(said, thing), " ".join(thing.text.split())
        if _OURS.search(before):
            yield "referrer.telephone", number
        else:
            carer = "carer_2" if _SECOND.search(before) else "carer_1"
            yield f"{carer}.{kind_of_phone(number)}", number
    for thing in said.of("email"):
        yield "referrer.email", thing.text


def kind_of_phone(number: str) -> str:
    """`mobile` or `home_phone`: a mobile number of this country begins with 07."""
    mobile = re.sub(r"\D", "", number).removeprefix("44").lstrip("0").startswith("7")
    return "mobile" if mobile else "home_phone"


def _names(said: Said) -> Iterator[tuple[str, str]]:
    for field, expression in _NAMED:
        match = expression.search(said.text)
        if not match:
            continue
        if field != "child.full_name":
            yield field, match["v"].strip()
        elif len(match["v"].split()) > 1:
            *forenames, surname = match["v"].split()
            yield "child.forenames", " ".join(forenames)
            yield "child.surname", surname


def _marks(text: str) -> Iterator[tuple[str, str]]:
    if upn := _UPN.search(text.upper()):
        yield "child.upn", upn[0]
    if year := _YEAR.search(text):
        yield "child.year_group", (year[1] or "R").upper()
    if gender := _GENDER.search(text):
        yield "child.gender", "female" if (gender[1] or gender[2]).lower() in ("female", "f", "girl") else "male"
    if sen := _SEN.search(text):
        yield "child.sen", "no" if (sen[1] or sen[2]).lower() in ("no", "none", "n", "no sen") else "yes"
