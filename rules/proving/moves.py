"""What may happen next in a state, beside time: a person answers, late or in time; somebody brings news; an officer
orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.case import Ask, Case, Occurrence
from rules.events import LASTING
from rules.firing import OFFICERS
from rules.pack import AnswerRule, Pack
from rules.proving.samples import ALARMING, WORKER, values_of
from rules.takenback import taken_back

Said = tuple[str, Mapping[str, Any]]
"""An event's kind and its values."""


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does, in words and as events."""

    told: str
    role: str
    events: tuple[Said, ...] = field(default=())


# What comes without being asked (docs/reference/words.md), of whom: heard where a rule of the pack listens for it.
_NEWS = (
    ("child.returned", "school"), ("parents.made-contact", "school"), ("referral.withdrawn", "school"),
    ("concern.raised", "hub-worker"), ("removal.reported", "school"), ("abroad.reported", "school"),
    ("no-show.reported", "school"), ("exclusion.reported", "school"), ("home-education.reported", "school"),
    ("moved-in.reported", "other-authority"), ("query", "admissions"), ("not-mine", "police"),
    ("referral.joined", "police"),
)  # fmt: skip
_NEWS_VALUES: Mapping[str, tuple[str, ...]] = {
    "child.returned": ("date",), "parents.made-contact": ("date", "what"),
    "removal.reported": ("removal.date", "reason"), "abroad.reported": ("country",),
    "no-show.reported": ("expected.date",), "exclusion.reported": ("exclusion.date",),
    "moved-in.reported": ("address", "named-school"), "query": ("text",), "not-mine": ("who",),
}  # fmt: skip


def moves(pack: Pack, case: Case, now: datetime) -> Iterator[Move]:
    """Each thing that may be said in that state, once; what another of the same role would say the same is left out."""
    if case.closed is None:
        yield from _answers(pack, case, now)
        yield from _news(pack, case, now)
    yield from _orders(case)
    for role in sorted(OFFICERS):
        yield from _undoing(case, role)


def _answers(pack: Pack, case: Case, now: datetime) -> Iterator[Move]:
    asked: set[tuple[str, str]] = set()
    for ask in case.asks.values():
        late = ask.state == "exhausted"
        if not (ask.waits or late) or (ask.question, alike(ask.party.role)) in asked:
            continue
        asked.add((ask.question, alike(ask.party.role)))
        if ask.question == "confirm":
            yield from _taps(pack, case, ask)
            continue
        for answer in pack.questions[ask.question].answers:
            yield from _one_answer(pack, case, ask, answer, now)


def _one_answer(pack: Pack, case: Case, ask: Ask, answer: AnswerRule, now: datetime) -> Iterator[Move]:
    late = "late, " if ask.state == "exhausted" else ""
    for values in values_of(pack, answer.event, (*answer.must, *answer.needs), now):
        told = f"{ask.party.role} answers {ask.question}: {late}{_described(answer.event, values)}"
        yield Move(told, ask.party.role, answered(pack, case, ask, answer.event, values))
    if answer.ends and not any(a.question == "confirm" and a.waits for a in case.asks.values()):
        proposal = {"answers": [{"event": answer.event, "values": {}}], "asks": [ask.id], "text": ""}
        told = f"{ask.party.role} seems to say {answer.event}, and is asked for one tap"
        yield Move(told, ask.party.role, (("answer.proposed", proposal),))


def _taps(pack: Pack, case: Case, ask: Ask) -> Iterator[Move]:
    """The tap applies what was proposed, or drops it."""
    tapped: tuple[Said, ...] = (("ask.answered", _answer_to(ask, "confirmed")), ("confirmed", {}))
    proposed = next((o for o in case.seen.get("answer.proposed", ()) if o.seq == ask.trigger), None)
    for answer in proposed.values["answers"] if proposed else ():
        first = next((case.asks[name] for name in proposed.values["asks"] if name in case.asks), None)  # type: ignore[union-attr]
        events = answered(pack, case, first, answer["event"], answer["values"]) if first else ((answer["event"], {}),)
        yield Move(f"{ask.party.role} confirms {answer['event']}", ask.party.role, (*tapped, *events))
    dropped: tuple[Said, ...] = (("ask.answered", _answer_to(ask, "not-so")), ("not-so", {}))
    yield Move(f"{ask.party.role} says that it was not so", ask.party.role, dropped)


def answered(pack: Pack, case: Case, ask: Ask, event: str, values: Mapping[str, Any]) -> tuple[Said, ...]:
    """The events of an answer: the ask is answered, what was said, and what that implies for other asks. "Not so" to
    a conclusion undoes the event that asked for it."""
    told = {"question": ask.question, "rule": ask.rule} if event == "not-so" else {"question": ask.question}
    said: list[Said] = [("ask.answered", _answer_to(ask, event)), (event, {**values, **told})]
    for other in case.open_asks():
        if other.id != ask.id and event in pack.questions[other.question].implied_by:
            said.append(("ask.answered", _answer_to(other, event)))
    if event == "not-so" and ask.question == "conclude":
        said += [("undone", {"event": seq, "kind": kind}) for seq, kind in taken_back(pack, case, ask)]
    return tuple(said)


def _answer_to(ask: Ask, event: str) -> dict[str, Any]:
    return {"ask": ask.id, "question": ask.question, "of": ask.party.role, "answer": event}


def _news(pack: Pack, case: Case, now: datetime) -> Iterator[Move]:
    for event, role in _NEWS:
        if event in pack.rules_by_signal:
            for values in values_of(pack, event, _NEWS_VALUES.get(event, ()), now):
                said = {**values, "quote": ALARMING} if event == "concern.raised" else values
                yield Move(f"{role} writes, unasked: {_described(event, values)}", role, ((event, said),))
    if not case.protected:
        values = {"field": "address.protected", "from": "", "to": "yes"}
        yield Move("tracking-officer: the address is protected", "tracking-officer", (("fact.corrected", values),))


def _orders(case: Case) -> Iterator[Move]:
    if case.closed is not None:
        yield Move("tracking-officer reopens the case", "tracking-officer", (("reopened", {}),))
    elif case.facts.get("worker") and case.facts.get("worker") != WORKER.replace("worker", "worker2"):
        other = {"worker": WORKER.replace("worker", "worker2")}
        yield Move("hub-manager gives the visit to another", "hub-manager", (("worker.allocated", other),))


def _undoing(case: Case, role: str) -> Iterator[Move]:
    """An officer takes back what the last mail said, and with it a close that rested on it."""
    said = [(o, kind) for kind, seen in case.seen.items() for o in seen if o.role == role and not _stays(kind, o)]
    if not said:
        return
    last = max(o.seq for o, _ in said)
    mail = next(o.received for o, _ in said if o.seq == last)
    gone = sorted((o.seq, kind) for o, kind in said if o.received == mail)
    closed = [
        (o.seq, "closed")
        for o in case.seen.get("closed", ())
        if any(f"|{seq}|" in str(o.values.get("key", "")) for seq, _ in gone)
    ]
    undone: tuple[Said, ...] = tuple(("undone", {"event": seq, "kind": kind}) for seq, kind in (*gone, *closed))
    yield Move(f"{role} takes back: {', '.join(kind for _, kind in gone if kind != 'ask.answered')}", role, undone)


def _stays(kind: str, said: Occurrence) -> bool:
    """What a word does not take back, and what the fold keeps beside the events."""
    return kind in LASTING or ":" in kind or said.values.get("question") == "confirm"


def _described(event: str, values: Mapping[str, Any]) -> str:
    marks = [name for name, value in values.items() if value is True]
    marks += [f"not {name}" for name, value in values.items() if value is False]
    return f"{event} ({', '.join(marks)})" if marks else event


def alike(role: str) -> str:
    """Agencies are one to the walk: they are asked, chased and heard alike."""
    return "agency" if role in _AGENCIES else role


_AGENCIES = frozenset({"police", "health", "housing", "youth-offending", "assessment-teams"})
