"""What mails about lists speak of: the list by its name, the rows that are still open, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.council.office import Office
from bot.letters import facts, reasons
from bot.views.asked import DOUBTS, Asked, Row, asked_of
from outbound import dates
from parsers.reading import Answer
from parsers.rosters.destinations import destination
from rules import Case, Send

_SUMMARIES = ("list-read", "enquiries-read")
_MOST_SAID = 200
_FRAMES = ("overdue-told", "escalation", "answer-not-confirmed")


def of_list(office: Office, case: Case, send: Send) -> facts.Facts:
    """The facts of a mail that the rules want sent about a list."""
    told = about(office, case)
    asked = asked_of(case)
    trigger = facts.occurrence(case, send.trigger)
    if send.wording in _SUMMARIES and trigger is not None:
        person = office.directory.who_is(trigger.by)
        told |= figures_shown(trigger.values, officer=bool(person and person.officer))
    if trigger is not None and "taken" in trigger.values:
        told |= answers_shown(trigger.values)
    if "confirm" in send.questions and trigger is not None:
        told["proposed"] = proposed(office, trigger.values["answers"])
    if asked is not None:
        told |= rows_shown(case, asked, asked.open)
    if send.wording == "query-passed" and trigger is not None:
        told |= facts.of_trigger(office, trigger)
        told["quote"] = trigger.values.get("text") or trigger.values.get("who")
    if send.wording in _FRAMES:
        told |= facts.lateness(office, case.asks[send.asks[0]])
    return told


def about(office: Office, case: Case) -> facts.Facts:
    """What every mail about a list may say."""
    expected = office.pack.rosters.get(str(case.facts.get("list", "")))
    school = office.directory.school(str(case.facts.get("school", ""))) if case.facts.get("school") else None
    return {"list": expected.says if expected else None, "school.name": school.name if school else None}


def rows_shown(case: Case, asked: Asked, codes: Iterable[str]) -> facts.Facts:
    """These rows, as children to be told of or as doubts to be compared."""
    rows = [asked.rows[code] for code in codes]
    if case.latest(DOUBTS) is not None:
        return {"doubts": tuple(map(_doubt, rows)) or None}
    return {"children": tuple(map(_child, rows)) or None}


def _child(row: Row) -> dict[str, str]:
    fields: Mapping[str, str] = row["fields"]
    names = ("child.surname", "child.forenames", "child.date_of_birth", "attendance.last_day")
    listed = fields.get("destination") or fields.get("provision") or ""
    listed = "" if destination(listed) == "nothing" else listed
    return {**{n: fields[n] for n in names if fields.get(n)}, "row": str(row["row"]), "listed": listed}


def _doubt(row: Row) -> str:
    fields: Mapping[str, str] = row["fields"]
    parts = [f"{row['row']}: {fields.get('child.forenames', '')} {fields.get('child.surname', '')}".rstrip()]
    if born := fields.get("child.date_of_birth"):
        parts.append(f"born {dates.day(dates.parse(born), weekday=False)}")
    if school := fields.get("school.last_attended") or fields.get("school.current"):
        parts.append(school)
    said = f", it says “{row['says'][:_MOST_SAID]}”" if row.get("says") else ""
    which = f"Perhaps {row['maybe']} ({row['why']})" if row["maybe"] else f"{row['why'][:1].upper()}{row['why'][1:]}"
    return f"{', '.join(parts)}{said}. {which}"


def figures_shown(values: Mapping[str, Any], *, officer: bool) -> dict[str, Any]:
    """What the sender may be told: an officer everything, an outside body what is wrong with its own rows."""
    shown: dict[str, Any] = {"rows": values["rows"], "bad-rows": tuple(values["refused"]) or None}
    if officer:
        shown |= {f"rows.{name}": count or None for name, count in values["counts"].items()}
        shown["already"] = tuple(values["matched"]) or None
    return shown


def answers_shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a body hears that has answered many enquiries in one list: what was asked of it, and nothing else."""
    shown = {f"answers.{name}": values[name] or None for name in ("taken", "taps", "again", "open")}
    return {**shown, "answers.still": tuple(values["still"]) or None}


def proposed(office: Office, answers: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What an agency's rows were understood to say, each with its case. Its own words come back to it."""
    told = [(str(a["case"]), Answer(a["event"], a["values"])) for a in answers]
    return tuple(f"{ref}: {facts.heard(office, [answer], protected=False)[0]}" for ref, answer in told)


def why_list(office: Office, case: Case, send: Send) -> str:
    """Why this person gets a mail about a list, in one sentence."""
    if send.wording in _SUMMARIES:
        return "you sent us this list"
    if asked_of(case) is None and not send.escalated:
        return "the list comes from you"
    return reasons.why_person(office, send).replace("for this child", "for these children")
