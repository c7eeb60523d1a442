"""Officers' orders about our asking: to put a question again, and to hold our reminders until a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.cases.casework import Casework, Origin
from bot.hearing.meant import is_meant
from outbound import dates
from rules.calendar import LONDON
from rules.case import Ask
from rules.ordered import AGAIN, HOLD

USUALLY = timedelta(days=14)
"""A hold of which nobody said how long."""
AT_MOST = timedelta(days=60)
"""What is held longer would be forgotten."""


def ask_again(work: Casework, ref: str, values: Mapping[str, Any], origin: Origin) -> str:
    """The questions that wait for that party, in a mail of its own, in the party's working time; without a party those
    of the last mail that waits. It counts as a reminder, so that the next one is not due at once."""
    who = str(values.get("who") or "")
    waiting = [ask for ask in work.case(ref).open_asks() if not who or is_meant(work.office, ask.party, who)]
    if not waiting:
        whom = f"of {who} " if who else ""
        return f"Nothing is asked {whom}in {ref} at the moment, so there is nothing to send again."
    asks = waiting if who else _of_one_mail(waiting)
    work.note(ref, AGAIN, {"asks": [ask.id for ask in asks], "of": asks[0].party.role}, origin)
    roles = work.office.wording.roles
    whom = " and ".join(dict.fromkeys(roles.get(ask.party.role, ask.party.role) for ask in asks))
    return f"We send the question to {whom} again, in their working hours."


def _of_one_mail(waiting: list[Ask]) -> list[Ask]:
    last = max(waiting, key=lambda ask: ask.seq)
    return [ask for ask in waiting if ask.mail == last.mail]


def hold(work: Casework, ref: str, values: Mapping[str, Any], origin: Origin) -> str:
    """No reminders in this case until that day; what silence means, and what is new, goes on. The last that is said
    counts. Where a concern was raised nothing is held (1.4)."""
    today = origin.received.astimezone(LONDON).date()
    until = date.fromisoformat(str(values["until"])) if values.get("until") else today + USUALLY
    if work.case(ref).concern:
        return f"We do not hold {ref}: somebody has raised a concern about the child."
    if not today < until <= today + AT_MOST:
        return f"We can hold a case until a day after today, up to {dates.day(today + AT_MOST)}."
    told = {"until": until.isoformat(), "hold.eve": (until - timedelta(1)).isoformat(), "why": values.get("why") or ""}
    work.note(ref, HOLD, told, origin)
    return (
        f"We send no reminders about {ref} until {dates.day(until)}, and tell you that morning. Answers still count, "
        "a concern is told at once, and what is late is still counted as late. To take it back: undo."
    )
