"""What a new case has to do with those we have: perhaps the same child, an earlier episode, a brother or sister."""

from __future__ import annotations

from bot.casework import Casework, Origin
from bot.children import child_of
from bot.matching import Found, Match
from bot.referrers import open_same
from rules import Case
from rules.calendar import LONDON

PROTECTED = "address.protected"


def link(work: Casework, ref: str, found: Match, origin: Origin) -> None:
    """Notes on the new case who it may be, which episodes went before, and who its brothers and sisters are; on theirs
    too. What is certain and open but not joined (its writer may not change it) is asked like what is likely."""
    asked = open_same(found) or next(iter(found.likely), None)
    if asked is not None:
        work.note(ref, "match.proposed", {"case": asked.known.ref, "why": asked.why}, origin)
    for one in found.certain:
        if one.known.closed:
            _earlier(work, ref, one)
    for one in found.siblings:
        _sibling(work, ref, one)
    _protect(work, ref, [*found.certain, *found.siblings, *((asked,) if asked else ())])


def _earlier(work: Casework, ref: str, one: Found) -> None:
    link_earlier(work, ref, one.known.ref)


def link_earlier(work: Casework, ref: str, other: str) -> None:
    """The same child's closed case, with how it ended."""
    case = work.case(other)
    closed = case.closed.astimezone(LONDON).date().isoformat() if case.closed else ""
    work.note(ref, "earlier.linked", {"case": other, "outcome": case.outcome, "closed": closed})


def _sibling(work: Casework, ref: str, one: Found) -> None:
    """On both cases, so that who works on one sees the other; that of a closed one stays as it is."""
    other = one.known.ref
    work.note(ref, "sibling.linked", {"case": other, "child": _name(work.case(other)), "why": one.why})
    if not one.known.closed:
        work.note(other, "sibling.linked", {"case": ref, "child": _name(work.case(ref)), "why": one.why})
        work.advance(other)


def _name(case: Case) -> str:
    child = child_of(case.facts)
    return f"{child.forenames} {child.surname}".strip()


def _protect(work: Casework, ref: str, linked: list[Found]) -> None:
    """Where the address of one of them is protected, that of all is, at the slightest doubt: it only withholds (A4)."""
    here = work.case(ref)
    for one in linked:
        there = work.case(one.known.ref)
        if there.protected and not here.protected:
            _withhold(work, ref)
        if here.protected and not there.protected and not one.known.closed:
            _withhold(work, one.known.ref)
            work.advance(one.known.ref)


def _withhold(work: Casework, ref: str) -> None:
    work.note(ref, "fact.corrected", {"field": PROTECTED, "from": "", "to": "yes"})
