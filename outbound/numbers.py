"""Whom to ring when a child may be at risk: which number serves at a given moment (policy 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from outbound.dates import LONDON


@dataclass(frozen=True, slots=True)
class Opening:
    """On which weekdays (0 is Monday) and between which times somebody answers."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number that serves. `hours`: `office` (while `openings` say), `outside` (while no office one of the
    council serves) or `always`. `area` is a Hub's area, or "" for the whole county. `until` is the last day on which
    it is in use, `verified` the day on which somebody last rang it."""

    name: str
    number: str
    hours: str
    area: str = ""
    openings: tuple[Opening, ...] = ()
    said: str = ""
    """The hours as a reader is told them: "Monday to Thursday, 8.30am to 5pm"."""
    start: date = date.min
    until: date = date.max
    verified: date | None = None

    def in_use(self, when: date) -> bool:
        return self.start <= when <= self.until

    def open_at(self, when: datetime) -> bool:
        """Whether its openings say that it is answered; `when` in London."""
        clock = when.time()
        return any(when.weekday() in o.days and o.opens <= clock < o.closes for o in self.openings)


@dataclass(frozen=True, slots=True)
class Serving:
    """`now`: those to ring at once, in order; `otherwise`: those that serve at other hours."""

    now: tuple[Number, ...]
    otherwise: tuple[Number, ...]


def serving(numbers: Sequence[Number], when: datetime, area: str = "", *, working_day: bool = True) -> Serving:
    """Which numbers serve at `when` (aware) in that area; with no area, those of all areas. On a bank holiday
    (`working_day` false) no office answers, whatever weekday it is."""
    local = when.astimezone(LONDON)
    known = [n for n in numbers if n.in_use(local.date()) and (not n.area or not area or n.area == area)]
    office = [n for n in known if n.hours == "office"]
    opened = [n for n in office if working_day and n.open_at(local)]
    outside = [n for n in known if n.hours == "outside"]
    always = [n for n in known if n.hours == "always"]
    # A council that names no number for nights is not left without any.
    first = opened or outside or office
    return Serving(tuple(first + always), tuple(n for n in office + outside if n not in first))
