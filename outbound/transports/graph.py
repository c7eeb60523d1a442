"""Sends by Microsoft Graph, as MIME: the one way in which In-Reply-To, References and our own headers survive.

https://learn.microsoft.com/graph/outlook-send-mime-message
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote

from outbound.providers.graph import GraphClient, user, values
from outbound.providers.trouble import Trouble
from outbound.transports.head import field, head, mark
from outbound.transports.port import Delivery
from outbound.transports.provider import ProviderTransport, Sending, sent_since

LARGEST = 3 * 1024 * 1024
"""In base64 it must stay under the four megabytes of a request."""
_ACCEPTED = 202
_MEND = {
    403: ". Check that the application has Mail.Send, and Mail.ReadWrite, for the mailbox that it leaves from",
    404: ". Check the address of the mailbox that it leaves from",
}
_SHOWN = "id,subject,internetMessageId,internetMessageHeaders"


class GraphTransport(ProviderTransport):
    """202 alone is success."""

    provider: ClassVar = "Microsoft 365"

    def __init__(self, sending: Sending, client: GraphClient) -> None:
        super().__init__(sending)
        self._client = client

    def _hand_over(self, raw: bytes, sender: str) -> str:
        """Anything else than 202 is no promise (microsoft-graph-docs-contrib#13979: 200, and nothing was sent)."""
        answer = self._client.post_once(f"{user(sender)}/sendMail", base64.b64encode(raw), "text/plain")
        return "" if answer.status_code == _ACCEPTED else f"Graph answered {answer.status_code} in place of 202"

    def _copy(self, raw: bytes, sender: str) -> str | None:
        """By our Message-ID, else by our key among what was sent since the mail was written."""
        message_id = field(head(raw), "Message-ID")
        sent = f"{user(sender)}/mailFolders/sentitems/messages"
        quoted = message_id.replace("'", "''")
        by_id = {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id"}
        if message_id and self._client.rows(sent, **by_id):
            return message_id
        recent = {"$filter": f"sentDateTime ge {sent_since(raw):%Y-%m-%dT%H:%M:%SZ}", "$select": _SHOWN, "$top": "100"}
        for page in self._client.pages(sent, **recent):
            for item in values(page):
                if self._is(item, raw, sender):
                    return item.get("internetMessageId") or ""
        return None

    def _is(self, item: dict[str, Any], raw: bytes, sender: str) -> bool:
        if headers := item.get("internetMessageHeaders"):
            return mark(raw) in _marks(headers)
        if item.get("subject", "").strip() != field(head(raw), "Subject"):
            return False
        # Without headers in the listing, the copy itself tells.
        path = f"{user(sender)}/messages/{quote(item['id'], safe='')}/$value"
        return mark(self._client.ask("GET", path).content) == mark(raw)

    def _troubled(self, raw: bytes, trouble: Trouble) -> Delivery:
        delivery = super()._troubled(raw, trouble)
        return replace(delivery, detail=delivery.detail + _MEND.get(trouble.status, ""))

    def _look(self) -> None:
        self._client.get(f"{user(self._sending.address)}/mailFolders/sentitems", **{"$select": "id"})

    def close(self) -> None:
        self._client.close()


def _marks(headers: list[dict[str, str]]) -> Iterator[str]:
    yield from (h["value"].strip() for h in headers if h["name"].casefold() == "x-cme-key")
