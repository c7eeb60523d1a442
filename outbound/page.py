"""All mails of a register on one page, as their readers saw them: one HTML file that needs no server and no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from outbound import dates
from outbound.templating import page

_TAG = re.compile(r"\[[^\]]*\]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMail:
    """A mail as its reader sees it. `mailbox` is that of the council's; `html` None for a mail of text alone; `note` a
    few words of what became of it ("Noted: a referral."); `read` what was read in its form, each value with its label;
    `rule` what it came from."""

    at: datetime
    direction: Literal["in", "out"]
    mailbox: str
    from_: str
    to: str
    subject: str
    text: str
    html: str | None = None
    refs: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    note: str = ""
    read: tuple[tuple[str, str], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCase:
    """A case as the page's heading tells it: `child` its name; `state` and `outcome` are those of
    docs/reference/words.md; `next` is what comes next, in words."""

    ref: str
    child: str
    pathway: str
    state: str
    outcome: str = ""
    opened: datetime | None = None
    next: str = ""
    concern: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A mail with its times in words. `who` is whoever is not us: who wrote what came in, who reads what went out;
    `short` is the subject without the bracket, which the heading shows whole."""

    n: int
    mail: ShownMail
    clock: str
    moment: str
    who: str
    short: str


@dataclass(frozen=True, slots=True)
class _Day:
    day: str
    items: tuple[_Item, ...]


def index_page(
    mails: Sequence[ShownMail], cases: Sequence[ShownCase] = (), *, title: str = "Every mail, as its reader saw it",
    intro: str = "",
) -> str:  # fmt: skip
    """The page; mails in the order of time."""
    items = [
        _Item(n, mail, dates.clock(mail.at), dates.moment(mail.at), _who(mail), _TAG.sub("", mail.subject).strip())
        for n, mail in enumerate(sorted(mails, key=lambda mail: mail.at), 1)
    ]
    days: dict[str, list[_Item]] = {}
    for item in items:
        days.setdefault(dates.day(item.mail.at), []).append(item)
    return page("page.html.jinja").render(
        title=title, intro=intro, cases=cases, items=items,
        days=[_Day(day, tuple(those)) for day, those in days.items()],
        mailboxes=sorted({mail.mailbox for mail in mails}),
        people=sorted({item.who for item in items}),
        words=_state,
    )  # fmt: skip


def _who(mail: ShownMail) -> str:
    name, address = parseaddr(mail.from_ if mail.direction == "in" else mail.to)
    return name or address or "nobody"


def _state(case: ShownCase) -> str:
    said = f"{case.state}: {case.outcome}" if case.outcome else case.state
    return said.replace("-", " ").capitalize()
