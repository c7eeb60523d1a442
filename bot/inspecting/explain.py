"""`cmebot explain`: what was done when and why, what is waited for, and what comes next if nobody does anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.council.office import Office
from bot.register.unit import Snapshot
from bot.views.show import load
from outbound import dates
from outbound.shown import show
from outbound.templating import amid
from outbound.wording import Fact
from rules import Case, Event, Send
from rules.case import Ask
from rules.future import coming

_AHEAD, _FAR = 12, timedelta(days=366)
"""So many steps into the future, and no further than this; `cmebot simulate` shows more."""


def explanation(office: Office, snapshot: Snapshot, reference: str) -> list[str]:
    """The lines, in the order of time."""
    row, history, case = load(office, snapshot, reference)
    lines = [
        f"{reference}: {case.pathway or 'no pathway yet'}, {case.state}{f' ({case.outcome})' if case.outcome else ''}."
    ]
    lines += ["", "What happened"]
    lines += _by_day((e.recorded, said) for e in history if (said := _told(office, history, e)))
    if case.closed is None:
        lines += ["", "What we wait for"]
        lines += [_waiting(office, a) for a in case.open_asks()] or ["  nothing"]
        lines += ["", "What comes next, if nobody does anything"]
        lines += list(_by_day(_coming(office, case, row.next_due))) or ["  nothing"]
    return lines


def _by_day(told: Iterable[tuple[datetime, str]]) -> Iterator[str]:
    """Each day once, and under it what was or will be done, with the time."""
    day = ""
    for at, said in told:
        if day != (day := dates.day(at.astimezone(dates.LONDON))):
            yield f"  {day}"
        yield f"  {dates.clock(at):>9}  {said}"


def _waiting(office: Office, ask: Ask) -> str:
    who, what = _role(office, ask.party.role), office.wording.title(ask.question, ask.asked.date())
    late = ", overdue" if ask.state == "overdue" else ""
    return f"  {who}: {what} (asked {dates.moment(ask.asked)}, due {dates.moment(ask.due)}{late})"


def _role(office: Office, role: str) -> str:
    return office.wording.roles.get(role, role)


def _told(office: Office, history: Sequence[Event], event: Event) -> str:
    """What an event says; of a correction, what it takes back."""
    if event.kind != "undone":
        return _said(office, event)
    gone = next((e for e in history if e.seq == int(event.values["event"])), None)
    said = _said(office, gone) if gone else ""
    return f"{_by(office, event)}: taken back that {said}" if said else ""


def _said(office: Office, event: Event) -> str:
    """The event as a colleague would tell it; "" for what is only bookkeeping."""
    values: Any = event.values
    who = _role(office, str(values.get("of", "")))
    match event.kind:
        case "ask.sent":
            return f"we asked {who}: {_title(office, event, values['question'])}{_cite(values['cite'])}"
        case "ask.chased":
            return f"we reminded {who}, for the {_nth(values['n'])} time"
        case "ask.overdue":
            return f"{who} had not answered in time: {_title(office, event, values['question'])}"
        case "ask.exhausted" if values.get("why") == "stop-chasing":
            return f"{_by(office, event)}: no more reminders to {who}"
        case "ask.exhausted":
            return f"{who} had not answered the last reminder"
        case "ask.withdrawn":
            why = ", because a detail was corrected" if values.get("why") == "corrected" else ""
            return f"we withdrew the question to {who}{why}: {_title(office, event, values['question'])}"
        case "reopened" if values.get("concern"):
            return "we opened the case again, because of a concern for the child"
        case "hold":
            return f"{_by(office, event)}: no reminders until {dates.day(date.fromisoformat(values['until']))}"
        case "chasing.stopped":
            return f"{_by(office, event)}: no reminders to {values['of']}, whose answer was not late yet"
        case "ask.again":
            return f"{_by(office, event)}: the question to {who} is to be put again"
        case "told":
            return f"we told {who}: {_title(office, event, values['wording'])}{_cite(values['cite'])}"
        case "pathway.opened":
            return f"the case went on the pathway {values['pathway']}{_cite(values.get('cite', ''))}"
        case "closed":
            return f"the case was closed: {str(values['outcome']).replace('-', ' ')}"
        case "sibling.linked":
            return f"we linked {values['case']}, the case of a brother or sister ({values['why']})"
        case "earlier.linked":
            ended = str(values.get("outcome") or "").replace("-", " ")
            return f"we linked {values['case']}, an earlier case of this child{f', closed as {ended}' if ended else ''}"
        case "case.linked":
            return f"{_by(office, event)}: linked with {values['case']}"
        case "merge" if values.get("episode") == "earlier":
            return f"{_by(office, event)}: {values['case']} is an earlier case of the same child"
        case "merge":
            return f"{_by(office, event)}: the same child as in {values['case']}, which goes on"
        case "split":
            return f"{_by(office, event)}: {values['case']} is another child's case"
        case "match.proposed":
            return f"we asked whether {values['case']} is the same child: {values['why']}"
        case "referral.joined":
            return f"{_by(office, event)}: another mail about this child; what it adds is on the case"
        case "fact.corrected":
            return f"{_by(office, event)}: {_corrected(office, event)}"
        case "ask.joined" | "ask.escalated" | "ask.answered" | "confirmed":
            return ""
        case kind:
            return f"{_by(office, event)}: {label(office, kind)}"


def _corrected(office: Office, event: Event) -> str:
    """Which detail, and both its values: what it was, and what it is now."""
    name, day = str(event.values["field"]), event.recorded.astimezone(dates.LONDON).date()
    fact = office.wording.facts.get(name, Fact(name.replace(".", " ").replace("_", " "), "text", ""))
    was, now = (show(v, fact, office.wording, day) if v else "" for v in (event.values.get("from"), event.values["to"]))
    return f"{amid(fact.label)} corrected: {f'it was {was}, ' if was else ''}it is {now or 'blank'}"


def _by(office: Office, event: Event) -> str:
    if event.values.get("silence"):
        return "nobody answered, which counts as"
    return office.wording.roles.get(event.role, event.role.replace("-", " ") or "we noted")


def _title(office: Office, event: Event, name: str) -> str:
    return amid(office.wording.title(name, event.recorded.astimezone(dates.LONDON).date()))


_PLAIN = {
    "agency.silent": "an agency that does not answer",
    "answer.proposed": "an answer that ends something, asked back for one tap",
    "referral.received": "a referral",
    "letter.received": "a mail about a child, on no form",
}
"""Events that no answer of the pack has a line for."""


def label(office: Office, kind: str) -> str:
    """What an event of that kind means, amid a sentence."""
    said = (
        office.says.label("", kind).partition(" (")[0] or _PLAIN.get(kind) or kind.replace(".", " ").replace("-", " ")
    )
    return amid(said)


def _cite(cite: str) -> str:
    """ " (paragraph 3.7)"; the engine's own doings have no paragraph."""
    if cite in ("", "card"):
        return ""
    return f" (paragraph {cite})" if cite[0].isdigit() else f" ({cite})"


_LATER = {"we asked": "we will ask", "we reminded": "we will remind", "we told": "we will tell"}


def _future(said: str) -> str:
    for then, later in _LATER.items():
        said = said.replace(then, later)
    return said.replace(" was closed", " will be closed").replace(" went ", " will go ")


def _nth(n: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(n, f"{n}th")


def _coming(office: Office, case: Case, wake: datetime | None) -> Iterator[tuple[datetime, str]]:
    """The next steps, with nobody answering."""
    told = 0
    for done in coming(office.pack, case, wake, wake + _FAR) if wake else ():
        for event in done.events:
            weighs = isinstance(done.action, Send) or event.kind in ("pathway.opened", "closed")
            if weighs and (said := _said(office, event)):
                told += 1
                yield done.at, _future(said)
        if told >= _AHEAD:
            return
