"""A reply to a mail about rows: what it says of each child, and what that makes of the row and of its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, NOT_BELIEVED, Verdict, quarantine
from bot.cases.authority import may_answer
from bot.cases.casework import Casework, Origin
from bot.cases.threads import Found
from bot.cases.unread import unread_files
from bot.hearing import letters_in
from bot.hearing.answers import note_answered
from bot.letters import facts
from bot.letters.rows import about, rows_shown
from bot.register.rows import OutboxRow
from bot.rosters import following
from bot.rosters.hearing import Heard, hear
from bot.rosters.matched import settle_doubt
from bot.rosters.opening import open_case
from bot.rosters.subjects import origin_of
from bot.views.asked import DOUBTS, OPENED, Asked, asked_of, is_list
from parsers.reading import Answer
from rules.case import Ask

QUESTIONS = frozenset({"leaver-destination", "rising-five-provision", "same-child"})


@dataclass(frozen=True, slots=True)
class _Reply:
    ref: str
    arrival: Arrival
    who: Writer
    origin: Origin
    asks: Sequence[Ask]
    asked: Asked


def takes(work: Casework, arrival: Arrival, who: Writer, found: Found) -> bool:
    """Whether a person's reply is on the thread of a question about rows. A list that comes on a list's own thread is
    one anew: rows corrected."""
    case = work.case(found.ref)
    asks_rows = is_list(found.ref) and asked_of(case) is not None
    if arrival.reading.rosters and DOUBTS in case.seen:
        return False
    return asks_rows and not arrival.reading.machine and _answered(work, who, found) is not None


def _answered(work: Casework, who: Writer, found: Found) -> OutboxRow | None:
    """The mail that is answered; with only the reference named, the last one that this person had."""
    had = [row for row in work.unit.outbox_of(found.ref) if row.address == who.address]
    return found.row or (had[-1] if had else None)


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin, found: Found) -> Verdict:
    """What becomes of the reply. Words of concern beside it are a case of their own: which child they mean, a person
    must see."""
    ref, row, asked = found.ref, _answered(work, who, found), asked_of(work.case(found.ref))
    assert row is not None and asked is not None
    if arrival.reading.concerns:
        letters_in.take(work, arrival, who, origin)
    if not may_answer(work, ref, row, who):
        return _refused(work, ref, arrival, who, origin)
    asks = [ask for ask in work.case(ref).asks.values() if ask.question in QUESTIONS]
    reply = _Reply(ref, arrival, who, origin, asks, asked)
    _settle(work, reply, hear(work, work.case(ref), asked, arrival, who, origin))
    work.advance(ref)
    unread = unread_files(arrival.reading, lists=True)
    return quarantine(f"{ref}: a person must look at what is attached: {unread}") if unread else DONE


def _refused(work: Casework, ref: str, arrival: Arrival, who: Writer, origin: Origin) -> Verdict:
    work.note(ref, "reply.refused", {"why": "not the one who was asked, or not authenticated"}, origin)
    if who.trust >= Trust.BODY:
        work.letters.reply(ref, arrival, who, "reply-not-yours")
    return quarantine(f"{ref}: {NOT_BELIEVED}")


def _settle(work: Casework, reply: _Reply, heard: Heard) -> None:
    """Each row that is answered beyond doubt counts; the others are asked about again, with their codes."""
    for event, values in heard.others:
        work.note(reply.ref, event, values, reply.origin)
    for code, answer in heard.rows.items():
        _row_answered(work, reply, code, answer)
    if heard.rows:
        _close_asks(work, reply)
        _receipt(work, reply, heard)
    elif heard.others:
        if any(event in ("query", "not-mine") for event, _ in heard.others):
            _letter(work, reply, "reply-query-passed", {"quote": heard.text[:1000]})
    else:
        work.note(reply.ref, "reply.unclear", {"text": heard.text[:2000]}, reply.origin)
        _ask_again(work, reply, heard)


def _row_answered(work: Casework, reply: _Reply, code: str, answer: Answer) -> None:
    row = reply.asked.rows[code]
    values = {**answer.values, "row": code}
    work.note(reply.ref, answer.event, values, reply.origin)
    if work.case(reply.ref).latest(DOUBTS) is not None:
        settle_doubt(work, row, answer.event, reply.origin, str(answer.values.get("note") or ""))
        return
    case = _current(work, reply.ref).cases.get(code, "")
    if not case and answer.event != "destination.known":
        case = _open(work, reply, code, row, _said(answer))
    if case:
        told = {name: value for name, value in values.items() if name not in ("row", "child", "news")}
        if country := told.get("country"):
            told["destination.country"] = country
        work.note(case, str(answer.values.get("news") or answer.event), told, reply.origin)
        work.advance(case)


def _said(answer: Answer) -> str:
    """What the officer who looks for the child should know of the answer."""
    return "not our pupil." if answer.event == "not-our-pupil" else str(answer.values.get("note") or "")


def _current(work: Casework, ref: str) -> Asked:
    asked = asked_of(work.case(ref))
    assert asked is not None
    return asked


def _open(work: Casework, reply: _Reply, code: str, row: Mapping[str, Any], said: str) -> str:
    """The row and the answer are the first events of the case (4.5)."""
    values = next(o.values for o in work.case(reply.ref).seen["leavers.asked"])
    listed = origin_of(work, str(values["of-list"]))
    school = str(work.case(reply.ref).facts.get("school", ""))
    case = open_case(work, reply.asked.kind, str(values["of-list"]), row, school, listed, said)
    work.note(reply.ref, OPENED, {"row": code, "case": case})
    return case


def _close_asks(work: Casework, reply: _Reply) -> None:
    """A mail is answered when the last of its rows is."""
    if _current(work, reply.ref).open:
        return
    for ask in work.case(reply.ref).open_asks():
        if ask.question in QUESTIONS:
            note_answered(work, reply.ref, ask, "each row", reply.origin)
    following.close(work, reply.ref)


def _receipt(work: Casework, reply: _Reply, heard: Heard) -> None:
    office, case, asked = work.office, work.case(reply.ref), _current(work, reply.ref)
    names = asked.names(list(heard.rows))
    lines = [f"{code} {names[code]}: {_words(work, answer)}" for code, answer in heard.rows.items()]
    left = rows_shown(case, asked, asked.open) if case.closed is None else {}
    _letter(work, reply, "reply-rows", {**about(office, case), **left, "understood": tuple(lines)})


def _words(work: Casework, answer: Answer) -> str:
    shown = Answer(answer.event, {n: v for n, v in answer.values.items() if n in ("school", "date", "note")})
    line = facts.heard(work.office, [shown], protected=False)[0].partition(" (say which")[0]
    return line[:1].lower() + line[1:]


def _ask_again(work: Casework, reply: _Reply, heard: Heard) -> None:
    case, asked = work.case(reply.ref), reply.asked
    wording = "reply-doubts-again" if case.latest(DOUBTS) is not None else "reply-rows-again"
    said = next((line for line in heard.text.splitlines() if line.strip()), "")
    codes = asked.open or list(asked.rows)
    _letter(work, reply, wording, {**about(work.office, case), **rows_shown(case, asked, codes), "quote": said[:200]})


def _letter(work: Casework, reply: _Reply, wording: str, told: Mapping[str, Any]) -> None:
    asks = [] if wording == "reply-query-passed" else reply.asks
    work.letters.about_rows(reply.ref, reply.arrival, reply.who, wording, asks, told)
