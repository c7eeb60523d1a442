"""Every working day at 7am: what is new, late, unread or waiting, to each who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy

from bot.council.office import Office
from bot.outbox.codes import Codes
from bot.outbox.gate import Gate
from bot.outbox.posting import DIGEST, Posting
from bot.register.rows import OutboxRow
from bot.register.unit import Snapshot, Unit
from bot.views.digestview import view
from outbound.digest import compose_digest
from outbound.letter import Letter
from rules import Party
from rules.calendar import LONDON

SINCE_DAYS = 4
"""A digest looks back to the last one; after Easter that was Thursday's."""


def write_due(office: Office, unit: Unit, now: datetime) -> int:
    """Queues today's digests where they are due and not queued yet; how many. None on a register's first day."""
    today = now.astimezone(LONDON).date()
    if today.isoformat() == unit.meta("first_day") or not is_due(office, now):
        return 0
    if unit.meta("digest") == today.isoformat():
        return 0
    since = _since(unit, now)
    unit.set_meta("digest", today.isoformat())
    unit.set_meta("digest_at", now.isoformat())
    rows = [_row(office, unit, to, since, now) for to in readers(office)]
    gate = Gate(office, unit, now)
    return sum(gate.queue(row) for row in rows if row is not None)


class NobodyThere(LookupError):
    """A digest for a role that nobody holds."""

    def __init__(self, to: Party) -> None:
        super().__init__(f"nobody in the directory is {to.role}{f' of {to.which}' if to.which else ''}")


def as_text(office: Office, snapshot: Snapshot, role: str, area: str = "", now: datetime | None = None) -> str:
    """The digest as its reader would have it at the clock of the last work (or `now`). Raises NobodyThere."""
    to = Party(role, area)
    if to not in set(readers(office)):
        raise NobodyThere(to)
    at = now or datetime.fromisoformat(snapshot.meta("clock") or datetime.now(LONDON).isoformat())
    row = _row(office, snapshot, to, _since(snapshot, at), at)
    if row is None:
        raise NobodyThere(to)
    body = message_from_bytes(row.raw, policy=policy.default).get_body(("plain",))
    return str(body.get_content()).strip() if body else ""


def is_due(office: Office, now: datetime) -> bool:
    """A working day, and past the hour of the digest."""
    local = now.astimezone(LONDON)
    return local.date() in office.pack.calendar.working_days and local.time() >= office.config.digest.at


def readers(office: Office) -> Iterator[Party]:
    yield Party("tracking-officer")
    yield Party("designated-officer")
    for hub in sorted({p.which for p in office.directory.people if p.role == "hub-manager"}):
        yield Party("hub-manager", hub)


def _since(unit: Snapshot | Unit, now: datetime) -> datetime:
    last = unit.meta("digest_at")
    return datetime.fromisoformat(last) if last else now - timedelta(days=SINCE_DAYS)


def _row(office: Office, unit: Snapshot | Unit, to: Party, since: datetime, now: datetime) -> OutboxRow | None:
    posting = Posting(office, unit, now)
    contact = posting.holder(to)
    if contact is None:
        return None
    box = office.config.hub_box(to.which) if to.role == "hub-manager" else office.config.main_box()
    key = Codes.of(unit).opaque(f"digest|{now.astimezone(LONDON).date().isoformat()}|{to}")
    letter = Letter(
        key=key, rule="digest", kind="digest", wording="digest", to_address=contact.address, to_name=contact.name,
        role=to.role, from_address=box.address, from_name=office.config.team,
        date=now, cite="card", internal=office.internal(contact.address),
    )  # fmt: skip
    shown = view(office, unit, to, since, now)
    return posting.row(letter, lambda: compose_digest(letter, shown, office.wording), priority=DIGEST)
