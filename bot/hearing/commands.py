"""What an officer orders by mail, out of the blue or in a thread. What weighs is shown back for one tap first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.arrivals.verdict import DONE, Verdict
from bot.cases import joining
from bot.cases.authority import may_order
from bot.cases.casework import Casework, Origin
from bot.hearing import letters_in, ordering
from bot.hearing.answers import apply, note_answered, propose
from bot.hearing.meant import is_meant
from bot.hearing.undoing import in_words, lasting, undo_last
from bot.letters.awaited import whats_next
from bot.views.listing import HEADINGS
from outbound import dates
from parsers.reading import Answer
from rules.calendar import LONDON
from rules.ordered import STOPPED

NOT_YOURS = (
    "We have not done that: it is for the tracking officer, the designated officer or the manager of the case's Hub."
)
Values = Mapping[str, Any]
Order = Callable[[Casework, str, Values, Origin], str]


def obey(work: Casework, arrival: Arrival, who: Writer, origin: Origin, answer: Answer, ref: str) -> Verdict:
    """Carries an order out and says so in the thread; an order that names no case, or that we cannot carry out, is
    answered with the help."""
    name, values = str(answer.values.get("command", "")), answer.values
    ref = _one_of_two(work, arrival, values, ref) if name in _OF_TWO else _case_named(work, arrival, values) or ref
    if name in HEADINGS:
        work.letters.listing(arrival, who, name)
        return DONE
    if name == "new-case":
        return letters_in.take(work, arrival, who, origin)  # Told of a child as anybody tells us of one.
    order = _ORDERS.get(name)
    if order is None or not ref:
        work.letters.help(arrival, who, ref)
        return DONE
    both = (ref, str(values["case"])) if name in _OF_TWO else (ref,)
    if not all(may_order(work, one, who, name) for one in both):
        work.letters.order_done(ref, arrival, who, NOT_YOURS)
        return DONE
    done = order(work, ref, values, origin)
    work.advance(ref)
    if done:
        work.letters.order_done(ref, arrival, who, done, lasting(work, ref, origin))
    return DONE


def _one_of_two(work: Casework, arrival: Arrival, values: Values, ref: str) -> str:
    """The case that is linked or merged with the other one: the thread's, else the first that is named. "" where they
    are not two."""
    other = str(values.get("case") or "")
    named = [one for one in (ref, *arrival.reading.thread.references) if one and one != other]
    known = [one for one in named if _is_case(work, one)]
    return known[0] if known and _is_case(work, other) else ""


def _is_case(work: Casework, ref: str) -> bool:
    row = work.unit.case(ref)
    return row is not None and row.kind == "case"


def _case_named(work: Casework, arrival: Arrival, values: Values) -> str:
    for ref in (str(values.get("case") or ""), *arrival.reading.thread.references):
        if ref and work.unit.case(ref) is not None:
            return ref
    return ""


def _note(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    work.note(ref, "note.added", {"text": str(values.get("text", ""))}, origin)
    return "Your note is on the case."


def _undo(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    undone = undo_last(work, ref, origin)
    return in_words(undone)


def _close(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    outcome = {"outcome": str(values.get("outcome") or "not-cme"), "why": str(values.get("why") or "")}
    propose(work, ref, [Answer("close", outcome)], [], origin)
    return ""


def _traced(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    told = {name: values[name] for name in ("school", "laestab", "where", "date") if values.get(name)}
    propose(work, ref, [Answer("child.traced", {"where": told.get("school", ""), **told})], [], origin)
    return ""


def _reopen(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    work.note(ref, "reopened", {"ordered": "yes"}, origin)
    work.advance(ref)
    return f"The case is open again. {whats_next(work.office, work.case(ref), work.now)}".strip()


def _correct(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    field, to = str(values.get("field") or ""), values.get("value")
    if not field or to in (None, ""):
        return "We could not tell which detail to correct: write, for example, 'correct date of birth 3 May 2003'."
    old = work.case(ref).facts.get(field, "")
    work.note(ref, "fact.corrected", {"field": field, "from": old, "to": to}, origin)
    return "The detail is corrected; what was there before stays in the history."


def _assign(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    worker = work.office.directory.worker(str(values.get("who") or ""))
    if worker is None:
        return "We do not know that worker: write their address as it stands in the directory."
    asked = [ask for ask in work.case(ref).open_asks() if ask.question == "allocate-worker"]
    for ask in asked[1:]:  # Asked of the deputy too: one answer answers both.
        note_answered(work, ref, ask, "worker.allocated", origin)
    apply(work, ref, [Answer("worker.allocated", {"worker": worker.address})], asked[:1], origin)
    return f"The visit is now with {worker.name or worker.address}."


_REMIND_WITHIN = timedelta(days=60)
"""A case whose next step lies further away than this would be forgotten."""


def _remind(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    """The last day that is said counts."""
    day, today = date.fromisoformat(str(values["date"])), origin.received.astimezone(LONDON).date()
    if not today < day <= today + _REMIND_WITHIN:
        return f"We can remind you of a case on a day after today, up to {dates.day(today + _REMIND_WITHIN)}."
    work.note(ref, "remind", {"date": day.isoformat(), "remind.eve": (day - timedelta(1)).isoformat()}, origin)
    return f"We will remind you of {ref} on the morning of {dates.day(day)}."


def _stop_chasing(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    """No reminders to that party; an answer still counts. What is not late yet is waited for, and given up when it is:
    silence must come to mean what the pack says of it."""
    who = str(values.get("who") or "")
    asked = [ask for ask in work.case(ref).open_asks() if is_meant(work.office, ask.party, who)]
    early = [ask.id for ask in asked if ask.state != "overdue"]
    if early:
        work.note(ref, STOPPED, {"asks": early, "of": who}, origin)
    for ask in (one for one in asked if one.state == "overdue"):
        told = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "passes": False, "why": "stop-chasing"}
        work.note(ref, "ask.exhausted", told, origin)
    if not asked:
        return f"Nothing is asked of {who} in {ref} at the moment."
    if len(early) == len(asked):
        return f"We send no reminders to {who} about {ref}. The answer is not late yet: until it is we wait for it."
    return f"We send no more reminders to {who} about {ref}. An answer that still comes counts."


def _link(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    other = str(values["case"])
    if other in joining.linked(work.case(ref)):
        return f"{other} is linked with this case already."
    joining.link(work, ref, other, origin)
    return f"{ref} and {other} are linked: what we send to officers about one names the other. To take it back: undo."


def _merge(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    """Weighs, so that both children are shown side by side for one tap first."""
    other = str(values["case"])
    if closed := [one for one in (ref, other) if work.case(one).closed is not None]:
        return f"{' and '.join(closed)} is closed, so there is nothing to merge. To have one name the other: link."
    propose(work, ref, [Answer(joining.MERGED, {"case": other})], [], origin)
    return ""


_SPLIT = {
    "parted": "{ref} and {other} are two cases again, each with its own questions. To take it back: undo.",
    "opened": "The last referral that had joined {ref} is a case of its own now: {other}. To take it back: undo.",
    "unlinked": "{ref} and {other} are not linked any more.",
    "": "There is nothing to split: no other case and no second referral is part of {ref}.",
}


def _split(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    done, other = joining.split(work, ref, origin)
    return _SPLIT[done].format(ref=ref, other=other)


def _status(work: Casework, ref: str, values: Values, origin: Origin) -> str:
    return work.letters.status_text(ref, work.case(ref))


_ORDERS: Mapping[str, Order] = {
    "note": _note,
    "undo": _undo,
    "close": _close,
    "traced": _traced,
    "reopen": _reopen,
    "correct": _correct,
    "assign": _assign,
    "link": _link,
    "merge": _merge,
    "split": _split,
    "stop-chasing": _stop_chasing,
    "remind": _remind,
    "hold": ordering.hold,
    "ask-again": ordering.ask_again,
    "resend": ordering.ask_again,
    "status": _status,
    "history": _status,
}
_OF_TWO = frozenset({"link", "merge"})
