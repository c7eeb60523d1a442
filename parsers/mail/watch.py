"""Who is told of a document before it is opened: should it kill its reader, it is known which one it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _tell_nobody(digest: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Watch:
    """`opening` is called with the SHA-256 of each document, when its time begins to run; called again (at each page of
    a scan), it begins anew. Those in `forbidden` are not opened, and their verdict is
    what is said there."""

    opening: Callable[[str], None] = _tell_nobody
    forbidden: Mapping[str, str] = field(default_factory=dict)


UNWATCHED = Watch()
