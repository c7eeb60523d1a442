"""What a mail that goes out, or a note of our own, leaves behind in the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rules.calendar import Calendar
from rules.case import Case
from rules.duration import Hours, SchoolDays, WorkingDays, WorkingHours
from rules.history import Action, Party, Record, Send
from rules.pack import Pack, Question
from rules.parties import is_school

Note = tuple[str, Mapping[str, Any]]
"""An event's kind and its values."""


def notes(pack: Pack, calendar: Calendar, case: Case, action: Action, address: str = "") -> list[Note]:
    """The events that this action is in the history. `address` is to whom it really goes; "" while nobody holds the
    role: the clock runs all the same."""
    if isinstance(action, Record):
        return [(action.kind, action.values)]
    if action.kind == "notice":
        values = {"rule": action.rule, "cite": action.cite, "wording": action.wording, "address": address}
        return [("told", {**values, "key": action.key, "of": action.to.role, "which": action.to.which})]
    if action.kind == "chase":
        told = {"n": action.chase, "key": action.key, "of": action.to.role}
        return [("ask.chased", {"ask": ask, **told}) for ask in action.asks]
    return list(_asked(pack, calendar, action, address))


def _asked(pack: Pack, calendar: Calendar, action: Send, address: str) -> Iterator[Note]:
    assert action.due is not None
    for name, ask in zip(action.questions, action.asks, strict=True):
        own = f"{action.key}#{name}"
        values = {
            "ask": own if action.escalated else ask,
            "key": action.key if action.escalated else ask.partition("#")[0],
            "mail": action.key, "question": name, "of": action.to.role, "which": action.to.which, "address": address,
            "rule": action.rule, "cite": action.cite, "trigger": action.trigger, "due": action.due.isoformat(),
            "overdue": overdue(calendar, pack.questions[name], action.due, action.to).isoformat(),
        }  # fmt: skip
        if action.escalated:
            yield "ask.escalated", {"ask": ask, "to": action.to.role, "question": name}
            values["root"] = ask
        yield "ask.sent", values


def overdue(calendar: Calendar, question: Question, due: datetime, to: Party) -> datetime:
    """When an ask due by `due` is overdue: the next working (school) morning, or the hour itself."""
    match question.due.duration:
        case Hours() | WorkingHours():
            return due
        case SchoolDays():
            return calendar.later(due, SchoolDays(1), to.which if is_school(to) else "")
        case _:
            return calendar.later(due, WorkingDays(1))
