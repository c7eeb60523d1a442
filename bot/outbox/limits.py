"""What keeps a runaway from writing to a school a thousand times: a rate for each domain, and a cap for each recipient.

An alarm is never kept back by either (A2).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.config.settings import LimitSettings
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from rules.calendar import LONDON

ALARM = 0
"""The priority of an alarm."""
_MINUTE = timedelta(minutes=1)


@dataclass
class Limits:
    """`internal` tells the council's own people, who have more mails a day."""

    settings: LimitSettings
    internal: Callable[[str], bool]
    _minutes: dict[str, deque[datetime]] = field(default_factory=dict)

    def allowed(self, unit: Unit, rows: list[OutboxRow], now: datetime) -> list[OutboxRow]:
        """Those that may leave now. Of the others, a mail above the cap waits for a person, one above the rate for its
        turn."""
        today: dict[str, int] = {}
        return [row for row in rows if row.priority == ALARM or self._fits(unit, row, now, today)]

    def _fits(self, unit: Unit, row: OutboxRow, now: datetime, today: dict[str, int]) -> bool:
        if row.address not in today:
            today[row.address] = unit.sent_to(row.address, _midnight(now))
        most = self.settings.inside_a_day if self.internal(row.address) else self.settings.outside_a_day
        if today[row.address] >= most:
            unit.hold(row.key, f"{row.address} has had {most} mails today, the most that one address may have")
            return False
        turn = self._turn(row.address.rpartition("@")[2], now)
        if turn > now:
            unit.postpone(row.key, "waits for its turn: many mails go to this domain", turn)
            return False
        today[row.address] += 1
        return True

    def _turn(self, domain: str, now: datetime) -> datetime:
        """When a further mail may leave to this domain; it is counted as leaving then."""
        left = self._minutes.setdefault(domain, deque())
        while left and left[0] <= now - _MINUTE:
            left.popleft()
        if len(left) < self.settings.domain_a_minute:
            left.append(now)
            return now
        return left[-self.settings.domain_a_minute] + _MINUTE


def _midnight(now: datetime) -> datetime:
    """The beginning of the day in London."""
    return datetime.combine(now.astimezone(LONDON).date(), time(0), LONDON)
