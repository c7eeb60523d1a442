"""A folder on an IMAP server (RFC 3501), by imapclient.

\\Seen means nothing here and is never set (BODY.PEEK[]): people open mails. Nothing is expunged but what we moved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date
from functools import partial
from imaplib import IMAP4
from typing import Any, TypeVar

from imapclient import IMAPClient

from bot.mailboxes.batches import by_weight, chunks
from bot.mailboxes.imap_login import ImapSettings, connect, is_passing, log_in, refuse_clear_text, sentence
from bot.mailboxes.port import Arrived, MailboxError, Seen, lease_mailbox
from bot.register.rows import Place, Target

T = TypeVar("T")
Uid = int
_Told = dict[Uid, dict[bytes, Any]]

_WHOLE = ["BODY.PEEK[]", "INTERNALDATE"]
_HEADS_AT_ONCE = 200
_BROKEN_AT_MOST = 5
"""Mails of one poll that the server does not give; then it is the server that is broken."""
_SIZES_AT_ONCE = 500
"""UIDs in one command: 500 of ten digits stay below the 8,192 octets that a server need take (RFC 7162, section 4)."""


class _NotDone(MailboxError):
    """The server let us in, and did not do what was asked."""


class ImapMailbox:
    """Connects at the first use. The lease is held from construction to `close`."""

    def __init__(self, settings: ImapSettings) -> None:
        refuse_clear_text(settings)
        self.name = settings.name
        self.address = settings.address
        self._settings = settings
        self._lease = lease_mailbox(settings.lease, settings.name)
        self._client: IMAPClient | None = None
        self._uidvalidity = 0
        self.left_alone: int | None = None
        """Mails from before `since` that lay there when it was first looked; None while nobody has looked."""

    def fetch(self, limit: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """In the order of UIDs, which is that of arrival. What a person has marked as deleted is not there any more."""
        uids = self._unseen(seen)[:limit]
        return self._whole(uids, self._uidvalidity)

    def heads(self, limit: int, size: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """By BODY.PEEK[]<0.size> (RFC 3501, 6.4.5)."""
        uids = self._unseen(seen)[:limit]
        listed_in = self._uidvalidity
        for some in chunks(uids, _HEADS_AT_ONCE):
            told = self._told(some, [f"BODY.PEEK[]<0.{size}>", "INTERNALDATE"], listed_in)
            yield from self._arrived(some, told, listed_in, b"BODY[]<0>")

    def fetch_these(self, places: Sequence[Place]) -> Iterator[Arrived]:
        self._tried(lambda client: None)
        return self._whole([int(place.uid) for place in self._still_there(places)], self._uidvalidity)

    def _unseen(self, seen: Seen) -> list[Uid]:
        listed = self._listed()
        return [uid for uid in listed if (self._uidvalidity, str(uid)) not in seen]

    def _listed(self) -> list[Uid]:
        listed = self._tried(partial(_listing, since=self._settings.since))
        if self._settings.since and self.left_alone is None:
            self.left_alone = len(self._tried(_listing)) - len(listed)
        return listed

    def _still_there(self, places: Sequence[Place]) -> list[Place]:
        """A place under another UIDVALIDITY names nothing now (RFC 3501, 2.3.1.1): the mail will be listed anew."""
        return [p for p in places if p.uidvalidity == self._uidvalidity and p.folder == self._settings.folder]

    def _whole(self, uids: Sequence[Uid], listed_in: int) -> Iterator[Arrived]:
        broken: list[Uid] = []
        for batch in by_weight(self._sizes(uids, listed_in), self._settings.batch, self._settings.batch_bytes):
            try:
                told = self._told(batch, _WHOLE, listed_in)
            except _NotDone:
                told = self._one_by_one(batch, listed_in, broken)
            yield from self._arrived(batch, told, listed_in)
        if broken:
            which = ", ".join(map(str, broken))
            raise MailboxError(self._says(f"does not give the mails with the UIDs {which}; the others were read"))

    def _sizes(self, uids: Sequence[Uid], listed_in: int) -> Iterator[tuple[Uid, int]]:
        for some in chunks(uids, _SIZES_AT_ONCE):
            told = self._told(some, ["RFC822.SIZE"], listed_in)
            yield from ((uid, told[uid][b"RFC822.SIZE"]) for uid in some if b"RFC822.SIZE" in told.get(uid, {}))

    def _one_by_one(self, batch: list[Uid], listed_in: int, broken: list[Uid]) -> _Told:
        """One mail that the server cannot read must not keep back the others."""
        told: _Told = {}
        for uid in batch:
            try:
                told |= self._told([uid], _WHOLE, listed_in)
            except _NotDone:
                broken.append(uid)
                if len(broken) == _BROKEN_AT_MOST:
                    raise
        return told

    def _arrived(self, batch: list[Uid], told: _Told, listed_in: int, what: bytes = b"BODY[]") -> Iterator[Arrived]:
        for uid in batch:
            item = told.pop(uid, {})
            raw, arrived = item.get(what), item.get(b"INTERNALDATE")
            if raw is None or arrived is None:
                continue  # Moved away since it was listed.
            place = Place(self.name, self._settings.folder, listed_in, str(uid))
            yield Arrived(place, raw, arrived.astimezone(UTC))

    def _told(self, uids: list[Uid], items: list[str], listed_in: int) -> _Told:
        return self._tried(lambda client: client.fetch(uids, items), listed_in)

    def finish(self, place: Place, target: Target) -> None:
        self.finish_all([place], target)

    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        self._tried(lambda client: None)
        there = self._still_there(places)
        folder = self._settings.done if target == "done" else self._settings.quarantine
        for some in chunks([int(place.uid) for place in there], _SIZES_AT_ONCE):
            self._tried(partial(_move, uids=some, folder=folder), there[0].uidvalidity)

    def close(self) -> None:
        self._hang_up()
        self._lease.close()

    def _tried(self, work: Callable[[IMAPClient], T], listed_in: int | None = None) -> T:
        """Does `work` in the folder; a lost connection is made anew, after growing delays. `listed_in`: the UIDVALIDITY
        under which the UIDs of `work` were listed."""
        for delay in (*self._settings.delays, None):
            client = None
            try:
                client = self._session()
                if listed_in is not None and listed_in != self._uidvalidity:
                    raise MailboxError(
                        self._says("was numbered anew by the server meanwhile. It is read again next time")
                    )
                return work(client)
            except (IMAP4.error, OSError) as trouble:
                self._hang_up()
                if delay is None or not is_passing(trouble):
                    refusal = MailboxError if client is None else _NotDone
                    raise refusal(self._says(sentence(trouble))) from trouble
                time.sleep(delay)
        raise AssertionError("unreachable: the last try returns or raises")

    def _says(self, what: str) -> str:
        return f"The mailbox {self.name} ({self._settings.login} at {self._settings.host}) {what}."

    def _session(self) -> IMAPClient:
        if self._client is None:
            self._client = connect(self._settings)
            try:
                self._let_in(self._client)
            except BaseException:  # Also for want of a token: a line on which nobody has logged in is of no use.
                self._hang_up()
                raise
        return self._client

    def _let_in(self, client: IMAPClient) -> None:
        log_in(client, self._settings)
        for folder in (self._settings.done, self._settings.quarantine):
            if not client.folder_exists(folder):
                client.create_folder(folder)
                client.subscribe_folder(folder)
        selected = client.select_folder(self._settings.folder)
        self._uidvalidity = int(selected[b"UIDVALIDITY"])

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.shutdown()
            except (IMAP4.error, OSError):
                return  # It is gone already, which is what was wanted.


def _listing(client: IMAPClient, since: date | None = None) -> list[Uid]:
    """NOOP first: a folder that has been open for a while is searched as it was last shown (RFC 3501, 6.1.2)."""
    client.noop()
    return sorted(client.search(["UNDELETED", "SINCE", since] if since else ["UNDELETED"]))


def _move(client: IMAPClient, uids: list[Uid], folder: str) -> None:
    """MOVE (RFC 6851); else COPY, \\Deleted and UID EXPUNGE (RFC 4315), never the EXPUNGE that takes what others have
    marked. Without either, it stays behind marked as deleted. Cut between the steps, the copy may be there twice."""
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    flags = client.get_flags(uids)
    uncopied = [uid for uid, set_ in flags.items() if b"\\Deleted" not in set_]
    if uncopied:
        client.copy(uncopied, folder)
        client.delete_messages(uncopied, silent=True)
    if flags and client.has_capability("UIDPLUS"):
        client.uid_expunge(list(flags))
