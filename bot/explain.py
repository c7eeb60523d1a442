"""`cmebot explain`: what was done when and why, what is waited for, and what comes next if nobody does anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.office import Office
from bot.register.unit import Snapshot
from bot.show import load
from outbound import dates
from rules import Case, Event, Send, step_case
from rules.folding import extend
from rules.sent import notes

_AHEAD = 12
"""Steps into the future."""


def explanation(office: Office, snapshot: Snapshot, reference: str) -> list[str]:
    """The lines, in the order of time."""
    row, history, case = load(office, snapshot, reference)
    lines = [
        f"{reference}: {case.pathway or 'no pathway yet'}, {case.state}{f' ({case.outcome})' if case.outcome else ''}."
    ]
    lines += ["", "What happened"]
    lines += [f"  {dates.moment(e.recorded)}: {said}" for e in history if (said := _said(office, e))]
    if case.closed is None:
        lines += ["", "What we wait for"]
        lines += [
            f"  {a.question.replace('-', ' ')}: {a.party.role.replace('-', ' ')}, asked {dates.moment(a.asked)}, "
            f"due {dates.moment(a.due)}{', overdue' if a.state == 'overdue' else ''}"
            for a in case.open_asks()
        ] or ["  nothing"]
        lines += ["", "What comes next, if nobody does anything"]
        lines += list(_coming(office, case, row.next_due)) or ["  nothing"]
    return lines


def _said(office: Office, event: Event) -> str:
    values: Any = event.values
    match event.kind:
        case "ask.sent":
            return f"{_role(values['of'])} was asked: {_words(values['question'])} (paragraph {values['cite']})"
        case "ask.chased":
            return f"{_role(values['of'])} was reminded, for the {_nth(values['n'])} time"
        case "ask.overdue":
            return f"the answer of {_role(values['of'])} to {_words(values['question'])} was overdue"
        case "ask.exhausted":
            return f"{_role(values['of'])} did not answer after the last reminder"
        case "ask.withdrawn":
            return f"the question to {_role(values['of'])} was withdrawn"
        case "told":
            return f"{_role(values['of'])} was told: {_words(values['wording'])} (paragraph {values['cite']})"
        case "pathway.opened":
            return f"the case went on the pathway {values['pathway']} (paragraph {values.get('cite', '')})"
        case "closed":
            return f"the case was closed: {values['outcome']}"
        case "ask.joined" | "ask.escalated" | "ask.answered":
            return ""
        case kind:
            by = "the bot, because nobody answered" if values.get("silence") else event.role or event.by
            return f"{_words(kind)} ({by.replace('-', ' ')})"


def _future(said: str) -> str:
    return said.replace(" was ", " will be ").replace(" went ", " will go ")


def _words(name: str) -> str:
    return name.replace(".", " ").replace("-", " ")


def _role(name: str) -> str:
    return f"the {_words(name)}"


def _nth(n: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(n, f"{n}th")


def _coming(office: Office, case: Case, wake: datetime | None) -> Iterator[str]:
    """Lets time pass on a copy of the case, with nobody answering."""
    pack, now, told = office.pack, wake, 0
    while now is not None and told < _AHEAD:
        todo = step_case(pack, pack.calendar, case, now)
        for action in todo.actions:
            for kind, values in list(notes(pack, pack.calendar, case, action)):
                event = Event(case.last + 1, kind, now, now, values=values)
                extend(case, event)
                weighs = isinstance(action, Send) or kind in ("pathway.opened", "closed")
                if weighs and (said := _said(office, event)):
                    told += 1
                    yield f"  {dates.moment(now)}: {_future(said)}"
        if not todo.actions:
            now = todo.wake
