"""Long runs of base64 are lifted out of a mail before it is parsed, and put back before they are decoded.

The standard library's parser looks at every line for a boundary; nine hundred lines of an attachment, which can be none
(RFC 2046, 5.1.1: a boundary line begins with two hyphens), cost it more than all the rest of the mail."""

from __future__ import annotations

import hashlib
import re
from email.message import Message

# The parser takes the last line end of a part as the boundary's (RFC 2046, 5.1.1).
_MARK = re.compile(r"(lifted-[0-9a-f]{24}-)(\d+)\.(?:\r?\n|\Z)")
_RUN = re.compile(rb"^(?:[A-Za-z0-9+/]{60,76}+\r?\n){40,}+", re.MULTILINE)


def as_written(part: Message) -> object:
    """The payload as the parser left it. `get_payload()` would decode it by a charset that may be no name at all (one
    with a NUL in it raises ValueError)."""
    return part.__dict__.get("_payload")


class Lifted:
    """`rest` is the mail with a mark in the place of each run; `restore` puts the runs of a part back."""

    def __init__(self, raw: bytes) -> None:
        self._runs: list[str] = []
        # Nobody can write a mail that holds its own mark.
        self._mark = f"lifted-{hashlib.sha256(raw).hexdigest()[:24]}-"
        self.rest = _RUN.sub(self._lift, raw)

    def _lift(self, run: re.Match[bytes]) -> bytes:
        self._runs.append(run[0].decode("ascii"))
        return f"{self._mark}{len(self._runs) - 1}.\r\n".encode()

    def restore(self, part: Message) -> None:
        """The part's payload as it was in the mail."""
        payload = as_written(part)
        if self._runs and isinstance(payload, str) and self._mark in payload:
            part.set_payload(_MARK.sub(self._run, payload))

    def _run(self, mark: re.Match[str]) -> str:
        return self._runs[int(mark[2])] if mark[1] == self._mark else mark[0]
