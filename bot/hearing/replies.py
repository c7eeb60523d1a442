"""A reply in a thread: who may answer, what it says, and what that makes of the case. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, NOT_BELIEVED, Verdict, quarantine
from bot.cases import referrals
from bot.cases.authority import may_order
from bot.cases.casework import Casework, Origin
from bot.cases.referrals import open_again, raise_concerns
from bot.cases.threads import Found
from bot.cases.unread import ask_without_password, unread_files
from bot.hearing.answers import UNIVERSAL, apply, confirmed, enrich, propose, unthanked, with_outcome
from bot.hearing.below import said_below
from bot.hearing.forms_in import of_this_child, parted, with_form
from bot.hearing.heeding import heed_news, heed_protection, told
from bot.hearing.reply import (
    Reply,
    asks_of,
    context_of,
    is_anothers,
    may_reply,
    owed,
    tells_of_another,
)
from bot.hearing.unasked import news_of, only_thanks
from bot.hearing.undoing import in_words, lasting, undo_last, wants_undo
from bot.letters.awaited import reopened
from parsers.answers import AnswerContext, understand
from parsers.answers.news import answered_beside
from parsers.reading import Answer, FieldValue, Understanding
from rules import Event
from rules.case import Ask

ENDS_SEARCH = frozenset({"close", "child.traced"})
NOT_CLOSED = (
    "We have not closed the case, because your mail also speaks of a concern for a child. The tracking officer and the "
    "designated officer have been told. When the concern is dealt with, write again."
)


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin, found: Found) -> Verdict:
    """What becomes of a reply."""
    reply = Reply(arrival, who, origin, found, said_below(work.office, arrival.reading))
    discussed = bool(found.row and "safeguarding-discussion" in found.row.questions)
    concern = raise_concerns(work, reply.ref, arrival, origin, discussed=discussed)
    if arrival.reading.machine:
        verdict = _machine(work, reply)
    else:
        heard = told(reply)
        own = reply.who.role == "tracking-officer"
        heed_protection(work, reply.ref, reply.origin, heard, "" if own else reply.text)
        verdict = _believed(work, reply, heard)
    if concern:
        open_again(work, reply.ref)
    work.advance(reply.ref)
    reading = replace(arrival.reading, locked="") if who.officer else arrival.reading
    unread = unread_files(reading)  # An officer's link leads to what officers have already.
    ask_without_password(work, arrival, who)
    if unread and verdict.state == "done":
        return quarantine(f"{reply.ref}: a person must look at what is attached: {unread}")
    if verdict == DONE and not arrival.filled and tells_of_another(work, reply):
        return Verdict("done", "quarantined", f"{reply.ref}: a reply that tells of another child too, to be read")
    return verdict


def _machine(work: Casework, reply: Reply) -> Verdict:
    """Recorded, never answered, and no answer to anything."""
    reading, away = reply.arrival.reading, reply.arrival.reading.absence
    values = {"why": reading.machine}
    if away is not None and reply.found.row is not None:
        values["back-on"] = away.back_on.isoformat() if away.back_on else ""
        values["deputy"] = away.deputy
        values["address"] = reply.found.row.address
    work.note(reply.ref, "auto-replied", values, reply.origin)
    return Verdict("done", "done", f"a machine wrote it: {reading.machine}")


def _believed(work: Casework, reply: Reply, heard: Mapping[str, FieldValue]) -> Verdict:
    if reply.found.row is None and reply.who.officer:
        order = out_of_the_blue(work, reply.arrival, reply.who, reply.origin, reply.ref)
        if order is not None:
            return order  # A mail that only names the case is an order before it is an answer.
    asks = asks_of(work, reply)
    if not may_reply(work, reply):
        work.note(reply.ref, "reply.refused", {"why": "not the one who was asked, or not authenticated"}, reply.origin)
        if reply.found.row is None and reply.arrival.filled:
            return _another_child(work, reply)
        if reply.who.trust >= Trust.BODY:
            work.letters.reply(reply.ref, reply.arrival, reply.who, "reply-not-yours")
        elif reply.who.trust is Trust.UNKNOWN and (row := work.letters.thanks(reply.arrival)):
            work.queue([row])  # The same whether or not there is such a case.
        return quarantine(f"{reply.ref}: {NOT_BELIEVED}")
    heed_news(work, reply, heard)
    if reply.arrival.filled and (not asks or work.case(reply.ref).closed is not None):
        return _another_child(work, reply)
    if not of_this_child(work, reply):
        return _beside_others_forms(work, reply, asks)
    if (rest := wants_undo(reply.text)) is not None and reply.who.officer:
        return _undo(work, reply, rest, asks)
    if work.case(reply.ref).closed is not None:
        return _closed(work, reply)
    if not asks:
        return _unasked(work, reply)
    if all(ask.state == "withdrawn" for ask in asks):
        work.note(reply.ref, "reply.noted", {"text": reply.text[:2000]}, reply.origin)
        work.letters.reply(reply.ref, reply.arrival, reply.who, "nothing-more")
        return DONE
    return _answer(work, reply, [ask for ask in asks if ask.state != "withdrawn"])


def _another_child(work: Casework, reply: Reply) -> Verdict:
    """A form of another child in an old thread is a referral of its own: the two are never mixed."""
    return referrals.take(work, reply.arrival, reply.who, reply.origin, heard=True)


def _beside_others_forms(work: Casework, reply: Reply, asks: Sequence[Ask]) -> Verdict:
    """What stands beside another child's form is an answer where it is one; a cover letter is none, and is kept."""
    own, others = parted(work, reply)
    verdict = _another_child(work, others)
    still = [ask for ask in asks if ask.state != "withdrawn"]
    if still and (own.arrival.filled or _hear(work, own, still).verdict != "ask"):
        answered = _answer(work, own, still)
        return answered if verdict == DONE else verdict
    work.note(reply.ref, "reply.noted", {"text": reply.text[:2000]}, reply.origin)
    return verdict


def _undo(work: Casework, reply: Reply, rest: str, asks: Sequence[Ask]) -> Verdict:
    """What the officer's last mail said is taken back; what it should have said, where it is there, is heard."""
    closed = work.case(reply.ref).closed is not None
    undone = undo_last(work, reply.ref, reply.origin)
    if closed:
        return _reopen(work, reply, rest, undone)
    work.advance(reply.ref)
    if rest and undone:
        case = work.case(reply.ref)
        open_again = [case.asks[a.id] for a in asks if a.id in case.asks]
        return _answer(work, replace(reply, said=rest), open_again)
    lasts = lasting(work, reply.ref, reply.origin)
    work.letters.order_done(reply.ref, reply.arrival, reply.who, in_words(undone), lasts)
    return DONE


def _reopen(work: Casework, reply: Reply, rest: str, undone: Sequence[Event]) -> Verdict:
    """The officer who closed the case says that it was wrong: the search goes on. Of anybody else a person reads it."""
    if work.case(reply.ref).closed is not None:
        if not any(event.kind in ENDS_SEARCH for event in undone):
            return _closed(work, reply)
        work.note(reply.ref, "reopened", {"text": rest[:2000]}, reply.origin)
    asks = work.case(reply.ref).asks
    for name in (str(e.values["ask"]) for e in undone if e.kind == "ask.answered"):
        if name in asks and asks[name].waits:  # What he said yes to, he has now said no to.
            apply(work, reply.ref, [Answer("not-so", {})], [asks[name]], reply.origin)
    work.advance(reply.ref)
    lasts = lasting(work, reply.ref, reply.origin)
    said = reopened(work.office, work.case(reply.ref), work.now)
    work.letters.order_done(reply.ref, reply.arrival, reply.who, said, lasts)
    return DONE


def _closed(work: Casework, reply: Reply) -> Verdict:
    if reply.who.officer:
        order = out_of_the_blue(work, reply.arrival, reply.who, reply.origin, reply.ref)
        if order is not None:
            return order  # To reopen it, or to part it from the one it was merged with.
    work.note(reply.ref, "reply.late", {"text": reply.text[:2000]}, reply.origin)
    if not reply.arrival.reading.concerns:  # Who raises a concern has the alarm's own words, and it is open again.
        work.letters.reply(reply.ref, reply.arrival, reply.who, "reply-closed")
    return Verdict("done", "quarantined", f"{reply.ref}: a reply to a closed case, for a person to read")


def _unasked(work: Casework, reply: Reply) -> Verdict:
    """A reply to a mail that asked nothing: news from the school, an officer's command, or words for a person."""
    if reply.who.officer:
        verdict = out_of_the_blue(work, reply.arrival, reply.who, reply.origin, reply.ref)
        if verdict is not None:
            return verdict
    if told := news_of(work, reply):
        return _settle(work, reply, told, [])
    return _answered_elsewhere(work, reply) or _passed_on(work, reply)


def _passed_on(work: Casework, reply: Reply) -> Verdict:
    """An officer reads it, and who wrote it hears so. Thanks alone trouble nobody."""
    if only_thanks(reply.text):
        work.note(reply.ref, "reply.noted", {"text": reply.text}, reply.origin)
        return DONE
    work.note(reply.ref, "query", {"text": reply.text[:2000]}, reply.origin)
    work.letters.reply(reply.ref, reply.arrival, reply.who, "reply-query-passed", quote=reply.text[:1000])
    return DONE


def _answered_elsewhere(work: Casework, reply: Reply) -> Verdict | None:
    """A receipt answered where the question lies one mail above it: the same person's open ask is what is meant, if
    the words answer it. A bare yes is never carried over to another mail's proposal."""
    asks = [ask for ask in owed(work, reply) if ask.question != "confirm"]
    if not asks:
        return None
    heard = _hear(work, reply, asks)
    if heard.verdict == "ask" or all(a.event in UNIVERSAL for a in heard.answers):
        return None
    return _answer(work, reply, asks)


def _answer(work: Casework, reply: Reply, asks: list[Ask]) -> Verdict:
    if is_anothers(work, reply):
        return _settle(work, reply, Understanding("ask"), asks)
    if late := _what_was_missing(work, reply, asks):
        return late
    heard = with_form(work, reply, asks, _hear(work, reply, asks))
    chosen = reply.text.lstrip()[:1].isdigit()
    heard = with_outcome(work, enrich(work, heard, reply.origin), asks, chosen=chosen)
    if heard.verdict == "ask" and reply.who.officer:
        order = out_of_the_blue(work, reply.arrival, reply.who, reply.origin, reply.ref)
        if order is not None:
            return order
    return _settle(work, reply, heard, asks)


def _hear(work: Casework, reply: Reply, asks: Sequence[Ask]) -> Understanding:
    questions = tuple(dict.fromkeys(ask.question for ask in asks))
    context = context_of(work, reply, asks)
    heard = understand(questions, reply.text, context, work.office.says)
    return replace(heard, answers=(*heard.answers, *_rest_unknown(work, reply, heard, context)))


def _rest_unknown(work: Casework, reply: Reply, heard: Understanding, context: AnswerContext) -> list[Answer]:
    """ "Born on 3 May 2003. The address we do not know": what is known, and that the rest is not."""
    if [a.event for a in heard.answers] != ["details.given"]:
        return []
    beside = answered_beside("missing-details", reply.text, context, work.office.says)
    return [a for a in beside if a.event == "details.unavailable"][:1]


def _what_was_missing(work: Casework, reply: Reply, asks: list[Ask]) -> Verdict | None:
    """The card, the neighbours or the day that an answered visit left out, told afterwards (B7)."""
    if not any(a.question == "home-visit" and a.state == "answered" for a in asks):
        return None
    heard = understand(("visit-details",), reply.text, context_of(work, reply, ()), work.office.says)
    if heard.verdict != "understood":
        return None
    return _settle(work, reply, heard, [])


def _settle(work: Casework, reply: Reply, heard: Understanding, asks: list[Ask]) -> Verdict:
    """Applied, shown back for one tap, or asked again with the choices."""
    answers = [a for a in heard.answers if a.event != "concern.raised"]
    if reply.arrival.reading.concerns and any(a.event in ENDS_SEARCH for a in answers):
        refuse_to_close(work, reply.arrival, reply.who, reply.origin, reply.ref)
        return DONE
    if heard.verdict == "ask" or not answers:
        if asks and not reply.who.officer and not any(ask.waits for ask in asks):
            return _passed_on(work, reply)  # Answered before: nobody would be asked what this means.
        unclear = {"text": reply.text[:2000], "asks": [ask.id for ask in asks]}
        work.note(reply.ref, "reply.unclear", unclear, reply.origin)
        work.letters.ask_again(reply.ref, reply.arrival, reply.who, asks, replace(heard, answers=tuple(answers)))
        return DONE
    if heard.verdict == "confirm":
        propose(work, reply.ref, answers, asks, reply.origin, reply.text)
        return DONE
    apply(work, reply.ref, answers, asks, reply.origin)
    work.advance(reply.ref)
    if any(a.event in ("query", "not-mine") for a in answers):
        work.letters.reply(reply.ref, reply.arrival, reply.who, "reply-query-passed", quote=reply.text[:1000])
        return DONE
    if not all(a.event in UNIVERSAL for a in answers) and not unthanked(asks):
        told = [a for a in answers if a.event != "confirmed"] or confirmed(work, reply.ref, asks) or answers
        work.letters.applied(reply.ref, reply.arrival, reply.who, told, heard.missing, asks)
    return DONE


def refuse_to_close(work: Casework, arrival: Arrival, who: Writer, origin: Origin, ref: str) -> None:
    """A mail that raises a concern closes nothing; the alarm is out, and the writer is told."""
    if ref:
        work.note(ref, "command.refused", {"why": "the same mail raises a concern"}, origin)
        work.advance(ref)
    work.letters.reply(ref, arrival, who, "reply-command", next=NOT_CLOSED)


def out_of_the_blue(work: Casework, arrival: Arrival, who: Writer, origin: Origin, ref: str = "") -> Verdict | None:
    """An officer's command; None when the mail is none."""
    from bot.hearing.commands import obey

    context = AnswerContext(at=origin.received, role=who.role)
    heard = understand(("",), arrival.reading.new_text, context, work.office.says)
    named = ref or next((r for r in arrival.reading.thread.references if work.unit.case(r)), "")
    orders = [a for a in heard.answers if a.event == "command"]
    ends = any(a.values.get("command") in ("close", "traced", "merge") for a in orders)
    if who.officer and ends and arrival.reading.concerns:
        refuse_to_close(work, arrival, who, origin, named)
        return DONE
    if not orders or heard.verdict == "ask" or not may_order(work, named, who, ""):
        return None
    return obey(work, arrival, who, origin, orders[0], ref)
