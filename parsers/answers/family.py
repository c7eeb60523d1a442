"""A family as a letter describes it: where the child lived, with which parent, under which number. Only what stands
beside the words that say so: a school's own address, a grandmother's, an office's number are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.answers import details
from parsers.answers.clauses import take_apart
from parsers.answers.context import AnswerContext
from parsers.answers.says import Says
from parsers.answers.things import Thing

_PARENT = r"(?:mother|mum|father|dad|parents?|carers?|guardian|stepmother|stepfather)"
_TITLE = r"(?:(?:Mrs?|Ms|Miss|Mx|Dr)\.?\s+)?"
_WORD = r"[A-Z][\w'’-]+"
_PERSON = rf"{_TITLE}{_WORD}(?:\s+{_WORD}){{1,2}}"
_NAMED = re.compile(
    rf"\b(?i:{_PARENT})(?:\s*/\s*(?i:carers?))?\s*(?:[,:(–-]|(?i:is|was|are|were|called|named|,?\s*who is))*\s*"
    rf"(?P<who>{_PERSON}(?:\s+(?:and|&)\s+{_PERSON})?)"
)
_HOME = re.compile(
    r"(?:\b(?:she|he|they|child|pupil|family|who)\s+(?:has |had |have )?(?:lived|lives?|living|was living|resided?s?)"
    r"(?:\s+(?:with|in|near)\b[^.;\d]{0,40})?\s+(?:at|in)"
    r"|\b(?:home|last(?: known)?|family(?:'s)?|her|his|their|pupil(?:'s)?|child(?:'s)?)\s+(?:home\s+|known\s+)?address"
    r"(?:\s+with us)?\s*(?:is|was|:|-|–)?)\s*$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(rf"\b(?:{_PARENT}|mr|mrs|ms|miss)\b[^.;]{{0,60}}$", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:our|school|office|my|me|us|nan|gran\w*|aunt\w*|uncle|neighbour|friend|new|moved|moving|now|next)\b",
    re.IGNORECASE,
)
_BEFORE = 90


def family(text: str, context: AnswerContext, says: Says) -> dict[str, str]:
    """`address.last_known`, `carers`, `carer_1.mobile` and `carer_1.home_phone`, as far as the text says them once and
    plainly; two that differ are none."""
    said = take_apart(text, context.day, context.child, says.lexicon)
    found: dict[str, set[str]] = {}
    for thing in said.of("address"):
        if _HOME.search(before := _sentence_before(said.text, thing)) and not _OF_OTHERS.search(before):
            found.setdefault("address.last_known", set()).add(" ".join(thing.text.split()))
    for thing in said.of("phone"):
        before = _sentence_before(said.text, thing)
        if (near := _NUMBER_OF.search(before)) and not _OF_OTHERS.search(near[0]):
            number = " ".join(thing.text.split())
            found.setdefault(f"carer_1.{details.kind_of_phone(number)}", set()).add(number)
    found.setdefault("carers", set()).update(_parents(said.text))
    return {field: next(iter(values)) for field, values in found.items() if len(values) == 1}


def _parents(text: str) -> Iterator[str]:
    for match in _NAMED.finditer(text):
        yield " ".join(match["who"].split())


def _sentence_before(text: str, thing: Thing) -> str:
    before = text[max(0, thing.start - _BEFORE) : thing.start]
    return re.split(r"[.;!?]\s+(?=[A-Z])|\n\s*\n", re.sub(r"\b(Mrs?|Ms|Dr)\.", r"\1", before))[-1]
