"""A mail server's report on a mail of ours: which mail it was, and whether there is any use in sending it again.

RFC 3464 by its fields; what is no such report by flufl.bounce, which knows the forms that mail servers made up
themselves. Neither is asked for the address: a mail of ours has one recipient, and is known by its key.
"""

from __future__ import annotations

import logging
import re
from email.message import Message

from flufl.bounce import all_failures

from parsers.mail.carried import WalkedMail
from parsers.mail.headers import Headers, every
from parsers.reading import Bounce, Meaning

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # It would log each error that it raises as well.

MAX_TEXT = 300_000
"""Characters in which our key is looked for; a report quotes our mail's header near its beginning."""
MAX_HEURISTIC = 100_000
"""Characters up to which the forms without a standard are tried: their patterns were not made for hostile text."""
_KEY = re.compile(r"^[>\s]{0,8}X-CME-Key:[ \t]{0,4}([0-9A-Z]{20,40})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(r"^[>\s]{0,8}(?:X-)?(?:Original-)?Message-ID:\s{0,4}(<[^<>\s]{1,300}>)", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"^(action|status|diagnostic-code)[ \t]*:[ \t]*(.{0,500})", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -]")
# RFC 3463 3.2 and 3.3: the mailbox does not exist, has moved, is disabled; 5.1.10 and 5.4.1 are Exchange's.
_DEAD = re.compile(r"5\.(?:1\.(?:0|1|2|3|6|10)|2\.1|4\.1)$")
# A full mailbox (X.2.2) and a busy or unreachable system pass, whatever class the server gives them.
_PASSES = re.compile(r"(?:4\.\d+|5\.2\.2|5\.4\.7)(?:\.|$)")
_FULL = re.compile(r"(?:mailbox|quota|inbox)\b.{0,40}\b(?:full|exceeded)|over quota", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:user|mailbox|recipient|address|account)\b.{0,30}\b(?:unknown|not found|does ?n.t exist|unavailable|disabled)"
    r"|no such (?:user|mailbox|recipient|address)|unknown (?:user|recipient|local.part)|unrouteable address"
    r"|recipient is(?: not|n.t) valid",
    re.IGNORECASE,
)
# RFC 3463 3.6 and 3.8: protocol and policy; 5.1.7 and 5.1.8 are the sender's address.
_OF_US = re.compile(r"5\.(?:5\.\d+|7\.\d+|1\.[78])$")
_RELAY = re.compile(r"\brelay|\bblocked\b|\bblacklist|\bspam", re.IGNORECASE)


def read(mail: WalkedMail, headers: Headers) -> Bounce:
    """What the report says. Never raises for what it holds."""
    shown = "\n".join(_shown(mail))[:MAX_TEXT]
    keys = [k for inner in mail.nested for k in every(inner.message, "X-CME-Key")] + _KEY.findall(shown)
    ids = [i for inner in mail.nested for i in every(inner.message, "Message-ID")] + _ID.findall(shown)
    report = next((f for f in mail.files if f.content_type.endswith("/delivery-status")), None)
    fields = _fields(report.data.decode("utf-8", "replace")) if report else {}
    said = " ".join((fields.get("diagnostic-code") or _telling(mail.text)).split())[:300]
    status = _status(fields.get("status", ""), said)
    return Bounce(
        keys=tuple(dict.fromkeys(k.strip().upper() for k in keys))[:5],
        message_ids=tuple(dict.fromkeys([*(i.strip() for i in ids), *headers.answers]))[:10],
        meaning=_meaning(fields.get("action", "").strip().lower(), status, said) or _by_form(mail),
        status=status,
        said=said,
    )


def answered(said: str) -> Bounce | None:
    """What a server meant that refused an address (RFC 5321, RCPT) in these words; None where it is us whom it refuses,
    which says nothing of the address."""
    said = " ".join(said.split())[:300]
    status = _status("", said)
    if _OF_US.match(status) or _RELAY.search(said):
        return None
    return Bounce(meaning=_meaning("failed", status, said) or "refused", status=status, said=said)


def _shown(mail: WalkedMail) -> list[str]:
    """All in which a server may quote the header of our mail: its own text, a text/rfc822-headers, an attached text."""
    files = [f.data.decode("utf-8", "replace") for f in mail.files if f.content_type.startswith(("text/", "message/"))]
    return [mail.text, *files]


def _fields(report: str) -> dict[str, str]:
    """The first recipient's: our mails have one."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(report[:MAX_TEXT]):
        found.setdefault(name.lower(), value)
    return found


def _status(field: str, said: str) -> str:
    """The more telling of the two: some servers write 5.0.0 and mean what they quote."""
    here, there = _STATUS.search(field), _STATUS.search(said)
    if here and (not there or not here[1].endswith(".0.0")):
        return here[1]
    return there[1] if there else here[1] if here else ""


def _telling(text: str) -> str:
    """The line of a report in prose that gives the reason."""
    lines = [line.strip() for line in text[:MAX_HEURISTIC].splitlines() if line.strip()]
    for pattern in (_STATUS, _NOBODY, _FULL, _REPLY):
        if found := next((line for line in lines if pattern.search(line[:500])), ""):
            return found[:500]
    return ""


def _meaning(action: str, status: str, said: str) -> Meaning | None:
    """RFC 3464 2.3.3 for the action; None where nothing tells."""
    if action in ("delivered", "relayed", "expanded"):
        return "arrived"
    if action == "delayed":
        return "trying"
    if _PASSES.match(status) or _FULL.search(said):
        return "later"
    if _DEAD.match(status) or (not status and _NOBODY.search(said)):
        return "dead"
    if status.startswith("5") or ((reply := _REPLY.search(said)) and reply[1].startswith("5")):
        return "refused"
    if reply := _REPLY.search(said):
        return "later"
    return "refused" if action == "failed" else None


def _by_form(mail: WalkedMail) -> Meaning:
    if len(mail.text) > MAX_HEURISTIC:
        return "refused"
    message: Message = mail.message
    try:
        passing, lasting = all_failures(message)
    except Exception:  # noqa: BLE001 - its detectors fall over headers (a raw 8-bit From); the key was found without it
        return "refused"
    return "dead" if lasting else "trying" if passing else "refused"
