"""What came of the last look at a case: which rules, asks and mails sleep, and until when.

Whoever asks about a case again and again need not go through everything each time. What had nothing to do sleeps until
its moment, unless something happens that it may look at: an event, or a day that changes the child's age or the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from rules.calendar import LONDON
from rules.case import Ask, Case, Occurrence
from rules.chasing import NOTHING_MORE, rests
from rules.conditions import OWN_ASKING, next_change
from rules.firing import Candidates, candidates
from rules.pack import Pack, Rule
from rules.plan import NEXT_STEP, Plan, Sleepers, Turn

CHASED = "ask.chased"
_OF_ASKS = frozenset({CHASED, "ask.sent", "ask.overdue", "ask.exhausted", "ask.escalated", "ask.joined", "told"})
"""What we note of our own asking. It changes no fact of the child: a rule hears of it only by its name."""
_KEPT_OF_ASKS = ("overdue:", "exhausted:", "closed:")
"""What the fold keeps beside these."""


class Memory:
    """What is known of one case, which only grows. At first nothing sleeps."""

    def __init__(self, pack: Pack, case: Case) -> None:
        self._pack, self._case, self._last = pack, case, case.last
        self.sleeping = Sleepers()
        self.awake: dict[int, Rule] = {}
        """Of the rules that the events so far may set off, those that do not sleep."""
        self._candidates: Candidates = candidates(pack, case)
        self.live: Sequence[Ask] = case.live
        """The asks of which something may still come."""
        self._resting = rests(self.live)
        self._now: datetime | None = None
        self._changes = date.min
        """The day on which time will change what a rule looks at."""
        self._reminding: Mapping[Turn, datetime] = {}

    def recall(self, now: datetime) -> None:
        """Wakes what may have something to do at `now`."""
        if self._case.last != self._last:
            self._hear_events()
            self._last = self._case.last
        if now != self._now or self._changes is date.min:
            self._hear_time(now)
            self._now = now

    def remember(self, plan: Plan) -> None:
        """What was done is looked at again, for it may not have been noted. Of a reminder that has left nothing comes
        before its moment."""
        self._wake(plan.acted)
        self._reminding = plan.reminding
        self.awake = {place: rule for place, rule in self.awake.items() if place not in self.sleeping.turns}

    def _hear_time(self, now: datetime) -> None:
        today = (now if now.tzinfo is LONDON else now.astimezone(LONDON)).date()
        if today < self._changes:
            self._wake(self.sleeping.due(now))
            return
        self.sleeping.wake_all()
        self.awake = dict(self._candidates)
        laws = (day for day in self._pack.law_changes if day > today)
        self._changes = min((next_change(self._case, today), *laws))

    def _hear_events(self) -> None:
        case, listeners = self._case, self._pack.listeners
        reminders = self._since(CHASED)
        for one in reminders:
            self._hear_reminder(case.asks[one.values["ask"]].mail, one.received)
        if len(reminders) == case.last - self._last and CHASED not in listeners:
            return
        self.live = case.live
        resting = rests(self.live)
        news = [name for name, seen in case.seen.items() if seen[-1].seq > self._last]
        if resting is not self._resting or any(map(_weighs, news)):
            self._resting, self._changes = resting, date.min
            self._candidates = candidates(self._pack, case)
            return
        self._wake(self._concerned(news))
        if heard := listeners.keys() & news:
            self._candidates = candidates(self._pack, case)
            self._wake(place for name in heard for place in listeners[name])

    def _hear_reminder(self, mail: str, sent: datetime) -> None:
        if mail in self._reminding and sent == self._now:
            self.sleeping.sleep(mail, self._reminding[mail])
        else:
            self._wake((mail,))

    def _wake(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            self.sleeping.wake(turn)
            if isinstance(turn, int) and turn in self._candidates:
                self.awake[turn] = self._candidates[turn]

    def _concerned(self, news: Iterable[str]) -> Iterator[Turn]:
        """What looks at an ask that something was noted of: all that ask the same, or stand in the same mail."""
        yield from (NOTHING_MORE, NEXT_STEP)
        noted = [one.values for name in news for one in self._since(name)]
        questions = {values.get("question") for values in noted}
        asks = self._case.asks
        mails = {asks[name].mail for values in noted if (name := values.get("ask", "")) in asks}
        for ask in self.live:
            if ask.mail in mails:
                yield from (ask.id, ask.mail)
            elif ask.question in questions:
                yield ask.id

    def _since(self, name: str) -> Sequence[Occurrence]:
        """What was heard of that name since the last look."""
        seen = self._case.seen.get(name, ())
        start = len(seen)
        while start and seen[start - 1].seq > self._last:
            start -= 1
        return seen[start:]


def _weighs(name: str) -> bool:
    """Whether an event of that name may change what any rule looks at."""
    return name in OWN_ASKING or (name not in _OF_ASKS and not name.startswith(_KEPT_OF_ASKS))
