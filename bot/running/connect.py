"""From settings to open mailboxes and transports; the only place that knows which kinds there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.exchange import EwsBox, EwsTransport, GraphBox, GraphTransport, Microsoft
from bot.config.secrets import secret
from bot.config.settings import Box, Config, ImapBox, MaildirBox, MaildirTransport, SmtpTransport, TransportSettings
from bot.mailboxes.port import Mailbox
from bot.running.connect_exchange import (
    context,
    ews_bell,
    ews_mailbox,
    ews_transport,
    graph_mailbox,
    graph_transport,
    imap_token,
)
from outbound.transports.port import Transport

if TYPE_CHECKING:
    from bot.mailboxes.bell import Bell
    from bot.mailboxes.imap_login import ImapSettings


def open_mailbox(box: Box, leases: Path, microsoft: Microsoft | None = None, since: date | None = None) -> Mailbox:
    """`since`: the first day whose mails are taken in, where a server knows when they arrived. Raises BadConfig where a
    password is missing, MailboxError where another poll is under way."""
    if isinstance(box, GraphBox):
        return graph_mailbox(box, leases, microsoft, since)
    if isinstance(box, EwsBox):
        return ews_mailbox(box, leases, microsoft, since)
    if isinstance(box, MaildirBox):
        from bot.mailboxes.maildir import MaildirMailbox
        from bot.mailboxes.port import MailboxError

        if not (box.path / "new").is_dir():
            raise MailboxError(f"the mailbox {box.name}: there is no Maildir at {box.path}: correct its path")

        return MaildirMailbox(box.path, box.name, box.address)
    return _imap(box, leases, microsoft, since)


def _imap(box: ImapBox, leases: Path, microsoft: Microsoft | None, since: date | None) -> Mailbox:
    from bot.mailboxes.imap import ImapMailbox

    return ImapMailbox(replace(_imap_settings(box, leases, microsoft), since=since))


def open_bells(config: Config, ring: Callable[[], None]) -> list[Bell]:
    """A bell for each mailbox whose server can tell of arrivals."""
    bells: list[Bell] = []
    for box in config.mailbox:
        if isinstance(box, ImapBox) and box.idle:
            from bot.mailboxes.imap_bell import ImapBell

            bells.append(ImapBell(_imap_settings(box, config.register_path.parent, config.microsoft), ring))
        elif isinstance(box, EwsBox) and box.streaming:
            bells.append(ews_bell(box, config.microsoft, ring))
    return bells


def _imap_settings(box: ImapBox, leases: Path, microsoft: Microsoft | None) -> ImapSettings:
    from bot.mailboxes.imap_login import ImapSettings

    where = (box.password_env, box.password_file, box.password_credential)
    by_token = box.login_by == "oauth"
    return ImapSettings(
        name=box.name,
        address=box.address,
        host=box.host,
        port=box.port,
        login=box.login,
        password="" if by_token else secret(*where, f"password for the mailbox {box.name}"),
        token=imap_token(microsoft) if by_token else None,
        lease=leases / f"{box.name}.lock",
        security=box.security,
        folder=box.folder,
        done=box.done,
        quarantine=box.quarantine,
        tls=context(box.ca_file),
    )


def open_transport(settings: TransportSettings, microsoft: Microsoft | None = None, address: str = "") -> Transport:
    """`address`: a mailbox that mails leave from, where the transport is one of mailboxes."""
    if isinstance(settings, GraphTransport):
        return graph_transport(microsoft, address)
    if isinstance(settings, EwsTransport):
        return ews_transport(settings, microsoft, address)
    if isinstance(settings, MaildirTransport):
        from outbound.transports.maildir import MaildirTransport as Maildir

        return Maildir(settings.path)
    return _smtp(settings)


def _smtp(settings: SmtpTransport) -> Transport:
    from outbound.transports.smtp import SmtpSettings
    from outbound.transports.smtp import SmtpTransport as Smtp

    where = (settings.password_env, settings.password_file, settings.password_credential)
    password = secret(*where, "password for the mail server") if settings.login else ""
    return Smtp(
        SmtpSettings(
            host=settings.host,
            port=settings.port,
            security=settings.security,
            login=settings.login,
            password=password,
            tls=context(settings.ca_file),
        )
    )
