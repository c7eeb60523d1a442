"""Forms that come in a reply: which are of the child that was asked about, and what those say as an answer."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.casework import Casework
from bot.cases.referrals import referral_values
from bot.hearing.reply import Reply
from bot.matching import consistent
from bot.matching.described import child_of
from parsers.reading import Answer, Referral, Understanding
from rules.case import Ask


def of_this_child(work: Casework, reply: Reply) -> bool:
    """Whether no form in a reply contradicts the case that the thread is about."""
    return all(_of_child(work, reply.ref, form) for form in reply.arrival.filled)


def parted(work: Casework, reply: Reply) -> tuple[Reply, Reply]:
    """The reply with the forms of this child alone, and with those of others alone."""
    own = [form for form in reply.arrival.filled if _of_child(work, reply.ref, form)]
    others = [form for form in reply.arrival.filled if form not in own]
    return _with(reply, own), _with(reply, others)


def with_form(work: Casework, reply: Reply, asks: list[Ask], heard: Understanding) -> Understanding:
    """A form attached as an answer: `details.given`, and what the form says; the Hub's CME form is the referral."""
    forms = reply.arrival.filled
    if not forms:
        return heard
    if any(a.question == "cme-referral" for a in asks) and forms[0].form == "cme-referral":
        answer = Answer("hub.referred", {})
    else:
        answer = Answer("details.given", {})
    values = referral_values(work, reply.arrival, reply.who, forms[0])
    answer.values["fields"] = values["fields"]
    rest = () if heard.verdict == "ask" else heard.answers
    return Understanding("understood", (answer, *(a for a in rest if a.event != answer.event)), heard.missing)


def _of_child(work: Casework, ref: str, form: Referral) -> bool:
    told = {name: field.value for name, field in form.fields.items() if field.value and field.sure}
    return consistent(child_of(work.case(ref).facts), child_of(told))


def _with(reply: Reply, forms: list[Referral]) -> Reply:
    reading = replace(reply.arrival.reading, referrals=tuple(forms))
    return replace(reply, arrival=replace(reply.arrival, reading=reading))
