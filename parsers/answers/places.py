"""Addresses and schools as a reply names them in running text, in any case of letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.answers.words import english

POSTCODE = r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s{0,2}\d[A-Za-z]{2}\b"
_STREET_KIND = (
    r"(?:road|rd|street|st|avenue|ave|lane|ln|close|drive|dr|way|crescent|cres|court|ct|place|gardens|gdns|grove"
    r"|terrace|row|walk|path|hill|mews|square|sq|park|green|rise|view|parade|meadows?|fields?|wharf|quay|mount|croft"
    r"|cottages?|house|yard|broadway|embankment|gate|heights|estate|vale|dale|circus|bank|wood|approach|causeway|end"
    r"|hostel|hotel|inn|lodge|villas?|buildings|parkway|piece|leys|bridge|common|orchard|mead)\b\.?"
)
_NOT_STREET = (
    r"(?!(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|times?|children|kids|people"
    r"|siblings|cards?|of|and"
    r"|to|from|at|in|is|was|were|on|he|she|they|we|i|am|pm|st|nd|rd|th|working|school|records?|matches|calls?|visits?"
    r"|letters?|texts?|emails?|attempts?|o'?clock|doors?|neighbours?|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?"
    r"|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|but|not|no|with|for|has|have|had|will|who|that|this|if|or|last|next)\b)"
)
_STREET_WORD = rf"{_NOT_STREET}[A-Za-z'’.-]+\s+"
_UNIT = r"(?:(?:flat|apartment|apt|unit|room|plot|pitch|caravan)\s*\w{1,4}\s*,?\s*)"
_NUMBER = r"\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?,?\s+"
_STREET = rf"(?:the\s+)?(?:{_STREET_WORD}){{1,3}}?{_STREET_KIND}(?:\s+(?:East|West|North|South)\b)?"
_NOT_TOWN = (
    r"(?!(?:She|He|They|We|I|The|It|His|Her|No|Not|But|And|So|Mum|Dad|Please|Thanks|Tel|Phone|Date"
    r"|School|Parent|Since|Born|UPN|DOB|Kind|Regards|Best)\b)"
)
_TOWN = (
    rf"{_NOT_TOWN}[A-Z][\w'’.]+(?:[ -](?:on|in|upon|le|the|under|by|next)[ -][A-Z]\w+|[ -]{_NOT_TOWN}[A-Z]\w+){{0,2}}"
)
_TAIL = rf"(?:\s*,\s*(?!\d){_TOWN}(?![\w/])){{0,3}}"
_TO_POSTCODE = rf"(?:(?:\s*,\s*|\s+)[A-Za-z'’.-]+){{0,5}}?\s*,?\s*{POSTCODE}"

_ADDRESS = re.compile(
    rf"(?<![\w/])(?i:(?:{_UNIT})?{_NUMBER}{_STREET}(?![\w-])(?!\s+(?:school|academy|college|primary)))"
    rf"(?:(?i:{_TO_POSTCODE})|{_TAIL})"
    rf"|(?<![\w/])(?i:{_UNIT})(?:[A-Z][\w'’]+\s+){{1,3}}(?i:{_STREET_KIND})(?:(?i:{_TO_POSTCODE})|{_TAIL})"
)
_BY_POSTCODE = re.compile(
    rf"(?:(?!(?i:post|postcode|code|address|dob|possibly|maybe|perhaps|probably|sorry|now|moved"
    rf"|new)\b)(?:[A-Z\d][\w'’]*)(?:,?\s+(?=[A-Z\d]))){{0,7}}(?<![\w])(?i:{POSTCODE})"
)
_NAMED_STREET = re.compile(
    rf"(?<!\w)(?:(?:[A-Z][\w'’]+)\s+){{1,3}}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Way|Crescent|Court|Place"
    rf"|Gardens|Grove|Terrace|Row|Walk|Mews|Cottage|Path|Square|Hostel|Hotel|Lodge|Caravan Park"
    rf"|Site)\b(?!\s+(?:School|Academy|Primary)){_TAIL}"
)

_SCHOOL_KIND = (
    r"(?:community college|sixth form college|free school|primary|infants?|juniors?|secondary|comprehensive|grammar"
    r"|high school|special school|preparatory|prep|nursery|academy|school|college|c of e|ce primary|high|upper|middle"
    r"|studio school|utc|pru|montessori|gymnasium|grundschule|szkola)"
)
_NOT_IN_SCHOOL = english().lists["not_in_school"]
_WORD = re.compile(r"\w[\w'’.-]*|&")
_KIND_AT = re.compile(rf"(?<![\w'’-]){_SCHOOL_KIND}(?![\w'’-])", re.IGNORECASE)
_KIND_AFTER = re.compile(
    rf"(?:(?:\s*,?\s+(?:\(?(?:c of e|ce|rc|va|vc|aided|controlled)\)?|and|&|{_SCHOOL_KIND}))+)(?![\w'’-])",
    re.IGNORECASE,
)
_ROAD_NEXT = re.compile(
    (
        r"\s+(?:road|rd|lane|street|st|close|avenue|drive|hill|way|place|records?|rolls?|office|staff|run"
        r"|bus|gates?|age|aged|term|day|transport|uniform|admissions?|nurse|visit)\b"
    ),
    re.IGNORECASE,
)
_LAESTAB = re.compile(r"(?<![\w/-])(\d{3})[/ -]?(\d{4})(?![\w/])")


@dataclass(frozen=True, slots=True)
class Place:
    """An address or a school at [start, end) of the text."""

    start: int
    end: int


def find_addresses(text: str) -> list[Place]:
    """What is an address beyond doubt: a number and a street, or a postcode with what stands before it."""
    found: list[Place] = []
    for expression in (_ADDRESS, _BY_POSTCODE, _NAMED_STREET):
        for match in expression.finditer(text):
            if not any(p.start < match.end() and match.start() < p.end for p in found):
                found.append(_trimmed(text, match.start(), match.end()))
    return found


def find_schools(text: str) -> list[Place]:
    """Names that end in what a school is called (`Larkmead Vale Primary School`, `our lady of grace catholic
    primary`). "Another school" names none."""
    found: list[Place] = []
    for match in _KIND_AT.finditer(text):
        if (found and match.start() < found[-1].end) or _ROAD_NEXT.match(text, match.end()):
            continue
        start = _name_start(text, match.start())
        if _is_name(text[start : match.start()]):
            found.append(_trimmed(text, start, _name_end(text, match.end())))
    return found


def laestab(text: str) -> str:
    """The first seven-digit school number in the text, written 931/4000, or ""."""
    match = _LAESTAB.search(text)
    return f"{match[1]}/{match[2]}" if match else ""


def _name_start(text: str, kind_at: int) -> int:
    """Where the words that belong to the school's name begin, going back from `School`."""
    start = kind_at
    named = 0
    for word in reversed(list(_WORD.finditer(text, max(0, kind_at - 60), kind_at))):
        if text[word.end() : start].strip() not in ("", "'"):
            break
        lower = word[0].lower()
        inner = lower in ("of", "the", "and", "&", "on") and named > 0
        if lower == "our" and text[word.end() : kind_at].lower().lstrip().startswith("lady"):
            start = word.start()
            break
        if word[0].isdigit() or (
            not inner
            and (
                lower in _NOT_IN_SCHOOL
                or (word[0].islower() and (lower in english().common or text[kind_at].isupper()))
            )
        ):
            break
        if not inner and ((lower.endswith(".") and lower != "st.") or _begins_sentence(text, word)):
            break
        if lower == "the":
            start = word.start() if word[0] == "The" or text[: word.start()].endswith(("of ", "on ")) else start
            if not text[: word.start()].endswith(("of ", "on ")):
                break
        elif inner and not _name_before(text, word.start()):
            break
        start = word.start()
        named += 0 if inner else 1
        if named > 6:
            break
    return start if named else kind_at


_GENERIC = english().lists["generic"]


def _is_name(words: str) -> bool:
    return any(w.lower() not in _GENERIC for w in _WORD.findall(words))


def _begins_sentence(text: str, word: re.Match[str]) -> bool:
    """ "Possibly Fernbank Academy": the capital is the sentence's, not the school's."""
    first = re.search(r"(?:^|[.!?\n])\s*$", text[: word.start()]) is not None
    return first and word[0].lower() in english().known and word[0].lower() != "the"


def _name_before(text: str, at: int) -> bool:
    words = _WORD.findall(text[max(0, at - 25) : at])
    if not words or words[-1].lower() in _NOT_IN_SCHOOL:
        return False
    return words[-1][0].isupper() or words[-1] not in english().common


def _name_end(text: str, end: int) -> int:
    more = _KIND_AFTER.match(text, end)
    return more.end() if more and not more[0].rstrip().lower().endswith((" and", "&")) else end


def _trimmed(text: str, start: int, end: int) -> Place:
    while end > start and text[end - 1] in " ,.;":
        end -= 1
    return Place(start, end)


COUNTRIES = re.compile(r"\b(?:" + "|".join(sorted(english().lists["countries"])) + r")\b", re.IGNORECASE)
"""Countries as people name them; a capital US only."""
