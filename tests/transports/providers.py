"""Ways out through a provider, each beside the server that it is tried on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

from outbound.providers.ews import EwsSettings, open_account
from outbound.transports.ews import EwsTransport
from outbound.transports.graph import LARGEST, GraphTransport
from outbound.transports.port import Transport
from outbound.transports.provider import Sending
from tests.mailboxes.boxes import graph_client
from tests.mailboxes.ews_http import LOGIN, PASSWORD
from tests.mailboxes.ews_server import EwsServer, run_ews
from tests.mailboxes.graph_server import GraphServer, cut, run_graph
from tests.mailboxes.graph_world import Answer

SENDER, SCHOOL = "missing.pupils@borough.example", "office@school.example"


def mail(key: str = "K1", age: timedelta = timedelta(minutes=-1), words: str = "Gr\u00fc\u00dfe") -> bytes:
    """`age` below nothing: written after the transport began."""
    head = (
        f"Date: {format_datetime(datetime.now(UTC) - age)}\r\nFrom: {SENDER}\r\nTo: {SCHOOL}\r\n"
        f"Message-ID: <{key}@borough.example>\r\nIn-Reply-To: <1@school.example>\r\nReferences: <1@school.example>\r\n"
        f"Subject: [CME-2026-00042 K7QF-2MXA-9T] A question\r\nX-CME-Key: {key}\r\n\r\n"
    )
    return (head + words + "\r\n").encode()


class Provider(ABC):
    name: ClassVar[str]

    def __init__(self) -> None:
        self._running: list[Transport] = []

    @abstractmethod
    def start(self) -> Transport:
        """Another transport, as after the bot was started again."""

    @abstractmethod
    def sent(self) -> list[bytes]: ...

    @abstractmethod
    def gives_new_ids(self) -> None:
        """What it sends bears a Message-ID of its own."""

    @abstractmethod
    def does_not_know(self, address: str, words: str) -> None:
        """It refuses to send to it, with these words."""

    @abstractmethod
    def serves(self, address: str) -> None:
        """There is a mailbox of that address, to send from."""

    @abstractmethod
    def cuts_the_line(self, after: bytes = b"") -> None:
        """At the next mail: before it is sent, or `after` it has left so."""

    def close(self) -> None:
        for transport in self._running:
            transport.close()


class Microsoft365(Provider):
    name = "Microsoft 365"

    def __init__(self, server: GraphServer) -> None:
        super().__init__()
        self.server = server
        self.account = server.account(SENDER)

    def start(self, **other: float) -> GraphTransport:
        sending = Sending(SENDER, LARGEST, **{"read_back": 0.2, "rest": 0.0, **other})
        transport = GraphTransport(sending, graph_client(self.server))
        self._running.append(transport)
        return transport

    def sent(self) -> list[bytes]:
        return [m.raw for m in self.account.mails.values() if m.folder == "sentitems"]

    def gives_new_ids(self) -> None:
        self.server.new_ids = True

    def does_not_know(self, address: str, words: str) -> None:
        self.server.unresolved[address] = words

    def serves(self, address: str) -> None:
        self.server.account(address)

    def cuts_the_line(self, after: bytes = b"") -> None:
        def act() -> Answer:
            if after:
                self.account.put(after, "sentitems").received = datetime.now(UTC)
            return cut()

        self.server.play("sendMail", act)


class Exchange(Provider):
    name = "Exchange"

    def __init__(self, server: EwsServer) -> None:
        super().__init__()
        self.server = server
        self.account = server.account(SENDER)

    def start(
        self, login_by: Literal["ntlm", "basic"] = "basic", password: str = PASSWORD, largest: int = 1_000_000
    ) -> EwsTransport:
        settings = EwsSettings(self.server.url, LOGIN, password, login_by, ca_file=self.server.ca_file, timeout=10.0)
        transport = EwsTransport(Sending(SENDER, largest, read_back=0.2, rest=0.0), partial(open_account, settings))
        self._running.append(transport)
        return transport

    def sent(self) -> list[bytes]:
        return [item.raw for item in self.account.items.values() if item.folder == "sentitems"]

    def gives_new_ids(self) -> None:
        self.server.new_ids = True

    def does_not_know(self, address: str, words: str) -> None:
        self.server.unresolved[address] = words

    def serves(self, address: str) -> None:
        self.server.account(address)

    def cuts_the_line(self, after: bytes = b"") -> None:
        def act() -> None:
            if after:
                self.account.put(after, "sentitems", datetime.now(UTC))
            raise ConnectionError("cut")

        self.server.play("CreateItem", act)


def microsoft365() -> Iterator[Microsoft365]:
    for server in run_graph():
        provider = Microsoft365(server)
        yield provider
        provider.close()


def exchange(folder: Path) -> Iterator[Exchange]:
    for server in run_ews(folder):
        provider = Exchange(server)
        yield provider
        provider.close()
