"""Delivers into a Maildir: each mail once, also when the power fails between delivering and writing that down."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from outbound.transports.head import head, mark, written
from outbound.transports.port import Delivery, Posted

_SIDE_BY_SIDE = 8
"""Files written at once: a sync waits for the disk, and a journal takes the syncs of several in one go."""


class MaildirTransport:
    """`path` is made when missing. Idempotent: a mail has the same name at every try."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new, self._cur, self._tmp = (f"{path}/{part}" for part in ("new", "cur", "tmp"))
        self._writers = ThreadPoolExecutor(_SIDE_BY_SIDE, "maildir")
        for part in ("tmp", "new", "cur"):
            (path / part).mkdir(parents=True, exist_ok=True)

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        return self.send_all([Posted(raw, sender, recipient)])[0]

    def send_all(self, mails: Sequence[Posted]) -> list[Delivery]:
        names = [_name(mail.raw, mail.recipient) for mail in mails]
        try:
            lying = self._delivered(names)
            fresh = {name: mail.raw for name, mail in zip(names, mails, strict=True) if name not in lying}
            refused = self._deliver(fresh)
            _sync_folder(self._new)
        except OSError as refusal:
            refused = dict.fromkeys(names, str(refusal.strerror))
        return [self._told(refused.get(name, "")) for name in names]

    def _told(self, refusal: str) -> Delivery:
        if refusal:
            return Delivery("later", f"The mail cannot be written to {self._path}: {refusal}.")
        return Delivery("sent")

    def _delivered(self, names: list[str]) -> set[str]:
        """Those that lie there already, new, or moved to cur with flags by who has read them."""
        read = {name.partition(":")[0] for name in os.listdir(self._cur)}  # noqa: PTH208
        return {name for name in names if name in read or os.path.exists(f"{self._new}/{name}")}  # noqa: PTH110

    def _deliver(self, mails: dict[str, bytes]) -> dict[str, str]:
        """Why each of those that could not be written was not."""
        each = list(mails.items())
        if len(each) < 2:
            return self._write_some(each)
        shares = [each[n::_SIDE_BY_SIDE] for n in range(min(_SIDE_BY_SIDE, len(each)))]
        found = self._writers.map(self._write_some, shares)
        return {name: why for some in found for name, why in some.items()}

    def _write_some(self, mails: Sequence[tuple[str, bytes]]) -> dict[str, str]:
        told = ((name, self._write(name, raw)) for name, raw in mails)
        return {name: why for name, why in told if why}

    def _write(self, name: str, raw: bytes) -> str:
        """Whole or not at all: written and synced in tmp, then renamed into new. Without Paths, which cost as much as
        the writing. Why not, or ""."""
        waiting = f"{self._tmp}/{name}"
        try:
            with open(waiting, "wb") as file:  # noqa: PTH123
                file.write(raw)  # All of it: an unbuffered file would take what a full disk has room for, and say so.
                file.flush()
                os.fsync(file.fileno())
            os.rename(waiting, f"{self._new}/{name}")  # noqa: PTH104
        except OSError as refusal:
            return str(refusal.strerror)
        return ""

    def check(self) -> str:
        return "" if (self._path / "new").is_dir() else f"There is no Maildir at {self._path}."

    def close(self) -> None:
        """Ends the threads that write."""
        self._writers.shutdown()


def _sync_folder(path: str) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _name(raw: bytes, recipient: str) -> str:
    """The same for the same mail at every try: its Date, for the order in the folder, and a hash of its key."""
    key = mark(raw) or hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256(f"{key}\n{recipient}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
    date = written(head(raw))
    return f"{max(0, int(date.timestamp())) if date else 0}.{digest}.cmebot"
