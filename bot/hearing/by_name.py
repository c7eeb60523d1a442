"""A school's mail that says too little to be a letter about a child, but names in full the one pupil of its own whose
case is open: "please ignore my last mail about ...". It goes to that case's officer at once, as it was written, and
sets nothing else off; in the quarantine it would wait until the next morning's digest."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.cases.authority import own_school
from bot.cases.casework import Casework, Origin
from bot.cases.children import namesakes
from bot.cases.linking import PROTECTED
from bot.cases.referrals import join
from bot.matching import Child
from parsers.derived import derive

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_PAIRS = 60
"""Of a mail, so many pairs of words are looked up."""


def joined(work: Casework, arrival: Arrival, who: Writer, origin: Origin, text: str) -> str | None:
    """The case that the mail was added to, if any; `text` is what is kept of it."""
    ref = _own_pupil(work, who, text)
    if ref is not None:
        said = derive(text, work.now.date()).get(PROTECTED)
        fields = {PROTECTED: "yes"} if said and said.value == "yes" else {}
        join(work, ref, {"fields": fields}, text, origin)
    return ref


def _own_pupil(work: Casework, who: Writer, text: str) -> str | None:
    if who.role != "school":
        return None
    words = _WORD.findall(text)
    named = [(a, b) for a, b in pairwise(words) if a[0].isupper() and b[0].isupper()][:_PAIRS]
    found = {ref for forename, surname in dict.fromkeys(named) for ref in _open_cases(work, who, forename, surname)}
    return found.pop() if len(found) == 1 else None


def _open_cases(work: Casework, who: Writer, forename: str, surname: str) -> set[str]:
    found = set[str]()
    for row in namesakes(work, Child(surname, forename, None)):
        case = work.case(row.ref)
        first = str(case.facts.get("child.forenames") or "").split()[:1]
        last = str(case.facts.get("child.surname") or "")
        same = last.casefold() == surname.casefold() and [f.casefold() for f in first] == [forename.casefold()]
        if same and not row.closed and own_school(case, who):
            found.add(row.ref)
    return found
