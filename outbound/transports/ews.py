"""Sends by EWS, as MIME: CreateItem with SendAndSaveCopy (https://learn.microsoft.com/exchange/client-developer)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from exchangelib import Account, EWSDateTime, Message

from outbound.providers.ews import asked, close_account
from outbound.providers.trouble import Trouble
from outbound.transports.head import field, head, mark
from outbound.transports.port import Delivery
from outbound.transports.provider import ProviderTransport, Sending, sent_since

LARGEST = 25 * 1024 * 1024
"""What Exchange lets through as it is installed; where it lets through less, it says so."""
_PATIENCE = 10.0


class EwsTransport(ProviderTransport):
    """`open_for` gives the mailbox of an address."""

    provider: ClassVar = "Exchange"

    def __init__(self, sending: Sending, open_for: Callable[[str], Account]) -> None:
        super().__init__(sending)
        self._open_for = open_for
        self._accounts: dict[str, Account] = {}

    def _hand_over(self, raw: bytes, sender: str) -> str:
        account = self._account(sender)
        message = Message(account=account, folder=asked(lambda: account.sent, _PATIENCE), mime_content=raw)
        asked(message.send_and_save)  # Without patience: not twice.
        return ""

    def _copy(self, raw: bytes, sender: str) -> str | None:
        """By our Message-ID, else by our key among those of the same subject that were sent since it was written."""
        message_id = field(head(raw), "Message-ID")
        if message_id and self._found(sender, message_id=message_id):
            return message_id
        when = EWSDateTime.from_datetime(sent_since(raw))
        alike = self._found(sender, datetime_sent__gte=when, subject=field(head(raw), "Subject"))
        return next((copy.message_id or "" for copy in self._whole(sender, alike) if _is(copy, raw)), None)

    def _found(self, sender: str, **wanted: Any) -> list[Any]:
        account = self._account(sender)
        return asked(lambda: list(account.sent.filter(**wanted).only("message_id")), _PATIENCE)

    def _whole(self, sender: str, items: list[Any]) -> list[Any]:
        account = self._account(sender)
        ids = [(item.id, item.changekey) for item in items]
        return asked(lambda: list(account.fetch(ids, only_fields=["mime_content", "message_id"])), _PATIENCE)

    def _account(self, sender: str) -> Account:
        if sender not in self._accounts:
            self._accounts[sender] = asked(partial(self._open_for, sender), _PATIENCE)
        return self._accounts[sender]

    def _look(self) -> None:
        account = self._account(self._sending.address)
        asked(lambda: account.sent.refresh(), _PATIENCE)

    def _troubled(self, raw: bytes, trouble: Trouble) -> Delivery:
        if not trouble.refused:
            self.close()  # Connected anew for the next mail.
        return super()._troubled(raw, trouble)

    def close(self) -> None:
        while self._accounts:
            close_account(self._accounts.popitem()[1])


def _is(copy: Any, raw: bytes) -> bool:
    return not isinstance(copy, Exception) and mark(copy.mime_content) == mark(raw)
