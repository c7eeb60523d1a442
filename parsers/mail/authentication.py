"""Authentication-Results by the grammar of RFC 8601 2.2, strictly: one character out of place and nothing is said.

Only the topmost header is looked at: our own server writes it above whatever came from outside. Whether its authserv-id
is to be believed is not decided here.
"""

from __future__ import annotations

import re
from email.message import Message

from parsers.mail.headers import every
from parsers.reading import Authentication

MAX_VALUE = 8000

_FOLD = re.compile(r"\r?\n[ \t]+")
_QUOTED = re.compile(r'"(?:[^"\\\r\n]|\\[\x20-\x7e])*"')
# Values are RFC 2045 tokens, domain names or mail addresses; `=`, `;` and white space divide.
_WORD = re.compile(r"[A-Za-z0-9!#$%&'*+./:@\[\]^_`{|}~?-]+")
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_RESULT = re.compile(r"none|pass|fail|temperror|permerror|policy|bestguesspass|neutral|softfail|hardfail|error|discard")


class _Malformed(Exception):
    """Not the grammar of RFC 8601."""


def read(message: Message) -> Authentication:
    """What the topmost Authentication-Results says of DMARC; empty when there is none or it is not well formed."""
    values = every(message, "Authentication-Results")
    if not values:
        return Authentication()
    try:
        return _parse(_FOLD.sub(" ", values[0]))
    except _Malformed:
        return Authentication()


def _parse(value: str) -> Authentication:
    segments = _segments(_tokens(value))
    head = segments[0]
    if "=" in head:
        # Microsoft 365 writes no authserv-id (against 2.2): the first segment is a result already.
        authserv_id, results = "", segments
    else:
        if not 1 <= len(head) <= 2 or (len(head) == 2 and head[1] != "1"):
            raise _Malformed
        authserv_id, results = head[0].lower(), segments[1:]
    found = [_properties(s) for s in results if s and s[0].lower().partition("/")[0] == "dmarc"]
    if len(found) != 1:
        # None, or two that may contradict each other: no word on DMARC.
        return Authentication(authserv_id)
    result, properties = found[0]
    domain = properties.get("header.from", "").lower()
    return Authentication(authserv_id, result, domain if _DOMAIN.fullmatch(domain) else "")


def _tokens(value: str) -> list[str]:
    """Words, quoted strings (without quotes), `=` and `;`; comments are dropped. Raises on anything else."""
    if len(value) > MAX_VALUE or not value.isascii() or any(ord(c) < 32 and c != "\t" for c in value):
        raise _Malformed
    out: list[str] = []
    at = 0
    while at < len(value):
        c = value[at]
        if c in " \t":
            at += 1
        elif c == "(":
            at = _after_comment(value, at)
        elif c in "=;":
            out.append(c)
            at += 1
        else:
            match = (_QUOTED if c == '"' else _WORD).match(value, at)
            if not match:
                raise _Malformed
            # A quoted string is one value, whatever signs it holds; a mark keeps it from being taken for a divider.
            out.append(match[0] if c != '"' else "\x01" + match[0][1:-1])
            at = match.end()
    return out


def _after_comment(value: str, at: int) -> int:
    """RFC 5322 3.2.2: comments nest, and a backslash takes the next character."""
    depth = 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
        elif value[at] == "(":
            depth += 1
        elif value[at] == ")":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    raise _Malformed


def _segments(tokens: list[str]) -> list[list[str]]:
    segments: list[list[str]] = [[]]
    for token in tokens:
        if token == ";":
            segments.append([])
        else:
            segments[-1].append(token)
    if not segments[0]:
        raise _Malformed
    return segments


def _properties(segment: list[str]) -> tuple[str, dict[str, str]]:
    """`method = result`, then `reason = value` and `ptype.property = value`, each name at most once."""
    if len(segment) % 3 or any(segment[i] != "=" for i in range(1, len(segment), 3)):
        raise _Malformed
    pairs = [(segment[i].lower(), segment[i + 2]) for i in range(0, len(segment), 3)]
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names) or any(v == "=" or n.startswith("\x01") for n, v in pairs):
        raise _Malformed
    result = pairs[0][1].lower()
    if not _RESULT.fullmatch(result):
        raise _Malformed
    return result, {n: v for n, v in pairs[1:] if not v.startswith("\x01")}
