"""Two cases become one, one becomes two, two are linked: what an officer's word makes of the cases, and how each of
them is taken back. Neither history holds a name of the other case's child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.arrivals.trust import Trust, Writer
from bot.cases.casework import Casework, Origin
from bot.cases.linking import link_earlier, withhold
from bot.cases.referrals import situate
from bot.views.referrers import cases_of, referrals_of
from rules import Case, Event

LINKED, MERGED, SPLIT = "case.linked", "merge", "split"
_MADE_ONE = (MERGED, "match.same", "referral.joined")
_LINKS = frozenset({LINKED, "sibling.linked"})
_OF_THE_OTHER = frozenset({*_MADE_ONE, "earlier.linked", "fact.corrected", "pathway.opened"})
"""What a case has of another one since the two became one."""


def episode(work: Casework, other: str) -> dict[str, str]:
    """Whether that case is still open: only then is this one a duplicate of it."""
    closed = bool(other) and work.case(other).closed is not None
    return {"case": other, "episode": "earlier" if closed else "this"}


def hand_over(work: Casework, ref: str, other: str, origin: Origin) -> None:
    """The same child: what this referral knows and the other case does not goes there, as its own writer's words; this
    one closes as a duplicate (by the pack's rule). Where the other is closed, that was an earlier episode: this case
    goes on."""
    if not other or work.unit.case(other) is None:
        return
    if work.case(other).closed is not None:
        link_earlier(work, ref, other)
        return
    known, case = work.case(other).facts, work.case(ref)
    told = {n: v for n, v in case.facts.items() if "." in n and n.count(".") == 1}
    new = {n: v for n, v in told.items() if not known.get(n)}
    first = next(iter(referrals_of(case)), None)
    by = Origin(origin.mail, origin.received, first.by, first.role) if first else origin
    text = str(first.values.get("text") or first.values.get("new-text") or "") if first else ""
    work.note(other, "referral.joined", {"case": ref, "fields": new, "said": told, "text": text}, by)
    _safe(work, ref, other)
    work.advance(other)


def _safe(work: Casework, ref: str, other: str) -> None:
    """A concern and a protected address are the child's, on whichever case it goes on (1.4, 2.6). The alarm is out."""
    if work.case(ref).concern and not work.case(other).concern:
        values = {"pathway": "safeguarding", "rule": "safeguarding", "cite": "1.4", "case": ref}
        work.note(other, "pathway.opened", values)
    if work.case(ref).protected:
        withhold(work, other, case=ref)


def linked(case: Case) -> list[str]:
    """The cases that an officer has linked with this one."""
    return cases_of(case, LINKED)


def link(work: Casework, ref: str, other: str, origin: Origin) -> None:
    """Each case names the other in officers' mails; an address that one of them protects, both do (A4)."""
    for one, its in ((ref, other), (other, ref)):
        work.note(one, LINKED, {"case": its}, origin)
    for one, its in ((ref, other), (other, ref)):
        if work.case(one).protected:
            withhold(work, its)
    work.advance(other)


def split(work: Casework, ref: str, origin: Origin) -> tuple[str, str]:
    """Takes apart what was put together last: two cases that became one, a second referral that is another child's, a
    link. What was done ("parted", "opened", "unlinked", or "" for nothing), and the other case."""
    case, joined = work.case(ref), _second(work, ref)
    merged = max((seen for kind in _MADE_ONE for seen in case.seen.get(kind, ()) if seen.values.get("case")),
                 key=lambda seen: seen.seq, default=None)  # fmt: skip
    if merged is not None and (joined is None or merged.seq >= joined.seq):
        other = str(merged.values["case"])
        duplicate = ref if _is_duplicate(work, ref, other) else other
        part(work, ref, other, origin)
        _note_split(work, duplicate, ref if duplicate == other else other, origin)
        return "parted", other
    if joined is not None:
        return "opened", _open_own(work, ref, joined, origin)
    if others := [*linked(case), *(str(seen.values["case"]) for seen in case.seen.get("sibling.linked", ()))]:
        _undo(work, ref, others[0], _LINKS, origin)
        work.advance(others[0])
        return "unlinked", others[0]
    return "", ""


def part(work: Casework, ref: str, other: str, origin: Origin) -> None:
    """Whichever of the two was closed as a duplicate is open again, with its questions; the other knows no more what it
    had from there."""
    _undo(work, ref, other, _OF_THE_OTHER, origin)
    work.advance(other)


def _again(work: Casework, duplicate: str, other: str, origin: Origin) -> None:
    """A split that is taken back: the one that had become a case of its own is a duplicate once more."""
    work.note(duplicate, MERGED, episode(work, other), origin)
    hand_over(work, duplicate, other, origin)
    work.advance(duplicate)


def take_back(work: Casework, ref: str, event: Event, origin: Origin) -> bool:
    """Undoes such an event on both cases; False for an event of another kind."""
    other = str(event.values.get("case") or "")
    if not other or work.unit.case(other) is None:
        return False
    if event.kind in (MERGED, "match.same"):
        part(work, ref, other, origin)
    elif event.kind == LINKED:
        _undo(work, ref, other, frozenset({LINKED}), origin)
        work.advance(other)
    elif event.kind == SPLIT:
        _undo(work, ref, other, frozenset({SPLIT}), origin)
        duplicate = str(event.values["duplicate"])
        _again(work, duplicate, ref if duplicate == other else other, origin)
    else:
        return False
    return True


def _undo(work: Casework, ref: str, other: str, kinds: frozenset[str], origin: Origin) -> None:
    for one, its in ((ref, other), (other, ref)):
        found = [event for event in in_force(work, one) if event.kind in kinds and event.values.get("case") == its]
        for event in found:
            work.note(one, "undone", {"event": event.seq}, origin)
            undo_close(work, one, event, origin)


def in_force(work: Casework, ref: str) -> list[Event]:
    """The events that nobody has taken back."""
    history = work.history(ref)
    undone = {int(event.values["event"]) for event in history if event.kind == "undone"}
    return [event for event in history if event.seq not in undone]


def undo_close(work: Casework, ref: str, event: Event, origin: Origin) -> None:
    """A close goes with the word that it rested on: its key names the event that set the rule off."""
    for closed in in_force(work, ref):
        if closed.kind == "closed" and f"|{event.seq}|" in str(closed.values.get("key", "")):
            work.note(ref, "undone", {"event": closed.seq}, origin)


def _is_duplicate(work: Casework, ref: str, other: str) -> bool:
    """Whether this one of the two was handed over to the other."""
    said = [event for event in in_force(work, ref) if event.kind in (MERGED, "match.same")]
    return any(event.values.get("case") == other for event in said)


def _note_split(work: Casework, duplicate: str, other: str, origin: Origin) -> None:
    for one, its in ((duplicate, other), (other, duplicate)):
        work.note(one, SPLIT, {"case": its, "duplicate": duplicate}, origin)
        work.advance(one)


def _second(work: Casework, ref: str) -> Event | None:
    """The last referral that joined a case which was open already."""
    return next(reversed(list(_referrals(work, ref))[1:]), None)


def _referrals(work: Casework, ref: str) -> Iterator[Event]:
    for event in in_force(work, ref):
        if event.kind in ("referral.received", "letter.received", "referral.joined") and not event.values.get("case"):
            yield event


def _open_own(work: Casework, ref: str, referral: Event, origin: Origin) -> str:
    """That referral is a case of its own from now on, in its own writer's words."""
    work.note(ref, "undone", {"event": referral.seq}, origin)
    own, values = work.new_case(), _as_first(work, referral)
    by = Origin(referral.mail, referral.received, referral.by, referral.role)
    received = "referral.received" if values["form"] in work.office.pack.required else "letter.received"
    work.note(own, received, values, by)
    _note_split(work, own, ref, origin)
    return own


def _as_first(work: Casework, referral: Event) -> dict[str, Any]:
    """The values of a referral that joined, as those of one that opens a case. Of which form it was is not kept."""
    values = dict(referral.values)
    if referral.kind != "referral.joined":
        return values
    fields = dict(values.get("said") or values.get("fields") or {})
    person = work.office.directory.who_is(referral.by)
    who = Writer(referral.by, Trust.BODY if person else Trust.UNKNOWN, person)
    school = str(fields.get("school.current") or fields.get("school.last_attended") or "")
    where = " ".join(str(fields.get(name) or "") for name in ("address.last_known", "address.postcode"))
    form = "letter" if values.get("text") and "referral.date" not in fields else "cme-referral"
    text = str(values.get("text") or "")
    return {
        "form": str(values.get("form") or form), "fields": fields, "text": text, "new-text": text,
        "referrer": referral.by, **situate(work, who, school, where, ""),
    }  # fmt: skip
