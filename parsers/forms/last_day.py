"""The last day at school where a form has a line of its own for it, which no form of ours declares: "Date last
attended", "Last date of attendance". Only a line, or a label and what stands beside or below it, that says this and
nothing else: in a sentence it is a fact of the free text (parsers.derived)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from parsers.derived import derive
from parsers.documents.layout import Layout
from parsers.forms.cleaned import EDGE
from parsers.reading import FieldValue, Referral

NAME = "attendance.last_day"

LONGEST = 80
"""Characters of a line that is a label and a date."""

_ALONE = re.compile(
    r"[a-z ]{0,40}\b(?:attended|attendance|school|education|college)(?: date)?[ :–-]{0,3}"
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?\d[\w ,./-]{3,25}",
    re.I,
)
"""A label and a day; a word between them ("sister left 3 July") says of what else it is the day."""


def with_last_day(referral: Referral, document: Layout, source: str, written: date) -> Referral:
    """The same, with the day that such a line gives, where the referral has none. `document` holds this form alone."""
    known = referral.fields.get(NAME)
    if document.seen or (known is not None and known.value):
        return referral
    found = list(dict.fromkeys(_said(document.text(), source, written)))
    if len({value.value for value in found}) != 1:
        return referral
    return replace(referral, fields={**referral.fields, NAME: found[0]})


def _said(text: str, source: str, written: date) -> Iterator[FieldValue]:
    lines = [" ".join(line.split()).strip(EDGE) for line in text.split("\n")]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        for said in (line, f"{line} {below}"):
            alone = len(said) <= LONGEST and _ALONE.fullmatch(said)
            if alone and (fact := derive(said, written, source).get(NAME)) and fact.raw == said:
                yield fact
                break
