"""`check --connect`: forged mails are handed to the council's boundary as anybody outside could, and what arrives of
them is read as any mail would be. Each tells one lie about who had sent it, and bears a key, so that a daemon that
meets it takes it for a mail of our own."""

from __future__ import annotations

import secrets
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.arrivals.trust import authenticated
from bot.config.secrets import BadConfig
from bot.config.settings import Box
from bot.config.trust import TrustSettings
from bot.council.office import Office
from bot.inspecting.finding import Finding
from bot.mailboxes.port import Arrived, Mailbox, MailboxError
from bot.running.connect import open_mailbox
from parsers.reader import read_mail
from rules.calendar import LONDON

WAIT = 90.0
"""Seconds in which a boundary has looked at a mail."""
_PAUSE = 3.0
_ALL, _FIRST = 50_000, 8_000
_ANSWER = 30.0
_INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"


@dataclass(frozen=True, slots=True)
class Forgery:
    """One lie: a header that only our own server may write. `mark` stands in the subject."""

    lie: str
    mark: str
    raw: bytes


def try_boundary(office: Office, wait: float = WAIT) -> Iterator[Finding]:
    """What became of each forged mail: at the main mailbox, and at each other one that has a `trust` of its own."""
    main = office.config.main_box()
    for box in (main, *(box for box in office.config.mailbox if box.trust is not None and box is not main)):
        yield from _try_at(office, box, wait)


def _try_at(office: Office, box: Box, wait: float) -> Iterator[Finding]:
    trust, where = office.config.trust_at(box.address), "boundary"
    if trust.profile == "none":
        return
    if not trust.boundary:
        if not office.config.embedded:
            told = "boundary is missing: name the server that takes your mail from outside, to prove what it strips"
            yield Finding("warning", f"config.toml, trust of mailbox {box.name}", told)
        return
    sent = []
    for forgery in forge(office, box):
        try:
            _hand_over(forgery, trust, box.address)
            sent.append(forgery)
        except smtplib.SMTPResponseException as refusal:
            yield _refused(forgery, refusal)
        except (smtplib.SMTPException, OSError) as trouble:
            yield Finding("warning", where, f"{trust.boundary} was not to be reached, so nothing is proved: {trouble}")
            return
    try:
        yield from _arrivals(office, box, sent, wait)
    except (MailboxError, BadConfig) as problem:
        yield Finding("warning", where, f"what became of the forged mails is not known: {problem}")


def forge(office: Office, box: Box) -> Iterator[Forgery]:
    """In the name of an officer, as that one would be believed at that mailbox."""
    officer = next((p.address for p in office.directory.people if p.officer), box.address)
    for header in _lies(office.config.trust_at(box.address), officer.rpartition("@")[2]):
        mark = secrets.token_hex(8)
        mail = EmailMessage(policy=SMTP)
        name, _, value = header.partition(": ")
        mail[name] = value
        mail["From"], mail["To"] = officer, box.address
        mail["Subject"] = f"A forged mail, sent by cmebot check ({mark})"
        mail["Date"] = format_datetime(datetime.now(LONDON))
        mail["Message-ID"], mail["X-CME-Key"] = f"<{mark}@{officer.rpartition('@')[2]}>", secrets.token_hex(13).upper()
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("This mail was forged on purpose, to see whether it is believed. Nothing needs to be done.\n")
        yield Forgery(header, mark, mail.as_bytes())


def _lies(trust: TrustSettings, domain: str) -> list[str]:
    if trust.profile == "authserv":
        return [f"Authentication-Results: {trust.authserv_id}; dmarc=pass header.from={domain}"]
    results = f"dmarc=pass action=none header.from={domain}; compauth=pass reason=100"
    return [_INTERNAL, f"Authentication-Results: {results}"] if trust.profile == "m365" else [_INTERNAL]


def _hand_over(forgery: Forgery, trust: TrustSettings, to: str) -> None:
    """As a server of a stranger would: without a login, with no address to which it could come back. Nothing in it is
    secret, and few boundaries have a certificate by which a stranger knows them: TLS is taken where it is offered."""
    with smtplib.SMTP(trust.boundary, trust.boundary_port, timeout=_ANSWER) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
            server.ehlo()
        for code, text in (server.mail(""), server.rcpt(to)):
            if code >= 400:
                raise _Unseen(code, text)
        code, text = server.data(forgery.raw)
        if code >= 400:
            raise smtplib.SMTPDataError(code, text)


class _Unseen(smtplib.SMTPResponseException):
    """It was refused before the server could see what is forged."""


def _refused(forgery: Forgery, refusal: smtplib.SMTPResponseException) -> Finding:
    words = refusal.smtp_error.decode("utf-8", "replace") if isinstance(refusal.smtp_error, bytes) else ""
    said = f"{refusal.smtp_code} {' '.join(words.split())}"
    if isinstance(refusal, smtplib.SMTPDataError) and refusal.smtp_code >= 500:
        return Finding("proved", "boundary", f"it refuses a forged {forgery.lie!r}: {said}")
    told = f"it did not take a forged {forgery.lie!r}, perhaps for another reason, so nothing is proved: {said}"
    return Finding("warning", "boundary", told)


def _arrivals(office: Office, box: Box, sent: list[Forgery], wait: float) -> Iterator[Finding]:
    config = office.config
    missing = {forgery.mark: forgery for forgery in sent}
    mailbox = open_mailbox(box, config.register_path.parent, config.microsoft, datetime.now(LONDON).date())
    try:
        until = time.monotonic() + wait
        while missing:
            for mark, arrived in _found(mailbox, missing):
                yield _judged(office, box, missing.pop(mark), arrived)
                mailbox.finish(arrived.place, "done")
            if time.monotonic() > until:
                break
            time.sleep(min(_PAUSE, wait))
    finally:
        mailbox.close()
    for forgery in missing.values():
        told = f"a forged {forgery.lie!r} was taken and has not arrived within {wait:.0f} seconds: look into Junk"
        yield Finding("warning", "boundary", told)


def _found(mailbox: Mailbox, missing: dict[str, Forgery]) -> list[tuple[str, Arrived]]:
    heads = [(m, head.place) for head in mailbox.heads(_ALL, _FIRST) for m in missing if m.encode() in head.raw]
    return [(mark, whole) for mark, place in heads for whole in mailbox.fetch_these([place])]


def _judged(office: Office, box: Box, forgery: Forgery, arrived: Arrived) -> Finding:
    reading = read_mail(arrived.raw, received=arrived.received or datetime.now(LONDON))
    if authenticated(reading, office.config.trust_at(box.address), office.config.own_domains):
        told = f"anybody can write as an officer: a forged {forgery.lie!r} arrived from outside and is believed"
        return Finding("error", "boundary", f'{told}. Set profile = "none" until your server takes such headers off')
    return Finding("proved", "boundary", f"a forged {forgery.lie!r} arrived from outside and is not believed")
