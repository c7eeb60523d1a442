"""A mailbox of each kind with what stands around it: who puts mails in, and who looks where they are."""

from __future__ import annotations

import itertools
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from bot.mailboxes.ews import EwsBox as ExchangeBox
from bot.mailboxes.ews import EwsMailbox
from bot.mailboxes.graph import GraphBox as GraphSettings
from bot.mailboxes.graph import GraphMailbox
from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.imap_login import ImapSettings
from bot.mailboxes.maildir import MaildirMailbox
from bot.mailboxes.port import Mailbox
from outbound.providers.ews import EwsSettings, open_account
from outbound.providers.graph import GraphClient
from outbound.providers.graph import GraphSettings as Service
from outbound.providers.oauth import AppLogin, Tokens
from tests.dovecot import PASSWORD, Dovecot, Relay
from tests.mailboxes.ews_http import LOGIN
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.ews_world import Account as EwsAccount
from tests.mailboxes.ews_world import Item
from tests.mailboxes.graph_server import CLIENT, SECRET, TENANT, GraphServer
from tests.mailboxes.graph_world import Account as GraphAccount
from tests.mailboxes.graph_world import Mail

ADDRESS = "missing.pupils@borough.example"
_users = itertools.count(1)


def letter(n: int) -> bytes:
    return (
        f"Message-ID: <{n}@primary.example>\r\nFrom: office@primary.example\r\nSubject: Letter {n}\r\n\r\n"
        f"This is letter {n}: na\u00efve text.\r\n"
    ).encode()


class Box(ABC):
    address: str = ADDRESS

    @abstractmethod
    def open(self) -> Mailbox: ...

    @abstractmethod
    def put(self, raw: bytes, seen: bool = False) -> None: ...

    def put_at(self, raw: bytes, arrived: datetime) -> None:
        """Where a server knows when a mail arrived."""
        raise NotImplementedError

    def head(self, raw: bytes, size: int) -> bytes:
        """What a look along the queue shows of a mail."""
        return raw[:size]

    @abstractmethod
    def lying(self, folder: str) -> list[bytes]:
        """What lies in "inbox", "done" or "quarantine", as a person sees it."""


class MaildirBox(Box):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._n = itertools.count(1)
        self.open().close()

    def open(self) -> MaildirMailbox:
        return MaildirMailbox(self._path, "missing.pupils", ADDRESS)

    def put(self, raw: bytes, seen: bool = False) -> None:
        n = next(self._n)
        # Names run against the order of arrival.
        path = self._path / ("cur" if seen else "new") / f"{1000 - n}.m.primary{':2,S' if seen else ''}"
        path.write_bytes(raw)
        os.utime(path, ns=(n * 10**9, n * 10**9))

    def lying(self, folder: str) -> list[bytes]:
        where = self._path / {"inbox": ".", "done": ".Done", "quarantine": ".Quarantine"}[folder]
        return sorted(file.read_bytes() for part in ("new", "cur") for file in (where / part).iterdir())


class ImapBox(Box):
    FOLDERS: ClassVar = {
        "inbox": "Missing pupils \u2013 S\u00fcd",
        "done": "Fertig & done",
        "quarantine": "For a person",
    }

    def __init__(self, server: Dovecot, lease: Path) -> None:
        self.server = server
        self.user = f"user{next(_users)}"
        self.relay = Relay(server.tls_port)
        self._lease = lease
        with server.as_user(self.user) as client:
            client.create_folder(self.FOLDERS["inbox"])

    def settings(self, **other: object) -> ImapSettings:
        usual: dict[str, object] = {
            "name": "missing.pupils",
            "address": ADDRESS,
            "host": "127.0.0.1",
            "port": self.relay.port,
            "login": self.user,
            "password": PASSWORD,
            "folder": self.FOLDERS["inbox"],
            "done": self.FOLDERS["done"],
            "quarantine": self.FOLDERS["quarantine"],
            "tls": self.server.trust,
            "timeout": 10.0,
            "delays": (0.0, 0.05),
            "lease": self._lease,
        }
        return ImapSettings(**{**usual, **other})  # type: ignore[arg-type]

    def open(self) -> ImapMailbox:
        return ImapMailbox(self.settings())

    def put(self, raw: bytes, seen: bool = False) -> None:
        with self.server.as_user(self.user) as client:
            client.append(self.FOLDERS["inbox"], raw, [b"\\Seen"] if seen else [])

    def put_at(self, raw: bytes, arrived: datetime) -> None:
        with self.server.as_user(self.user) as client:
            client.append(self.FOLDERS["inbox"], raw, msg_time=arrived)

    def lying(self, folder: str) -> list[bytes]:
        with self.server.as_user(self.user) as client:
            client.select_folder(self.FOLDERS[folder], readonly=True)
            found = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]"])
            return sorted(item[b"BODY[]"] for item in found.values())


def graph_tokens(server: GraphServer, **other: str | float) -> Tokens:
    usual: dict[str, str | float] = {"tenant": TENANT, "client_id": CLIENT, "secret": SECRET, "authority": server.url}
    return Tokens(AppLogin(**{**usual, **other}, tls=server.trust))  # type: ignore[arg-type]


def graph_client(server: GraphServer, tokens: Tokens | None = None, patience: float = 5.0) -> GraphClient:
    service = Service(url=server.url, tls=server.trust, timeout=10.0, patience=patience)
    return GraphClient(service, tokens or graph_tokens(server))


class ProviderBox(Box):
    """A folder within the inbox, into which a rule of the server copies what arrives."""

    FOLDERS: ClassVar = {"inbox": "CME/Eingang", "done": "Bearbeitet & ‘done’", "quarantine": "For a person"}
    account: GraphAccount | EwsAccount

    def __init__(self, server: GraphServer | EwsServer, lease: Path) -> None:
        self.server = server
        self.address = f"missing.pupils{next(_users)}@borough.example"
        self.account = server.account(self.address)
        self.folder = self.account.make("Eingang", self.account.make("CME"))
        self._lease = lease

    def usual(self) -> dict[str, object]:
        """The settings of the mailbox."""
        return {
            "name": "missing.pupils",
            "address": self.address,
            "lease": self._lease,
            "folder": self.FOLDERS["inbox"],
            "done": self.FOLDERS["done"],
            "quarantine": self.FOLDERS["quarantine"],
        }

    @abstractmethod
    def stored(self) -> Sequence[Mail | Item]:
        """All that lies in the mailbox."""

    def put(self, raw: bytes, seen: bool = False) -> None:
        self.account.put(raw, self.folder)

    def lying(self, folder: str) -> list[bytes]:
        names = {"inbox": "Eingang", "done": self.FOLDERS["done"], "quarantine": self.FOLDERS["quarantine"]}
        here = [i for i, (called, _) in self.account.folders.items() if called == names[folder]]
        return sorted(mail.raw for mail in self.stored() if mail.folder in here)

    def head(self, raw: bytes, size: int) -> bytes:
        """Its subject and the beginning of its text."""
        subject = next(line for line in raw.split(b"\r\n") if line.startswith(b"Subject: "))
        text = raw.partition(b"\r\n\r\n")[2].decode()[:size].encode()
        kind = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
        return subject + b"\r\n" + kind + b"\r\n\r\n" + text


class GraphBox(ProviderBox):
    """A mailbox in Microsoft 365, read by an application."""

    server: GraphServer
    account: GraphAccount

    def open(self, **other: object) -> GraphMailbox:
        settings = GraphSettings(**{**self.usual(), **other})  # type: ignore[arg-type]
        return GraphMailbox(settings, graph_client(self.server))

    def put_at(self, raw: bytes, arrived: datetime) -> None:
        self.account.put(raw, self.folder).received = arrived

    def stored(self) -> list[Mail]:
        return list(self.account.mails.values())


class EwsBox(ProviderBox):
    """A shared mailbox, read by a service account."""

    server: EwsServer
    account: EwsAccount

    def settings(self, **other: object) -> EwsSettings:
        usual: dict[str, object] = {
            "url": self.server.url,
            "login": LOGIN,
            "password": PASSWORD,
            "login_by": "basic",
            "ca_file": self.server.ca_file,
            "timeout": 10.0,
        }
        return EwsSettings(**{**usual, **other})  # type: ignore[arg-type]

    def open(self, settings: EwsSettings | None = None, **other: object) -> EwsMailbox:
        opener = partial(open_account, settings or self.settings(), self.address)
        return EwsMailbox(ExchangeBox(**{**self.usual(), "patience": 5.0, **other}), opener)  # type: ignore[arg-type]

    def put_at(self, raw: bytes, arrived: datetime) -> None:
        self.account.put(raw, self.folder, arrived)

    def stored(self) -> list[Item]:
        return list(self.account.items.values())
