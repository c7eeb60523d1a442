"""What stands in a digest: gathered from the cases, the quarantine and the outbox, for one reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.office import Office
from bot.register.rows import CaseRow, OutboxRow
from bot.register.unit import Snapshot, Unit
from outbound.digest import DigestRow, DigestView
from rules import Case, Party, fold
from rules.calendar import LONDON
from rules.case import FOLD_VERSION, Ask
from rules.folded import unpack_fold


def view(office: Office, unit: Snapshot | Unit, to: Party, since: datetime, now: datetime) -> DigestView:
    """A Hub manager is shown the own Hub's cases alone; mail that nobody could read goes to the two officers."""
    cases = [(row, _case(office, unit, row)) for row in unit.cases() if row.state != "closed" and _concerns(to, row)]
    asks = [(row, case, ask) for row, case in cases for ask in case.open_asks()]
    sent = [row for row in unit.sent_between(since, now) if row.kind != "digest"]
    mine = {row.ref for row, _ in cases}
    everything = to.role != "hub-manager"
    return DigestView(
        title=f"{to.which.capitalize()} Hub" if to.which else "",
        concerns=tuple(_line(row, case, "serious concern", row.opened) for row, case in cases if row.concern),
        new=tuple(_line(row, case, _pathway(row), row.opened) for row, case in cases if row.opened > since),
        yours=tuple(
            _ask(office, *a) for a in asks if a[2].party.role == to.role and a[2].party.which in ("", to.which)
        ),
        overdue=tuple(_ask(office, *a) for a in asks if a[2].state == "overdue" and not a[2].escalated),
        escalated=tuple(_ask(office, *a) for a in asks if a[2].escalated and a[2].asked > since),
        waiting=tuple(_ask(office, *a) for a in asks if a[2].state == "open" and a[2].party.role != to.role),
        unread=tuple(_unread(unit, since)) if everything else (),
        held=tuple(_held(row) for row in unit.held()) if everything else (),
        sent_count=len([row for row in sent if everything or row.ref in mine]),
    )


def _concerns(to: Party, row: CaseRow) -> bool:
    return to.role != "hub-manager" or (row.hub == to.which and row.pathway == "hub")


def _case(office: Office, unit: Snapshot | Unit, row: CaseRow) -> Case:
    if row.fold is not None and row.fold_version == FOLD_VERSION:
        return unpack_fold(row.fold, office.pack.required)
    return fold(unit.history(row.ref), office.pack.required)


def _line(row: CaseRow, case: Case, what: str, at: datetime) -> DigestRow:
    return DigestRow(row.ref, what, _child(row), at, _groups(case))


def _ask(office: Office, row: CaseRow, case: Case, ask: Ask) -> DigestRow:
    """ "Please visit the home: asked of Hub worker north"."""
    contact = office.directory.holder(ask.party)
    who = contact.name if contact else "nobody: the role is not filled"
    day = ask.asked.astimezone(LONDON).date()
    return DigestRow(row.ref, f"{office.wording.title(ask.question, day)}: {who}", _child(row), ask.due, _groups(case))


def _pathway(row: CaseRow) -> str:
    return {"hub": "Hub", "tracking": "tracking"}.get(row.pathway, row.pathway)


def _child(row: CaseRow) -> str:
    return " ".join(filter(None, (row.forenames, row.surname)))


def _groups(case: Case) -> tuple[str, ...]:
    groups = str(case.facts.get("risk.groups") or "")
    return tuple(part.strip() for part in groups.split(",") if part.strip())


def _unread(unit: Snapshot | Unit, since: datetime) -> Iterator[DigestRow]:
    for mail in unit.quarantined():
        yield DigestRow("", f"From {mail.sender or 'an unknown sender'}: {mail.why}", at=mail.received)
    wrong = unit.wrong_codes_since(since)
    if wrong:
        yield DigestRow("", f"{len(wrong)} codes that are none of ours came back in mails", at=wrong[0].at)


def _held(row: OutboxRow) -> DigestRow:
    return DigestRow(row.ref, f"Mail to {row.address or row.role}: {row.why}", at=row.created)
