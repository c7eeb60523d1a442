"""What a server tells of its own accord: something may have arrived. A hint; the poll beside it is what counts."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: `look`, how long one wait for the server lasts; `renew`, after which it is asked anew; `first` and
    `longest` pause before a new connection is made."""

    look: float = 2.0
    renew: float = 540.0
    first: float = 5.0
    longest: float = 300.0


class Bell(ABC):
    """One connection and one thread of its own. `ring` is called from that thread."""

    passing: ClassVar[tuple[type[Exception], ...]] = ()
    """What a network and a server do: another connection is made, later and later."""

    def __init__(self, name: str, ring: Callable[[], None], patience: Patience) -> None:
        self._name = name
        self._ring = ring
        self._patience = patience
        self._ended = threading.Event()
        self._heard = False
        self._thread = threading.Thread(target=self._listen, name=f"bell {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Waits for the thread no longer than one look lasts; it ends with the process at the latest."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(self._patience.look + 1)

    def _listen(self) -> None:
        pause = self._patience.first
        while not self._ended.is_set():
            self._heard = False
            try:
                if not self._one_line():
                    log.info("nothing to listen to there: the mailbox is polled alone", mailbox=self._name)
                    return
            except self.passing as trouble:
                log.info("bell broke off", mailbox=self._name, error=type(trouble).__name__)
            pause = self._patience.first if self._heard else min(pause * 2, self._patience.longest)
            self._ended.wait(pause)

    @abstractmethod
    def _one_line(self) -> bool:
        """Listens until the line ends, sets `_heard` when it was a good one. False when the server cannot do it."""
