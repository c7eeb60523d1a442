"""A list that does not come at its time is asked for, once for each time (4.5, 4.7, 8.2)."""

from __future__ import annotations

from datetime import date

from bot.cases.casework import Casework, Origin
from bot.hearing.answers import note_answered
from bot.rosters import subjects
from rules.calendar import LONDON


def look(work: Casework) -> int:
    """Once a day: each list that the pack expects and that has not come; how many are asked for."""
    today = work.now.astimezone(LONDON).date()
    if work.unit.meta("lists.looked") == today.isoformat():
        return 0
    work.unit.set_meta("lists.looked", today.isoformat())
    return sum(_look_for(work, kind, today) for kind in work.office.pack.rosters)


def _look_for(work: Casework, kind: str, today: date) -> bool:
    missed = work.office.pack.rosters[kind].missed(today, _came(work, kind), _first_day(work))
    if missed is None or work.unit.meta(f"lists.asked|{kind}") == missed.isoformat():
        return False
    work.unit.set_meta(f"lists.asked|{kind}", missed.isoformat())
    work.advance(subjects.begin(work, kind, "list.missed", {"due": missed.isoformat()}, Origin(None, work.now)))
    return True


def came(work: Casework, kind: str, origin: Origin) -> None:
    """A list has come: whoever was asked for it is asked no more."""
    work.unit.set_meta(f"lists.came|{kind}", origin.received.astimezone(LONDON).date().isoformat())
    for row in work.unit.open_lists():
        case = work.case(row.ref)
        if case.latest("list.missed") and case.facts.get("list") == kind:
            for ask in case.open_asks("send-list"):
                note_answered(work, row.ref, ask, "list.came", origin)
            work.advance(row.ref)


def _came(work: Casework, kind: str) -> date | None:
    told = work.unit.meta(f"lists.came|{kind}")
    return date.fromisoformat(told) if told else None


def _first_day(work: Casework) -> date:
    return date.fromisoformat(work.unit.meta("first_day") or work.now.date().isoformat())
