"""What a mail passes on: the text of the mail below a forward, as its own writer wrote it.

It gives words about a child, never an author: whoever is quoted has said nothing to us.
"""

from __future__ import annotations

import re

from parsers.mail import quotes
from parsers.mail.new_text import new_text

_FORWARD = re.compile(r"\s*(?:fwd?|fw|wg|tr|pd|rv|enc|i|doorst)\s*:", re.IGNORECASE)
_MARK = re.compile(r"(?:begin )?forwarded message|weitergeleitete nachricht|message transféré", re.IGNORECASE)
_LABEL = re.compile(r"[\s*_>]{0,6}[\w ’'-]{1,20}\s?:")


def is_forward(subject: str, text: str) -> bool:
    """Whether the mail passes another on, by its subject or by the line of its mail program."""
    return bool(_FORWARD.match(subject)) or bool(_MARK.search(text[:20_000]))


def forwarded_text(text: str) -> str:
    """The new text of the mail that is passed on, without its header block; "" when none is found."""
    return first_quoted(text)[1]


def first_quoted(text: str) -> tuple[str, str]:
    """Of the mail that is quoted first the lines that say whose it is, and what its writer wrote; "" and "" without."""
    lines = [_unmarked(line) for line in text[:1_000_000].split("\n")[:20_000]]
    for at, line in enumerate(lines):
        if quotes.is_divider(line) or quotes.is_header_block(lines, at) or quotes.attribution(lines, at):
            rest = _after_header(lines, at)
            return "\n".join(lines[at : len(lines) - len(rest)]).strip(), new_text("\n".join(rest))
    return "", ""


def _unmarked(line: str) -> str:
    return re.sub(r"^[ \t]*>[ \t]?", "", line[:2000])


def _after_header(lines: list[str], at: int) -> list[str]:
    """What follows the divider, the attribution or the header block."""
    at += max(1, quotes.attribution(lines, at))
    while at < len(lines) and (not lines[at].strip() or quotes.is_header_block(lines, at)):
        at += 1
    if quotes.is_header_block(lines, at - 1) or (at < len(lines) and _LABEL.match(lines[at])):
        while at < len(lines) and _LABEL.match(lines[at]) and lines[at].strip():
            at += 1
    return lines[at:]
