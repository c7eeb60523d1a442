"""What an officer's order "my cases" or "overdue" is answered with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.arrivals.trust import Writer
from bot.council.office import Office
from bot.register.unit import Unit
from bot.views.digestview import view
from outbound import dates
from outbound.shown import first_of
from rules import Party

HEADINGS = {"my-cases": "Here are your cases.", "overdue": "Here is what is overdue."}
_MOST = 50
_NOTHING = "There is nothing."


def listed(office: Office, unit: Unit, who: Writer, name: str, now: datetime) -> tuple[str, ...]:
    """One line for each case; or for each request that is late, with who owes its answer, as in the digest."""
    lines = list(_overdue(office, unit, who, now) if name == "overdue" else _cases(unit, who))
    return first_of(lines, _MOST) or (_NOTHING,)


def _cases(unit: Unit, who: Writer) -> Iterator[str]:
    for row in unit.cases():
        if row.state != "closed" and (not who.which or row.hub == who.which):
            yield f"{row.ref}: {row.state}, {row.pathway}"


def _overdue(office: Office, unit: Unit, who: Writer, now: datetime) -> Iterator[str]:
    reader = Party("hub-manager", who.which) if who.which else Party(who.role)
    for row in view(office, unit, reader, now, now).overdue:
        yield f"{row.ref}: {row.what}" + (f", was due by {dates.deadline(row.at, now)}" if row.at else "")
