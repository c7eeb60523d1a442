"""Sends by Microsoft Graph, as MIME: the one way in which In-Reply-To, References and our own headers survive.

https://learn.microsoft.com/graph/outlook-send-mime-message
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from outbound.providers.graph import GraphClient, GraphError, user
from outbound.transports.doubt import Doubts, mark
from outbound.transports.head import field, head, written
from outbound.transports.port import Delivery

_ACCEPTED = 202
_REFUSED = frozenset({400, 404, 413, 415, 422})
_EARLIER = timedelta(minutes=5)
"""Our clock and the server's may differ by so much."""
_SHOWN = "id,subject,internetMessageId,internetMessageHeaders"


@dataclass(frozen=True, slots=True)
class GraphSending:
    """`largest` in octets of the whole mail: in base64 it must stay under Graph's four megabytes. `read_back` in
    seconds: so long we wait for the copy in Sent, to learn its Message-ID. `rest` in seconds for which a server that
    let us not in, or could not be reached, is left alone."""

    address: str
    largest: int = 3 * 1024 * 1024
    read_back: float = 3.0
    rest: float = 60.0


@dataclass(frozen=True, slots=True)
class _Copy:
    """A mail of ours as it lies in Sent, with the Message-ID that it bears there."""

    message_id: str


class GraphTransport:
    """Each mail leaves from its sender's mailbox, and lies in that mailbox's Sent folder."""

    def __init__(self, settings: GraphSending, client: GraphClient) -> None:
        self._settings = settings
        self._client = client
        self._doubts = Doubts()
        self._resting = Delivery("later")
        self._rests_until = 0.0

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """`later` after a broken line, and then the Sent folder is asked before it is sent again."""
        if len(raw) > self._settings.largest:
            return Delivery("refused", f"The mail has {len(raw)} bytes; Graph sends at most {self._settings.largest}.")
        if time.monotonic() < self._rests_until:
            return self._resting
        try:
            return self._unless_sent(raw, sender)
        except GraphError as trouble:
            return self._troubled(raw, trouble)

    def _unless_sent(self, raw: bytes, sender: str) -> Delivery:
        if self._doubts.about(raw) and (copy := self._copy(raw, sender)):
            self._doubts.settle(raw)
            return _sent(raw, copy, "It had left before: its copy lies in Sent.")
        content = base64.b64encode(raw)
        answer = self._client.post_once(f"{user(sender)}/sendMail", content, "text/plain")
        if answer.status_code == _ACCEPTED:
            self._doubts.settle(raw)
            return _sent(raw, self._awaited(raw, sender), "202 Accepted")
        # Not a promise (microsoft-graph-docs-contrib#13979: 200, and nothing was sent).
        self._doubts.note(raw)
        if copy := self._awaited(raw, sender):
            return _sent(raw, copy, f"{answer.status_code}, and its copy lies in Sent.")
        return Delivery("refused", f"Graph answered {answer.status_code} in place of 202, and no copy lies in Sent.")

    def _troubled(self, raw: bytes, trouble: GraphError) -> Delivery:
        if trouble.status in _REFUSED:
            return Delivery("refused", f"{trouble}")
        if trouble.doubtful:
            self._doubts.note(raw)
        delivery = Delivery("later", str(trouble))
        if trouble.login or trouble.after or not trouble.status:
            rest = trouble.after or self._settings.rest
            self._resting, self._rests_until = delivery, time.monotonic() + rest
        return delivery

    # The Sent folder.

    def _awaited(self, raw: bytes, sender: str) -> _Copy | None:
        """The copy, which may appear a moment after the mail was taken. None when it does not, or cannot be read."""
        ends = time.monotonic() + self._settings.read_back
        pause = self._settings.read_back / 8
        try:
            while (copy := self._copy(raw, sender)) is None and time.monotonic() + pause < ends:
                time.sleep(pause)
                pause *= 2
        except GraphError:
            return None  # The mail has left; only its new name is not known.
        return copy

    def _copy(self, raw: bytes, sender: str) -> _Copy | None:
        """By our Message-ID, else by our key among what was sent since the mail was written."""
        message_id = field(head(raw), "Message-ID")
        sent = f"{user(sender)}/mailFolders/sentitems/messages"
        quoted = message_id.replace("'", "''")
        by_id = {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id"}
        if message_id and self._client.get(sent, **by_id)["value"]:
            return _Copy(message_id)
        since = (written(head(raw)) or datetime.now(UTC)).astimezone(UTC) - _EARLIER
        recent = {"$filter": f"sentDateTime ge {since:%Y-%m-%dT%H:%M:%SZ}", "$select": _SHOWN, "$top": "100"}
        for page in self._client.pages(sent, **recent):
            for item in page["value"]:
                if self._is(item, raw, sender):
                    return _Copy(item.get("internetMessageId") or "")
        return None

    def _is(self, item: dict[str, Any], raw: bytes, sender: str) -> bool:
        if headers := item.get("internetMessageHeaders"):
            return mark(raw) in _marks(headers)
        if item.get("subject", "").strip() != field(head(raw), "Subject"):
            return False
        # Without headers in the listing, the copy itself tells.
        path = f"{user(sender)}/messages/{quote(item['id'], safe='')}/$value"
        return mark(self._client.ask("GET", path).content) == mark(raw)

    def check(self) -> str:
        try:
            self._client.get(f"{user(self._settings.address)}/mailFolders/sentitems", **{"$select": "id"})
        except GraphError as trouble:
            return str(trouble)
        return ""

    def close(self) -> None:
        self._client.close()


def _sent(raw: bytes, copy: _Copy | None, detail: str) -> Delivery:
    other = copy.message_id if copy and copy.message_id != field(head(raw), "Message-ID") else None
    return Delivery("sent", detail, other or None)


def _marks(headers: list[dict[str, str]]) -> Iterator[str]:
    yield from (h["value"].strip() for h in headers if h["name"].casefold() == "x-cme-key")
