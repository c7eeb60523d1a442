"""What a new case has to do with those we have: perhaps the same child, an earlier episode, a brother or sister."""

from __future__ import annotations

from bot.cases.casework import Casework, Origin
from bot.matching import Found, Match
from bot.views.referrers import open_same
from rules.calendar import LONDON

PROTECTED = "address.protected"


def link(work: Casework, ref: str, found: Match, origin: Origin, *, believed: bool) -> None:
    """Notes on the new case who it may be, which episodes went before, and who its brothers and sisters are. What is
    certain and open but not joined (its writer may not change it) is asked like what is likely. `believed`: its writer
    is known for who he says he is; else nothing of it is noted on another case."""
    asked = open_same(found) or next(iter(found.likely), None)
    if asked is not None:
        values = {"case": asked.known.ref, "why": asked.why}
        if not asked.known.closed:
            values["goes-on"] = "yes"  # The child is searched for there: see `perhaps-searched-for`.
        work.note(ref, "match.proposed", values, origin)
    for one in found.certain:
        if one.known.closed:
            link_earlier(work, ref, one.known.ref)
    for one in found.siblings:
        work.note(ref, "sibling.linked", {"case": one.known.ref, "why": one.why})
    _protect(work, ref, [*found.certain, *found.siblings, *((asked,) if asked else ())])
    if believed:
        for one in found.siblings:
            _on_theirs(work, ref, one)


def link_earlier(work: Casework, ref: str, other: str) -> None:
    """The same child's closed case, with how it ended."""
    case = work.case(other)
    closed = case.closed.astimezone(LONDON).date().isoformat() if case.closed else ""
    work.note(ref, "earlier.linked", {"case": other, "outcome": case.outcome, "closed": closed})


def _protect(work: Casework, ref: str, linked: list[Found]) -> None:
    """Where the address of one of them is protected, this one's is, at the slightest doubt: it only withholds (A4)."""
    if any(work.case(one.known.ref).protected for one in linked):
        withhold(work, ref)


def _on_theirs(work: Casework, ref: str, one: Found) -> None:
    """The brother's or sister's open case shows this one too, and withholds the address that this one withholds."""
    other = one.known.ref
    if one.known.closed:
        return
    work.note(other, "sibling.linked", {"case": ref, "why": one.why})
    if work.case(ref).protected:
        withhold(work, other)
    work.advance(other)


def withhold(work: Casework, ref: str, origin: Origin | None = None, **more: str) -> None:
    """The address is told to nobody from now on (A4)."""
    if not work.case(ref).protected:
        work.note(ref, "fact.corrected", {"field": PROTECTED, "from": "", "to": "yes", **more}, origin)
