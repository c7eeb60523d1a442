"""The mail that asks an officer for leave to send another: what would leave, and two choices."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from bot.letters.drafts import Drafts
from bot.outbox.modes import APPROVE_RULE
from bot.outbox.posting import SOON
from bot.register.rows import OutboxRow
from outbound.letter import Choice
from rules import Case, Party

CHOICES = (Choice(1, "Yes, send it", "send"), Choice(2, "No, do not send it", "keep"))
_LONGEST = 3000


def owner_of(drafts: Drafts, case: Case) -> Party:
    """Who answers for the mails of a case: the manager of its Hub, else the tracking officer."""
    hub = str(case.facts.get("hub", ""))
    manager = Party("hub-manager", hub)
    if case.pathway == "hub" and drafts.office.directory.holder(manager):
        return manager
    return Party("tracking-officer")


def request(drafts: Drafts, case: Case, row: OutboxRow) -> OutboxRow | None:
    """The mail that asks for leave; None where its reader is the recipient: to him it needs none. Where nobody holds
    that role it is held, and so is the mail that waits for it."""
    to = owner_of(drafts, case)
    contact = drafts.contact(to)
    if contact is not None and contact.address == row.address:
        return None
    draft = drafts.draft(row.ref, case, f"{APPROVE_RULE}|{row.key}", "confirm", "approve", contact, to.role)
    letter = replace(
        draft,
        why="mails of this kind wait for a yes (mode approve)",
        choices=CHOICES,
        facts={"approve.to": f"{row.address} ({row.role})", "approve.mail": told(row)},
        code=draft.code or drafts.codes.code(f"{APPROVE_RULE}|{row.key}", draft.to_address),
    )
    return replace(drafts.row(row.ref, letter, (row.key,), SOON), rule=APPROVE_RULE)


def told(row: OutboxRow) -> str:
    """The subject and the text of a mail of ours, as its recipient would see them."""
    mail = message_from_bytes(row.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    return f"Subject: {mail['Subject']}\n\n{body.get_content() if body else ''}"[:_LONGEST]
