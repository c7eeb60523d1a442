"""Authentication-Results by the grammar of RFC 8601 2.2, strictly: one character out of place and nothing is said.

Only the topmost header is looked at, and those right below it of the same server: our own server writes them above
whatever came from outside. Whether its authserv-id is to be believed is not decided here. ARC-Authentication-Results
(RFC 8617) is what others say that they saw, and nobody's word here. Exchange says beside it, in a header of its own,
whether the sender had logged in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from parsers.mail.headers import every
from parsers.reading import Authentication

MAX_VALUE = 8000
_AUTH_AS = "X-MS-Exchange-Organization-AuthAs"
"""https://learn.microsoft.com/exchange/header-firewall: Exchange takes such headers off what comes from outside."""

MAX_HEADERS = 10
"""A server has a handful of filters; more are an attack."""

_FOLD = re.compile(r"\r?\n[ \t]+")
_QUOTED = re.compile(r'"(?:[^"\\\r\n]|\\[\x20-\x7e])*"')
# Values are RFC 2045 tokens, domain names or mail addresses; `=`, `;` and white space divide.
_WORD = re.compile(r"[A-Za-z0-9!#$%&'*+./:@\[\]^_`{|}~?-]+")
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_RESULT = re.compile(
    r"none|pass|fail|temperror|permerror|policy|bestguesspass|neutral|softfail|softpass|hardfail|error|discard"
)


class _Malformed(Exception):
    """Not the grammar of RFC 8601."""


def read(message: Message) -> Authentication:
    """What our own server's Authentication-Results say of DMARC, and Exchange of the sender; what is not well formed at
    the top says nothing, and then nothing else is believed either."""
    values = _topmost(message)
    auth_as = _once(message, _AUTH_AS)
    if not values:
        return Authentication(auth_as=auth_as)
    try:
        return replace(_of_one_server(values), auth_as=auth_as)
    except _Malformed:
        return Authentication()


def _topmost(message: Message) -> list[str]:
    """The headers above the first Received that follows one: a server writes them above its own (RFC 8601, 4), some
    filters right below it; what another server had before lies further down."""
    values: list[str] = []
    for name, value in message.raw_items():
        if name.lower() == "received" and values:
            break
        if name.lower() == "authentication-results":
            values.append(_FOLD.sub(" ", str(value)[: 2 * MAX_VALUE]))
    return values[:MAX_HEADERS]


def _of_one_server(values: list[str]) -> Authentication:
    """The word of the topmost, or of the first below it under the same id that says anything of DMARC: each filter of a
    server may have a header of its own. Raises where the topmost is none."""
    top, of_dmarc = _parse(values[0])
    below = values[1:] if top.authserv_id and not of_dmarc else []
    for value in below:
        try:
            word, of_dmarc = _parse(value)
        except _Malformed:
            break
        if word.authserv_id != top.authserv_id:
            break
        if of_dmarc:
            return word
    return top


def _once(message: Message, name: str) -> str:
    """The value of a header that is there once; one that is there twice says nothing."""
    values = every(message, name)
    return values[0].strip()[:40] if len(values) == 1 else ""


def _parse(value: str) -> tuple[Authentication, bool]:
    """What one header says, and whether it speaks of DMARC at all, be it twice and so without a word on it."""
    segments = _segments(_tokens(value))
    head = segments[0]
    if "=" in head:
        # Microsoft 365 writes no authserv-id (against 2.2): the first segment is a result already.
        authserv_id, results = "", segments
    else:
        if not 1 <= len(head) <= 2 or (len(head) == 2 and head[1] != "1"):
            raise _Malformed
        authserv_id, results = head[0].lower(), segments[1:]
    compauth, _ = _of(results, "compauth")
    dmarc, properties = _of(results, "dmarc")
    domain = properties.get("header.from", "").lower()
    word = Authentication(authserv_id, dmarc, domain if _DOMAIN.fullmatch(domain) else "", compauth)
    return word, any(s and _method(s) == "dmarc" for s in results)


def _method(segment: list[str]) -> str:
    return segment[0].lower().partition("/")[0]


def _of(results: list[list[str]], method: str) -> tuple[str, dict[str, str]]:
    """A method's result with its properties. None, or two that may contradict each other: no word on it."""
    found = [_properties(s) for s in results if s and _method(s) == method]
    return found[0] if len(found) == 1 else ("", {})


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
