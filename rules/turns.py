"""What is looked at by itself in a case, each in its turn: which turns need a look now, and until when the others
sleep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from rules.case import Ask, Case
from rules.pack import Chase, Rule

Turn = int | str
"""A rule, by its place in the pack; an ask, by its id; a mail's reminders, by its key; or one of these two."""
NEXT_STEP = "next-step"
"""The turn of what sees to it that an open case has a next step."""
NOTHING_MORE = "nothing-more"
"""The turn of what tells those who were asked that nothing more is needed."""
CONCLUDE = "conclude"


class Late(Struct, frozen=True):
    """The asks of one mail that are overdue, the one of them whose reminders count, how they are paced, and the moment
    of the next reminder where only time can change it."""

    asks: list[Ask]
    first: Ask
    pace: Chase
    then: datetime | None = None


class Turns:
    """At first all are awake. What is looked at falls asleep; in whose turn something will happen at its own time, that
    moment is in `until`. `limits` are those that wait only for a moment that every case comes to by itself (leaving
    age): one to be woken at, no next step."""

    def __init__(self, case: Case, candidates: dict[int, Rule]) -> None:
        self._case = case
        self.until: dict[Turn, datetime] = {}
        self.limits: dict[Turn, datetime] = {}
        self.candidates = candidates
        """The rules that the events so far may set off, by their places."""
        self.by_mail: dict[str, list[str]] = {}
        """The asks of each mail, in order, over or not."""
        self.promised: dict[Turn, Late] = {}
        """The mails whose next reminder is certain, unless something happens."""
        self._filed = 0
        self.asks_changed()
        self.wake_all()

    def asks_changed(self) -> None:
        """What is known of the asks, anew."""
        self.live: Sequence[Ask] = self._case.live
        """The asks of which something may still come."""
        self.resting = rests(self.live)
        asks = self._case.asks
        if self._filed < len(asks):
            for ask in islice(asks.values(), self._filed, None):
                self.by_mail.setdefault(ask.mail, []).append(ask.id)
            self._filed = len(asks)

    def wake_all(self) -> None:
        self.until.clear()
        self.limits.clear()
        self.promised.clear()
        self.rules = dict(self.candidates)
        self.asks = {ask.id for ask in self.live}
        self.mails = {ask.mail for ask in self.live}
        self.nothing_more = True

    def wake(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            self.promised.pop(turn, None)
            self._wake(turn)

    def wake_due(self, now: datetime) -> None:
        """Those whose moment has come."""
        for moments in (self.until, self.limits):
            for turn in [turn for turn, moment in moments.items() if moment <= now]:
                self._wake(turn)

    def _wake(self, turn: Turn) -> None:
        self.until.pop(turn, None)
        if isinstance(turn, int):
            self.limits.pop(turn, None)
            if turn in self.candidates:
                self.rules[turn] = self.candidates[turn]
        elif turn in self.by_mail:
            self.mails.add(turn)
        elif turn in self._case.asks:
            self.asks.add(turn)
        elif turn == NOTHING_MORE:
            self.nothing_more = True

    def first(self) -> datetime | None:
        """The first moment at which one of them must be looked at."""
        moments = (*self.until.values(), *self.limits.values()) if self.limits else self.until.values()
        return min(moments, default=None)

    def take_rules(self) -> list[int]:
        """The places of the rules that are awake, in order. While an ask to conclude is open and not overdue, what the
        other rules ask rests, awake; what is told, and news that changes the conclusion, does not."""
        if not self.rules:
            return []
        rules, self.rules = self.rules, {}
        if self.resting:
            self.rules = {place: rule for place, rule in rules.items() if _rests(rule)}
        return sorted(rules.keys() - self.rules.keys())

    def take_asks(self) -> list[Ask]:
        """The asks that are awake, in order."""
        names, self.asks = self.asks, set()
        return [ask for ask in self.live if ask.id in names] if names else []

    def take_mails(self) -> list[str]:
        """The mails that are awake, in order."""
        mails, self.mails = self.mails, set()
        return sorted(mails)

    def asks_of(self, mail: str) -> list[Ask]:
        """All asks of that mail, over or not."""
        return [self._case.asks[name] for name in self.by_mail[mail]]


def rests(asks: Iterable[Ask]) -> bool:
    """While an ask to conclude is open and not overdue, the other rules of the case rest."""
    return any(ask.question == CONCLUDE and ask.state == "open" for ask in asks)


def _rests(rule: Rule) -> bool:
    return bool(rule.ask) and not rule.at_once and CONCLUDE not in rule.ask
