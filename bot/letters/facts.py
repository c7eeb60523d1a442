"""What a letter may speak of: the facts of the case, and what stands behind the mail. Who may be told which of them is
decided in outbound.disclosure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from bot.council.office import Office
from bot.views.referrers import linked, named
from outbound import dates
from outbound.disclosure import is_address
from outbound.templating import amid, listing
from parsers.reading import Answer
from parsers.values import year_group
from rules import Case, Send, schoolage
from rules.case import Ask, Occurrence
from rules.firing import OFFICERS
from rules.history import Party

Facts = dict[str, Any]

WITHHELD_TEXT = "[The address is protected, so what they wrote is in no mail. Read it in the mailbox, under Done.]"
_PASSING = (
    "school", "hub", "district", "authority", "in-county", "worker", "form", "referred-by", "other-school", "unproved",
)  # fmt: skip


def of_case(office: Office, case: Case) -> Facts:
    """What is known of the child, the school and the family, by the names of the forms."""
    facts = {name: value for name, value in case.facts.items() if name not in _PASSING and not _of_event(name)}
    school = office.directory.school(str(case.facts.get("school", "")))
    if school is not None:
        facts["school.name"] = school.name
    worker = office.directory.worker(str(case.facts.get("worker", "")))
    facts["worker"] = worker.name or worker.address if worker else None
    facts["area"] = facts["hub"] = case.facts.get("hub")
    facts["missing"] = case.missing or None
    facts["pathway"] = case.pathway
    facts["roll.date"] = case.facts.get("roll.date.date")
    facts["new-school"] = _new_school(case)
    facts["flag"] = _flag(office, case)
    return facts | _by_birth(case) | linked(office.directory, case)


def _by_birth(case: Case) -> Facts:
    """What follows from the date of birth: between which days the child must be in education, and its year where the
    form does not say."""
    if case.born is None:
        return {}
    first, last = schoolage.begins(case.born), schoolage.ends(case.born)
    told: Facts = {"school-age": f"from {dates.day(first, weekday=False)} to {dates.day(last)}"}
    if case.last_at and not case.facts.get("child.year_group"):
        year = year_group.expected(case.born, case.last_at.date())
        told["child.year_group"] = str(year) if 0 <= year <= 13 else None
    return told


def _new_school(case: Case) -> str | None:
    """The school at which the child was traced, as the officer or the authority named it."""
    for kind in ("child.traced", "place.confirmed", "database.new-school"):
        seen = case.latest(kind)
        name = (seen.values.get("school") or (seen.values.get("where") if _is_school(seen) else None)) if seen else None
        if name:
            return str(name)
    return None


def _is_school(seen: Occurrence) -> bool:
    """Whether "where" names a school: it may be an address, which no school is told."""
    words = str(seen.values.get("where") or "").lower()
    return any(w in words for w in ("school", "academy", "primary", "college", "infant", "junior")) and not re.search(
        r"\d", words
    )


def _flag(office: Office, case: Case) -> str | None:
    """A referral to the Hub is due on the fourth day of absence (3.7): one that came before, or long after, says so."""
    first, came = case.facts.get("absence.first_day"), case.facts.get("referral.arrived")
    if case.facts.get("form") != "hub-referral" or not first or not came:
        return None
    school = str(case.facts.get("school", ""))
    day = 1 + office.pack.calendar.school_days(school).between(date.fromisoformat(first), date.fromisoformat(came))
    if day < 4:
        return f"Referred on day {day} of the absence: the referral is due on day 4"
    return f"Referred late: on day {day} of the absence, not on day 4" if day > 8 else None


def _of_event(name: str) -> bool:
    """`visit.no-response.why`: the fold keeps an event's values by the event's name, for durations; a letter gives
    them with the event that it is about."""
    return name.count(".") > 1


def for_send(office: Office, ref: str, case: Case, send: Send, case_of: Callable[[str], Case]) -> Facts:
    """The case, and what set the mail off."""
    facts = of_case(office, case)
    for kind in ("siblings", "linked"):
        facts[kind] = tuple(named(ref, case_of(ref)) for ref in facts[kind] or ()) or None
    trigger = occurrence(case, send.trigger)
    if trigger is not None:
        facts |= of_trigger(office, trigger)
    letter = case.latest("letter.received")
    if letter and (trigger is None or trigger.by in ("", "bot", letter.by)):  # Never as another's words.
        facts.setdefault("text", letter.values.get("text"))
    if send.wording == "agency-trace" and trigger is not None and trigger.role == send.to.role:
        facts["agency"] = "You"  # The officer's own words come back to be decided on.
    if send.wording in ("query-passed", "not-mine-passed") and trigger is not None:
        facts["quote"] = trigger.values.get("text") or trigger.values.get("who")
    if send.rule == "tracking.recheck":
        facts["recheck"] = "yes"
    rule = office.pack.rule(send.rule)
    facts |= still_lacking(office, case, send)
    if rule is not None and rule.propose:
        facts["outcome"] = in_words(rule.propose)
    if "confirm" in send.questions:
        facts |= proposal(office, case, send.trigger) | _to_be_merged(office, case, send.trigger, case_of)
    if send.wording == "same-child":
        facts |= _other(office, trigger, case_of)
    if send.wording in ("overdue-told", "escalation", "answer-not-confirmed"):
        facts |= lateness(office, case.asks[send.asks[0]])
        facts["returned"] = "yes" if _returned(case, send.asks[0]) else None
        facts |= _unclear(case, send.asks[0])
    facts = withhold(case, facts, alarm=send.wording == "alarm")
    if case.protected and not _reads_the_mailbox(send.to):
        facts.pop("why", None)
    return facts


def in_words(outcome: str) -> str:
    """`not-cme` amid a sentence: "not CME"."""
    return outcome.replace("-", " ").replace("cme", "CME")


def still_lacking(office: Office, case: Case, send: Send) -> Facts:
    """What a rule that asks because a form lacks something still lacks of it."""
    rule = office.pack.rule(send.rule)
    forms = [str(c.wanted) for c in rule.conditions if c.fact == "lacks"] if rule else []
    return {"missing": case.lacking(forms[0]) or None} if forms else {}


def _returned(case: Case, ask: str) -> bool:
    """Whether our mail with that question could not be delivered."""
    return any(o.values.get("lasting") and ask in o.values.get("asks", ()) for o in case.seen.get("bounced", ()))


def _unclear(case: Case, ask: str) -> Facts:
    """An answer of which a person must say what it means."""
    found = [o for o in case.seen.get("reply.unclear", ()) if ask in o.values.get("asks", ())]
    return {"unclear": "yes", "quote": str(found[-1].values["text"])[:500]} if found else {}


def withhold(case: Case, facts: Facts, *, alarm: bool = False) -> Facts:
    """Of a protected child no free text is sent on: nobody can say what in it is the address. An alarm keeps its quote,
    without streets and houses (outbound.disclosure)."""
    if case.protected:
        for name in ("text", "note", "what", "why", *(() if alarm else ("quote",))):
            if facts.get(name):
                facts[name] = WITHHELD_TEXT
    return facts


def _reads_the_mailbox(to: Party) -> bool:
    return to.role in OFFICERS


def _to_be_merged(office: Office, case: Case, seq: int, case_of: Callable[[str], Case]) -> Facts:
    """Where an officer orders that two cases become one: the child of the other."""
    proposed = occurrence(case, seq)
    answers = proposed.values.get("answers", ()) if proposed else ()
    merged = next((a["values"] for a in answers if a["event"] == "merge"), None)
    return _other(office, replace(proposed, values=merged), case_of) if proposed and merged else {}


def _other(office: Office, trigger: Occurrence | None, case_of: Callable[[str], Case]) -> Facts:
    """The child of the other case, to be held beside this one."""
    if trigger is None:
        return {}
    ref = str(trigger.values.get("case", ""))
    case = case_of(ref)
    other = of_case(office, case)
    if case.protected:
        other = {name: value for name, value in withhold(case, other).items() if not is_address(name)}
    ended = f"{ref}, closed as {case.outcome.replace('-', ' ')}" if case.closed else ref
    return {
        "other.ref": ended,
        "alike": trigger.values.get("why"),
        **{f"other.{name}": value for name, value in other.items()},
    }


def occurrence(case: Case, seq: int) -> Occurrence | None:
    return next((o for seen in case.seen.values() for o in seen if o.seq == seq), None)


def of_trigger(office: Office, trigger: Occurrence) -> Facts:
    """The values of the event, and who said it."""
    told: Facts = {n: v for n, v in trigger.values.items() if isinstance(v, str) and v and n not in _PASSING}
    if school := trigger.values.get("school"):
        known = office.directory.school(str(school))
        told["school"] = known.name if known else school
    person = office.directory.who_is(trigger.by)
    told["writer.address"] = trigger.by if "@" in trigger.by else None
    told["writer.name"] = person.name if person else trigger.by if "@" in trigger.by else None
    told["writer.role"] = office.wording.roles.get(trigger.role, trigger.role or None)
    told["agency"] = person.name if person else None
    told["received"] = trigger.received.isoformat()
    return told


def lateness(office: Office, ask: Ask) -> Facts:
    """Who is late with what, since when."""
    contact = office.directory.holder(ask.party)
    return {
        "question": ask.question,
        "asked.name": contact.name if contact else None,
        "asked.role": office.wording.roles.get(ask.party.role, ask.party.role),
        "asked.on": ask.asked.date().isoformat(),
        "was-due": ask.due.isoformat(),
        "reminders": ask.chased,
    }


def proposal(office: Office, case: Case, seq: int) -> Facts:
    """What an answer was understood to say, in words, to be confirmed by one tap."""
    proposed = occurrence(case, seq)
    if proposed is None or "answers" not in proposed.values:
        return {}
    answers = [Answer(a["event"], a["values"]) for a in proposed.values["answers"]]
    return {
        "proposed": heard(office, answers, protected=case.protected),
        "quote": proposed.values.get("text"),
        "text": None,
    }


def heard(office: Office, answers: Sequence[Answer], *, protected: bool) -> tuple[str, ...]:
    """Each answer in a line: what it means, and the values that were understood; of a protected child no address, nor
    the free text that may hold one."""
    return tuple(_line(office, answer, protected) for answer in answers)


def _line(office: Office, answer: Answer, protected: bool) -> str:
    if answer.event == "merge":
        other = answer.values["case"]
        return f"This case and {other} are of the same child: this one closes, {other} goes on with what both know"
    label = office.says.label("", answer.event) or answer.event.replace(".", " ").replace("-", " ")
    told = [
        _value(office, name, value)
        for name, value in answer.values.items()
        if value not in (None, "", {}, []) and not (protected and (is_address(name) or name in _MAY_TELL))
    ]
    plain = label.partition(" (")[0]
    return f"{plain} ({'; '.join(filter(None, told))})" if any(told) else label


_MAY_TELL = frozenset({"fields", "school", "what", "why", "note", "text", "quote"})
"""Values that may say where a protected child is."""
_UNSPOKEN = frozenset({"in-county", "district", "authority", "question", "laestab", "visit.hub", "visit.address"})


def _value(office: Office, name: str, value: object) -> str:
    if name in _UNSPOKEN:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(_value(office, str(n), v) for n, v in value.items())
    fact = office.wording.facts.get(name)
    label = fact.label if fact else name.replace("-", " ")
    said = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if name == "dates" or (fact and fact.kind in ("date", "born")):
        said = listing([_day(one) for one in said.split(", ")])
    return f"{amid(label)}: {said}"


def _day(text: str) -> str:
    try:
        return dates.day(dates.parse(text))
    except ValueError:
        return text
