"""An officer holds our reminders of a case until a day: how that is shown."""

from __future__ import annotations

from datetime import datetime

from outbound import dates
from rules import Case
from rules.calendar import LONDON
from rules.ordered import held_until


def on_hold(case: Case, now: datetime) -> str:
    """ " (no reminders until Wednesday 3 December)"; "" where nothing is held, or not any more."""
    until = held_until(case)
    if until is None or until <= now.astimezone(LONDON).date():
        return ""
    return f" (no reminders until {dates.day(until, year=False)})"
