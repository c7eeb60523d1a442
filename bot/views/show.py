"""Cases as the command line shows them: JSON by the contract, tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.council.office import Office
from bot.outbox.modes import concordance
from bot.register.rows import CaseRow
from bot.register.unit import Snapshot
from bot.views.health import troubles
from bot.views.referrers import cases_of, writers
from rules import Case, Event, fold
from rules.calendar import LONDON
from rules.case import Ask
from rules.definition import standing


class UnknownCase(LookupError):
    """There is no case of that reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"there is no case {reference}: `cmebot cases` lists those there are")


def case_json(row: CaseRow) -> dict[str, Any]:
    """A case as `cases --json` has it."""
    return {
        "case": row.ref,
        "pathway": row.pathway,
        "concern": row.concern,
        "state": row.state,
        "outcome": row.outcome or None,
        "opened": local(row.opened),
        "next_due": local(row.next_due),
        "child": {
            "surname": row.surname or None,
            "forenames": row.forenames or None,
            "date_of_birth": row.date_of_birth.isoformat() if row.date_of_birth else None,
            "upn": row.upn or None,
        },
    }


def local(moment: datetime | None) -> str | None:
    return moment.astimezone(LONDON).isoformat(timespec="seconds") if moment else None


def load(office: Office, snapshot: Snapshot, reference: str) -> tuple[CaseRow, tuple[Event, ...], Case]:
    """Raises UnknownCase."""
    row = snapshot.case(reference)
    if row is None:
        raise UnknownCase(reference)
    history = snapshot.history(reference)
    return row, history, fold(history, office.pack.required)


def whole_case_json(office: Office, snapshot: Snapshot, reference: str) -> dict[str, Any]:
    """A case as `case REF --json` has it."""
    row, history, case = load(office, snapshot, reference)
    told = {"events": [_event(e) for e in history], "asks": [_ask(a, history) for a in case.asks.values()]}
    found = {"linked": linked_json(case), "definition": standing_json(office, case, last_worked(snapshot))}
    return {**case_json(row), **told, **found, "next": next_step(row, case)}


def last_worked(snapshot: Snapshot) -> datetime:
    """The clock of the register: a sandbox is looked at as of the day that it has come to."""
    clock = snapshot.meta("clock")
    return datetime.fromisoformat(clock) if clock else datetime.now(UTC)


def standing_json(office: Office, case: Case, now: datetime) -> dict[str, Any] | None:
    """How the case stands to the definition of missing education in force (2.2), and from when."""
    definition = office.pack.definition(now)
    if definition is None:
        return None
    found = standing(case, definition, office.pack.calendar, now)
    return {"state": found.state, "since": found.since.isoformat() if found.since else None, "cite": found.cite}


def linked_json(case: Case) -> dict[str, Any]:
    """Who else this case has to do with: other cases by their references, and every referrer's address."""
    return {
        "siblings": cases_of(case, "sibling.linked"),
        "cases": cases_of(case, "case.linked"),
        "earlier": cases_of(case, "earlier.linked"),
        "referrers": [seen.by for seen in writers(case)],
    }


def _event(event: Event) -> dict[str, Any]:
    happened = event.happened
    return {
        "at": local(event.recorded),
        "happened": happened.isoformat() if happened else None,
        "event": event.kind,
        "by": event.by,
        "mail": event.mail,
        "values": dict(event.values),
    }


def _ask(ask: Ask, history: Sequence[Event]) -> dict[str, Any]:
    address = next((e.values.get("address") for e in history if e.seq == ask.seq), "")
    return {
        "key": ask.id,
        "question": ask.question,
        "of": ask.party.role,
        "address": address or None,
        "asked": local(ask.asked),
        "due": local(ask.due),
        "chased": ask.chased,
        "state": ask.state,
    }


def next_step(row: CaseRow, case: Case) -> dict[str, Any] | None:
    """When the rules are asked again, and what is waited for."""
    if case.closed is not None:
        return None
    waiting = sorted(case.open_asks(), key=lambda a: a.overdue)
    what = f"an answer to {waiting[0].question} from {waiting[0].party.role}" if waiting else "the clock"
    return {"at": local(row.next_due), "what": what}


def cases_table(rows: Sequence[CaseRow]) -> None:
    """A case a line, on eighty columns."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("case", "child", "born", "state", "opened", "next step"):
        table.add_column(column, no_wrap=column not in ("child", "state"), overflow="fold")
    for row in rows:
        name = ", ".join(filter(None, (row.surname, row.forenames))) or "not known yet"
        state = f"{row.pathway}, {row.state}".removeprefix(", ") + (f": {row.outcome}" if row.outcome else "")
        mark = "[bold red]concern[/bold red] " if row.concern else ""
        born = f"{row.date_of_birth:%d %b %Y}" if row.date_of_birth else ""
        table.add_row(row.ref, mark + escape(name), born, state, _day(row.opened), _day(row.next_due))
    Console().print(table if rows else "There are no cases.")


def _short(moment: datetime | None) -> str:
    return moment.astimezone(LONDON).strftime("%d %b %Y %H:%M") if moment else ""


def _day(moment: datetime | None) -> str:
    return moment.astimezone(LONDON).strftime("%d %b %y") if moment else ""


def case_page(office: Office, snapshot: Snapshot, reference: str) -> None:
    """A case for people: who, what happened, what is waited for."""
    from rich.console import Console
    from rich.table import Table

    row, history, case = load(office, snapshot, reference)
    console = Console()
    cases_table([row])
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("when", "event", "of", "who"):
        table.add_column(column, no_wrap=column != "who", overflow="fold")
    for event in history:
        table.add_row(_short(event.recorded), event.kind, _about(event), _name(office, event.by))
    console.print("", table, "")
    for name, found in linked_json(case).items():
        if found:
            console.print(f"{name.capitalize()}: {', '.join(found)}")
    for ask in case.open_asks():
        console.print(f"Waiting for {ask.party.role}: {ask.question}, by {_short(ask.due)} ({ask.state})")
    console.print(f"In words: cmebot explain {reference}", highlight=False)


def _name(office: Office, address: str) -> str:
    person = office.directory.who_is(address)
    return (person.name if person else "") or address


def _about(event: Event) -> str:
    """What an event of the bookkeeping is about: the question, the pathway, the outcome."""
    values = event.values
    return str(next((values[n] for n in ("question", "pathway", "wording", "outcome", "field") if values.get(n)), ""))


def status_json(snapshot: Snapshot) -> dict[str, Any]:
    """How it stands, in numbers."""
    rows = snapshot.cases()
    alive = [row for row in rows if row.state != "closed"]
    return {
        "open_cases": len(alive),
        "closed_cases": len(rows) - len(alive),
        "cases_of_concern": sum(row.concern for row in alive),
        "next_due": local(snapshot.next_due()),
        "in_quarantine": len(snapshot.quarantined()),
        "held_mails": len(snapshot.held()),
        "last_worked": snapshot.meta("clock"),
        "troubles": [trouble.sentence for trouble in troubles(snapshot)],
        "concordance": concordance(snapshot),
        "dead_addresses": sorted(snapshot.noted("dead")),
        "left_alone": {name: int(count) for name, count in snapshot.noted("left").items() if int(count)},
    }


def status_lines(state: Mapping[str, Any]) -> Iterator[str]:
    """The same for people; what is not there is not listed."""
    clock = {name: _short(datetime.fromisoformat(at)) for name in ("last_worked", "next_due") if (at := state[name])}
    yield f"Cases: {state['open_cases']} open ({state['cases_of_concern']} of concern), {state['closed_cases']} closed"
    yield f"Last worked: {clock.get('last_worked', 'never yet')}"
    yield f"Next due:    {clock.get('next_due', 'nothing')}"
    yield f"Waiting for a person: {state['in_quarantine']} mails in quarantine, {state['held_mails']} of ours held"
    judged = state["concordance"]
    if judged["percent"] is not None:
        count = judged["right"] + judged["wrong"]
        yield f"Concordance: officers would have sent {judged['percent']}% of {count} mails"
    if state["dead_addresses"]:
        yield f"Addresses that do not work: {', '.join(state['dead_addresses'])}"
    for box, count in state["left_alone"].items():
        yield f"Left alone in {box}, from before start_from: {count}"
    yield from (f"TROUBLE: {one}" for one in state["troubles"])
    if not state["troubles"]:
        yield "No trouble."
