"""What came of the last look at a case: which rules, asks and mails sleep, and until when.

Whoever asks about a case again and again need not go through everything each time. What had nothing to do sleeps until
its moment, unless something happens that it may look at: an event, or a day that changes the child's age or the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rules.calendar import LONDON
from rules.case import Case, Occurrence
from rules.conditions import OWN_ASKING, next_change
from rules.firing import candidates
from rules.pack import Pack
from rules.plan import Plan
from rules.turns import NEXT_STEP, NOTHING_MORE, Late, Turn, Turns

CHASED = "ask.chased"
_OF_ASKS = frozenset({CHASED, "ask.sent", "ask.overdue", "ask.exhausted", "ask.escalated", "ask.joined", "told"})
"""What we note of our own asking. It changes no fact of the child: a rule hears of it only by its name."""
_KEPT_OF_ASKS = ("overdue:", "exhausted:", "closed:")
"""What the fold keeps beside these."""


class Memory:
    """What is known of one case, which only grows."""

    def __init__(self, pack: Pack, case: Case) -> None:
        self._pack, self._case, self._last = pack, case, case.last
        self.turns = Turns(case, candidates(pack, case))
        self._now: datetime | None = None
        self._changes = date.min
        """The day on which time will change what a rule looks at."""
        self._reminding: dict[Turn, Late] = {}

    def recall(self, now: datetime) -> None:
        """Wakes what may have something to do at `now`."""
        if self._case.last != self._last:
            self._hear_events()
            self._last = self._case.last
        if self._reminding:  # Those that were not noted.
            self.turns.wake(self._reminding)
            self._reminding = {}
        if now != self._now or self._changes is date.min:
            self._hear_time(now)
            self._now = now

    def remember(self, plan: Plan) -> None:
        """What was done is looked at again, for it may not have been noted. Of a reminder that has left nothing comes
        before its moment."""
        self.turns.wake(plan.acted.difference(plan.reminding))
        self._reminding = plan.reminding

    def _hear_time(self, now: datetime) -> None:
        today = (now if now.tzinfo is LONDON else now.astimezone(LONDON)).date()
        if today < self._changes:
            self.turns.wake_due(now)
            return
        self.turns.wake_all()
        laws = (day for day in self._pack.law_changes if day > today)
        self._changes = min((next_change(self._case, today), *laws))

    def _hear_events(self) -> None:
        reminders = self._since(CHASED)
        if reminders:
            self._hear_reminders(reminders)
        if len(reminders) < self._case.last - self._last or CHASED in self._pack.listeners:
            self._hear_others()

    def _hear_reminders(self, reminders: Sequence[Occurrence]) -> None:
        """Of a mail whose reminder has left nothing comes before its moment."""
        asks = self._case.asks
        sent = {asks[one.values["ask"]].mail: one.received for one in reminders}
        for mail, moment in sent.items():
            late = self._reminding.pop(mail, None)
            if late is not None and moment == self._now:
                self.turns.promised[mail] = late
            else:
                self.turns.wake((mail,))

    def _hear_others(self) -> None:
        case, turns, listeners = self._case, self.turns, self._pack.listeners
        rested = turns.resting
        turns.asks_changed()
        news = [name for name, seen in case.seen.items() if seen[-1].seq > self._last]
        if turns.resting is not rested or any(map(_weighs, news)):
            self._changes = date.min
            turns.candidates = candidates(self._pack, case)
            return
        turns.wake(self._concerned(news))
        if heard := listeners.keys() & news:
            turns.candidates = candidates(self._pack, case)
            turns.wake(place for name in heard for place in listeners[name])

    def _concerned(self, news: Iterable[str]) -> Iterator[Turn]:
        """What looks at an ask that something was noted of: all that ask the same, or stand in the same mail."""
        noted = [one.values for name in news for one in self._since(name)]
        questions = {values.get("question") for values in noted}
        asks = self._case.asks
        mails = {asks[name].mail for values in noted if (name := values.get("ask", "")) in asks}
        yield from (NOTHING_MORE, NEXT_STEP, *mails)
        yield from (ask.id for ask in self.turns.live if ask.mail in mails or ask.question in questions)

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
