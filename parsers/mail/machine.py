"""Why a mail is taken to have been written by a machine. No mail is ever sent in answer to such a one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parsers.mail.carried import WalkedMail
from parsers.mail.headers import Headers, every, first, untagged
from parsers.wording import listed

MachineKind = Literal["", "bounce", "auto-reply", "notification"]

_NOBODY = re.compile(r"(?:mailer-daemon|postmaster|bounces?|microsoftexchange[0-9a-f]{32})(?:[+-].*)?@", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|donotreply|notifications?)(?:[+-].*)?@", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Machine:
    """`kind` is "" for a mail by a person; `reason` says what shows it, for the register and the digest. `shared`: it
    may still be a person's letter that came through a list or a shared address. `own`: a mail of ours came back."""

    kind: MachineKind = ""
    reason: str = ""
    shared: bool = False
    own: bool = False


def judge(mail: WalkedMail, headers: Headers) -> Machine:
    """Who wrote it, a person or a machine, and which kind of machine."""
    for look in (_own, _report, _bounce, _invitation, _declared, _away, _list):
        found = look(mail, headers)
        if found.kind:
            return found
    return Machine()


def _own(mail: WalkedMail, headers: Headers) -> Machine:
    # Only in the header of the mail itself: a bounce carries our mail inside.
    key = first(mail.message, "X-CME-Key")
    return Machine("notification", "It is one of our own mails (X-CME-Key).", own=True) if key else Machine()


def _report(mail: WalkedMail, headers: Headers) -> Machine:
    if mail.message.get_content_type() != "multipart/report":
        return Machine()
    what = str(mail.message.get_param("report-type", "")).lower()
    if what == "delivery-status" or "message/delivery-status" in mail.types:
        return Machine("bounce", "It is a delivery report (RFC 3464).")
    if what == "disposition-notification" or "message/disposition-notification" in mail.types:
        return Machine("notification", "It is a read receipt (RFC 8098).")
    return Machine("notification", "It is a report by a mail server.")


def _bounce(mail: WalkedMail, headers: Headers) -> Machine:
    if first(mail.message, "X-Failed-Recipients"):
        return Machine("bounce", "A mail server names recipients that failed.")
    if "message/delivery-status" in mail.types:
        return Machine("bounce", "It carries a delivery report (RFC 3464).")
    address = headers.sender.address
    nobody = bool(_NOBODY.match(address.address)) if address else False
    if (nobody or _null_path(mail)) and listed("mail/phrases", "bounce_subject").search(headers.subject):
        return Machine("bounce", "A mail server says that a mail was not delivered.")
    if address and _NOBODY.match(address.address):
        return Machine("notification", "It was written by a mail server.")
    return Machine()


def _invitation(mail: WalkedMail, headers: Headers) -> Machine:
    if "text/calendar" in mail.types:
        return Machine("notification", "It is a calendar invitation.", shared=True)
    return Machine()


def _declared(mail: WalkedMail, headers: Headers) -> Machine:
    """RFC 3834 5 and its forerunners: the sender's program says so itself."""
    submitted = first(mail.message, "Auto-Submitted").split(";")[0].strip().lower()
    away = _null_path(mail) or _says_away(headers)
    if submitted.startswith("auto-replied") or (submitted not in ("", "no") and away):
        return Machine("auto-reply", f"Its program says so (Auto-Submitted: {submitted[:40]}).")
    if submitted not in ("", "no"):
        return Machine("notification", f"Its program says so (Auto-Submitted: {submitted[:40]}).", shared=True)
    for name in ("X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply", "X-Autoresponder"):
        if first(mail.message, name).strip().lower() not in ("", "no"):
            return Machine("auto-reply", f"Its program says so ({name}).")
    precedence = first(mail.message, "Precedence").strip().lower()
    if precedence in ("auto_reply", "auto-reply"):
        return Machine("auto-reply", f"Its program says so (Precedence: {precedence}).")
    if precedence in ("bulk", "junk"):
        return Machine("notification", f"It was sent in bulk (Precedence: {precedence}).", shared=True)
    return Machine()


def _says_away(headers: Headers) -> bool:
    return bool(listed("mail/phrases", "away_subject", r"\s*").match(untagged(headers.subject)))


def _away(mail: WalkedMail, headers: Headers) -> Machine:
    if _says_away(headers):
        return Machine("auto-reply", "Its subject is that of an automatic reply.")
    # X-Auto-Response-Suppress alone proves nothing: Exchange sets it on mails that people write, too.
    if _null_path(mail) and first(mail.message, "X-Auto-Response-Suppress"):
        return Machine("auto-reply", "It wants no answer (empty Return-Path, X-Auto-Response-Suppress).")
    if _null_path(mail):
        return Machine("notification", "It wants no answer (empty Return-Path).", shared=True)
    return Machine()


def _list(mail: WalkedMail, headers: Headers) -> Machine:
    if first(mail.message, "List-Id") or first(mail.message, "List-Unsubscribe"):
        return Machine("notification", "It came through a mailing list.", shared=True)
    address = headers.sender.address
    if address and _NO_REPLY.match(address.address):
        return Machine("notification", "It was sent from an address that reads no answers.", shared=True)
    return Machine()


def through_list(mail: WalkedMail) -> bool:
    """A list's copy bears the list's own header (RFC 2919)."""
    return bool(first(mail.message, "List-Id") or first(mail.message, "List-Post"))


def _null_path(mail: WalkedMail) -> bool:
    return any(v.strip() == "<>" for v in every(mail.message, "Return-Path"))
