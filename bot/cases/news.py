"""What a mail out of the blue tells of a child (3.5 to 3.11, 5.1, 7): taken as news only where it is said beyond doubt
by somebody who may say it; the rest is asked of the tracking officer, by choices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.arrivals.trust import Trust, Writer
from bot.cases.casework import Casework, Origin
from bot.council.directory import School
from bot.council.office import Office
from parsers import letters
from parsers.answers import AnswerContext
from parsers.answers.family import family
from parsers.answers.news import answered_beside, reported, values_said
from parsers.derived import derive
from parsers.reading import Answer, ChildMention, Understanding

MOVED_IN, REMOVAL, NO_SHOW, ABROAD = "moved-in.reported", "removal.reported", "no-show.reported", "abroad.reported"
ABROAD_DETAILS = "abroad.details"
HOME, EXCLUSION = "home-education.reported", "exclusion.reported"
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class News:
    """`told`: what was said beyond doubt, what tells most first. `maybe`: what it may be, for an officer to say."""

    told: tuple[Answer, ...] = ()
    maybe: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.told[0].event if self.told else ""


def hear(work: Casework, who: Writer, origin: Origin, text: str, mention: ChildMention) -> News:
    """The news of a letter. A stranger's words are read by a person and set nothing off."""
    if who.trust is Trust.UNKNOWN:
        return News()
    name = f"{mention.forenames} {mention.surname}".strip()
    context = AnswerContext(at=origin.received, role=who.role, child=name)
    bare = letters.without_birth(text, work.now.date())
    heard = _not_to_wales(reported(bare, context, work.office.says))
    events = tuple(answer.event for answer in heard.answers)
    if not events and who.role != "school":
        return _moved_here(work, who, text, bare, context) if _MOVED.search(text) else News()
    if heard.verdict == "ask":
        return News(maybe=events)
    told = tuple(answer for answer in heard.answers if _may_tell(who, answer.event))
    if len(told) < len(events):
        return News(maybe=events)
    news = tuple(_completed(work, who, text, answer, n, told) for n, answer in enumerate(told))
    described = family(text, context, work.office.says) if any(a.event == REMOVAL for a in news) else {}
    if described:
        news = tuple(replace(a, values={**a.values, "fields": described}) if a.event == REMOVAL else a for a in news)
    return News((*news, *_already(work, context, text, told)))


def note(work: Casework, ref: str, answer: Answer, origin: Origin) -> None:
    """Writes news down on a case. What it says of the family besides adds what nobody knew, and overwrites nothing."""
    fields = work.unknown(ref, answer.values.get("fields", {}))
    values = {name: value for name, value in answer.values.items() if name != "fields"}
    work.note(ref, answer.event, {**values, **({"fields": fields} if fields else {})}, origin)


def _not_to_wales(heard: Understanding) -> Understanding:
    """Abroad is out of England and Wales (3.11): Wales has authorities to ask, and the school files of S2S."""
    left = tuple(a for a in heard.answers if not (a.event == ABROAD and a.values.get("country") == "Wales"))
    return replace(heard, answers=left)


_MOVED = re.compile(r"(?<!not )\b(?:moved|relocated|moving|relocating)\b[^.;]* to\b", re.IGNORECASE)


def _moved_here(work: Casework, who: Writer, text: str, bare: str, context: AnswerContext) -> News:
    """ "Has moved to 22 Spinney Drive, Didcot": that this is our area, the directory knows. Of another authority it is
    what paragraph 5.1 speaks of; of anybody else an officer says so."""
    said = values_said(MOVED_IN, bare, context, work.office.says)
    area = work.office.directory.area(str(said.get("address", "")))
    if area is None or area.authority:
        return News()
    if who.role != "other-authority":
        return News(maybe=(MOVED_IN,))
    told = Answer(MOVED_IN, dict(said))
    return News((_completed(work, who, text, told, 0, (told,)),))


_ASKED_NEXT = {
    HOME: ("parents-letter", "letter.held"),
    NO_SHOW: ("tried-parents", "parents.tried"),
    ABROAD: ("abroad-details", ABROAD_DETAILS),
}
"""What each kind asks the school first, and the answer that the mail itself may give."""


def _already(work: Casework, context: AnswerContext, text: str, told: Sequence[Answer]) -> list[Answer]:
    """What the mail answers before it is asked: "we have her letter of 3 November", "we rang twice"."""
    if not told or context.role != "school" or told[0].event not in _ASKED_NEXT:
        return []
    question, wanted = _ASKED_NEXT[told[0].event]
    heard = answered_beside(question, letters.without_birth(text, work.now.date()), context, work.office.says)
    found = [answer for answer in heard if answer.event == wanted]
    if wanted == ABROAD_DETAILS:  # Without a school there is nothing to conclude, and the school is asked.
        return [answer for answer in abroad_details(found) if answer.values.get("school")]
    return found[:1]


def abroad_details(told: Sequence[Answer]) -> list[Answer]:
    """What several sentences say of the place abroad, as one answer by the names that the case keeps; none where they
    name two countries, two schools."""
    values: dict[str, Any] = {}
    for answer in told:
        if any(values.get(name, value) != value for name, value in answer.values.items()):
            return []
        values |= answer.values
    kept = destination(values)
    return [Answer(ABROAD_DETAILS, values | kept)] if kept else []


def destination(values: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer says of the place abroad, by the names that the case keeps."""
    return {f"destination.{name}": values[name] for name in ("country", "address", "school") if values.get(name)}


def _may_tell(who: Writer, event: str) -> bool:
    """A child that moved in may be told of by any body we know (5.1); what a school does, by schools and by us."""
    return event == MOVED_IN or who.role == "school" or who.officer


def _completed(work: Casework, who: Writer, text: str, answer: Answer, n: int, told: Sequence[Answer]) -> Answer:
    """The values by the names that the case keeps, and what the directory adds."""
    values = dict(answer.values)
    if answer.event == MOVED_IN:
        values |= _places(work, text, str(values.get("address", "")))
    if answer.event == NO_SHOW and (start := derive(text, work.now.date()).get("expected.start")) and start.sure:
        values["expected.date"] = start.value
    if answer.event == ABROAD and values.get("country"):
        values["destination.country"] = values["country"]
    if answer.event == REMOVAL:
        values |= removal_values(work, values)
        known = {name: f.value for name, f in derive(text, work.now.date()).items() if f.sure} | values
        values |= removal_checks(work.office, known, text, who.which if who.role == "school" else "")
        values["beside"] = told[0].event if n else ""
    if answer.event == HOME and values.get("date"):
        values["home-education.date"] = values["date"]
    return replace(answer, values={name: value for name, value in values.items() if value is not None})


def _places(work: Casework, text: str, address: str) -> dict[str, Any]:
    """Where the child lives now, with whose Hub that is; the school named, one of ours; the one before, one that is
    not. Two of a kind are none."""
    named = letters.schools(text)
    ours = {school.laestab for name in named if (school := work.office.directory.school(name))}
    others = [name for name in named if work.office.directory.school(name) is None]
    area = work.office.directory.area(address)
    values: dict[str, Any] = {
        "other-school": ours.pop() if len(ours) == 1 else None,
        "school.previous": others[0] if len(others) == 1 else None,
        "address.last_known": address or None,
    }
    if area is not None and not area.authority:
        values |= {"visit.address": address, "visit.hub": area.hub}
    return values


def of_letter(work: Casework, ref: str, origin: Origin) -> dict[str, Any]:
    """Of a letter of which an officer has said that it tells of a child who moved in: address, Hub and schools."""
    letter = work.case(ref).latest("letter.received")
    text = str(letter.values.get("text") or "") if letter else ""
    context = AnswerContext(at=origin.received, role="")
    said = values_said(MOVED_IN, letters.without_birth(text, work.now.date()), context, work.office.says)
    found = said | _places(work, text, str(said.get("address", "")))
    return {name: value for name, value in found.items() if value}


def removal_values(work: Casework, values: dict[str, Any]) -> dict[str, Any]:
    """What a removal's notice, or an answer about it, says, by the names that the case keeps it."""
    new = str(values.get("new-school") or "")
    school: School | None = work.office.directory.school(new) if new and new != NOT_KNOWN else None
    number = values.get("laestab") or (school.laestab if school else None)
    number = "none" if new == NOT_KNOWN else number
    kept = {
        "removal.reason": values.get("reason"),
        "removal.new-school": school.name if school else new or None,
        "removal.laestab": number,
        "removal.ground": values.get("ground"),
    }
    return {name: value for name, value in kept.items() if value}


_BACKDATED = re.compile(r"\bback-?\s?dat(?:e|ed|ing)\b", re.IGNORECASE)


def removal_checks(office: Office, facts: Mapping[str, Any], text: str, school: str) -> dict[str, Any]:
    """What the law asks of a removal, as far as the dates are known: not backdated to the last day in school; on the
    grounds of an absence only after it was long enough, and after joint enquiries (SI 2024/208, reg 9)."""
    off, last = facts.get("removal.date"), facts.get("attendance.last_day")
    ground = office.pack.grounds.get(str(facts.get("removal.ground") or ""))
    found: dict[str, Any] = {}
    if (_BACKDATED.search(text) and not _NOT_BACKDATED.search(text)) or (off and last and str(off) <= str(last)):
        found["backdated"] = True
    if ground is None:
        return found
    found["joint"] = ground.joint or None
    first = facts.get("absence.first_day")
    if ground.school_days and off and first:
        days = office.pack.calendar.school_days(school)
        away = days.between(date.fromisoformat(str(first)) - timedelta(1), date.fromisoformat(str(off)) - timedelta(1))
        found["ground-early"] = away < ground.school_days or None
    return {name: value for name, value in found.items() if value}


_NOT_BACKDATED = re.compile(r"\b(?:not|never|n[o']t be|without)\b[^.]{0,20}\bback-?\s?dat", re.IGNORECASE)
