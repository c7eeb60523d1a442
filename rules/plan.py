"""What is due now and when to ask again, collected while the rules are gone through."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.calendar import Calendar
from rules.case import Case
from rules.history import Action, Party, Record, Send, Step
from rules.parties import is_school


def leaves(calendar: Calendar, to: Party, moment: datetime) -> datetime:
    """When a mail due at `moment` may leave: in its recipient's working time."""
    school = is_school(to)
    return calendar.leaves(moment, to_school=school, school=to.which if school else "")


class Plan:
    """Collects actions whose moment has come; for the others it keeps the earliest moment."""

    def __init__(self, calendar: Calendar, case: Case, now: datetime) -> None:
        self.calendar, self.case, self.now = calendar, case, now
        self.live = [ask for ask in case.asks.values() if not ask.over]
        """The asks of which something may still come."""
        self.records: list[Record] = []
        self.sends: list[Send] = []
        self.joins: list[Record] = []
        self.closing: list[Record] = []
        self.wake: datetime | None = None
        self.limit: datetime | None = None
        """A moment that every case comes to by itself (leaving age): one to be woken at, and no next step."""
        self._recorded: set[str] = set()
        self._groups: dict[tuple[str, int, Party], int] = {}

    def later(self, moment: datetime) -> None:
        self.wake = moment if self.wake is None else min(self.wake, moment)

    def ready(self, moment: datetime, *, limit: bool = False) -> bool:
        """Whether that moment has come; if not, it is remembered."""
        if moment <= self.now:
            return True
        if limit:
            self.limit = moment if self.limit is None else min(self.limit, moment)
        else:
            self.later(moment)
        return False

    def reachable(self, to: Party, moment: datetime, *, at_once: bool = False) -> bool:
        """Whether a mail due at `moment` may leave now, in its recipient's working time."""
        if at_once:
            return self.ready(moment)
        if self.wake is not None and self.wake <= moment and moment > self.now:
            return False  # It leaves then or later, and by then we are asked again.
        return self.ready(leaves(self.calendar, to, max(moment, self.now)))

    def record(self, key: str, kind: str, **values: object) -> None:
        if key not in self.case.done and key not in self._recorded:
            self._recorded.add(key)
            where = self.closing if kind == "closed" else self.records
            where.append(Record(key, kind, {**values, "key": key}))

    def join(self, key: str, question: str, of: Party, ask: str = "") -> None:
        if key not in self.case.done:
            values = {"key": key, "question": question, "of": of.role, "which": of.which, "ask": ask}
            self.joins.append(Record(key, "ask.joined", values))

    def send(self, mail: Send) -> None:
        self.sends.append(mail)

    def send_with(self, mail: Send, group: str) -> None:
        """Joins the mail to one of the same group, trigger and recipient, where there is one."""
        at = self._groups.get((group, mail.trigger, mail.to)) if group else None
        if at is None:
            self._groups[group, mail.trigger, mail.to] = len(self.sends)
            self.sends.append(mail)
            return
        first = self.sends[at]
        dues = [due for due in (first.due, mail.due) if due]
        questions, asks = (*first.questions, *mail.questions), (*first.asks, *mail.asks)
        self.sends[at] = replace(first, questions=questions, asks=asks, due=min(dues))

    def step(self) -> Step:
        actions: list[Action] = [*self.records, *self.sends, *self.joins, *self.closing]
        moments = [moment for moment in (self.wake, self.limit) if moment]
        return Step(tuple(actions), min(moments, default=None))
