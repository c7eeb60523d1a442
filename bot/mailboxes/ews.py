"""A folder of a mailbox on Exchange, by EWS: what lies there is followed by SyncFolderItems.

Notifications (ews_bell) are a hint, and nothing relies on them. The id of an item changes
when it is moved: an old one finds nothing, and that means that the mail is no longer there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from exchangelib import Account, Folder
from exchangelib.errors import (
    ErrorFolderNotFound,
    ErrorInvalidSyncStateData,
    ErrorItemNotFound,
    ErrorSyncFolderNotFound,
    EWSError,
)

from bot.mailboxes.batches import by_weight, chunks
from bot.mailboxes.ews_folders import find_folder
from bot.mailboxes.port import Arrived, MailboxError, Seen
from bot.mailboxes.provider import Id, ProviderBox, ProviderMailbox
from bot.mailboxes.shown import as_mail
from bot.register.rows import Place, Target
from outbound.providers.ews import EwsTrouble, asked, close_account

T = TypeVar("T")

_SYNCED = ("datetime_received", "size")
_AT_ONCE = 10
_OCTETS_AT_ONCE = 16_000_000
_HEADS_AT_ONCE = 100
_CHANGES = 512
"""The most that SyncFolderItems gives in one answer."""


@dataclass(frozen=True, slots=True)
class EwsBox(ProviderBox):
    """`patience` in seconds for all the waiting that a busy server may ask for in one piece of work."""

    patience: float = 60.0


@dataclass(slots=True)
class _Known:
    """What lies in the folder, as far as we have been told: arrival and size in octets."""

    items: dict[Id, tuple[datetime, int]] = field(default_factory=dict)
    state: str | None = None


class EwsMailbox(ProviderMailbox):
    """Each mail by GetItem, a few in one request."""

    where: ClassVar = "on Exchange"
    _box: EwsBox

    def __init__(self, box: EwsBox, open_account: Callable[[], Account]) -> None:
        super().__init__(box)
        self._open = open_account
        self._opened: Account | None = None
        self._folders: dict[str, Folder] = {}
        self._known = _Known()

    def heads(self, limit: int, size: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """EWS gives no part of a mail, but its subject and its text as text: those, written as a mail."""
        for some in chunks(self._unseen(seen)[:limit], _HEADS_AT_ONCE):
            with self._told():
                items = self._items(some, ["subject", "text_body"])
            for id_, item in zip(some, items, strict=True):
                if not isinstance(item, Exception) and id_ in self._known.items:
                    shown = as_mail(item.subject or "", item.text_body or "", size)
                    yield Arrived(self._place(id_), shown, self._arrival(id_))

    def _given(self, ids: Sequence[Id]) -> Iterator[Iterator[tuple[Id, bytes | Exception]]]:
        for some in by_weight(self._weighed(ids), _AT_ONCE, _OCTETS_AT_ONCE):
            with self._told():
                items = self._items(some, ["mime_content"])
            yield self._still_there(some, items)

    def _still_there(self, ids: Sequence[Id], items: Sequence[Any]) -> Iterator[tuple[Id, bytes | Exception]]:
        """Without those moved away since they were listed: one may be while those before it are worked off."""
        for id_, item in zip(ids, items, strict=True):
            if not isinstance(item, ErrorItemNotFound) and id_ in self._known.items:
                yield id_, item if isinstance(item, Exception) else item.mime_content

    def _arrival(self, id_: Id) -> datetime:
        return self._known.items[id_][0]

    def _items(self, ids: Sequence[Id], fields: list[str]) -> list[Any]:
        """Each mail, or why it is not given, in the order of the ids."""
        wanted = [(id_, None) for id_ in ids]
        try:
            return self._asked(lambda: list(self._account.fetch(wanted, only_fields=fields)))
        except EwsTrouble as trouble:
            if trouble.login or trouble.passing:
                raise
            return [trouble] if len(ids) == 1 else [item for id_ in ids for item in self._items([id_], fields)]

    def _weighed(self, ids: Sequence[Id]) -> Iterator[tuple[Id, int]]:
        """With their sizes; without those moved meanwhile: one of serious concern is taken before its turn."""
        return ((id_, self._known.items[id_][1]) for id_ in ids if id_ in self._known.items)

    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        ids = [place.uid for place in self._here(places)]
        if not ids:
            return
        with self._told():
            goal = self._asked(lambda: self._folder(self._box.done if target == "done" else self._box.quarantine))
            moved = self._asked(lambda: self._account.bulk_move([(id_, None) for id_ in ids], to_folder=goal))
            for id_, result in zip(ids, moved, strict=True):
                if isinstance(result, Exception) and not isinstance(result, ErrorItemNotFound):
                    raise MailboxError(self._says(f"does not move a mail: {result}"))
                self._known.items.pop(id_, None)

    def close(self) -> None:
        self._hang_up()
        self._lease.close()

    def _hang_up(self) -> None:
        """Nothing of what was known of the server is kept: no connection, and no folder that it may have made anew."""
        account, self._opened = self._opened, None
        self._folders.clear()
        if account is not None:
            close_account(account)

    @property
    def _account(self) -> Account:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    # What lies there.

    def _lying(self) -> dict[Id, datetime]:
        self._asked(self._sync)
        return {id_: at for id_, (at, _) in self._known.items.items()}

    def _sync(self) -> None:
        """What has changed since the last time; all that lies there when the server no longer knows that time."""
        folder = self._folder(self._box.folder)
        folder.item_sync_state = self._known.state
        try:
            for change, item in folder.sync_items(
                self._known.state, only_fields=list(_SYNCED), max_changes_returned=_CHANGES
            ):
                self._apply(change, item)
        except (ErrorInvalidSyncStateData, ErrorSyncFolderNotFound):
            if self._known.state is None:
                raise
            self._folders.clear()
            self._known = _Known()
            self._sync()
            return
        self._known.state = folder.item_sync_state

    def _apply(self, change: str, item: Any) -> None:
        if change == "delete":
            self._known.items.pop(item.id, None)
        elif change in ("create", "update"):
            received = item.datetime_received.timestamp() if item.datetime_received else time.time()
            self._known.items[item.id] = (datetime.fromtimestamp(received, UTC), item.size or 0)

    # Folders.

    def _folder(self, name: str) -> Folder:
        """Made when missing, except the one that is read."""
        if name not in self._folders:
            self._folders[name] = find_folder(self._account, name, make=name != self._box.folder)
        return self._folders[name]

    def _asked(self, work: Callable[[], T]) -> T:
        return asked(work, self._box.patience)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What Exchange refuses, as an operator needs it told."""
        try:
            yield
        except (ErrorFolderNotFound, ErrorSyncFolderNotFound) as missing:
            self._hang_up()
            raise MailboxError(
                self._says(f"has no folder {self._box.folder!r}. Make it, or correct its name")
            ) from missing
        except (EwsTrouble, EWSError) as trouble:
            self._hang_up()  # A folder that somebody has deleted is looked for, or made, the next time.
            raise MailboxError(self._says(f"cannot be read: {trouble}")) from trouble
