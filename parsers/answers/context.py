"""Who answers, when, about whom: what a reply is understood against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """`at` (aware) is when the reply was written; `role` the writer's role; `child` the name as the case has it
    (several: separated by semicolons); `choices` the answers' events in the order in which the mail numbered them,
    empty for the pack's own order; `people` the names (case folded) of those who are no other child: carers, staff,
    schools; `lacking` the form's fields that the mail asked for: a bare day is the one day among them."""

    at: datetime
    role: str = ""
    child: str = ""
    choices: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day of writing, in London."""
        return self.at.astimezone(_LONDON).date()
