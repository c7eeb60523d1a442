"""A folder of a mailbox with a provider, where each mail has an id: read, passed over and moved alike by Graph and EWS.

How the provider tells what lies there, gives mails and moves them is each one's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from bot.mailboxes.port import Arrived, MailboxError, Seen, lease_mailbox
from bot.mailboxes.shown import beginning
from bot.register.rows import Place, Target

Id = str
INBOX = "inbox"

_BROKEN_AT_MOST = 5
"""Mails of one poll that the server does not give; then it is the server that is broken."""


@dataclass(frozen=True, slots=True)
class ProviderBox:
    """`address` is the mailbox. Folders are named as a person sees them, `/` between a folder and one within it;
    `folder` "inbox" is the inbox in every language. What arrived before the day `since` is not listed."""

    name: str
    address: str
    lease: Path
    folder: str = INBOX
    done: str = "Done"
    quarantine: str = "Quarantine"
    since: date | None = None


class ProviderMailbox(ABC):
    """Asks at the first use. The lease is held from construction to `close`."""

    where: ClassVar[str]
    """As an operator is told: "on Exchange"."""

    def __init__(self, box: ProviderBox) -> None:
        self.name = box.name
        self.address = box.address
        self._box = box
        self._lease = lease_mailbox(box.lease, box.name)
        self._begins = beginning(box.since)
        self.left_alone: int | None = None
        """Mails from before `since` that lay there when it was first looked; None while nobody has looked."""

    @abstractmethod
    def _lying(self) -> Mapping[Id, datetime]:
        """Asks what lies in the folder now, and when each mail arrived."""

    @abstractmethod
    def _given(self, ids: Sequence[Id]) -> Iterator[Iterable[tuple[Id, bytes | Exception]]]:
        """A few at once, in their order: each mail, or why this one alone is not given; without those that are no
        longer there. Raises MailboxError."""

    @abstractmethod
    def _arrival(self, id_: Id) -> datetime | None:
        """As far as we have been told."""

    @abstractmethod
    def _told(self) -> AbstractContextManager[None]:
        """What the provider refuses, as an operator needs it told: as MailboxError."""

    @abstractmethod
    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        """See the port."""

    def fetch(self, limit: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """In the order in which the server received them. One that the server cannot give keeps back no other."""
        yield from self._read(self._unseen(seen)[:limit])

    def fetch_these(self, places: Sequence[Place]) -> Iterator[Arrived]:
        there = set(self._listed())
        yield from self._read([place.uid for place in self._here(places) if place.uid in there])

    def finish(self, place: Place, target: Target) -> None:
        self.finish_all([place], target)

    def _read(self, ids: Sequence[Id]) -> Iterator[Arrived]:
        broken: list[Exception] = []
        for some in self._given(ids):
            for id_, raw in some:
                if isinstance(raw, Exception):
                    broken.append(raw)
                else:
                    yield Arrived(self._place(id_), raw, self._arrival(id_))
            if len(broken) >= _BROKEN_AT_MOST:
                break
        if broken:
            raise MailboxError(self._says(f"does not give {len(broken)} mails; the others were read: {broken[0]}"))

    def _listed(self) -> list[Id]:
        with self._told():
            return self._waiting()

    def _waiting(self) -> list[Id]:
        """Oldest first."""
        there = self._lying()
        new = sorted((id_ for id_, at in there.items() if at >= self._begins), key=lambda id_: (there[id_], id_))
        if self._box.since and self.left_alone is None:
            self.left_alone = len(there) - len(new)
        return new

    def _here(self, places: Sequence[Place]) -> list[Place]:
        return [place for place in places if place.folder == self._box.folder]

    def _place(self, id_: Id) -> Place:
        return Place(self.name, self._box.folder, 0, id_)

    def _unseen(self, seen: Seen) -> list[Id]:
        return [id_ for id_ in self._listed() if (0, id_) not in seen]

    def _says(self, what: str) -> str:
        return f"The mailbox {self.name} ({self.address} {self.where}) {what}."
