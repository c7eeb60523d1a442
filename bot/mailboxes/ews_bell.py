"""Streaming notifications of Exchange. They lose events between two connections (exchangelib#1153): a ring at the
beginning of each makes up for that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from exchangelib import Account
from exchangelib.errors import EWSError

from bot.mailboxes.bell import Bell, Patience
from bot.mailboxes.ews_folders import find_folder
from outbound.providers.ews import EwsTrouble, asked, close_account

_EVENTS = ("NewMailEvent", "CreatedEvent", "MovedEvent")
_MINUTES = 5
"""For which one connection is held; Exchange allows up to thirty."""


class EwsBell(Bell):
    passing: ClassVar = (EwsTrouble, EWSError)

    def __init__(
        self,
        name: str,
        folder: str,
        open_account: Callable[[], Account],
        ring: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        super().__init__(name, ring, patience or Patience())
        self._folder = folder
        self._open = open_account

    def _one_line(self) -> bool:
        account = asked(self._open)
        try:
            self._listen_in(account)
        finally:
            close_account(account)
        return True

    def _listen_in(self, account: Account) -> None:
        folder = asked(lambda: find_folder(account, self._folder, make=False))
        subscription = asked(lambda: folder.subscribe_to_streaming(_EVENTS))
        try:
            self._ring()
            asked(lambda: self._hear(folder, subscription))
        finally:
            with suppress(EwsTrouble, EWSError):  # It ends by itself after half an hour.
                asked(lambda: folder.unsubscribe(subscription))

    def _hear(self, folder: Any, subscription: str) -> None:
        for notice in folder.get_streaming_events(subscription, connection_timeout=_MINUTES):
            self._heard = True
            if self._ended.is_set():
                return
            if any(event.ELEMENT_NAME in _EVENTS for event in notice.events):
                self._ring()
        self._heard = True
