"""What silence about rows means, and the end of a question: when nothing is waited for any more."""

from __future__ import annotations

from bot.cases.casework import Casework, Origin
from bot.hearing.answers import note_answered
from bot.rosters.opening import open_case
from bot.rosters.subjects import origin_of
from bot.views.asked import DOUBTS, OPENED, asked_of, is_list

UNANSWERED = "destination.unanswered"


def follow(work: Casework, ref: str) -> None:
    """After the rules have acted on a list: cases for rows that nobody answered, and the end of what is done."""
    if not is_list(ref):
        return
    case = work.case(ref)
    if case.closed is not None:
        return
    if case.latest("rows.unanswered") is not None and case.latest("leavers.asked") is not None:
        _open_unanswered(work, ref)
    close_when_done(work, ref)


def _open_unanswered(work: Casework, ref: str) -> None:
    """The row, and that nobody answered, are the first events of each case (4.5)."""
    asked = asked_of(work.case(ref))
    if asked is None:
        return
    values = work.case(ref).seen["leavers.asked"][0].values
    of_list, school = str(values["of-list"]), str(work.case(ref).facts.get("school", ""))
    for code in asked.open:
        if code in asked.cases:
            continue
        case = open_case(work, asked.kind, of_list, asked.rows[code], school, origin_of(work, of_list))
        work.note(ref, OPENED, {"row": code, "case": case})
        work.note(case, UNANSWERED, {"of": "school", "row": code, "list": of_list, "silence": True})
        work.advance(case)


def close_when_done(work: Casework, ref: str) -> None:
    """A subject of which every ask is over and every row has found its way is closed: nothing is due of it again."""
    case = work.case(ref)
    if case.closed is not None:
        return
    asked = asked_of(case)
    waits = bool(case.open_asks())
    if asked is not None and not asked.open and waits:
        for ask in case.open_asks():
            note_answered(work, ref, ask, "each row", Origin(None, work.now))
        waits = bool(work.case(ref).open_asks())
    begun = case.asks or case.latest("list.read")
    if begun and not waits and not _owed(work, ref):
        close(work, ref)


def _owed(work: Casework, ref: str) -> bool:
    """Whether a mail is still to leave: the review of doubtful matches waits for the morning."""
    case = work.case(ref)
    if case.latest(DOUBTS) is not None and not case.asks:
        return True
    return case.latest("list.received") is not None and case.latest("list.read") is None


def close(work: Casework, ref: str) -> None:
    if work.case(ref).closed is None:
        work.note(ref, "closed", {"outcome": "done", "rule": "list", "cite": ""})
        work.store(ref)
