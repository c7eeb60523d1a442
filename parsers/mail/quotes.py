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
        (r"\W{0,3}(?:w dniu|dnia)\b.*\d|.{0,20}\d{4}.{0,20}", r"\b(?:napisał\s?\(?a?\)?|pisze)\s?:\s*$"),
        (r"\W{0,3}wiadomość (?:napisana|wysłana) przez\b", r"\d\s?:\s*$"),
        (
            r"\W{0,3}(?:pe|[îi]n data de|la|[îi]n (?:lun|mar|mie|joi|vin|s[âa]m|dum))\b.*\d|.{0,30}\d{4}.{0,30}",
            r"\ba scris\s?:\s*$",
        ),
        (r"\W{0,3}el\b.*\d", r"\bescribió\s?:\s*$"),
        (r"\W{0,3}(?:il giorno|il)\b.*\d", r"\bha scritto\s?:\s*$"),
        (r"\W{0,3}(?:em|a)\b.*\d", r"\bescreveu\s?:\s*$"),
        (r"\W{0,3}op\b.*\d", r"\bschreef\b.{0,100}:\s*$"),
        (r"\W{0,3}ar\b.*\d", r"\bysgrifennodd\b.{0,100}:\s*$"),
    )
)
_WRITER = re.compile(r"<[^<>\s@]{1,64}@[^<>\s@]{1,100}>[^<>\d]{0,40}:\s*$")
_YEAR, _CLOCK = re.compile(r"\b(?:19|20)\d\d\b"), re.compile(r"\b\d{1,2}[:.h]\d\d\b")
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
            # A line of the sender's own may begin like one that stands right below it.
            if found and not any(start.match(line[:MAX_LINE]) for line in lines[at + 1 : at + found]):
                return found
    return _by_its_facts(lines, at)


def _ends(lines: list[str], at: int, end: re.Pattern[str]) -> int:
    """Its last words may be wrapped, too ("a" / "écrit :")."""
    before = ""
    for n, line in enumerate(lines[at : at + MAX_ATTRIBUTION], 1):
        if n > 1 and not line.strip():
            return 0
        last = line[-MAX_LINE:].strip()
        if last.endswith(":") and end.search(f"{before} {last}"):
            return n
        before = last
    return 0


def _by_its_facts(lines: list[str], at: int) -> int:
    """In whatever language: a year, a time, then an address in angle brackets, a few words, a colon. What stands above
    is the sender's own: it begins at the last line from which it has them all."""
    for n, line in enumerate(lines[at : at + MAX_ATTRIBUTION], 1):
        if n > 1 and not line.strip():
            return 0
        if line[-MAX_LINE:].rstrip().endswith(":"):
            return n if _names_writer(lines[at : at + n]) and not _names_writer(lines[at + 1 : at + n]) else 0
    return 0


def _names_writer(lines: list[str]) -> bool:
    said = " ".join(line[:MAX_LINE] for line in lines)
    writer = _WRITER.search(said)
    return writer is not None and all(fact.search(said, 0, writer.start()) for fact in (_YEAR, _CLOCK))


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
