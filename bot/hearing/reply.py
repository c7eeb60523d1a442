"""A reply with what it takes to act on it: what it answers, and whether its writer may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.cases.authority import may_answer, own_school
from bot.cases.casework import Casework, Origin
from bot.cases.children import namesakes
from bot.cases.threads import Found
from bot.matching import Child, consistent
from bot.matching.birth import agreement
from bot.matching.described import child_of, named_by
from bot.matching.names import words
from parsers.answers import AnswerContext
from rules.case import Ask, Case


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with all that is needed to act on it."""

    arrival: Arrival
    who: Writer
    origin: Origin
    found: Found
    said: str | None = None
    """What is to be heard of it, where that is not the whole."""

    @property
    def ref(self) -> str:
        return self.found.ref

    @property
    def text(self) -> str:
        return self.arrival.reading.new_text if self.said is None else self.said


def tells_of_another(work: Casework, reply: Reply) -> bool:
    """Whether the reply gives a day of birth that is not this child's, nor that day mistyped, or names a child of
    another case: nobody asked about the one whose it is, whatever becomes of the reply as an answer."""
    told = reply.arrival.reading.child
    known = child_of(work.case(reply.ref).facts).date_of_birth
    return told is not None and (agreement(told.date_of_birth, known) == "other" or is_anothers(work, reply))


def names_another(work: Casework, reply: Reply) -> bool:
    """Whether the reply speaks of a child by another name, and by none that this child has: it is an answer to the
    wrong mail, and what it says is not said of this child."""
    told = reply.arrival.reading.child
    child = child_of(work.case(reply.ref).facts)
    if told is None or not (told.surname and told.forenames and child.forenames):
        return False
    if consistent(child, named_by(told)):
        return False
    return not set(words(child.forenames)) & set(words(reply.text))


def is_anothers(work: Casework, reply: Reply) -> bool:
    """Whether the child that it names instead is one whom we know. An answer may name a neighbour or a teacher, whom we
    do not."""
    told = reply.arrival.reading.child
    if told is None or not names_another(work, reply):
        return False
    named = Child(told.surname, told.forenames)
    rows = [row for row in namesakes(work, named) if row.ref != reply.ref]
    return any(consistent(child_of(work.case(row.ref).facts), named) for row in rows)


def asks_of(work: Casework, reply: Reply) -> list[Ask]:
    """The asks that the answered mail put; with only the case named, those that this person still owes."""
    case, row = work.case(reply.ref), reply.found.row
    if row is not None:
        return [case.asks[str(name)] for name in row.asks if str(name) in case.asks]
    return owed(work, reply)


def owed(work: Casework, reply: Reply) -> list[Ask]:
    """What this person has been asked in this case, whichever mail asked it, and has not answered."""
    case = work.case(reply.ref)
    mine = [r for r in work.unit.outbox_of(reply.ref) if r.address == reply.who.address]
    names = [str(name) for r in mine for name in r.asks]
    return [case.asks[n] for n in dict.fromkeys(names) if n in case.asks and case.asks[n].waits]


def may_reply(work: Casework, reply: Reply) -> bool:
    """Whose word counts in this case. Where a mail names only the case, its From alone says whose ask it answers: one
    that is not authenticated answers none."""
    if reply.found.row is not None:
        return may_answer(work, reply.ref, reply.found.row, reply.who)
    if reply.who.trust < Trust.BODY:
        return False
    return bool(asks_of(work, reply)) or reply.who.officer or own_school(work.case(reply.ref), reply.who)


def context_of(work: Casework, reply: Reply, asks: Sequence[Ask]) -> AnswerContext:
    case = work.case(reply.ref)
    names = (case.facts.get("child.forenames"), case.facts.get("child.surname"))
    child = " ".join(str(name) for name in names if name)
    questions = tuple(dict.fromkeys(ask.question for ask in asks))
    proposes = next((ask.rule for ask in asks if ask.question == "conclude"), "")
    choices = work.office.pack.choices(questions, proposes)
    people = known_names(work, case, reply.arrival)
    lacking = frozenset(case.missing if "missing-details" in questions else ())
    return AnswerContext(reply.origin.received, reply.who.role, child, choices, people, lacking)


def known_names(work: Casework, case: Case, arrival: Arrival) -> frozenset[str]:
    """Who is no other child: the writer, the people and schools of the directory, the adults of the case."""
    sender = arrival.reading.sender
    told = (str(value).casefold() for name, value in case.facts.items() if name.endswith((".name", ".surname")))
    own = {" ".join(name.split()) for name in (*told, *(c.casefold() for c in child_of(case.facts).carers))}
    return work.office.directory.names | own | {sender.name.casefold() if sender else ""}
