"""One mail to one person, before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

LetterKind = Literal["ask", "chase", "notice", "alarm", "ack", "confirm", "reply", "digest"]


class Choice(NamedTuple):
    """An answer that one tap can give. `question` groups the choices of a mail that asks more than one thing."""

    number: int
    label: str
    event: str
    question: str = ""


class Enclosure(NamedTuple):
    """A file that goes with the mail: its name in plain ASCII, its type ("text/html") and its bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that is needed to make one mail.

    `facts` are named as forms and answers name them; `compose` tells of them only what the recipient's
    role may know (`disclosure.view`), so a caller may pass the whole case. `why` is one sentence: why this mail was
    sent. `due` is the last moment for an answer, as it is to be read ("by 5pm on Thursday"). `chase` counts the
    reminders from 1; `then` is who is asked when they do not help ("the Hub manager"); `asked_on` is when the first
    mail went. `working_day` is whether `date` is one for the council (which emergency number serves). `internal`: the
    recipient is in the council's own domains and sees X-CME-Case, -Rule and -Question. Datetimes are aware."""

    key: str
    rule: str
    kind: LetterKind
    wording: str
    to_address: str
    role: str
    from_address: str
    date: datetime
    to_name: str = ""
    from_name: str = ""
    questions: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    code: str = ""
    cite: str = ""
    why: str = ""
    due: datetime | None = None
    chase: int = 0
    then: str = ""
    escalated: bool = False
    asked_on: datetime | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    internal: bool = False
    protected: bool = False
    working_day: bool = True
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def message_id(self) -> str:
        """The same for the same key, however often it is sent."""
        return f"<{self.key.lower()}@{self.from_address.rpartition('@')[2]}>"
