"""What lies in the mailboxes of the test server, and what its SOAP messages are made of."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

from lxml.builder import ElementMaker

S, M, T = (
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://schemas.microsoft.com/exchange/services/2006/messages",
    "http://schemas.microsoft.com/exchange/services/2006/types",
)
NAMES = {"s": S, "m": M, "t": T}
s, m, t = (ElementMaker(namespace=name, nsmap=NAMES) for name in (S, M, T))
e = ElementMaker(namespace="http://schemas.microsoft.com/exchange/services/2006/errors")
Element = Any
ids = itertools.count(1)


@dataclass
class Item:
    id: str
    folder: str
    raw: bytes
    received: datetime


@dataclass
class Account:
    """`log`: what came and went, in order; a sync state is a place in it."""

    folders: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "root": ("Root", ""),
            "msgfolderroot": ("Top of Information Store", "root"),
            "inbox": ("Posteingang", "msgfolderroot"),
            "sentitems": ("Gesendete Elemente", "msgfolderroot"),
        }
    )
    items: dict[str, Item] = field(default_factory=dict)
    log: list[tuple[str, str, bool]] = field(default_factory=list)

    def put(self, raw: bytes, folder: str, received: datetime | None = None) -> Item:
        n = next(ids)
        when = received or datetime(2026, 3, 4, 9, tzinfo=UTC) + timedelta(seconds=n)
        item = Item(f"AAMkA{9000 - n}B/+==", folder, raw, when)  # Against the order of arrival.
        self.items[item.id] = item
        self.log.append((folder, item.id, True))
        return item

    def move(self, id_: str, folder: str) -> Item:
        """Under a new id, as Exchange does it."""
        old = self.items.pop(id_)
        self.log.append((old.folder, id_, False))
        return self.put(old.raw, folder, old.received)

    def make(self, name: str, above: str = "msgfolderroot") -> str:
        self.folders[f"AAMkF{next(ids)}="] = (name, above)
        return list(self.folders)[-1]


class Fault(Exception):
    """An EWS response code in place of an answer."""

    def __init__(self, code: str, text: str = "It cannot be done.", back_off: int = 0) -> None:
        super().__init__(text)
        self.code, self.back_off = code, back_off


def folder_ids(within: Element) -> list[str]:
    return [element.get("Id") for element in within.iter(f"{{{T}}}FolderId", f"{{{T}}}DistinguishedFolderId")]


def item_ids(request: Element) -> list[str]:
    return [element.get("Id") for element in request.iter(f"{{{T}}}ItemId")]


def asked_fields(request: Element) -> set[str]:
    return {element.get("FieldURI") for element in request.iter(f"{{{T}}}FieldURI")}


def restrictions(request: Element) -> Iterator[tuple[str, str]]:
    for test in request.iter(f"{{{T}}}IsEqualTo", f"{{{T}}}IsGreaterThanOrEqualTo"):
        yield test.find(f"{{{T}}}FieldURI").get("FieldURI"), test.find(f".//{{{T}}}Constant").get("Value")


def folder_told(account: Account, id_: str) -> Element:
    if id_ not in account.folders:
        raise Fault("ErrorFolderNotFound", "The specified folder could not be found in the store.")
    name, above = account.folders[id_]
    return t.Folder(
        t.FolderId(Id=id_, ChangeKey="AQ"),
        *([t.ParentFolderId(Id=above, ChangeKey="AQ")] if above else []),
        t.FolderClass("IPF.Note"),
        t.DisplayName(name),
        t.TotalCount("0"),
        t.ChildFolderCount("0"),
    )


def item_id(item: Item) -> Element:
    return t.ItemId(Id=item.id, ChangeKey="CQ")


def message(item: Item, mime: bool = False, text: bool = False) -> Element:
    head = message_from_bytes(item.raw)
    content = [t.MimeContent(base64.b64encode(item.raw).decode(), CharacterSet="UTF-8")] if mime else []
    return t.Message(
        *content,
        item_id(item),
        t.Subject(head["Subject"] or ""),
        t.DateTimeReceived(f"{item.received:%Y-%m-%dT%H:%M:%SZ}"),
        t.Size(str(len(item.raw))),
        *([t.TextBody(head.get_payload(decode=True).decode(), BodyType="Text")] if text else []),
        t.InternetMessageId(head["Message-ID"] or ""),
    )


def change_told(account: Account, folder: str, id_: str, came: bool) -> Element | None:
    if not came:
        return t.Delete(t.ItemId(Id=id_, ChangeKey="CQ"))
    item = account.items.get(id_)
    return None if item is None else t.Create(message(item))


def arrival(subscription: str, id_: str, folder: str) -> Element:
    """A notification that something has come into that folder."""
    return t.Notification(
        t.SubscriptionId(subscription),
        t.CreatedEvent(
            t.Watermark("AAA="),
            t.TimeStamp("2026-03-04T09:00:00Z"),
            t.ItemId(Id=id_, ChangeKey="CQ"),
            t.ParentFolderId(Id=folder, ChangeKey="AQ"),
        ),
    )


def root(count: int, inside: Element) -> Element:
    return m.RootFolder(
        inside, TotalItemsInView=str(count), IncludesLastItemInRange="true", IndexedPagingOffset=str(count)
    )


def good(operation: str, *inside: Element) -> Element:
    return m(f"{operation}ResponseMessage", m.ResponseCode("NoError"), *inside, ResponseClass="Success")


def refused(operation: str, fault: Fault) -> Element:
    rest = {
        "GetItem": [m.Items()],
        "MoveItem": [m.Items()],
        "CreateItem": [m.Items()],
        "GetFolder": [m.Folders()],
        "SyncFolderItems": [m.SyncState(), m.IncludesLastItemInRange("true")],
    }
    return m(
        f"{operation}ResponseMessage",
        m.MessageText(str(fault)),
        m.ResponseCode(fault.code),
        m.DescriptiveLinkKey("0"),
        *rest.get(operation, []),
        ResponseClass="Error",
    )


def throttled(fault: Fault) -> Element:
    """How Exchange says that it is busy: no answer to the operation, but a fault of SOAP (500)."""
    return s.Fault(
        ElementMaker().faultcode("a:ErrorServerBusy"),
        ElementMaker().faultstring(str(fault)),
        ElementMaker().detail(
            e.ResponseCode(fault.code),
            e.Message(str(fault)),
            t.MessageXml(t.Value(str(fault.back_off), Name="BackOffMilliseconds")),
        ),
    )


def gone() -> Fault:
    return Fault("ErrorItemNotFound", "The specified object was not found in the store.")
