""" "See below": an answer that a colleague wrote and the writer sends on."""

from __future__ import annotations

import re

_POINTS = re.compile(
    r"\b(?:see below|see (?:the )?(?:email|reply|response|answer|message|note|comments?) (?:below"
    r"|from)|as below from|below (?:is )?from|reply below|response below|"
    r"answer below|forwarding (?:this )?(?:from|on)|from my colleague|my colleague'?s? (?:reply|response|answer|email)|"
    r"(?:reply|response|answer|word|message|email) from (?:my colleague|[A-Z]\w+)[^.\n]{0,20}below"
    r"|please see [A-Z]\w+'s (?:reply|response|answer)|[A-Z]\w+'s (?:reply|response|answer) "
    r"(?:is )?below)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[>\s*]*From:\s*\**\s*\"?(?P<name>[^<\n\"\[]+?)\"?\s*(?:[<\[].*)?$", re.MULTILINE)
_WROTE = re.compile(
    (
        r"^[>\s]*(?:On .{6,80}, )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})(?: <[^>\n]+>)? (?:wrote"
        r"|writes|said|says|replied)\s*:"
    ),
    re.MULTILINE,
)
_NAMED = re.compile(
    r"\b(?:below from|see below from|reply from|response from|answer from|word from|message from"
    r"|email from|colleague,?|forwarding from|forwarding on from"
    r"|see)\s+(?P<name>(?!below)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
_HEADERS = re.compile(r"^[>\s*]*(?:From|Sent|To|Cc|Subject|Date)\**:.*$\n?", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_RULES = re.compile(
    r"^[\s_=*-]*(?:-+ ?(?:original|forwarded) message ?-+|begin forwarded message:?|_{5,}|-{5,})[\s_=*-]*$\n?",
    re.MULTILINE | re.IGNORECASE,
)


def points_below(text: str) -> bool:
    """Whether the writer says that the answer is in the mail below."""
    return _POINTS.search(text) is not None


def colleague_of(text: str) -> tuple[str, str]:
    """The colleague's name ("" when the writer answers for himself; "a colleague" when unnamed) and the text in which
    the answer stands, without pointing words, mail headers and quote marks."""
    pointed = _POINTS.search(text)
    if not pointed:
        return "", text
    named = _FROM.search(text) or _WROTE.search(text) or _NAMED.search(text)
    below = _RULES.sub("", _HEADERS.sub("", _QUOTED.sub("", text)))
    below = _WROTE.sub("", below)
    end = re.search(r"[.,:\n]", below[(at := below.find(pointed[0])) + len(pointed[0]) :])
    below = below[:at] + (below[at + len(pointed[0]) + end.end() :] if end else "")
    name = named["name"].strip() if named else _signed(below)
    return name or "a colleague", below


def _signed(text: str) -> str:
    """The name that stands alone on the last line."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    return lines[-1] if len(lines) > 1 and re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?", lines[-1]) else ""
