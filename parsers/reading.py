"""What the parsers make of a mail or a document: plain frozen facts, each with a confidence and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypedDict, Unpack

SURE = 0.8
"""A value at or above this confidence is used unasked; below, it is shown as a doubt (as `cmebot read` prints it)."""

Kind = Literal["referral", "reply", "roster", "bounce", "auto-reply", "notification", "other", "unreadable"]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a form. `value` is normalised (ISO date, upper-case UPN, yes/no ...), `raw` is as written; both
    None when the form is blank there. `source` says where it was seen: `attachment referral.docx, cell R2C1`."""

    value: str | None
    raw: str | None
    confidence: float
    source: str

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an officer should know about a field: `field` is a name of the form, or "" for the whole."""

    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class Referral:
    """One filled form. `form` is the declared form's name (`cme-referral`, `hub-referral`); `fields` holds every
    field that the form declares, blank ones with value None, and the derived facts that were found."""

    form: str
    fields: dict[str, FieldValue]
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        return not any(f.value for f in self.fields.values())


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One child of a list. `n` is the row in the file as its program numbers them (the first is 1), so that a person
    finds it; of a list in the mail's text, the line. `fields` holds what stands there; `usable` is false where the row
    cannot be worked with, and `problems` says why."""

    n: int
    fields: dict[str, FieldValue]
    problems: tuple[Problem, ...] = ()
    usable: bool = True

    def sure(self, name: str) -> str:
        """The value, where it is used unasked; else ""."""
        found = self.fields.get(name)
        return found.value if found and found.value and found.sure else ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of children in a file or in the mail's text. `kind` is a declared one (`leavers`, `rising-fives`,
    `police`, `on-roll`), or "" where nothing says which."""

    kind: str
    source: str
    rows: tuple[RosterRow, ...]
    remarks: tuple[str, ...] = ()


LIST_READ = "list: "
"""Before the kind of a list that was read, in an attachment's verdict: `list: leavers`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of the mail that is a file. `digest` is the SHA-256 of its decoded bytes, in hex."""

    name: str
    content_type: str
    size: int
    digest: str
    verdict: str = ""
    """What became of it: "cme-referral", "no form", or why it could not be read."""
    words: str = ""
    """What it says, where it is no form and short enough to be a letter."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Words that raise a person at once (policy 1.4)."""

    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322, the address in lower case."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Authentication:
    """What our own server said of the sender (RFC 8601): only the Authentication-Results at the top are looked at.
    `authserv_id` is whose word it is; `dmarc` and `domain` as it says them. `compauth`: what Microsoft 365 makes of all
    that it knows of the sender. `auth_as`: what Exchange says of him, "Internal" for one who had logged in."""

    authserv_id: str = ""
    dmarc: str = ""
    domain: str = ""
    compauth: str = ""
    auth_as: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """By what a reply may be known: the codes in subject and text (`K7QF2MXA9T`, no dashes), the Message-IDs that it
    answers (In-Reply-To first, then References from the last), and case references in subject or text. `quoted_only`:
    the codes and references stand in the quoted text, and nowhere else."""

    codes: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    quoted_only: bool = False


@dataclass(frozen=True, slots=True)
class ChildMention:
    """A child as free text names it; every part may be missing."""

    surname: str = ""
    forenames: str = ""
    date_of_birth: date | None = None
    school: str = ""


Meaning = Literal["dead", "refused", "later", "trying", "arrived"]


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server says of a mail of ours. `keys` and `message_ids` are what it shows of that mail; only by them
    is it known. `meaning`: "dead" (there is no such address), "refused" (this mail is not taken), "later" (it gave up
    on something that may pass), "trying" (it goes on by itself), "arrived". `status` as in RFC 3463, "" where not
    said; `said` the server's own words."""

    keys: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    meaning: Meaning = "refused"
    status: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """What an out-of-office reply says: until when, and who stands in (an address or a name; "" where not said)."""

    back_on: date | None = None
    deputy: str = ""


class Envelope(TypedDict):
    """The fields of a reading that stand in the header, even of a mail that cannot be read."""

    identity: str
    message_id: str
    sender: Address | None
    senders: int
    to: tuple[str, ...]
    subject: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class MailReading:
    """All that one mail says. `identity` is Message-ID, From and a hash of the decoded text and attachments
    (never of the raw bytes, which Exchange renders anew)."""

    identity: str
    message_id: str
    sender: Address | None
    senders: int
    """How many mailboxes From names; anything but 1 has no authority."""
    to: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    new_text: str
    kind: Kind
    machine: str
    """Why a machine is taken to have written it, or "" (no mail is ever sent in answer to one)."""
    authentication: Authentication
    thread: Thread
    attachments: tuple[Attachment, ...] = ()
    concerns: tuple[Concern, ...] = ()
    referrals: tuple[Referral, ...] = ()
    rosters: tuple[Roster, ...] = ()
    child: ChildMention | None = None
    """For free text that is no form: the child it seems to be about."""
    heading: str = ""
    """The subject, where the child of a letter is named in it alone."""
    bounce: Bounce | None = None
    absence: Absence | None = None
    via_list: bool = False
    """It came through a mailing list, which may have added to subject and text."""
    locked: str = ""
    """What keeps its content from us, for a person to open ("an Egress secure mail"); "" when nothing does."""
    scanning: bool = False
    """A security gateway still holds its files back; they come later in the same place."""
    remarks: tuple[str, ...] = ()
    """What a person should know about the reading itself: parsers that disagree, parts that were passed over."""

    @classmethod
    def unreadable(cls, why: tuple[str, ...], **envelope: Unpack[Envelope]) -> MailReading:
        """A reading with no more than the header, and why."""
        return cls(
            **envelope,
            text="",
            new_text="",
            kind="unreadable",
            machine="",
            authentication=Authentication(),
            thread=Thread(),
            remarks=why,
        )

    @property
    def letter(self) -> str:
        """The new text, and the words of the letters attached to it; before them the subject that names the child."""
        return "\n\n".join(filter(None, (self.heading, self.new_text, *(a.words for a in self.attachments))))


@dataclass(frozen=True, slots=True)
class Answer:
    """One event that a reply gives, with its values by the names of docs/reference/words.md (dates ISO)."""

    event: str
    values: dict[str, Any] = field(default_factory=dict)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the bot makes of an answer. `understood`: applied; `confirm`: shown back for one tap, because it ends
    something or two readings are possible; `ask`: asked again with the choices."""

    verdict: Literal["understood", "confirm", "ask"]
    answers: tuple[Answer, ...] = ()
    missing: tuple[str, ...] = ()
    """What the answer `needs` and does not say: asked after, while the case goes on."""
    another: str = ""
    """The name of another child, of whom the answer may be meant: which of the two is to be asked."""
