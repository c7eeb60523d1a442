"""Mails within a wrapping that mail programs open by themselves: Outlook's TNEF, and S/MIME that is signed only.

A signature is not checked here: who wrote a mail is the word of our own server (bot.trust).
"""

from __future__ import annotations

from asn1crypto import cms
from tnefparse import TNEF

from parsers.documents.layout import Unreadable

TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
SMIME_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
MOST_FILES = 50


def tnef_files(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each file in a winmail.dat ([MS-OXTNEF]). Raises Unreadable."""
    if not _whole(data):
        raise Unreadable("The winmail.dat is cut off. A person must look at it.")
    try:
        wrapped = TNEF(data, do_checksum=False)
    except Exception as problem:  # whatever it does to its reader, the file goes to a person
        raise Unreadable("The winmail.dat cannot be opened. A person must look at it.") from problem
    return [(_name(file), bytes(file.data)) for file in wrapped.attachments[:MOST_FILES] if file.data]


def _whole(data: bytes) -> bool:
    """Whether its attributes fill it to the end ([MS-OXTNEF] 2.1.3: level, id, length, data, checksum): the reader
    passes over what is missing, and a form would be lost unseen."""
    at = 6
    while at + 9 <= len(data):
        at += 9 + int.from_bytes(data[at + 5 : at + 9], "little") + 2
    return at == len(data)


def _name(file: object) -> str:
    """The long name where Outlook gives one. A TNEF that lacks it raises in `long_filename`."""
    try:
        name = file.long_filename()  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError):
        name = ""
    return str(name or getattr(file, "name", "") or "")


def signed_content(data: bytes) -> bytes:
    """The mail inside an opaque signature (RFC 8551 3.5.2, CMS SignedData); b"" where it is encrypted. Raises
    Unreadable."""
    try:
        outer = cms.ContentInfo.load(data)
        if outer["content_type"].native != "signed_data":
            return b""
        content = outer["content"]["encap_content_info"]["content"].native
    except Exception as problem:  # whatever it does to its reader, the file goes to a person
        raise Unreadable("The signature of the mail cannot be opened. A person must look at it.") from problem
    return content if isinstance(content, bytes) else b""
