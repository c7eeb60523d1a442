"""Mails are moved after their commit, while the next ones are written down."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass

from bot.mailboxes.port import Mailbox
from bot.register.register import Register
from bot.register.rows import Place


@dataclass
class Moves:
    """Of one mailbox, with which only `speaking`, a single thread, speaks. What is cut off on the way is moved again:
    moving what has been moved does nothing."""

    register: Register
    box: Mailbox
    speaking: Executor
    _under_way: tuple[list[Place], Future[None]] | None = None

    def begin(self) -> None:
        """Of all that is committed and not moved yet. Raises MailboxError for what was begun before."""
        self.end()
        with self.register.read() as snapshot:
            places = snapshot.unmoved(self.box.name)
        if places:
            self._under_way = places, self.speaking.submit(self._finish, places)

    def _finish(self, places: list[Place]) -> None:
        for target in ("done", "quarantine"):
            self.box.finish_all([place for place in places if place.target == target], target)

    def end(self) -> None:
        """Waits for it, and writes down that they are moved. Raises MailboxError."""
        if self._under_way is None:
            return
        (places, moved), self._under_way = self._under_way, None
        moved.result()
        with self.register.begin(synced=False) as unit:
            for place in places:
                unit.moved(place)
