"""Real SMTP servers on loopback, by aiosmtpd, with the answers that a test wants."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.dovecot import free_port

HOST = "127.0.0.1"


@dataclass
class PostOffice:
    """What a server answers, and what it has taken. `at_data` may break the line by closing the transport."""

    mail: str = "250 OK"
    rcpt: str = "250 OK"
    data: str = "250 taken"
    at_data: Callable[[SMTP], None] | None = None
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    sessions: set[Session] = field(default_factory=set)
    announced: list[str] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: Any) -> str:
        envelope.mail_from = sender
        envelope.mail_options.extend(options)
        self.announced += [option for option in options if option.startswith("SIZE=")]
        return self.mail

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        self.sessions.add(session)
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        self.taken.append((envelope.mail_from or "", envelope.rcpt_tos, envelope.original_content))
        if self.at_data is not None:
            self.at_data(server)
        return self.data


@dataclass
class Certificates:
    server: ssl.SSLContext
    trust: ssl.SSLContext


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(server)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return Certificates(server, trust)


def _accepts(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == b"correct-horse"
    return AuthResult(success=right, handled=right)


Start = Callable[..., int]


@pytest.fixture
def start(certificates: Certificates) -> Iterator[Start]:
    """`start(office, tls=True, **options)`: the port of a server that offers STARTTLS, unless told otherwise."""
    running: list[Controller] = []

    def begin(office: PostOffice, tls: bool = True, **options: Any) -> int:
        if tls:
            options["tls_context"] = certificates.server
        port = free_port()
        controller = Controller(office, hostname=HOST, port=port, ready_timeout=10, authenticator=_accepts, **options)
        controller.start()
        running.append(controller)
        return port

    yield begin
    for controller in running:
        controller.stop()
