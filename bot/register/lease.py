"""A lease: a file lock that its holder keeps for as long as it lives (flock(2): it ends with the process)."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

_POLL = 0.05


class LeaseTaken(Exception):
    """Someone else holds the lease. `holder` is the process id that the file names, or ""."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is held by {f'process {holder}' if holder else 'another process'}.")
        self.path = path
        self.holder = holder


class Lease:
    """Held from construction to `close`. `wait` is in seconds; afterwards `LeaseTaken`.

    The file stays behind: to delete it would let two hold "the" lease, one on a file that no longer has a name."""

    def __init__(self, path: Path, wait: float = 0.0) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._take(time.monotonic() + wait)
        except LeaseTaken:
            os.close(self._descriptor)
            raise
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def _take(self, until: float) -> None:
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise LeaseTaken(self._path, self._holder()) from None
                time.sleep(_POLL)
            else:
                return

    def _holder(self) -> str:
        return os.pread(self._descriptor, 32, 0).decode("ascii", "replace").strip()

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
