"""Exchange as far as a mailbox needs it: SOAP over TLS, each message both ways held to Microsoft's schemas."""

from __future__ import annotations

import base64
import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from exchangelib.protocol import close_connections
from lxml import etree

from tests.mailboxes.ews_http import LOGIN, PASSWORD, handler_of
from tests.mailboxes.ews_world import (
    NAMES,
    Account,
    Element,
    Fault,
    M,
    S,
    T,
    arrival,
    asked_fields,
    change_told,
    folder_ids,
    folder_told,
    gone,
    good,
    ids,
    item_id,
    item_ids,
    m,
    message,
    refused,
    restrictions,
    root,
    s,
    t,
    throttled,
)
from tests.mailboxes.graph_world import addressee

_SCHEMAS = Path(__file__).parents[1] / "schemas" / "ews"


class EwsServer:
    """`plays`: for the next request of an operation, something to do first: it may raise. `faults`: messages that were
    not valid. `asked`: the operations, in order. `mimes`: how many mails it gave whole. `logins`: by which ways one was
    let in. `unresolved`: recipients that it does not send to, and its words. `instead`: a status and a page that
    whatever is asked gets, as from a proxy before it."""

    def __init__(self, folder: Path) -> None:
        self._schema = etree.XMLSchema(etree.parse(_SCHEMAS / "messages.xsd"))
        self._types = etree.XMLSchema(etree.parse(_SCHEMAS / "types.xsd"))
        self.accounts: dict[str, Account] = {}
        self.asked: list[str] = []
        self.plays: list[tuple[str, Callable[[], None]]] = []
        self.faults: list[str] = []
        self.logins: set[str] = set()
        self.impersonated: set[str] = set()
        self.tokens: set[str] = set()
        self.state_from = 0
        self.largest = 10_000_000
        self.new_ids = False
        self.unresolved: dict[str, str] = {}
        self.most_changes = 512
        self.broken: set[str] = set()
        self.refused_logins = 0
        self.instead: tuple[int, bytes] | None = None
        self.mimes = 0
        self.subscriptions: dict[str, str] = {}
        self.stream_for = 60.0
        self.deaf = False
        self._turn = threading.Lock()
        authority = trustme.CA()
        self.ca_file = folder / "exchange-ca.pem"
        authority.cert_pem.write_to_path(self.ca_file)
        users = folder / "ntlm-users"
        users.write_text(f":{LOGIN}:{PASSWORD}\n", "utf-8")
        os.environ["NTLM_USER_FILE"] = str(users)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_port}/EWS/Exchange.asmx"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def account(self, address: str) -> Account:
        return self.accounts.setdefault(address, Account())

    def play(self, operation: str, *acts: Callable[[], None]) -> None:
        self.plays += [(operation, act) for act in acts]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # One message in, one out.

    def answer(self, body: bytes) -> tuple[int, bytes]:
        envelope = etree.fromstring(body)
        header, request = envelope.find(f"{{{S}}}Header"), envelope.find(f"{{{S}}}Body")[0]
        for part in header:
            self.hold(part, "asked", self._types)
        self.hold(request, "asked")
        operation = etree.QName(request).localname
        with self._turn:
            self.asked.append(operation)
            try:
                told = self._done(operation, request, header)
            except Fault as busy:
                return 500, etree.tostring(s.Envelope(s.Body(throttled(busy))))
        answer = m(f"{operation}Response", m.ResponseMessages(*told))
        self.hold(answer, "answered")
        version = t.ServerVersionInfo(
            MajorVersion="15", MinorVersion="0", MajorBuildNumber="847", MinorBuildNumber="32", Version="V2_8"
        )
        envelope = s.Envelope(s.Header(version), s.Body(answer))
        return 200, etree.tostring(envelope, xml_declaration=True, encoding="utf-8")

    def hold(self, element: Element, how: str, schema: Any = None) -> None:
        alone = etree.fromstring(etree.tostring(element))
        schema = schema or self._schema
        if not schema.validate(alone):
            self.faults.append(f"{how} {etree.QName(alone).localname}: {schema.error_log.last_error}")

    def _done(self, operation: str, request: Element, header: Element) -> list[Element]:
        try:
            for n, (name, act) in enumerate(self.plays):
                if name == operation:
                    del self.plays[n]
                    act()
                    break
            whose = header.findtext(".//t:ExchangeImpersonation//t:PrimarySmtpAddress", namespaces=NAMES)
            if whose:
                self.impersonated.add(whose)
            address = whose or request.findtext(".//t:Mailbox/t:EmailAddress", namespaces=NAMES) or ""
            return list(getattr(self, f"_{operation}")(request, self._of(address, request)))
        except Fault as fault:
            if fault.back_off:
                raise
            return [refused(operation, fault)]

    def _of(self, address: str, request: Element) -> Account:
        """Ids alone name no mailbox: then it is the one that has them."""
        if address and address not in self.accounts:
            raise Fault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
        if address:
            return self.accounts[address]
        ids = {*folder_ids(request), *item_ids(request)}
        return next((a for a in self.accounts.values() if ids & {*a.folders, *a.items}), Account())

    def stream(self, body: bytes) -> Iterator[bytes] | None:
        """For GetStreamingEvents: an answer that goes on while there is something to tell. None for anything else."""
        request = etree.fromstring(body).find(f"{{{S}}}Body")[0]
        if etree.QName(request).localname != "GetStreamingEvents":
            return None
        self.hold(request, "asked")
        self.asked.append("GetStreamingEvents")
        return self._told_as_it_happens(request.findtext(".//t:SubscriptionId", namespaces=NAMES))

    def _told_as_it_happens(self, subscription: str) -> Iterator[bytes]:
        folder = self.subscriptions.get(subscription, "")
        account = next(a for a in self.accounts.values() if folder in a.folders)
        seen, until = len(account.log), time.monotonic() + self.stream_for
        yield self._streamed(m.ConnectionStatus("OK"))
        while time.monotonic() < until:
            for at, id_, came in account.log[seen:]:
                if at == folder and came:
                    yield self._streamed(m.Notifications(arrival(subscription, id_, folder)))
            seen = len(account.log)
            time.sleep(0.02)
        yield self._streamed(m.ConnectionStatus("Closed"))

    def _streamed(self, inside: Element) -> bytes:
        message = good("GetStreamingEvents", inside)
        answer = m.GetStreamingEventsResponse(m.ResponseMessages(message))
        self.hold(answer, "answered")
        return etree.tostring(s.Envelope(s.Body(answer)), xml_declaration=True, encoding="utf-8")

    # Operations.

    def _Subscribe(self, request: Element, account: Account) -> Iterator[Element]:
        if self.deaf:
            raise Fault("ErrorInvalidSubscriptionRequest", "Streaming is not allowed here.")
        id_ = f"S{next(ids)}"
        (self.subscriptions[id_],) = folder_ids(request)
        yield good("Subscribe", m.SubscriptionId(id_))

    def _Unsubscribe(self, request: Element, account: Account) -> Iterator[Element]:
        self.subscriptions.pop(request.findtext("m:SubscriptionId", namespaces=NAMES), None)
        yield good("Unsubscribe")

    def _GetFolder(self, request: Element, account: Account) -> Iterator[Element]:
        for id_ in folder_ids(request.find(f"{{{M}}}FolderIds")):
            yield good("GetFolder", m.Folders(folder_told(account, id_)))

    def _FindFolder(self, request: Element, account: Account) -> Iterator[Element]:
        (above,) = folder_ids(request.find(f"{{{M}}}ParentFolderIds"))
        name = request.find(f".//{{{T}}}Constant").get("Value")
        found = [id_ for id_, (called, on) in account.folders.items() if (called, on) == (name, above)]
        yield good("FindFolder", root(len(found), t.Folders(*(folder_told(account, id_) for id_ in found))))

    def _CreateFolder(self, request: Element, account: Account) -> Iterator[Element]:
        (above,) = folder_ids(request.find(f"{{{M}}}ParentFolderId"))
        made = account.make(request.findtext(".//t:DisplayName", namespaces=NAMES), above)
        yield good("CreateFolder", m.Folders(folder_told(account, made)))

    def _SyncFolderItems(self, request: Element, account: Account) -> Iterator[Element]:
        (folder,) = folder_ids(request.find(f"{{{M}}}SyncFolderId"))
        if folder not in account.folders:
            raise Fault("ErrorSyncFolderNotFound", "The folder was not found.")
        most = min(self.most_changes, int(request.findtext("m:MaxChangesReturned", namespaces=NAMES)))
        state = request.findtext("m:SyncState", namespaces=NAMES)
        start = int(base64.b64decode(state)) if state else 0
        if state and start < self.state_from:
            raise Fault("ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.")
        end = min(start + most, len(account.log))
        changes = [change_told(account, *entry) for entry in account.log[start:end] if entry[0] == folder]
        yield good(
            "SyncFolderItems",
            m.SyncState(base64.b64encode(b"%d" % end).decode()),
            m.IncludesLastItemInRange("true" if end == len(account.log) else "false"),
            m.Changes(*(change for change in changes if change is not None)),
        )

    def _GetItem(self, request: Element, account: Account) -> Iterator[Element]:
        wanted = asked_fields(request)
        for id_ in item_ids(request):
            item = account.items.get(id_)
            if id_ in self.broken:
                yield refused("GetItem", Fault("ErrorContentConversionFailed", "Content conversion failed."))
            elif item is None:
                yield refused("GetItem", gone())
            else:
                mime, text = "item:MimeContent" in wanted, "item:TextBody" in wanted
                self.mimes += mime
                yield good("GetItem", m.Items(message(item, mime, text)))

    def _MoveItem(self, request: Element, account: Account) -> Iterator[Element]:
        (folder,) = folder_ids(request.find(f"{{{M}}}ToFolderId"))
        if folder not in account.folders:
            raise Fault("ErrorToFolderNotFound", "The destination folder was not found.")
        for id_ in item_ids(request):
            if id_ in account.items:
                yield good("MoveItem", m.Items(t.Message(item_id(account.move(id_, folder)))))
            else:
                yield refused("MoveItem", gone())

    def _CreateItem(self, request: Element, account: Account) -> Iterator[Element]:
        assert request.get("MessageDisposition") == "SendAndSaveCopy"
        raw = base64.b64decode(request.findtext(".//t:MimeContent", namespaces=NAMES))
        if len(raw) > self.largest:
            raise Fault("ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.")
        if words := self.unresolved.get(addressee(raw)):
            raise Fault("ErrorInvalidRecipients", words)
        (folder,) = folder_ids(request.find(f"{{{M}}}SavedItemFolderId"))
        if self.new_ids:
            ours = message_from_bytes(raw)["Message-ID"].encode()
            raw = raw.replace(ours, b"<%d@exchange.borough.example>" % next(ids), 1)
        account.put(raw, folder, datetime.now(UTC))
        yield good("CreateItem", m.Items())

    def _FindItem(self, request: Element, account: Account) -> Iterator[Element]:
        (folder,) = folder_ids(request.find(f"{{{M}}}ParentFolderIds"))
        found = [item for item in account.items.values() if item.folder == folder]
        for uri, value in restrictions(request):
            if uri == "message:InternetMessageId":
                found = [item for item in found if message_from_bytes(item.raw)["Message-ID"] == value]
            elif uri == "item:DateTimeSent":
                found = [item for item in found if item.received >= datetime.fromisoformat(value)]
            elif uri == "item:Subject":
                found = [item for item in found if message_from_bytes(item.raw)["Subject"] == value]
            else:
                raise AssertionError(uri)
        yield good("FindItem", root(len(found), t.Items(*(message(item) for item in found))))


def run_ews(folder: Path) -> Iterator[EwsServer]:
    """For a fixture. exchangelib keeps its connections by address and login, and an address may come again here."""
    close_connections()
    server = EwsServer(folder)
    yield server
    server.stop()
    assert server.faults == []
