"""A folder of a mailbox on Exchange, by EWS: what lies there is followed by SyncFolderItems.

Notifications (ews_bell) are a hint, and nothing relies on them. The id of an item changes
when it is moved: an old one finds nothing, and that means that the mail is no longer there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

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
from bot.mailboxes.port import Arrived, MailboxError, lease_mailbox
from bot.mailboxes.shown import as_mail, beginning
from bot.register.rows import Place, Target
from outbound.providers.ews import EwsTrouble, asked

T = TypeVar("T")
Id = str

_SYNCED = ("datetime_received", "size")
_AT_ONCE = 10
_OCTETS_AT_ONCE = 16_000_000
_HEADS_AT_ONCE = 100
_CHANGES = 512
"""The most that SyncFolderItems gives in one answer."""
_BROKEN_AT_MOST = 5
"""Mails of one poll that the server does not give; then it is the server that is broken."""


@dataclass(frozen=True, slots=True)
class EwsBox:
    """Folders are named as a person sees them, `/` between a folder and one within it; "inbox" is the inbox in every
    language. `patience` in seconds for all the waiting that a busy server may ask for in one piece of work. What
    arrived before the day `since` is not listed."""

    name: str
    address: str
    lease: Path
    folder: str = "inbox"
    done: str = "Done"
    quarantine: str = "Quarantine"
    patience: float = 60.0
    since: date | None = None


@dataclass(slots=True)
class _Known:
    """What lies in the folder, as far as we have been told: arrival and size in octets."""

    items: dict[Id, tuple[datetime, int]] = field(default_factory=dict)
    state: str | None = None


class EwsMailbox:
    """Asks at the first use. The lease is held from construction to `close`."""

    def __init__(self, box: EwsBox, open_account: Callable[[], Account]) -> None:
        self.name = box.name
        self.address = box.address
        self._box = box
        self._open = open_account
        self._opened: Account | None = None
        self._lease = lease_mailbox(box.lease, box.name)
        self._folders: dict[str, Folder] = {}
        self._known = _Known()
        self._begins = beginning(box.since)
        self.left_alone: int | None = None
        """Mails from before `since` that lay there when it was first looked; None while nobody has looked."""

    def fetch(self, limit: int) -> Iterator[Arrived]:
        """In the order in which the server received them. One that the server cannot give keeps back no other."""
        yield from self._read(self._listed()[:limit])

    def heads(self, limit: int, size: int) -> Iterator[Arrived]:
        """EWS gives no part of a mail, but its subject and its text as text: those, written as a mail."""
        for some in chunks(self._listed()[:limit], _HEADS_AT_ONCE):
            with self._told():
                items = self._items(some, ["subject", "text_body"])
            for id_, item in zip(some, items, strict=True):
                if not isinstance(item, Exception) and id_ in self._known.items:
                    shown = as_mail(item.subject or "", item.text_body or "", size)
                    yield Arrived(self._place(id_), shown, self._known.items[id_][0])

    def fetch_these(self, places: Sequence[Place]) -> Iterator[Arrived]:
        there = set(self._listed())
        yield from self._read([place.uid for place in self._here(places) if place.uid in there])

    def _here(self, places: Sequence[Place]) -> list[Place]:
        return [place for place in places if place.folder == self._box.folder]

    def _read(self, ids: Sequence[Id]) -> Iterator[Arrived]:
        broken: list[Exception] = []
        for some in by_weight(self._weighed(ids), _AT_ONCE, _OCTETS_AT_ONCE):
            with self._told():
                items = self._items(some, ["mime_content"])
            for id_, item in zip(some, items, strict=True):
                if isinstance(item, ErrorItemNotFound) or id_ not in self._known.items:
                    continue  # Moved away since it was listed.
                if isinstance(item, Exception):
                    broken.append(item)
                    continue
                yield Arrived(self._place(id_), item.mime_content, self._known.items[id_][0])
            if len(broken) >= _BROKEN_AT_MOST:
                break
        if broken:
            raise MailboxError(self._says(f"does not give {len(broken)} mails; the others were read: {broken[0]}"))

    def _place(self, id_: Id) -> Place:
        return Place(self.name, self._box.folder, 0, id_)

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

    def finish(self, place: Place, target: Target) -> None:
        self.finish_all([place], target)

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
        if self._opened is not None:
            self._opened.protocol.close()
        self._lease.close()

    @property
    def _account(self) -> Account:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    # What lies there.

    def _listed(self) -> list[Id]:
        with self._told():
            return self._waiting()

    def _waiting(self) -> list[Id]:
        """Oldest first."""
        self._asked(self._sync)
        items = self._known.items
        new = sorted((id_ for id_, (at, _) in items.items() if at >= self._begins), key=lambda i: (items[i][0], i))
        if self._box.since and self.left_alone is None:
            self.left_alone = len(items) - len(new)
        return new

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
            self._folders.clear()
            raise MailboxError(
                self._says(f"has no folder {self._box.folder!r}. Make it, or correct its name")
            ) from missing
        except (EwsTrouble, EWSError) as trouble:
            self._folders.clear()  # One that somebody has deleted is looked for, or made, the next time.
            raise MailboxError(self._says(f"cannot be read: {trouble}")) from trouble

    def _says(self, what: str) -> str:
        return f"The mailbox {self.name} ({self.address} on Exchange) {what}."
