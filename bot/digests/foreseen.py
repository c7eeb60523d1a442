"""What the calendar brings if nobody does anything: reports and reminders on their days (4.5, 4.8, 9), and lists that
are asked for because they do not come (4.5, 4.7, 8.2). Looks, and touches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.council.office import Office
from bot.digests.occasions import readers
from bot.register.unit import Snapshot
from rules import Event, Party, Send, fold
from rules.almanac import Occasion
from rules.calendar import LONDON
from rules.expected import ExpectedList
from rules.future import Done, coming
from rules.parties import SCHOOLS

CALENDAR = "calendar"
"""What stands in a case's place where no case is meant."""


def of_calendar(office: Office, snapshot: Snapshot, start: datetime, until: datetime) -> Iterator[tuple[str, Done]]:
    """What is to come after `start`, up to and with `until`, with what each is about."""
    for occasion in office.pack.occasions:
        for done in _occasion(office, snapshot, occasion, start, until):
            yield CALENDAR, done
    for expected in office.pack.rosters.values():
        for done in _missed(office, snapshot, expected, start, until):
            yield f"LIST ({expected.name})", done


def _occasion(
    office: Office, snapshot: Snapshot, occasion: Occasion, start: datetime, until: datetime
) -> Iterator[Done]:
    """Each day on which it falls; of those that were missed, the last (`bot.digests.occasions`)."""
    today, calendar = start.astimezone(LONDON).date(), office.pack.calendar
    before = snapshot.meta(f"occasion|{occasion.id}")
    last = occasion.last(today, calendar)
    days = [last] if before and last and last.isoformat() > before else []
    days += [day for day in _days(today + timedelta(1), until) if occasion.when.on(day, calendar)]
    for day in days:
        moment = max(datetime.combine(day, calendar.council.opens, LONDON), start)
        if occasion.in_force.at(moment):
            yield from _mails(office, occasion, day, moment, until)


def _mails(office: Office, occasion: Occasion, day: date, moment: datetime, until: datetime) -> Iterator[Done]:
    for role, contact in readers(office, occasion):
        leaves = office.pack.calendar.leaves(moment, to_school=role in SCHOOLS)
        key = f"{occasion.id}|{day.isoformat()}|{contact.address}"
        to = Party(role, contact.address)
        if leaves <= until:
            yield Done(leaves, Send("notice", key, occasion.id, occasion.cite, to, occasion.wording), ())


def _missed(
    office: Office, snapshot: Snapshot, expected: ExpectedList, start: datetime, until: datetime
) -> Iterator[Done]:
    """As `bot.rosters.expecting` looks, once a day; what then follows if the list still does not come."""
    asked, told = snapshot.meta(f"lists.asked|{expected.name}"), snapshot.meta(f"lists.came|{expected.name}")
    came = date.fromisoformat(told) if told else None
    today = start.astimezone(LONDON).date()
    since = date.fromisoformat(snapshot.meta("first_day") or today.isoformat())
    for day in _days(today + timedelta(1), until):
        missed = expected.missed(day, came, since)
        if missed is None or missed.isoformat() == asked:
            continue
        asked = missed.isoformat()
        yield from _asked_for(office, expected, missed, datetime.combine(day, time(), LONDON), until)


def _asked_for(
    office: Office, expected: ExpectedList, missed: date, moment: datetime, until: datetime
) -> Iterator[Done]:
    fields = {"form": "list", "list": expected.name}
    values = {"list": expected.name, "fields": fields, "due": missed.isoformat()}
    begun = fold([Event(1, "list.missed", moment, moment, values=values)], office.pack.required)
    yield from coming(office.pack, begun, moment, until)


def _days(first: date, until: datetime) -> Iterator[date]:
    day, last = first, until.astimezone(LONDON).date()
    while day <= last:
        yield day
        day += timedelta(1)
