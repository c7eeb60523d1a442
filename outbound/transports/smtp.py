"""Sends by SMTP (RFC 5321), never in clear: TLS from the first byte or STARTTLS, the server's certificate verified."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from outbound.transports.loopback import is_this_computer
from outbound.transports.port import Delivery

_TOO_LARGE = 552
"""In answer to MAIL with SIZE (RFC 1870, 6.1): the one refusal there that is of this mail."""
_LINE_END = re.compile(rb"\r\n|\r|\n")


class InsecureTransport(ValueError):
    """A configuration that would send mails about children in clear."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """`security`: "starttls" (port 587), "tls" from the first byte (465), or "plain", which is refused unless the host
    is this computer. Without `login` none is tried. `timeout` in seconds, for connecting and for every answer. `rest`:
    seconds for which a server that could not be reached, or let us not in, is left alone: a batch of fifty mails does
    not wait fifty times, nor send a wrong password fifty times."""

    host: str
    port: int | None = None
    security: Literal["starttls", "tls", "plain"] = "starttls"
    login: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None
    timeout: float = 30.0
    rest: float = 60.0
    local_name: str | None = None


class SmtpTransport:
    """Connects at the first mail, and keeps the connection for those that follow until `close`."""

    def __init__(self, settings: SmtpSettings) -> None:
        if settings.security == "plain" and not is_this_computer(settings.host):
            raise InsecureTransport(
                f'Mails would go to {settings.host} in clear. Set security = "starttls" or "tls" for this server.'
            )
        self._settings = settings
        self._server: smtplib.SMTP | None = None
        self._resting = Delivery("later")
        self._rests_until = 0.0

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """`later` also when the connection breaks before the server has said whether it took the mail: the recipient
        may then have it twice, under one Message-ID, rather than never."""
        if time.monotonic() < self._rests_until:
            return self._resting
        return self._tried(
            lambda server: _unfit(server, raw, sender, recipient) or _hand_over(server, raw, sender, recipient)
        )

    def check(self) -> str:
        tried = self._tried(lambda server: Delivery("sent"))
        return "" if tried.state == "sent" else tried.detail

    def _tried(self, act: Callable[[smtplib.SMTP], Delivery]) -> Delivery:
        try:
            return act(self._ready())
        except smtplib.SMTPAuthenticationError as trouble:
            return self._later(
                f"refuses the login ({_reply(trouble.smtp_code, trouble.smtp_error)}). Check name and password."
            )
        except ssl.SSLCertVerificationError as trouble:
            return self._later(f"has a certificate that cannot be trusted: {trouble.verify_message}.")
        except smtplib.SMTPNotSupportedError as trouble:
            return self._later(f"does not offer what is needed, and mails are not sent in clear: {trouble}")
        except smtplib.SMTPResponseException as trouble:
            return self._later(f"does not let us in ({_reply(trouble.smtp_code, trouble.smtp_error)}).")
        except (smtplib.SMTPException, OSError) as trouble:
            return self._later(f"cannot be reached, or broke off: {trouble}")

    def _later(self, what: str) -> Delivery:
        delivery = Delivery("later", f"The mail server {self._settings.host} {what}", shut=True)
        if self._server is None:
            self._resting, self._rests_until = delivery, time.monotonic() + self._settings.rest
        self._drop()
        return delivery

    def _ready(self) -> smtplib.SMTP:
        """The connection, made anew where the server has ended it in the meantime."""
        if self._server is not None:
            try:
                self._server.rset()
            except (smtplib.SMTPException, OSError):
                self._drop()
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        wanted = self._settings
        context = wanted.tls or ssl.create_default_context()
        server: smtplib.SMTP
        if wanted.security == "tls":
            server = smtplib.SMTP_SSL(
                wanted.host, wanted.port or 465, wanted.local_name, timeout=wanted.timeout, context=context
            )
        else:
            server = smtplib.SMTP(wanted.host, wanted.port or 587, wanted.local_name, timeout=wanted.timeout)
        try:
            if wanted.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if wanted.login:
                server.login(wanted.login, wanted.password)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def close(self) -> None:
        if self._server is not None:
            try:
                self._server.quit()
            except (smtplib.SMTPException, OSError):
                return self._drop()  # It has hung up first.
        self._server = None
        return None

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _unfit(server: smtplib.SMTP, raw: bytes, sender: str, recipient: str) -> Delivery | None:
    """What the server has said that it does not take, asked before anything is sent."""
    limit = server.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(raw):  # RFC 1870: 0 is no limit.
        return Delivery("refused", f"The mail has {len(raw)} bytes, and the server takes no more than {limit}.")
    if not (sender + recipient).isascii() and not server.has_extn("smtputf8"):  # RFC 6531
        return Delivery("refused", f"The server takes no address with letters beyond ASCII: {recipient}.")
    if not raw.isascii() and not server.has_extn("8bitmime"):  # RFC 6152
        return Delivery("refused", "The mail has 8-bit text, and the server takes 7-bit only.")
    return None


def _hand_over(server: smtplib.SMTP, raw: bytes, sender: str, recipient: str) -> Delivery:
    options = ["SMTPUTF8"] if not (sender + recipient).isascii() else []
    if not raw.isascii():
        options.append("BODY=8BITMIME")
    whole = _LINE_END.sub(b"\r\n", raw)
    if server.has_extn("size"):  # RFC 1870: a server that is full says so before it is sent.
        options.append(f"SIZE={len(whole)}")
    asked_for_them = False
    code, text = server.mail(sender, options)
    # Refused otherwise, it is we who are: each mail would be, and none is lost by it.
    if 500 <= code < 600 and code != _TOO_LARGE:
        return Delivery("later", f"The server takes no mail from {sender}: {_reply(code, text)}", shut=True)
    if code == 250:
        asked_for_them = True
        code, text = server.rcpt(recipient)
    if code in (250, 251):
        asked_for_them = False
        try:
            code, text = server.data(whole)
        except smtplib.SMTPDataError as refusal:
            code, text = refusal.smtp_code, _bytes(refusal.smtp_error)
    if 200 <= code < 300:
        return Delivery("sent", _reply(code, text))
    if code == 421 or code < 0:  # RFC 5321, 3.8: the server is closing the connection.
        server.close()
        raise smtplib.SMTPServerDisconnected(_reply(code, text))
    state: Literal["later", "refused"] = "refused" if 500 <= code < 600 else "later"
    unwanted = asked_for_them and state == "refused"
    return Delivery(state, f"The server answered {_reply(code, text)}", unwanted=unwanted)


def _reply(code: int, text: bytes | str) -> str:
    return f"{code} {_bytes(text).decode('utf-8', 'replace')}".replace("\n", " ")


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
