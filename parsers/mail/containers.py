"""Files that hold files: zip files, documents with others in them, and mails as Outlook keeps them. What is no
container stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parsers.documents.layout import Unreadable
from parsers.mail import archive, embedded, msg, tnef
from parsers.mail.carried import MAX_NESTED, FilePart, Room, WalkedMail

_TOO_DEEP = "It lies too deep in other zip files to be read. A person must look at it."
_NOTHING = "The winmail.dat of the mail holds nothing. Ask the sender to send the file itself, or a PDF."
_EMPTY = "The zip file holds no file. Ask the sender to send the form itself."


@dataclass(slots=True)
class Opened:
    """What a file turned out to hold. `raw_mails` are the bytes of mails; `text` words that belong to the mail that
    the file came with."""

    files: list[FilePart] = field(default_factory=list)
    mails: list[WalkedMail] = field(default_factory=list)
    raw_mails: list[bytes] = field(default_factory=list)
    text: str = ""
    remarks: list[str] = field(default_factory=list)


def opened(file: FilePart, room: Room, depth: int = 0) -> Opened:
    """Opens a container, and those within; one that is damaged stays a file, and says so."""
    found = Opened()
    try:
        _open(file, room, depth, found)
    except Unreadable as why:
        found.files.append(FilePart(file.name, file.content_type, file.data, str(why)))
    return found


def _open(file: FilePart, room: Room, depth: int, found: Opened) -> None:
    if file.trouble:
        found.files.append(file)
    elif file.name.lower().endswith(".eml"):
        found.raw_mails.append(file.data)
    elif file.data.startswith(tnef.SIGNATURE):
        _beside(tnef.mail(file.data, room), room, depth, found)
    elif msg.is_msg(file.data):
        _within(msg.mail(file.data, room, depth), room, depth, found)
    elif archive.is_archive(file.data):
        if depth >= MAX_NESTED:
            raise Unreadable(_TOO_DEEP)
        inner = list(archive.files(file.data, room))
        if not inner:
            raise Unreadable(_EMPTY)
        for one in inner:
            _join(found, opened(one, room, depth + 1))
    else:
        found.files.append(file)
        for one in embedded.in_document(file, room):
            deep = replace(one, data=b"", trouble=embedded.TOO_DEEP)
            _join(found, opened(one if depth < MAX_NESTED else deep, room, depth + 1))


def _beside(mail: WalkedMail, room: Room, depth: int, found: Opened) -> None:
    """A winmail.dat is no mail of its own: its files and words are those of the mail that it came with."""
    if not mail.files and not mail.text.strip():
        raise Unreadable(_NOTHING)
    found.text = mail.text
    found.remarks += mail.remarks
    for file in mail.files:
        _join(found, opened(file, room, depth + 1))


def _within(mail: WalkedMail, room: Room, depth: int, found: Opened) -> None:
    """A mail from Outlook, the containers among its files opened."""
    held = Opened()
    for file in mail.files:
        _join(held, opened(file, room, depth + 1))
    remarks = (*mail.remarks, *held.remarks)
    inner = (*mail.nested, *held.mails)
    found.mails.append(replace(mail, files=tuple(held.files), nested=inner, remarks=remarks))
    found.raw_mails += held.raw_mails


def _join(found: Opened, more: Opened) -> None:
    found.files += more.files
    found.mails += more.mails
    found.raw_mails += more.raw_mails
    found.remarks += more.remarks
