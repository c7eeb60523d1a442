"""What a mail carries: its text, its files, and whole mails; and how much of it is looked at."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath

MAX_NESTED = 5
"""How deep a forward within a forward, or a zip within a zip, is followed."""

_NO_FILE_NAME = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\ufffd\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part that is a file. `name` is bare (no folder, no control character), made up when missing; `trouble` says why
    it cannot be read, where that is known before it is opened."""

    name: str
    content_type: str
    data: bytes
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class WalkedMail:
    """One mail: its header tree, the text and HTML of its body, its files, and the mails that it carries whole."""

    message: Message
    text: str
    html: str
    files: tuple[FilePart, ...]
    nested: tuple[WalkedMail, ...]
    types: frozenset[str]
    """The content types of all its parts, those of forwarded mails not counted."""
    names: tuple[str, ...]
    """The names that its parts give themselves."""
    remarks: tuple[str, ...]


@dataclass(slots=True)
class Room:
    """What may still be unpacked from the containers of one mail, all of them together."""

    files: int = 200
    bytes: int = 80_000_000

    def take(self, size: int) -> bool:
        """Whether there is room for one more file of that size; it is then taken."""
        if self.files < 1 or size > self.bytes:
            return False
        self.files -= 1
        self.bytes -= size
        return True


def file_name(raw: str, content_type: str) -> str:
    """A bare file name for display: never a path; `unnamed` with the type's ending when there is none."""
    bare = PurePosixPath(raw.replace("\\", "/")).name
    bare = _NO_FILE_NAME.sub("", bare).strip(" .")
    if bare:
        return bare[-150:]
    return "unnamed" + (mimetypes.guess_extension(content_type) or ".bin")
