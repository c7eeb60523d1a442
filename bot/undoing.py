"""What an officer's last mail made of the case is undone on a word, and what it should have said is heard anew."""

from __future__ import annotations

import re

from bot.casework import Casework, Origin
from rules import Event

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
    history = work.history(ref)
    undone = {int(e.values["event"]) for e in history if e.kind == "undone"}
    mine = [e for e in history if e.by == origin.by and e.mail not in (None, origin.mail) and e.seq not in undone]
    mine = [e for e in mine if e.kind not in _LASTING]
    last = [e for e in mine if e.mail == mine[-1].mail]
    for event in last:
        work.note(ref, "undone", {"event": event.seq}, origin)
    return last


_LASTING = frozenset({
    "undone", "concern.raised", "reply.unclear", "reply.refused", "reply.late", "reply.noted", "query",
    "command.refused", "referral.received", "letter.received",
})  # fmt: skip
"""What is not taken back by a word: an alarm, a referral, and the notes of what was written."""
