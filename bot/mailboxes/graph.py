"""A folder of a mailbox in Microsoft 365, by Graph: what lies there is followed by delta queries.

A delta query tells what has come and gone since the last one. It has missed mails that a person moved out and in again
under an immutable id (microsoft-graph-docs#21752): so the folder is listed whole again every so often.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar
from urllib.parse import quote

from bot.mailboxes.batches import chunks
from bot.mailboxes.port import Arrived, MailboxError, Seen
from bot.mailboxes.provider import INBOX, Id, ProviderBox, ProviderMailbox
from bot.mailboxes.shown import as_mail
from bot.register.rows import Place, Target
from outbound.providers.graph import AT_ONCE, GraphClient, GraphError, user, values

_PAGE = "odata.maxpagesize=200"
_AS_TEXT = 'outlook.body-content-type="text"'
_TOGETHER = AT_ONCE - 1
"""Requests at once; the fourth is for what the bot sends meanwhile."""
_GONE = 410
_MISSING = 404
_THIS_MAIL = frozenset({400, 413, 500, 501})


@dataclass(frozen=True, slots=True)
class GraphBox(ProviderBox):
    """`whole` in seconds: how often the folder is listed whole. `settle` in seconds: so long a listing may still show
    what we have moved."""

    whole: float = 600.0
    settle: float = 120.0


@dataclass(slots=True)
class _Known:
    """What lies in the folder, as far as we have been told."""

    arrived: dict[Id, datetime] = field(default_factory=dict)
    link: str = ""
    listed: float = 0.0
    moved: dict[Id, float] = field(default_factory=dict)


class GraphMailbox(ProviderMailbox):
    """Each mail by a request of its own, a few at once."""

    where: ClassVar = "in Microsoft 365"
    _box: GraphBox

    def __init__(self, box: GraphBox, client: GraphClient) -> None:
        super().__init__(box)
        self._client = client
        self._user = user(box.address)
        self._folders: dict[str, Id] = {}
        self._known = _Known()

    def heads(self, limit: int, size: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """Graph gives no part of a mail, but a listing may bear the subject and text of a hundred: those, written as a
        mail. One request each would take up all that a mailbox may have in ten minutes (10,000)."""
        wanted = set(self._unseen(seen)[:limit])
        path = f"{self._user}/mailFolders/{self._folder(self._box.folder)}/messages"
        asked = {"$select": "receivedDateTime,subject,body", "$orderby": "receivedDateTime", "$top": "100"}
        if self._box.since:
            asked["$filter"] = f"receivedDateTime ge {self._begins.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        pages = self._client.pages(path, _AS_TEXT, **asked)
        while wanted:
            with self._told():
                page = next(pages, None)
                there = [item for item in values(page or {"value": []}) if item["id"] in wanted]
            for item in there:
                shown = as_mail(item.get("subject") or "", (item.get("body") or {}).get("content") or "", size)
                yield Arrived(self._place(item["id"]), shown, self._arrival(item["id"]))
            wanted.difference_update(item["id"] for item in there)
            if page is None:
                return

    def _given(self, ids: Sequence[Id]) -> Iterator[list[tuple[Id, bytes | Exception]]]:
        """A few at once, so that few are held in memory."""
        with ThreadPoolExecutor(_TOGETHER, "graph") as pool:
            for some in chunks(ids, _TOGETHER):
                here = [id_ for id_ in some if id_ not in self._known.moved]
                with self._told():
                    raws = list(pool.map(partial(_tried, self._whole), here))
                yield [(id_, raw) for id_, raw in zip(here, raws, strict=True) if raw is not None]

    def _arrival(self, id_: Id) -> datetime | None:
        return self._known.arrived.get(id_)

    def _whole(self, id_: Id) -> bytes:
        return self._client.ask("GET", f"{self._message(id_)}/$value").content

    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        """What a person has moved meanwhile stays where it was put: an immutable id would find it there, too."""
        if not places:
            return
        with self._told():
            there = set(self._lying())
            ids = [place.uid for place in self._here(places) if place.uid in there]
            goal = self._folder(self._box.done if target == "done" else self._box.quarantine)
            with ThreadPoolExecutor(_TOGETHER, "graph") as pool:
                list(pool.map(partial(self._move, goal=goal), ids))

    def _move(self, id_: Id, goal: Id) -> None:
        try:
            self._client.ask("POST", f"{self._message(id_)}/move", json={"destinationId": goal})
        except GraphError as trouble:
            if trouble.status != _MISSING or self._exists(id_):  # Deleted by a person: finished too.
                raise
        self._known.moved[id_] = time.monotonic()

    def _exists(self, id_: Id) -> bool:
        """Or is it the folder to which it was to be moved that is missing?"""
        try:
            self._client.get(self._message(id_), **{"$select": "parentFolderId"})
        except GraphError as trouble:
            if trouble.status != _MISSING:
                raise
            return False
        return True

    def close(self) -> None:
        self._client.close()
        self._lease.close()

    # What lies there.

    def _lying(self) -> dict[Id, datetime]:
        """Without what we have just moved, which a listing may still show."""
        self._follow()
        settled = time.monotonic() - self._box.settle
        known = self._known
        known.moved = {id_: at for id_, at in known.moved.items() if at > settled}
        return {id_: at for id_, at in known.arrived.items() if id_ not in known.moved}

    def _follow(self) -> None:
        if not self._known.link or time.monotonic() - self._known.listed > self._box.whole:
            self._list_whole()
            return
        try:
            self._take(self._known, self._known.link)
        except GraphError as trouble:
            if trouble.status != _GONE:  # The token is too old, or the server has lost what it stood for.
                raise
            self._list_whole()

    def _list_whole(self) -> None:
        """A new round of delta from its beginning: all that lies there, and from where to go on. What was known is
        given up only when all pages have come."""
        new = _Known(listed=time.monotonic(), moved=self._known.moved)
        path = f"{self._user}/mailFolders/{self._folder(self._box.folder)}/messages/delta"
        self._take(new, path, **{"$select": "receivedDateTime"})
        self._known = new

    def _take(self, known: _Known, start: str, **query: str) -> None:
        """One round, over all its pages; only then is there a link from which to go on."""
        for page in self._client.pages(start, _PAGE, **query):
            for item in values(page):
                _apply(known, item)
            known.link = page.get("@odata.deltaLink", known.link)

    # Folders.

    def _folder(self, name: str) -> Id:
        """Its id, which a folder keeps; made when missing, except the one that is read."""
        if name.casefold() == INBOX:
            return INBOX
        if name not in self._folders:
            above = "msgfolderroot"
            for part in name.split("/"):
                above = self._child(above, part, make=name != self._box.folder)
            self._folders[name] = above
        return self._folders[name]

    def _child(self, above: Id, name: str, *, make: bool) -> Id:
        path = f"{self._user}/mailFolders/{above}/childFolders"
        quoted = name.replace("'", "''")
        found = self._client.rows(path, **{"$filter": f"displayName eq '{quoted}'", "$select": "id"})
        if found:
            return str(found[0]["id"])
        if not make:
            raise MailboxError(self._says(f"has no folder {self._box.folder!r}. Make it, or correct its name"))
        return str(self._client.ask("POST", path, json={"displayName": name}).json()["id"])

    def _message(self, id_: Id) -> str:
        return f"{self._user}/messages/{quote(id_, safe='')}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What Graph refuses, as an operator needs it told."""
        try:
            yield
        except GraphError as trouble:
            if trouble.status == _MISSING:  # A folder that somebody has deleted is looked for, or made, the next time.
                self._folders.clear()
                self._known.link = ""
            raise MailboxError(self._says(f"cannot be read: {trouble}{_mend(trouble)}")) from trouble


def _apply(known: _Known, item: dict[str, Any]) -> None:
    """One line of a delta query: a message that came or changed, or one that has gone."""
    id_ = item["id"]
    if "@removed" in item:
        known.arrived.pop(id_, None)
        known.moved.pop(id_, None)  # Out of the listing: when it comes again, somebody has moved it back.
    elif arrived := item.get("receivedDateTime"):
        known.arrived[id_] = datetime.fromisoformat(arrived)
    else:
        known.arrived.setdefault(id_, datetime.now(UTC))


def _tried(read: Callable[[Id], bytes], id_: Id) -> bytes | GraphError | None:
    """None when it is no longer there; the error when it is this mail alone that the server cannot give."""
    try:
        return read(id_)
    except GraphError as trouble:
        if trouble.status == _MISSING:
            return None
        if trouble.status in _THIS_MAIL:
            return trouble
        raise


def _mend(trouble: GraphError) -> str:
    if trouble.status == 403:
        return ". Check that the application has Mail.ReadWrite for this mailbox"
    if trouble.status == _MISSING:
        return ". Check the mailbox's address, and whether its folders are there"
    return ""
