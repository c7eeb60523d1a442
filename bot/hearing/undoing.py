"""What an officer's last mail made of the case is undone on a word, and what it should have said is heard anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.cases import joining
from bot.cases.casework import Casework, Origin
from outbound import dates
from rules import Event
from rules.events import LASTING
from rules.firing import OFFICERS

_WRONG = re.compile(
    r"^\W*(?:undo|(?:no,? )?that(?:'|’| i)?s (?:wrong|not right|a mistake)|that was (?:wrong|a mistake)|scrap that|"
    r"(?:please )?ignore (?:that|my last(?: mail| message| reply)?))\b[\s.,:;!–-]*",
    re.IGNORECASE,
)


def wants_undo(text: str) -> str | None:
    """What follows "that's wrong" ("" when nothing does); None where a reply does not begin so."""
    match = _WRONG.match(text)
    return text[match.end() :].strip() if match else None


def undo_last(work: Casework, ref: str, origin: Origin) -> list[Event]:
    """Undoes what the writer's last mail before this one made of the case; which events those were."""
    mine = [e for e in joining.in_force(work, ref) if e.by == origin.by and e.mail not in (None, origin.mail)]
    mine = [e for e in mine if e.kind not in LASTING and e.values.get("question") != "confirm"]
    last = [e for e in mine if e.mail == mine[-1].mail]
    for event in last:
        if not joining.take_back(work, ref, event, origin):
            work.note(ref, "undone", {"event": event.seq, "kind": event.kind}, origin)
            joining.undo_close(work, ref, event, origin)
    return last


def in_words(undone: Sequence[Event]) -> str:
    return "What your last mail said is taken back." if undone else "There is nothing of yours to take back."


_MOST = 10
"""Mails that are named one by one."""


def lasting(work: Casework, ref: str, origin: Origin) -> tuple[str, ...]:
    """Of what this mail has taken back, that which nobody can: visits made since, and mails that have left because of
    it, or with what another case had brought in."""
    history = work.history(ref)
    gone = {int(e.values["event"]) for e in history if e.kind == "undone" and e.mail == origin.mail}
    since = min(gone, default=None)
    if since is None:
        return ()
    mixed = any(e.seq in gone and e.kind in ("referral.joined", "referral.received") for e in history)
    found = [said for e in history if e.seq > since for said in _left(work, e, gone, everything=mixed)]
    more = len(found) - _MOST
    return (*found[:_MOST], *([f"and {more} mails more"] if more > 0 else ()))


def _left(work: Casework, event: Event, gone: set[int], *, everything: bool) -> Iterator[str]:
    """The event as something that has happened for good; nothing for what only officers have seen."""
    values = event.values
    if event.kind.startswith("visit.") and values.get("visit.date"):
        yield f"the visit of {dates.day(dates.parse(str(values['visit.date'])))}"
    mailed = event.kind in ("ask.sent", "told") and values["of"] not in OFFICERS
    if mailed and (everything or not gone.isdisjoint(_causes(event))):
        role = work.office.wording.roles.get(str(values["of"]), str(values["of"]))
        yield f"our mail of {dates.day(event.recorded.date())} to {role}"


def _causes(event: Event) -> set[int]:
    """The events that a mail goes back to, by its key (rule, event, recipient)."""
    parts = (str(event.values.get("trigger", "")), *str(event.values.get("key", "")).split("|"))
    return {int(part) for part in parts if part.isdigit()}
