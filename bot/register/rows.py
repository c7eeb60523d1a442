"""What flows in and out of the register. Every datetime is aware; what comes out is in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from parsers.reading import MailReading

MailState = Literal["done", "quarantined", "waiting"]
Target = Literal["done", "quarantine"]
SubjectKind = Literal["case", "roster", "council"]
RowState = Literal[
    "staged", "refused", "repeated", "known", "over-age", "on-roll", "matched", "asked", "opened", "waiting", "kept",
    "roll",
]  # fmt: skip
OutboxState = Literal["waiting", "sent", "held", "cancelled"]


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be written down. `identity` as the reading has it. `received` is the server's arrival, `recorded` our
    clock. `trust` is 0 to 3 (T0 to T3). `raw` is kept byte for byte; `reading` None when it could not be read."""

    identity: str
    received: datetime
    recorded: datetime
    raw: bytes
    reading: MailReading | None = None
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    kind: str = "other"
    state: MailState = "done"
    why: str = ""
    trust: int = 0


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in the register; `raw_mail(id)` and `reading(id)` give the heavy parts. `seen`: a person has dealt with
    it since it went into quarantine."""

    id: int
    identity: str
    message_id: str
    sender: str
    subject: str
    received: datetime
    recorded: datetime
    kind: str
    state: MailState
    why: str
    seen: bool
    trust: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies. `uid` is the server's UID in digits, or a Maildir's unique name (uidvalidity 0). `mail_id` and
    `target` (whereto it is to be moved) are filled when the register knows it.

    A place is not an identity: UIDs and names are used again, so what lies there is known by `MailReading.identity`."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: str
    mail_id: int | None = None
    target: Target = "done"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A subject as last folded: a case, a roster, or the council. Everything here can be rebuilt from its events.
    `seq` is the last event in `fold`, `fold_version` the version of the code that made it. The keys are what children
    are matched by (normalised names; `carers` a line each; `house`, number and street, and `postcode` of the last known
    address); "" where unknown."""

    ref: str
    opened: datetime
    kind: SubjectKind = "case"
    pathway: str = ""
    concern: bool = False
    state: str = "open"
    outcome: str = ""
    next_due: datetime | None = None
    surname_key: str = ""
    forename_key: str = ""
    surname: str = ""
    forenames: str = ""
    date_of_birth: date | None = None
    upn: str = ""
    other_surnames: str = ""
    carers: str = ""
    postcode: str = ""
    house: str = ""
    school: str = ""
    hub: str = ""
    fold: bytes | None = None
    fold_version: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A mail that is to leave, or has left. `key` is its action's, one for ever. `code` is None for a mail that nobody
    answers. `priority` 0 is an alarm, and goes first. `asks` is a JSON array, as the sender of the row wants it back.
    `provider_message_id` is the Message-ID that the provider put in place of ours, where it did."""

    key: str
    ref: str
    role: str
    address: str
    kind: str
    created: datetime
    not_before: datetime
    raw: bytes
    message_id: str
    code: str | None = None
    rule: str = ""
    questions: tuple[str, ...] = ()
    state: OutboxState = "waiting"
    why: str = ""
    priority: int = 5
    attempts: int = 0
    sent_at: datetime | None = None
    provider_message_id: str | None = None
    subject: str = ""
    asks: tuple[Any, ...] = ()
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class WrongCode:
    """A code that came back in a mail and is none of ours."""

    at: datetime
    code: str
    sender: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list. `n` tells it from the others of its mail, `line` is where it stands in its file. `ref` is the
    list's reference. `content` is the same for the same child told of in the same way, whichever list says it. `due` is
    the day on which a row that waits (`waiting`, `kept`) is looked at again. `case_ref`: the case that it made, joined,
    or may belong to; `why`: why it was refused, or what makes that case a doubtful match."""

    mail_id: int
    n: int
    ref: str
    kind: str
    line: int
    state: RowState
    content: str = ""
    surname_key: str = ""
    date_of_birth: date | None = None
    school: str = ""
    due: date | None = None
    case_ref: str = ""
    why: str = ""
    fields: dict[str, str] = field(default_factory=dict)
