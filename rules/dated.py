"""From when to when something is the law or the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rules.calendar import LONDON


@dataclass(frozen=True, slots=True)
class Dated:
    """From when to when a rule or a text is the law or the policy, both days included; None is open."""

    start: date | None = None
    end: date | None = None

    def overlaps(self, other: Dated) -> bool:
        """Whether both hold on some day."""
        first = max(self.start or date.min, other.start or date.min)
        return first <= min(self.end or date.max, other.end or date.max)

    @property
    def bounded(self) -> bool:
        return self.start is not None or self.end is not None

    def at(self, moment: datetime) -> bool:
        if not self.bounded:
            return True
        day = moment.astimezone(LONDON).date()
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
