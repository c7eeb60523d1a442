"""The strict reading of From: exactly one mailbox, spelled so that no two parsers can see two senders in it.

The full grammar of RFC 5322 is a gift to forgers: routes, groups, quoted local parts, comments,
encoded words inside an address. Whoever writes like that may still open a case, but has no authority.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses

from parsers.mail import charset
from parsers.reading import Address

MAX_FROM = 2000
"""Characters of a From header that are looked at; a longer one has no authority."""

# RFC 5322 3.2.3 dot-atom, ASCII only, and RFC 1123 host names with at least one dot or a plain label.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOLD = re.compile(r"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote. `address` is None when From gives nobody authority, and `remark` says why; `count` is how many
    mailboxes From names."""

    address: Address | None
    count: int
    remark: str = ""


def sender(values: list[str]) -> Sender:
    """The sender by the raw values of all From headers of the mail."""
    if not values:
        return Sender(None, 0, "The mail has no From.")
    count = sum(_mailboxes(v) for v in values)
    if len(values) > 1:
        return Sender(None, max(count, len(values)), "The mail has more than one From header.")
    value = _FOLD.sub(" ", values[0]).strip()
    if count != 1:
        return Sender(None, count, "From does not name exactly one mailbox.")
    return _one(value)


def _one(value: str) -> Sender:
    if len(value) > MAX_FROM or any(ord(c) < 32 and c != "\t" for c in value) or "\x7f" in value:
        return Sender(None, 1, "From holds control characters, or is too long.")
    name, bare = _split(value)
    if not _ADDRESS.fullmatch(bare) or len(bare) > 254 or "=?" in bare:
        return Sender(None, 1, "The address in From is not written as an address.")
    # Round trip: the standard library must see the same and only address (cpython#102988, #78336).
    if [a for _, a in getaddresses([_ascii_name(value, bare)])] != [bare]:
        return Sender(None, 1, "From can be read in more than one way.")
    address = Address(bare.lower(), name)
    shown = [a.lower() for a in _ADDRESS.findall(name)]
    if any(a != address.address for a in shown):
        if not value.startswith('"'):
            return Sender(None, 1, "From can be read in more than one way.")
        return Sender(address, 1, "The name in From shows another address than the one that wrote.")
    return Sender(address, 1)


def _split(value: str) -> tuple[str, str]:
    """The display name, decoded, and what stands as address: `name <address>` or the address alone."""
    if value.endswith(">") and value.count("<") == 1 and value.count(">") == 1:
        name, _, bare = value[:-1].rpartition("<")
        return _display(name), bare
    if "<" in _QUOTED.sub("", value):
        quoted = _QUOTED.match(value)
        rest = value[quoted.end() :].strip() if quoted else ""
        if quoted and rest.startswith("<") and rest.endswith(">"):
            return _display(quoted[0]), rest[1:-1]
        return "", ""
    return "", value


def _display(name: str) -> str:
    name = _QUOTED.sub(lambda m: re.sub(r"\\(.)", r"\1", m[1]), name.strip())
    return charset.decode_words(name).strip()


def _ascii_name(value: str, bare: str) -> str:
    """What the round trip looks at: letters beyond ASCII in the name (SMTPUTF8, raw bytes) are not the question."""
    name, _, _ = value.rpartition(bare)
    return re.sub(r"[^\x00-\x7f]", "x", name) + value[len(name) :]


def _mailboxes(value: str) -> int:
    """How many mailboxes a From names: the pieces between commas and semicolons that are not in quotes or comments."""
    bare = _strip_comments(_QUOTED.sub("x", value[: MAX_FROM * 2]))
    pieces = [p for p in re.split(r"[,;]", bare) if p.strip()]
    marks = max(bare.count("<"), 1 if pieces else 0)
    return max(len(pieces), marks)


def _strip_comments(value: str) -> str:
    depth, out = 0, []
    for c in value:
        if c == "(":
            depth += 1
        elif c == ")" and depth:
            depth -= 1
        elif not depth:
            out.append(c)
    return "".join(out)
