"""What came of the last look at a case: which rules, asks and mails sleep, and until when.

Whoever asks about a case again and again need not go through everything each time. What had nothing to do sleeps until
its moment, unless something happens that it may look at: an event, or a day that changes the child's age or the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import takewhile

from rules.calendar import LONDON
from rules.case import Ask, Case
from rules.chasing import rests
from rules.conditions import next_change
from rules.firing import Candidates, candidates
from rules.pack import Pack
from rules.plan import Sleepers

CHASED = "ask.chased"
_OF_ASKS = frozenset({CHASED, "ask.sent", "ask.overdue", "ask.exhausted", "ask.escalated", "ask.joined", "told"})
"""What we note of our own asking. It changes no fact of the child: a rule hears of it only by its name."""
_KEPT_OF_ASKS = ("overdue:", "exhausted:", "closed:")
"""What the fold keeps beside these."""


class Memory:
    """What is known of one case, which only grows. At first nothing sleeps."""

    def __init__(self, pack: Pack, case: Case) -> None:
        self._pack, self._case = pack, case
        self.sleeping = Sleepers()
        self.candidates: Candidates = {}
        """The rules that the events so far may set off."""
        self.live: Sequence[Ask] = ()
        """The asks of which something may still come."""
        self._last = 0
        self._now: datetime | None = None
        self._changes = date.min
        """The day on which time will change what a rule looks at."""
        self._resting = False

    def recall(self, now: datetime) -> None:
        """Wakes what may have something to do at `now`."""
        if self._case.last != self._last:
            self._hear_events()
            self._last = self._case.last
        if now != self._now or self._changes is date.min:
            self._hear_time(now)
            self._now = now

    def _hear_time(self, now: datetime) -> None:
        today = (now if now.tzinfo is LONDON else now.astimezone(LONDON)).date()
        if today < self._changes:
            self.sleeping.wake(self.sleeping.due(now))
            return
        self.sleeping.wake_all()
        laws = (day for day in self._pack.law_changes if day > today)
        self._changes = min((next_change(self._case, today), *laws))

    def _hear_events(self) -> None:
        case, last, listeners = self._case, self._last, self._pack.listeners
        reminders = list(takewhile(lambda one: one.seq > last, reversed(case.seen.get(CHASED, ()))))
        if len(reminders) == case.last - last and CHASED not in listeners:
            self.sleeping.wake({case.asks[one.values["ask"]].mail for one in reminders})
            return
        self.live = case.live
        resting = rests(self.live)
        news = [name for name, seen in case.seen.items() if seen[-1].seq > last]
        weighs = resting is not self._resting or any(map(_weighs, news))
        if weighs:
            self._resting, self._changes = resting, date.min
        else:
            self.sleeping.wake([turn for turn in self.sleeping.turns if isinstance(turn, str)])
        if (heard := listeners.keys() & news) or weighs:
            self.candidates = candidates(self._pack, case)
            self.sleeping.wake(place for name in heard for place in listeners[name])


def _weighs(name: str) -> bool:
    """Whether an event of that name may change what any rule looks at."""
    return name not in _OF_ASKS and not name.startswith(_KEPT_OF_ASKS)
