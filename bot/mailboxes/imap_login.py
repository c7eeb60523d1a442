"""How an IMAP server is reached and let in, by imapclient; with TLS, by password or by token."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from imaplib import IMAP4
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from bot.mailboxes.port import MailboxError
from outbound.transports.loopback import is_this_computer


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`address` is the mailbox, `login` who reads it: two things for a shared mailbox. `security`: "tls" from the first
    byte (port 993), "starttls" (143), or "plain", which is refused unless the host is this computer. `tls` is the
    context that verifies the server; None trusts what the system trusts. `timeout` in seconds for connecting and for
    every answer; `delays` in seconds before each new try after a lost connection. A batch is one round trip: so many
    mails, or so many bytes. `lease` is the file that keeps a second poll out. `token` gives what is shown in place of
    the password (XOAUTH2), anew when it is told that the last one was refused. `since`: what the server received on an
    earlier day is not listed (RFC 3501, 6.4.4: by the day of INTERNALDATE)."""

    name: str
    address: str
    host: str
    login: str
    password: str = field(repr=False)
    lease: Path
    token: Callable[[bool], str] | None = field(default=None, repr=False)
    port: int | None = None
    security: Literal["tls", "starttls", "plain"] = "tls"
    folder: str = "INBOX"
    done: str = "Done"
    quarantine: str = "Quarantine"
    tls: ssl.SSLContext | None = None
    timeout: float = 30.0
    delays: tuple[float, ...] = (0.5, 3.0, 10.0)
    batch: int = 50
    batch_bytes: int = 16_000_000
    since: date | None = None


def refuse_clear_text(settings: ImapSettings) -> None:
    """Raises MailboxError where a password would leave this computer in clear."""
    if settings.security == "plain" and not is_this_computer(settings.host):
        raise MailboxError(
            f"The mailbox {settings.name} would send its password to {settings.host} in clear. "
            'Set security = "tls" or "starttls".'
        )


def connect(settings: ImapSettings) -> IMAPClient:
    context = settings.tls or ssl.create_default_context()
    client = IMAPClient(
        settings.host,
        port=settings.port or (993 if settings.security == "tls" else 143),
        ssl=settings.security == "tls",
        ssl_context=context,
        timeout=SocketTimeout(settings.timeout, settings.timeout),
    )
    # imapclient sets this to 5: each mail would be written into two debug lines, whether anybody reads them or not.
    client._imap.debug = 0
    # Aware datetimes; the library's default is the local time of this computer, without saying so.
    client.normalise_times = False
    if settings.security == "starttls":
        client.starttls(context)
    return client


def log_in(client: IMAPClient, settings: ImapSettings) -> None:
    """https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, which Microsoft 365 takes too."""
    token = settings.token
    if token is None:
        _let_in(lambda: client.login(settings.login, settings.password))
        return
    try:
        _let_in(lambda: client.oauth2_login(settings.login, token(False)))
    except LoginError:  # Revoked, or expired on the way: one new token, once.
        _let_in(lambda: client.oauth2_login(settings.login, token(True)))


def _let_in(login: Callable[[], object]) -> None:
    """The library makes a LoginError of a line that breaks at that moment, too: that one is no refusal."""
    try:
        login()
    except LoginError as refused:
        if isinstance(refused.__context__, IMAP4.abort):
            raise refused.__context__ from None
        raise


def is_passing(trouble: Exception) -> bool:
    """May a new connection mend it? Not what the server has refused, nor a certificate that is not to be trusted: and
    a wrong password tried again locks the account."""
    if isinstance(trouble, IMAP4.abort):
        return True
    return isinstance(trouble, OSError) and not isinstance(trouble, ssl.SSLCertVerificationError)


def sentence(trouble: Exception) -> str:
    if isinstance(trouble, LoginError):
        return f"refuses the login: {trouble}. Check name and password"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"has a certificate that cannot be trusted: {trouble.verify_message}. Check the host's name and its CA"
    if isinstance(trouble, TimeoutError):
        return "did not answer in time. Check that the server is up"
    if isinstance(trouble, (OSError, IMAP4.abort)):
        return f"cannot be reached: {trouble}. Check host, port and network"
    return f"refuses: {trouble}. Check the names of the folders, and the rights to them"
