"""A mailbox of each kind with what stands around it: who puts mails in, and who looks where they are."""

from __future__ import annotations

import itertools
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from bot.mailboxes.imap import ImapMailbox, ImapSettings
from bot.mailboxes.maildir import MaildirMailbox
from bot.mailboxes.port import Mailbox
from tests.dovecot import PASSWORD, Dovecot, Relay

ADDRESS = "missing.pupils@borough.example"
_users = itertools.count(1)


def letter(n: int) -> bytes:
    return (
        f"Message-ID: <{n}@primary.example>\r\nFrom: office@primary.example\r\nSubject: Letter {n}\r\n\r\n"
        f"This is letter {n}: na\u00efve text.\r\n"
    ).encode()


class Box(ABC):
    @abstractmethod
    def open(self) -> Mailbox: ...

    @abstractmethod
    def put(self, raw: bytes, seen: bool = False) -> None: ...

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

    def lying(self, folder: str) -> list[bytes]:
        with self.server.as_user(self.user) as client:
            client.select_folder(self.FOLDERS[folder], readonly=True)
            found = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]"])
            return sorted(item[b"BODY[]"] for item in found.values())
