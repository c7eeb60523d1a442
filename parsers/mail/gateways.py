"""Mails whose content a gateway keeps: encrypted ones, links to files, files that are still being scanned."""

from __future__ import annotations

import re
from typing import Any

from parsers.mail.carried import WalkedMail
from parsers.mail.wrapped import SMIME_TYPES
from parsers.wording import listed, table

MAX_TEXT = 20_000
_ENVELOPED = re.compile(r"enveloped-data|authenveloped", re.IGNORECASE)


def locked(mail: WalkedMail, text: str, new: str) -> str:
    """What keeps the content from us, as a person would call it; "" when nothing does. `text`: the whole text of the
    mail; `new`: what was written now."""
    whole = text[:MAX_TEXT]
    for row in table("mail/gateways")["locked"]:
        if _by_file(row, mail) or _says(row, whole):
            return str(row["says"])
    links = new[:MAX_TEXT] + "\n" + mail.html[:MAX_TEXT] if not mail.text.strip() else new[:MAX_TEXT]
    return next((str(row["says"]) for row in table("mail/gateways")["linked"] if _says(row, links)), "")


def scanning(mail: WalkedMail) -> bool:
    """Dynamic delivery of Defender for Office 365: the body comes first, each file is a placeholder of that name until
    it was looked at."""
    placeholder = listed("mail/gateways", "scanning")
    return any(placeholder.fullmatch(name[:200]) for name in mail.names)


def _by_file(row: dict[str, Any], mail: WalkedMail) -> bool:
    for file in mail.files:
        kind = file.content_type
        if "type" in row and re.fullmatch(row["type"], kind, re.IGNORECASE):
            return True
        if "file" in row and re.fullmatch(row["file"], file.name, re.IGNORECASE):
            return True
        if row.get("smime") and kind in SMIME_TYPES:
            return _is_enveloped(mail, file.data)
    return False


_ENVELOPED_OID = bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117")
"""RFC 5652: id-envelopedData and id-ct-authEnvelopedData, as they stand at the head of the structure."""


def _is_enveloped(mail: WalkedMail, data: bytes) -> bool:
    """Encrypted, not only signed: by the structure itself, then by what Content-Type says of it (RFC 8551 3.2.2)."""
    if any(oid in data[:64] for oid in _ENVELOPED_OID):
        return True
    return any(_ENVELOPED.search(str(part.get_param("smime-type", ""))) for part in mail.message.walk())


def _says(row: dict[str, Any], text: str) -> bool:
    return "text" in row and bool(re.search(row["text"], text, re.IGNORECASE))
