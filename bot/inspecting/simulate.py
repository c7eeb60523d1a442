"""`cmebot simulate`: the mails to come, for one case or all, if nobody does anything. Looks, and touches nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.council.office import Office
from bot.digests.foreseen import CALENDAR, of_calendar
from bot.register.unit import Snapshot
from bot.views.casefile import stored_case
from bot.views.show import UnknownCase, last_worked, local
from outbound import dates
from rules import Case, Send
from rules.calendar import LONDON
from rules.future import Done, coming

USUALLY = timedelta(days=28)
_WEIGHS = frozenset({"pathway.opened", "closed", "ask.overdue", "ask.exhausted"})


@dataclass(frozen=True, slots=True)
class Future:
    """What is to come from one moment to another: of each case what is done, in the order of time."""

    start: datetime
    until: datetime
    done: tuple[tuple[str, Done], ...]

    @property
    def mails(self) -> list[tuple[str, datetime, Send]]:
        return [(ref, one.at, one.action) for ref, one in self.done if isinstance(one.action, Send)]


def simulate(office: Office, snapshot: Snapshot, references: Sequence[str], until: date | None) -> Future:
    """From the moment at which the register was last worked to the end of that day. Raises UnknownCase."""
    start = last_worked(snapshot)
    end = datetime.combine(until, time(23, 59, 59), LONDON) if until else start + USUALLY
    found = [
        (ref, one) for ref, case in _open_cases(office, snapshot, references) for one in _of(office, case, start, end)
    ]
    if not references:
        found += of_calendar(office, snapshot, start, end)
    return Future(start, end, tuple(sorted(found, key=lambda item: (item[1].at, item[0]))))


def _of(office: Office, case: Case, start: datetime, until: datetime) -> Iterator[Done]:
    if case.closed is None or case.asks:
        yield from coming(office.pack, case, start, until)


def _open_cases(office: Office, snapshot: Snapshot, references: Sequence[str]) -> Iterator[tuple[str, Case]]:
    for ref in references:
        if snapshot.case(ref) is None:
            raise UnknownCase(ref)
    for row in snapshot.cases():
        if row.ref in references or (not references and (row.state != "closed" or row.next_due)):
            yield row.ref, stored_case(office, snapshot, row)


def lines(office: Office, future: Future) -> Iterator[str]:
    """The mails day by day, and what becomes of the cases in between."""
    mails, refs = future.mails, {ref for ref, _ in future.done if ref.startswith(("CME-", "LIST-"))}
    yield (
        f"From {dates.moment(future.start)} to the end of {dates.day(future.until)}, if nobody does anything: "
        f"{len(mails)} mail{'' if len(mails) == 1 else 's'} in {len(refs)} case{'' if len(refs) == 1 else 's'}."
    )
    day = None
    readers = Counter(_occasion(done) for ref, done in future.done if ref == CALENDAR)
    for ref, done in future.done:
        told = _told(office, done)
        if ref == CALENDAR:  # Every school is told the same: that is one line.
            told = _to_all(office, done, readers.pop(_occasion(done), 0))
        if not told:
            continue
        if day != (day := done.at.astimezone(LONDON).date()):
            yield ""
            yield dates.day(day)
        yield f"  {dates.clock(done.at):>7}  {ref}  {told}"


def _occasion(done: Done) -> tuple[datetime, str]:
    return done.at, done.action.rule if isinstance(done.action, Send) else ""


def _to_all(office: Office, done: Done, readers: int) -> str:
    if not readers or not isinstance(done.action, Send):
        return ""
    title = office.wording.title(done.action.wording, done.at.astimezone(LONDON).date())
    return f"tell     {readers} reader{'' if readers == 1 else 's'}: {title} (paragraph {done.action.cite})"


def _told(office: Office, done: Done) -> str:
    action = done.action
    if isinstance(action, Send):
        return _mail(office, action, done.at.astimezone(LONDON).date())
    values = action.values
    match action.kind:
        case "pathway.opened":
            return f"         goes on the pathway {values['pathway']}"
        case "closed":
            return f"         is closed as {values['outcome']}"
        case "ask.overdue" | "ask.exhausted":
            late = "is late with" if action.kind == "ask.overdue" else "has had the last reminder of"
            title = office.wording.title(values["question"], done.at.date())
            return f"         {_role(office, values['of'])} {late}: {title}"
    return f"         silence counts as {action.kind}" if values.get("silence") else ""


def _mail(office: Office, mail: Send, day: date) -> str:
    kind = {"ask": "pass to" if mail.escalated else "ask", "chase": "remind", "notice": "tell"}[mail.kind]
    names = mail.questions or (mail.wording,)
    title = "; ".join(office.wording.title(name, day) for name in names)
    cite = f" (paragraph {mail.cite})" if mail.cite[:1].isdigit() else ""
    return f"{kind:<9}{_role(office, mail.to.role)} <{_address(office, mail) or 'nobody'}>: {title}{cite}"


def _role(office: Office, role: str) -> str:
    return office.wording.roles.get(role, role)


def _address(office: Office, mail: Send) -> str:
    if "@" in mail.to.which:
        return mail.to.which
    holder = office.directory.holder(mail.to)
    return holder.address if holder else ""


def as_json(office: Office, future: Future) -> dict[str, Any]:
    """The same for programs."""
    return {
        "from": local(future.start),
        "until": local(future.until),
        "mails": [
            {
                "at": local(at), "case": ref if ref != CALENDAR else None, "kind": mail.kind, "rule": mail.rule,
                "cite": mail.cite, "of": mail.to.role, "address": _address(office, mail) or None,
                "questions": list(mail.questions), "wording": mail.wording, "due": local(mail.due),
                "chase": mail.chase, "escalated": mail.escalated,
            }
            for ref, at, mail in future.mails
        ],
        "events": [
            {"at": local(done.at), "case": ref, "event": event.kind, "values": dict(event.values)}
            for ref, done in future.done for event in done.events
            if event.kind in _WEIGHS or event.values.get("silence")
        ],
    }  # fmt: skip
