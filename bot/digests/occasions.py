"""Reports and reminders that a day of the year brings (4.5, 4.8, 9): each once, also when the bot was off that day, and
never for a day before the register began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.council.directory import Contact
from bot.council.office import Office
from bot.outbox.codes import Codes
from bot.outbox.gate import Gate
from bot.outbox.posting import Posting
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.views import reports
from outbound.letter import Enclosure, Letter
from outbound.report import Report, lines, render_report
from rules.almanac import Occasion
from rules.calendar import LONDON
from rules.parties import SCHOOLS

_NAMES = {"cases": "children-missing-education", "figures": "figures", "year": "annual-report"}


def write_due(office: Office, unit: Unit, now: datetime) -> int:
    """Queues the mails of the occasions that have come since the last look; how many."""
    return sum(_bring(office, unit, occasion, now) for occasion in office.pack.occasions)


def _bring(office: Office, unit: Unit, occasion: Occasion, now: datetime) -> int:
    """Of several days that were missed, the last one counts."""
    local = now.astimezone(LONDON)
    day = occasion.last(local.date(), office.pack.calendar)
    key = f"occasion|{occasion.id}"
    done = unit.meta(key)
    if done is None:  # The register's first day, or that of a new occasion: what was before it is over.
        unit.set_meta(key, local.date().isoformat())
        return 0
    if day is None or day.isoformat() <= done or not occasion.in_force.at(now) or _before_hours(office, day, now):
        return 0
    unit.set_meta(key, day.isoformat())
    enclosed = reports.report(office, unit, occasion.document, now) if occasion.document else None
    rows = [_row(office, unit, occasion, day, role, to, enclosed, now) for role, to in readers(office, occasion)]
    gate = Gate(office, unit, now)
    return sum(gate.queue(row) for row in rows)


def _before_hours(office: Office, day: date, now: datetime) -> bool:
    return now < datetime.combine(day, office.pack.calendar.council.opens, LONDON)


def readers(office: Office, occasion: Occasion) -> Iterator[tuple[str, Contact]]:
    """Each address once, with its role."""
    told: set[str] = set()
    for role in occasion.tell:
        for name, contact in _of_role(office, role):
            if contact.address not in told and not office.own(contact.address):
                told.add(contact.address)
                yield name, contact


def _of_role(office: Office, role: str) -> Iterator[tuple[str, Contact]]:
    directory = office.directory
    if role == "every-school":
        yield from (("school", Contact(s.office, s.name)) for s in directory.schools)
    elif role == "every-body":
        yield from ((b.role, Contact(b.address, b.name)) for b in directory.bodies if b.role != "other-authority")
    else:
        people = (*directory.people, *directory.bodies)
        yield from ((p.role, Contact(p.address, p.name)) for p in people if p.role == role and not p.deputy)


def _row(
    office: Office, unit: Unit, occasion: Occasion, day: date, role: str, to: Contact, enclosed: Report | None,
    now: datetime,
) -> OutboxRow:  # fmt: skip
    box = office.config.main_box().address
    key = Codes.of(unit).opaque(f"occasion|{occasion.id}|{day.isoformat()}|{to.address}")
    leaves = office.pack.calendar.leaves(now, to_school=role in SCHOOLS)
    letter = Letter(
        key=key, rule=occasion.id, kind="notice", wording=occasion.wording, to_address=to.address, to_name=to.name,
        role=role, from_address=box, from_name=office.config.team,
        date=leaves, cite=occasion.cite, internal=office.internal(to.address),
        why="it is sent at regular times to whoever answers for these children" if enclosed else "",
        facts={"figures": lines(enclosed)} if enclosed else {},
        enclosures=_enclosures(occasion, day, enclosed),
        working_day=leaves.astimezone(LONDON).date() in office.pack.calendar.working_days,
    )  # fmt: skip
    return Posting(office, unit, now).row(letter, not_before=leaves)


def _enclosures(occasion: Occasion, day: date, enclosed: Report | None) -> tuple[Enclosure, ...]:
    if enclosed is None:
        return ()
    name = f"{_NAMES[occasion.document]}-{day.isoformat()}.html"
    return (Enclosure(name, "text/html", render_report(enclosed)),)
