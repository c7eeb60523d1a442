"""The digest of a working morning: what a busy officer must know at 7am on a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outbound import dates
from outbound.compose import headers
from outbound.disclosure import clean
from outbound.letter import Letter
from outbound.message import Envelope, serialise
from outbound.shown import one_line
from outbound.templating import page
from outbound.wording import Wording

_MOST_ROWS = 12
"""Of a section; what is beyond is counted, not listed. Concerns are all listed."""
_SECTIONS = ("concerns", "yours", "overdue", "escalated", "new", "unread", "held", "waiting", "sent")
_IN_SUBJECT = {
    "concerns": ("concern", "concerns"),
    "yours": ("for you", "for you"),
    "overdue": ("late", "late"),
    "new": ("new", "new"),
}


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A line. `ref` is the case ("" for a mail of no case), `child` its name for an officer of the council ("" where
    the reader may not know it), `what` a few words ("Jo Pettifer: Home visit needed"), `at` the moment that counts
    (was due, came in). `groups` are the risk groups of policy 2.6: they weigh in the order."""

    ref: str
    what: str
    child: str = ""
    at: datetime | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """What one reader is told; a Hub manager's holds only the own Hub's. `title` says whose it is ("North Hub").
    `sent_count` is how many mails went out since the last one, where they are not listed."""

    title: str = ""
    concerns: tuple[DigestRow, ...] = ()
    yours: tuple[DigestRow, ...] = ()
    overdue: tuple[DigestRow, ...] = ()
    escalated: tuple[DigestRow, ...] = ()
    new: tuple[DigestRow, ...] = ()
    unread: tuple[DigestRow, ...] = ()
    held: tuple[DigestRow, ...] = ()
    waiting: tuple[DigestRow, ...] = ()
    sent: tuple[DigestRow, ...] = ()
    sent_count: int = 0
    note: str = ""
    """How the bot is doing, where it does not work alone yet: the mode, and what officers said of its mails."""

    @property
    def empty(self) -> bool:
        return not self.sent_count and not any(getattr(self, name) for name in _SECTIONS)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line as it is read."""

    ref: str
    child: str
    what: str
    at: str
    groups: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    name: str
    heading: str
    count: int
    rows: tuple[ShownRow, ...]
    more: int


def compose_digest(letter: Letter, view: DigestView, wording: Wording) -> bytes:
    """The digest as a mail. Raises BadHeader."""
    sections = tuple(_section(name, getattr(view, name), wording) for name in _SECTIONS if getattr(view, name))
    subject = _subject(view, letter.date, wording)
    shown = {
        "view": view, "sections": sections, "subject": subject, "words": wording.digest, "team": wording.team,
        "council": wording.council, "day": dates.day(letter.date),
    }  # fmt: skip
    envelope: Envelope = headers(letter, subject, refs=())
    text, html = page("digest.txt.jinja").render(shown), page("digest.html.jinja").render(shown)
    return serialise(envelope, text, html)


def _subject(view: DigestView, now: datetime, wording: Wording) -> str:
    """The day and what matters most, in numbers: "Thursday 27 November: 1 concern, 2 late"."""
    counts = []
    for name, (one, many) in _IN_SUBJECT.items():
        rows = len(getattr(view, name))
        counts += [f"{rows} {one if rows == 1 else many}"] if rows else []
    said = ", ".join(counts) or (wording.digest["nothing"].rstrip(".").lower() if view.empty else "nothing is late")
    return f"{dates.day(now, year=False)}: {said}"


def _section(name: str, rows: Sequence[DigestRow], wording: Wording) -> ShownSection:
    ordered = sorted(rows, key=_weight)
    kept = ordered if name == "concerns" else ordered[:_MOST_ROWS]
    return ShownSection(
        name,
        wording.digest[name],
        len(rows),
        tuple(_row(one, _AT.get(name, "")) for one in kept),
        len(ordered) - len(kept),
    )


def _weight(row: DigestRow) -> tuple[int, float, str]:
    """Children of more risk groups first (policy 2.6), then what has waited longest."""
    return -len(row.groups), row.at.timestamp() if row.at else float("inf"), row.ref


_AT = {
    "overdue": "was due by ", "escalated": "due by ", "waiting": "due by ", "yours": "due by ",
    "concerns": "came in at ", "unread": "came in at ",
}  # fmt: skip
"""What the moment of a line is, under each heading."""


def _row(row: DigestRow, at: str) -> ShownRow:
    words = (clean(one_line(one)) for one in (row.child, row.what, ", ".join(row.groups)))
    child, what, groups = words
    return ShownRow(row.ref, child, what, f"{at}{dates.moment(row.at, year=False)}" if row.at else "", groups)
