"""How mail programs show that what follows was written by somebody else, in the languages that reach a council."""

from __future__ import annotations

import re

from parsers.wording import listed

MAX_LINE = 400
"""Characters of a line that a pattern sees, so that no pattern meets a long one."""
MAX_ATTRIBUTION = 4
"""Lines over which an attribution may be wrapped."""
HEADER_BLOCK = 8
"""Lines in which the rest of a header block must follow its first."""

# "On Wed, 12 Nov 2014 at 10:00, Jo Bloggs <jo@school.example> wrote:"; how its first line starts, how its last ends.
_ATTRIBUTION = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in (
        (r"\W{0,3}on\b.*\d|\W{0,3}on (?:mon|tue|wed|thu|fri|sat|sun)", r"\bwrote\s?:\s*$"),
        (r"[^<]{0,80}<[^<>\s@]{1,64}@[^<>\s@]{1,100}>", r"\bwrote\s?:\s*$"),
        (r"\W{0,3}am\b.*\d", r"\bschrieb\b.{0,200}:\s*$"),
        (r".{0,80}\bschrieb am\b", r":\s*$"),
        (r"\W{0,3}le\b.*\d", r"\ba écrit\s?:\s*$"),
        (r"\W{0,3}(?:w dniu|dnia)\b.*\d|.{0,20}\d{4}.{0,20}", r"\bnapisał\(?a?\)?\s?:\s*$"),
        (r"\W{0,3}(?:pe|în data de|in data de|la)\b.*\d", r"\ba scris\s?:\s*$"),
        (r"\W{0,3}el\b.*\d", r"\bescribió\s?:\s*$"),
        (r"\W{0,3}(?:il giorno|il)\b.*\d", r"\bha scritto\s?:\s*$"),
        (r"\W{0,3}(?:em|a)\b.*\d", r"\bescreveu\s?:\s*$"),
        (r"\W{0,3}op\b.*\d", r"\bschreef\b.{0,100}:\s*$"),
        (r"\W{0,3}ar\b.*\d", r"\bysgrifennodd\b.{0,100}:\s*$"),
    )
)
# Outlook's plain text sets the labels in stars or underscores, where they were bold.
_BEFORE, _AFTER = r"[\s*_]{0,4}", r"\s{0,2}[*_]{0,2}\s?:[*_]{0,2}"


def is_quoted(line: str) -> bool:
    """A line that its mail program set off with > (RFC 3676 4.5) or with a bar."""
    return line[:80].lstrip(" \t").startswith((">", "│", "┃"))


def attribution(lines: list[str], at: int) -> int:
    """How many lines from `at` say "On ... somebody wrote:"; 0 when they do not."""
    first = lines[at][:MAX_LINE]
    if len(first.strip()) < 4:
        return 0
    for start, end in _ATTRIBUTION:
        if start.match(first):
            found = _ends(lines, at, end)
            if found:
                return found
    return 0


def _ends(lines: list[str], at: int, end: re.Pattern[str]) -> int:
    for n, line in enumerate(lines[at : at + MAX_ATTRIBUTION], 1):
        if n > 1 and not line.strip():
            return 0
        if end.search(line[-MAX_LINE:].rstrip()):
            return n
    return 0


def is_divider(line: str) -> bool:
    """A line such as "-----Original Message-----": all that follows was written by somebody else."""
    return bool(listed("mail/phrases", "dividers", r"[\s*>_]{0,40}-{0,20}\s{0,3}").match(line[:MAX_LINE])) or bool(
        listed("mail/phrases", "dividers", r"\s{0,20}").match(line[:MAX_LINE])
    )


def is_rule_over_header(lines: list[str], at: int) -> bool:
    """The line of underscores that Outlook on the web draws over the header block."""
    rule = lines[at].strip()
    if len(rule) < 10 or rule.strip("_-"):
        return False
    return any(is_header_block(lines, n) for n in range(at + 1, min(at + 4, len(lines))))


def is_header_block(lines: list[str], at: int) -> bool:
    """Outlook's From / Sent / To / Subject: From first, then when it was sent, and one more."""
    if not listed("mail/phrases", "block_from", _BEFORE, _AFTER + r"\s*\S").match(lines[at][:MAX_LINE]):
        return False
    block = [line[:MAX_LINE] for line in lines[at + 1 : at + 1 + HEADER_BLOCK]]
    sent = sum(1 for line in block if listed("mail/phrases", "block_sent", _BEFORE, _AFTER).match(line))
    other = sum(1 for line in block if listed("mail/phrases", "block_other", _BEFORE, _AFTER).match(line))
    return bool(sent and other) or other >= 2
