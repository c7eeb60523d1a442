"""What is due now and when to ask again, collected while the rules are gone through."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from rules.calendar import Calendar
from rules.case import Case
from rules.history import Action, Party, Record, Send, Step
from rules.parties import is_school
from rules.turns import Late, Turn, Turns


def leaves(calendar: Calendar, to: Party, moment: datetime) -> datetime:
    """When a mail due at `moment` may leave: in its recipient's working time."""
    school = is_school(to)
    return calendar.leaves(moment, to_school=school, school=to.which if school else "")


class Plan:
    """Collects actions whose moment has come; of the others it keeps, turn by turn, the earliest moment."""

    def __init__(self, calendar: Calendar, case: Case, now: datetime, turns: Turns) -> None:
        self.calendar, self.case, self.now, self.turns = calendar, case, now, turns
        self.records: list[Record] = []
        self.sends: list[Send] = []
        self.joins: list[Record] = []
        self.closing: list[Record] = []
        self.acted: set[Turn] = set()
        """The turns in which something was done."""
        self.reminding: dict[Turn, Late] = {}
        """Those in which nothing but a reminder was sent, and when more may come of them once it has left."""
        self._turn: Turn = ""
        self._recorded: set[str] = set()
        self._groups: dict[tuple[str, int, Party], int] = {}

    def look_at(self, turn: Turn) -> None:
        """What follows is its."""
        self._turn = turn

    @property
    def waits(self) -> bool:
        """Whether something will happen by itself."""
        return bool(self.turns.until)

    def ready(self, moment: datetime, *, limit: bool = False) -> bool:
        """Whether that moment has come; if not, it is remembered."""
        if moment <= self.now:
            return True
        moments = self.turns.limits if limit else self.turns.until
        known = moments.get(self._turn)
        if known is None or moment < known:
            moments[self._turn] = moment
        return False

    def reachable(self, to: Party, moment: datetime, *, at_once: bool = False) -> bool:
        """Whether a mail due at `moment` may leave now, in its recipient's working time."""
        return self.ready(moment if at_once else leaves(self.calendar, to, max(moment, self.now)))

    def record(self, key: str, kind: str, **values: object) -> None:
        if key not in self.case.done and key not in self._recorded:
            self._recorded.add(key)
            self.acted.add(self._turn)
            where = self.closing if kind == "closed" else self.records
            where.append(Record(key, kind, {**values, "key": key}))

    def join(self, key: str, question: str, of: Party, ask: str = "") -> None:
        if key not in self.case.done:
            values = {"key": key, "question": question, "of": of.role, "which": of.which, "ask": ask}
            self.acted.add(self._turn)
            self.joins.append(Record(key, "ask.joined", values))

    def send(self, mail: Send) -> None:
        self.acted.add(self._turn)
        self.sends.append(mail)

    def remind(self, mail: Send, late: Late) -> None:
        """Sends a reminder, of whose asks nothing more comes before `late.then`."""
        assert late.then is not None
        if self._turn not in self.acted:
            self.reminding[self._turn] = late
        self.send(mail)
        self.ready(late.then)

    def send_with(self, mail: Send, group: str) -> None:
        """Joins the mail to one of the same group, trigger and recipient, where there is one."""
        at = self._groups.get((group, mail.trigger, mail.to)) if group else None
        if at is None:
            self._groups[group, mail.trigger, mail.to] = len(self.sends)
            self.send(mail)
            return
        first = self.sends[at]
        dues = [due for due in (first.due, mail.due) if due]
        questions, asks = (*first.questions, *mail.questions), (*first.asks, *mail.asks)
        self.change(at, replace(first, questions=questions, asks=asks, due=min(dues)))

    def change(self, at: int, mail: Send) -> None:
        """In the place of an earlier one."""
        self.acted.add(self._turn)
        self.sends[at] = mail

    def step(self) -> Step:
        actions: list[Action] = [*self.records, *self.sends, *self.joins, *self.closing]
        return Step(tuple(actions), self.turns.first())
