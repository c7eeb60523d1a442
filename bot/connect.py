"""From settings to open mailboxes and transports; the only place that knows which kinds there are."""

from __future__ import annotations

import ssl
from datetime import date
from pathlib import Path

from bot.config import Box, ImapBox, MaildirBox, MaildirTransport, SmtpTransport, TransportSettings, secret
from bot.mailboxes.port import Mailbox
from outbound.transports.port import Transport


def open_mailbox(box: Box, leases: Path, since: date | None = None) -> Mailbox:
    """`since`: the first day whose mails are taken in, where a server knows when they arrived. Raises BadConfig where a
    password is missing, MailboxError where another poll is under way."""
    if isinstance(box, MaildirBox):
        from bot.mailboxes.maildir import MaildirMailbox
        from bot.mailboxes.port import MailboxError

        if not (box.path / "new").is_dir():
            raise MailboxError(f"the mailbox {box.name}: there is no Maildir at {box.path}: correct its path")

        return MaildirMailbox(box.path, box.name, box.address)
    return _imap(box, leases, since)


def _imap(box: ImapBox, leases: Path, since: date | None) -> Mailbox:
    from bot.mailboxes.imap import ImapMailbox, ImapSettings

    settings = ImapSettings(
        name=box.name,
        address=box.address,
        host=box.host,
        port=box.port,
        login=box.login,
        password=secret(box.password_env, box.password_file, f"the mailbox {box.name}"),
        lease=leases / f"{box.name}.lock",
        security=box.security,
        folder=box.folder,
        done=box.done,
        quarantine=box.quarantine,
        tls=_context(box.ca_file),
        since=since,
    )
    return ImapMailbox(settings)


def open_transport(settings: TransportSettings) -> Transport:
    if isinstance(settings, MaildirTransport):
        from outbound.transports.maildir import MaildirTransport as Maildir

        return Maildir(settings.path)
    return _smtp(settings)


def _smtp(settings: SmtpTransport) -> Transport:
    from outbound.transports.smtp import SmtpSettings
    from outbound.transports.smtp import SmtpTransport as Smtp

    password = secret(settings.password_env, settings.password_file, "the mail server") if settings.login else ""
    return Smtp(
        SmtpSettings(
            host=settings.host,
            port=settings.port,
            security=settings.security,
            login=settings.login,
            password=password,
            tls=_context(settings.ca_file),
        )
    )


def _context(ca_file: Path | None) -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=str(ca_file)) if ca_file else None
