"""What is due now and when to ask again, collected while the rules are gone through."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.calendar import Calendar
from rules.case import Case
from rules.history import Action, Party, Record, Send, Step
from rules.parties import is_school


class Plan:
    """Collects actions whose moment has come; for the others it keeps the earliest moment."""

    def __init__(self, calendar: Calendar, case: Case, now: datetime) -> None:
        self.calendar, self.case, self.now = calendar, case, now
        self.records: list[Record] = []
        self.sends: list[Send] = []
        self.joins: list[Record] = []
        self.closing: list[Record] = []
        self.wake: datetime | None = None
        self.limit: datetime | None = None
        """A moment that every case comes to by itself (leaving age): one to be woken at, and no next step."""
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
        school = to.which if is_school(to) else ""
        leaves = self.calendar.leaves(max(moment, self.now), to_school=is_school(to), school=school)
        return self.ready(leaves)

    def record(self, key: str, kind: str, **values: object) -> None:
        if key not in self.case.done:
            where = self.closing if kind == "closed" else self.records
            where.append(Record(key, kind, {**values, "key": key}))

    def join(self, key: str, question: str, of: Party) -> None:
        if key not in self.case.done:
            values = {"key": key, "question": question, "of": of.role, "which": of.which}
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
