"""A Maildir (https://cr.yp.to/proto/maildir.html) with the Maildir++ folders `.Done` and `.Quarantine`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from pathlib import Path

from bot.mailboxes.port import Arrived, MailboxError, Seen, lease_mailbox
from bot.register.rows import Place, Target

FOLDER = "INBOX"
_SUBFOLDERS: dict[Target, str] = {"done": ".Done", "quarantine": ".Quarantine"}
# What is done keeps its flags in cur; what needs a person is new again.
_WITHIN: dict[Target, str] = {"done": "cur", "quarantine": "new"}


def make_maildir(path: Path) -> None:
    """Makes the three folders of a Maildir where they are missing."""
    for part in ("tmp", "new", "cur"):
        (path / part).mkdir(parents=True, exist_ok=True)


class MaildirMailbox:
    """`path` is made when missing. The lease is held from construction to `close`."""

    def __init__(self, path: Path, name: str, address: str) -> None:
        self.name = name
        self.address = address
        self._path = path
        make_maildir(path)
        for sub in _SUBFOLDERS.values():
            make_maildir(path / sub)
            (path / sub / "maildirfolder").touch()  # Maildir++: a folder, not an inbox
        self._lease = lease_mailbox(path / "cmebot.lock", name)
        self._lying: dict[str, Path] = {}

    def fetch(self, limit: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """By time of arrival, then by name. A file that cannot be read is passed over, and told of at the end."""
        return self._read(self._oldest(limit, seen))

    def heads(self, limit: int, size: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        return self._read(self._oldest(limit, seen), size)

    def fetch_these(self, places: Sequence[Place]) -> Iterator[Arrived]:
        found = ((place.uid, self._find(place.uid)) for place in places)
        return self._read((uid, path) for uid, path in found if path is not None)

    def _oldest(self, limit: int, seen: Seen) -> list[tuple[str, Path]]:
        new = (one for one in self._listing() if (0, one[1]) not in seen)
        return [(uid, path) for _, uid, path in nsmallest(limit, new)]

    def _read(self, files: Iterable[tuple[str, Path]], size: int = -1) -> Iterator[Arrived]:
        unreadable: list[str] = []
        for uid, path in files:
            try:
                with path.open("rb") as file:
                    raw = file.read(size)
            except FileNotFoundError:
                continue  # A person, or another program, has moved it since.
            except PermissionError:
                unreadable.append(str(path))
                continue
            self._lying[uid] = path
            yield Arrived(Place(self.name, FOLDER, 0, uid), raw, None)
        if unreadable:
            raise MailboxError(
                f"These mails may not be read; give the bot's user the right to: {', '.join(unreadable)}"
            )

    def _listing(self) -> Iterator[tuple[int, str, Path]]:
        for part in ("new", "cur"):
            with os.scandir(self._path / part) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                        continue
                    try:
                        arrived = entry.stat(follow_symlinks=False).st_mtime_ns
                    except FileNotFoundError:
                        continue
                    yield arrived, _unique(entry.name), Path(entry.path)

    def finish(self, place: Place, target: Target) -> None:
        path = self._find(place.uid)
        self._lying.pop(place.uid, None)
        if path is not None:
            self._move(path, self._path / _SUBFOLDERS[target] / _WITHIN[target], keep_flags=target == "done")

    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        for place in places:
            self.finish(place, target)

    def _find(self, uid: str) -> Path | None:
        """Where the file is now: a mail program that shows it moves it from new to cur, and adds flags to its name."""
        known = self._lying.get(uid)
        for path in (known, self._path / "new" / uid, self._path / "cur" / uid):
            if path is not None and path.exists():
                return path
        for path in (self._path / "cur").iterdir():
            if _unique(path.name) == uid:
                return path
        return None

    def _move(self, path: Path, into: Path, *, keep_flags: bool) -> None:
        """Not synced: should the power fail first, it lies where it lay, and is moved by the next poll."""
        name = path.name if keep_flags else _unique(path.name)
        goal, n = into / name, 1
        while goal.exists():  # The name of an earlier mail: rename would destroy that one.
            n += 1
            goal = into / f"{_unique(name)}.{n}{name[len(_unique(name)) :]}"
        try:
            path.rename(goal)
        except FileNotFoundError:
            return
        except OSError as refusal:
            raise MailboxError(
                f"{path} cannot be moved to {into}: {refusal.strerror}. Check rights and space."
            ) from refusal

    def close(self) -> None:
        self._lease.close()


def _unique(name: str) -> str:
    """The part before the flags (`:2,S`), which never changes."""
    return name.partition(":")[0]
