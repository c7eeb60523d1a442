"""The history of a subject: events, append-only, and what an actor may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct, field


class Event(Struct, frozen=True):
    """Something that happened, once. `happened` is as said (may be unknown), `received` the server's arrival of the
    mail that says so, `recorded` when we wrote it down; all aware. `by` is an address, or `bot`; `role` a role of
    docs/reference/words.md. `values` are plain JSON; dates ISO 8601."""

    seq: int
    kind: str
    received: datetime
    recorded: datetime
    happened: date | datetime | None = None
    by: str = "bot"
    role: str = ""
    mail: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class Party(Struct, frozen=True):
    """Whom a mail is for, before the directory says who that is. `role` is one of docs/reference/words.md;
    `which` tells apart the holders of one role: a Hub's area, a district, an authority, a school, the worker
    allocated, the writer."""

    role: str
    which: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.which}" if self.which else self.role


SendKind = Literal["ask", "chase", "notice"]


class Send(Struct, frozen=True):
    """A mail that is due now. `key` is one for ever (subject, rule, trigger event, recipient; a withdrawal's id where
    it came to nothing before): what was done is never done again. `questions` are those it asks, one `ask` key each in
    `asks`; a notice has none. `due` is when an answer is overdue at the latest. `chase` counts from 1; 0 is the first
    mail. `why` is the event that gave rise to it."""

    kind: SendKind
    key: str
    rule: str
    cite: str
    to: Party
    wording: str
    questions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    due: datetime | None = None
    chase: int = 0
    escalated: bool = False
    trigger: int = 0
    at_once: bool = False
    own: bool = True
    """False for a chase: it goes in the thread of its ask."""


class Record(Struct, frozen=True):
    """An event of our own that is now to be written down (`ask.overdue`, a silence's event, `pathway.opened`,
    `closed`, `ask.withdrawn` ...). `key` as for `Send`."""

    key: str
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


Action = Send | Record


class Step(Struct, frozen=True):
    """What `step` says: what is due now, in order, and when it must be asked again (None: never, unless something
    happens)."""

    actions: tuple[Action, ...]
    wake: datetime | None
