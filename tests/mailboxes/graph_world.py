"""What lies in the mailboxes of the test server, and what an answer of it is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from typing import Any


@dataclass
class Answer:
    """`body` None is no body at all; `kind` names the published shape of a JSON body."""

    status: int
    body: Any = None
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Mail:
    id: str
    raw: bytes
    received: datetime
    folder: str

    @property
    def text(self) -> str:
        return self.raw.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")

    def header(self, name: str) -> str:
        return str(message_from_bytes(self.raw)[name] or "")


class Account:
    """One mailbox: folders by id with their names, and the log of what came and went."""

    def __init__(self) -> None:
        self.folders: dict[str, tuple[str, str]] = {
            "msgfolderroot": ("Top of Information Store", ""),
            "inbox": ("Posteingang", "msgfolderroot"),
            "sentitems": ("Gesendete Elemente", "msgfolderroot"),
        }
        self.mails: dict[str, Mail] = {}
        self.log: list[tuple[str, str, bool]] = []
        self._ids = itertools.count(1)

    def put(self, raw: bytes, folder: str) -> Mail:
        n = next(self._ids)
        # Like a real one: letters of both cases, and signs that a path must escape. Against the order of arrival.
        id_ = f"AAkALgAAA{9000 - n}aB-_c/d+e=="
        mail = Mail(id_, raw, datetime(2026, 3, 4, 9, tzinfo=UTC) + timedelta(seconds=n), folder)
        self.mails[id_] = mail
        self.log.append((folder, id_, True))
        return mail

    def move(self, id_: str, folder: str) -> None:
        mail = self.mails[id_]
        self.log += [(mail.folder, id_, False), (folder, id_, True)]
        mail.folder = folder

    def make(self, name: str, above: str = "msgfolderroot") -> str:
        id_ = f"AQMkF{next(self._ids)}=="
        self.folders[id_] = (name, above)
        return id_

    def named(self, name: str) -> str:
        return next(id_ for id_, (called, _) in self.folders.items() if called == name)


def changes(account: Account, folder: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    """All that lies there (`start` -1), or what has changed from `start` on: only the last word on each mail."""
    last = {id_: came for at, id_, came in account.log[max(start, 0) : end] if at == folder}
    for id_, came in last.items():
        if came and id_ in account.mails:
            yield message(account.mails[id_], ["receivedDateTime"])
        elif start >= 0:
            yield {"@odata.type": "#microsoft.graph.message", "id": id_, "@removed": {"reason": "deleted"}}


def message(mail: Mail, select: list[str]) -> dict[str, Any]:
    moment = mail.received.strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = message_from_bytes(mail.raw).items()
    told = {
        "receivedDateTime": moment,
        "sentDateTime": moment,
        "subject": mail.header("Subject"),
        "body": {"contentType": "text", "content": mail.text},
        "parentFolderId": mail.folder,
        "internetMessageId": mail.header("Message-ID"),
        "internetMessageHeaders": [{"name": name, "value": str(value)} for name, value in headers],
    }
    return {"@odata.etag": 'W/"CQ"', "id": mail.id, **{name: told[name] for name in select if name in told}}


def folder_told(account: Account, id_: str) -> dict[str, Any]:
    name, above = account.folders[id_]
    return {"id": id_, "displayName": name, "parentFolderId": above}


def addressee(raw: bytes) -> str:
    return parseaddr(str(message_from_bytes(raw)["To"]))[1]


def error(status: int, code: str, message: str, **headers: str) -> Answer:
    inner = {"request-id": "0", "client-request-id": "0", "date": "2026-03-04T09:00:00"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"error": {"code": code, "message": message, "innerError": inner}}, "error", named)


def throttled(after: str = "0", status: int = 429) -> Answer:
    return error(status, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", Retry_After=after)


def missing() -> Answer:
    return error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
