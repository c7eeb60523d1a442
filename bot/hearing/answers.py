"""Answers become events: which ask each one answers, what the directory adds, what is only proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.cases import joining, news
from bot.cases.casework import Casework, Origin
from bot.council.directory import Directory
from bot.hearing.reply import known_names
from bot.matching import Child
from parsers import letters
from parsers.answers import AnswerContext, understand
from parsers.reading import Answer, Understanding
from rules.case import Ask, Occurrence
from rules.takenback import taken_back
from rules.turns import CONCLUDE

UNIVERSAL = frozenset({"acknowledged", "not-mine", "need-time", "query"})
"""Anyone asked may answer these to any question; the clock runs on."""


def apply(work: Casework, ref: str, answers: Sequence[Answer], asks: Sequence[Ask], origin: Origin) -> None:
    """Writes down each answer, with the ask that it answers, and what it makes of a proposal."""
    for answer in (told_by_case(work, ref, a, origin) for a in answers):
        ask = _answered(work, answer, asks)
        if answer.event == "confirmed" and ask is not None:
            _confirmed(work, ref, ask, origin)
            continue
        if ask is not None:
            note_answered(work, ref, ask, answer.event, origin)
        values = {"question": ask.question, **answer.values} if ask else dict(answer.values)
        kept_open = ask if answer.event == "not-so" and ask is not None and ask.question == CONCLUDE else None
        if kept_open is not None:
            values["rule"] = kept_open.rule
        same = _same_as(work, ref, answer, ask)
        if same:
            values |= joining.episode(work, same)
        work.note(ref, answer.event, values, origin)
        _implied(work, ref, answer.event, origin)
        if kept_open is not None:
            _undo(work, ref, kept_open, origin)
        if same:
            joining.hand_over(work, ref, same, origin)


def told_by_case(work: Casework, ref: str, answer: Answer, origin: Origin) -> Answer:
    """The values by the names that the case keeps: of a country, of a removal with what the law asks of it, and of a
    letter of which an officer has said what it is."""
    values = dict(answer.values)
    if answer.event == news.MOVED_IN and not values.get("address"):
        values |= news.of_letter(work, ref, origin)
    if answer.event == news.ABROAD_DETAILS:
        values |= news.destination(values)
    if answer.event == "removal.details":
        values |= news.removal_values(work, values)
        facts = work.case(ref).facts | values
        values |= news.removal_checks(work.office, facts, "", str(facts.get("school") or ""))
    return replace(answer, values=values)


SCHOOL_NEWS = frozenset({"child.returned", "referral.withdrawn", "parents.made-contact"})
"""What a school may say of its own pupil at any time, asked or not."""
_SCHOOL_QUESTIONS = ("school-intervention", "cme-referral")
_EXPECTED = "no-show"
"""Where a school waits for the child, that it has come is what "back at its desk" is elsewhere."""


def school_news(work: Casework, ref: str, arrival: Arrival, who: Writer, origin: Origin, child: Child) -> list[Answer]:
    """What a school's mail says of its own pupil, beyond doubt."""
    if work.case(ref).pathway == _EXPECTED:
        come = _said(work, ref, ("arrival",), arrival, who, origin, child)
        if told := [a for a in come if a.event == "child.arrived"]:
            return told
    heard = _said(work, ref, _SCHOOL_QUESTIONS, arrival, who, origin, child)
    return [a for a in heard if a.event in SCHOOL_NEWS]


def _said(
    work: Casework, ref: str, questions: tuple[str, ...], arrival: Arrival, who: Writer, origin: Origin, child: Child
) -> tuple[Answer, ...]:
    name = f"{child.forenames} {child.surname}".strip()
    context = AnswerContext(origin.received, who.role, name, people=known_names(work, work.case(ref), arrival))
    text = letters.without_birth(arrival.reading.new_text, origin.received.date())
    heard = understand(questions, text, context, work.office.says)
    return heard.answers if heard.verdict != "ask" else ()


def propose(
    work: Casework, ref: str, answers: Sequence[Answer], asks: Sequence[Ask], origin: Origin, text: str = ""
) -> None:
    """An answer that ends something waits for one tap of whoever gave it."""
    told = [{"event": a.event, "values": dict(a.values)} for a in answers]
    ids = [ask.id for ask in asks]
    work.note(ref, "answer.proposed", {"answers": told, "asks": ids, "text": text[:500]}, origin)


def note_answered(work: Casework, ref: str, ask: Ask, event: str, origin: Origin) -> None:
    values = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "answer": event, "by": origin.by}
    work.note(ref, "ask.answered", values, origin)


def _answered(work: Casework, answer: Answer, asks: Sequence[Ask]) -> Ask | None:
    """The ask whose question knows that answer, one still open first."""
    if answer.event in UNIVERSAL:
        return None
    questions = work.office.pack.questions  # One that a council has taken out of its pack since knows no answer.
    known = [a for a in asks if a.question in questions and questions[a.question].answer(answer.event)]
    return next((a for a in known if a.waits), known[0] if known else None)


def _confirmed(work: Casework, ref: str, ask: Ask, origin: Origin) -> None:
    """What was proposed is now said, by the one who proposed it: of this case, or of those that its answers name."""
    note_answered(work, ref, ask, "confirmed", origin)
    work.note(ref, "confirmed", {}, origin)
    proposal = proposal_of(work, ref, ask)
    if proposal is None:
        return
    by = replace(origin, by=proposal.by, role=proposal.role)
    told = proposal.values["answers"]
    for of in dict.fromkeys(str(a.get("case") or ref) for a in told):
        own = [a for a in told if str(a.get("case") or ref) == of]
        _said_at_last(work, of, own, own[0].get("asks", proposal.values["asks"]), by)
        if of != ref:
            work.advance(of)


def _said_at_last(
    work: Casework, ref: str, proposed: Sequence[Mapping[str, Any]], names: Sequence[str], by: Origin
) -> None:
    """What was proposed of one case takes effect; of one that has closed since, it is kept as a late reply."""
    case = work.case(ref)
    answers = [Answer(a["event"], a["values"]) for a in proposed]
    if case.closed is not None and "case" in proposed[0]:
        work.note(ref, "reply.late", {"text": ", ".join(a.event for a in answers)}, by)
    else:
        apply(work, ref, answers, [case.asks[name] for name in names if name in case.asks], by)


def proposal_of(work: Casework, ref: str, ask: Ask) -> Occurrence | None:
    proposed = work.case(ref).seen.get("answer.proposed", [])
    return next((o for o in proposed if o.seq == ask.trigger), None)


def confirmed(work: Casework, ref: str, asks: Sequence[Ask]) -> list[Answer]:
    """What a yes has confirmed: the receipt says that, not "yes"."""
    proposals = [proposal_of(work, ref, ask) for ask in asks if ask.question == "confirm"]
    return [Answer(a["event"], a["values"]) for p in proposals if p for a in p.values["answers"]]


def unthanked(asks: Sequence[Ask]) -> bool:
    """An agency is not thanked for each of three hundred answers; nor is a tap answered by another mail."""
    agencies = {"police", "health", "housing", "youth-offending", "other-authority"}
    return bool(asks) and all(a.party.role in agencies for a in asks)


def _implied(work: Casework, ref: str, event: str, origin: Origin) -> None:
    """Any act of the officer on the case accepts the referral; the pack says which answers answer more than their own
    question."""
    for ask in work.case(ref).open_asks():
        question = work.office.pack.questions.get(ask.question)
        if question is not None and event in question.implied_by:
            note_answered(work, ref, ask, event, origin)


def _undo(work: Casework, ref: str, ask: Ask, origin: Origin) -> None:
    """`not-so` undoes the event that asked for a conclusion, so that the case has its next step again."""
    for seq, kind in list(taken_back(work.office.pack, work.case(ref), ask)):
        work.note(ref, "undone", {"event": seq, "kind": kind}, origin)


def _same_as(work: Casework, ref: str, answer: Answer, ask: Ask | None) -> str:
    """The other case of which an officer says that it is the same child's: asked, or of his own accord."""
    if answer.event == joining.MERGED:
        return str(answer.values.get("case") or "")
    return _proposed(work, ref, ask) if answer.event == "match.same" and ask is not None else ""


def _proposed(work: Casework, ref: str, ask: Ask) -> str:
    """The other case that an officer was asked about."""
    seen = work.case(ref).seen.get("match.proposed", [])
    return next((str(o.values["case"]) for o in seen if o.seq == ask.trigger), "")


def enrich(work: Casework, heard: Understanding, origin: Origin) -> Understanding:
    """What the directory knows of an answer is written into it, so that the rules need no look-up. A worker whom the
    directory does not know is no answer."""
    directory = work.office.directory
    heard = replace(heard, answers=tuple(_me(a, origin) for a in heard.answers))
    answers = tuple(replace(a, values={**a.values, **_known(directory, a)}) for a in heard.answers)
    unknown = any(
        a.event == "worker.allocated" and not directory.worker(str(a.values.get("worker", ""))) for a in answers
    )
    return replace(heard, verdict="ask" if unknown else heard.verdict, answers=answers)


def _me(answer: Answer, origin: Origin) -> Answer:
    """ "I'll do it": the writer is the worker."""
    if answer.values.get("worker") != "writer":
        return answer
    return replace(answer, values={**answer.values, "worker": origin.by})


def with_outcome(work: Casework, heard: Understanding, asks: Sequence[Ask], *, chosen: bool) -> Understanding:
    """What "close it" leaves out, the rule that asked has proposed. `chosen`: by the number beside it; else it is shown
    back for one tap."""
    lacking = [a for a in heard.answers if a.event == "close" and not a.values.get("outcome")]
    asked = next((ask for ask in asks if ask.question == "conclude"), None)
    rule = work.office.pack.rule(asked.rule) if asked else None
    if not lacking or rule is None or not rule.propose:
        return heard
    answers = tuple(
        replace(a, values={**a.values, "outcome": rule.propose}) if a in lacking else a for a in heard.answers
    )
    return Understanding("understood" if chosen else "confirm", answers, heard.missing)


_NEW_ADDRESS = frozenset({"database.new-address", "agency.trace", "visit.left-address"})
"""Answers with an address at which the child may be found: inside the county it can be visited (C2b)."""


def _known(directory: Directory, answer: Answer) -> dict[str, Any]:
    values: dict[str, Any] = {}
    text = str(answer.values.get("address") or answer.values.get("new-address") or "")
    if text and (area := directory.area(text)):
        values |= {"in-county": not area.authority, "authority": area.authority, "district": area.district}
        if answer.event in _NEW_ADDRESS and not area.authority:
            values |= {"visit.address": text, "visit.hub": area.hub}
    if text and answer.event == "visit.left-address":
        values["address.moved_to"] = text  # Whoever looks for the family is told it.
    worker = directory.worker(str(answer.values.get("worker") or "")) if "worker" in answer.values else None
    if worker:
        values["worker"] = worker.address
    school = directory.school(str(answer.values.get("school") or "")) if answer.values.get("school") else None
    if school:
        values["laestab"] = school.laestab
    if answer.event == "authority.trace" and (named := str(answer.values.get("authority", "")).split()):
        values |= {"in-county": False, "authority": named[0].lower()}
    return values
