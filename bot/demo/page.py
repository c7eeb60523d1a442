"""The page that the demo leaves: every mail as its reader sees it, and what the bot made of those that came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import NamedTuple

from bot.council.office import Office
from bot.demo.player import Played, plain
from bot.inspecting.explain import label
from bot.register.register import Register
from bot.register.unit import Snapshot
from outbound import dates, shown
from outbound.page import ShownCase, ShownMail, index_page
from rules import Event

INTRO = (
    "Five weeks of a made-up county, played from real mails: schools send forms, officers answer from their phones, "
    "agencies reply when they are reminded, and one is silent. Every mail is shown as its reader sees it."
)
_UNSAID = frozenset({"ask.answered", "ask.sent", "pathway.opened", "told", "ask.withdrawn"})
_WORDS = {
    "concern.raised": "a concern for the child, and the alarm went out",
    "confirmed": "a yes",
    "acknowledged": "that our mail has arrived",
    "details.given": "the details that were missing",
}
"""Events whose line in a mail says less than this, seen from outside."""


class _Became(NamedTuple):
    """Of a mail that came in: the cases in whose history it stands, what was noted there, what was read in its form."""

    refs: tuple[str, ...] = ()
    note: str = ""
    read: tuple[tuple[str, str], ...] = ()


def write_page(folder: Path, office: Office, played: list[Played]) -> Path:
    """Writes `index.html` into the folder."""
    with Register.open(folder / "register.db") as register, register.read() as snapshot:
        rows = snapshot.cases()
        mails = [_shown(p, office, snapshot) for p in played]
    cases = [
        ShownCase(
            ref=row.ref,
            child=" ".join(filter(None, (row.forenames, row.surname))) or "Name not known",
            pathway=row.pathway,
            state=row.state,
            outcome=row.outcome,
            opened=row.opened,
            next=dates.moment(row.next_due) if row.next_due and row.state != "closed" else "",
            concern=row.concern,
        )
        for row in reversed(rows)
    ]
    page = folder / "index.html"
    page.write_text(index_page(mails, cases, title="the demo", intro=INTRO), "utf-8")
    return page


def _shown(played: Played, office: Office, snapshot: Snapshot) -> ShownMail:
    mail = played.mail
    became = _Became(tuple(str(mail["X-CME-Case"] or "").split()))
    if played.incoming:
        became = _became(mail, office, snapshot)
    box = str(mail["To"] if played.incoming else mail["From"])
    return ShownMail(
        at=played.at,
        direction="in" if played.incoming else "out",
        mailbox=parseaddr(box)[1],
        from_=_named(str(mail["From"]), office),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=plain(mail),
        html=plain(mail, "html") or None,
        refs=became.refs,
        note=became.note,
        read=became.read,
        attachments=tuple(part.get_filename() or "" for part in mail.iter_attachments()),
        rule=str(mail["X-CME-Rule"] or ""),
    )


def _named(sender: str, office: Office) -> str:
    """With the name that the directory has for the address: replies from phones bring none."""
    name, address = parseaddr(sender)
    person = None if name else office.directory.who_is(address)
    return formataddr((person.name, address)) if person else sender


def _became(mail: EmailMessage, office: Office, snapshot: Snapshot) -> _Became:
    for row in snapshot.mails_by_message_id(str(mail["Message-ID"])):
        refs = tuple(snapshot.subjects_of_mail(row.id))
        events = [e for ref in refs for e in snapshot.history(ref) if e.mail == row.id]
        said = list(dict.fromkeys(_words(office, e) for e in events if e.kind not in _UNSAID))
        note = f"Noted: {', '.join(said) or 'nothing'}."
        return _Became(refs, note, tuple(pair for e in events for pair in _read(office, e)))
    return _Became()


def _words(office: Office, event: Event) -> str:
    return _WORDS.get(event.kind) or label(office, event.kind)


def _read(office: Office, event: Event) -> Iterator[tuple[str, str]]:
    """The values of a referral, as the mails name them."""
    fields = event.values.get("fields")
    if event.kind != "referral.received" or not isinstance(fields, Mapping):
        return
    day = event.recorded.date()
    for name, value in fields.items():
        fact = office.wording.facts.get(name)
        if fact is not None and value:
            yield fact.label, str(shown.show(value, fact, office.wording, day))
