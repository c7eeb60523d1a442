"""Where a mail's own text ends: the farewell, the signature, the disclaimer. What follows is no part of a form."""

from __future__ import annotations

import re

_FAREWELL = re.compile(
    r"""^[ ]*(?:
      (?:(?:with[ ])?(?:kind(?:est)?|best|warm(?:est)?|many)[ ]+(?:regards|wishes|thanks)|regards|many[ ]thanks|thanks
         |thanks[ ](?:again|so[ ]much|very[ ]much|in[ ]advance)|thank[ ]you|thx|ta|best|kr
         |yours[ ](?:sincerely|faithfully|truly)|cheers)[ ]*[,.!]?[ ]*$
      | (?:kind|best|warm)[ ]regards\b | --[ ]*$ | sent[ ]from[ ]my[ ] | get[ ]outlook[ ]for[ ]
      | this[ ](?:e-?mail|message)(?:,|[ ]and|[ ]is|[ ]may|[ ]contains|[ ]was)
      | (?:confidentiality|disclaimer|privileged)\b | -{3,}[ ]?original[ ]message | begin[ ]forwarded[ ]message
      | (?:_{20,}|-{20,})[ ]*$
      | (?:dear|hi|hello|good[ ](?:morning|afternoon))\b[^.:\n]{0,40}[,!]?[ ]*$
    )""",
    re.I | re.M | re.X,
)


NOTES = 4_000
"""Characters after the last label in which a signature is looked for."""

_SIGNED = re.compile(
    r"\b(?:tel|phone|mob|www|officer|assistant|secretary|manager|administrator|head ?teacher|headteacher|head of|deputy"
    r"|lead|safeguarding|pastoral|receptionist|business)\b|[|@]|https?:",
    re.I,
)


def farewells(text: str) -> list[int]:
    """The places of the lines with which a mail, or one forwarded in it, takes its leave or begins."""
    return [match.start() for match in _FAREWELL.finditer(text)]


def signature(text: str, after: int) -> int | None:
    """A last paragraph of short lines, without sentences, with a post or a number in it: who wrote, not what."""
    for paragraph in re.finditer(r"\n[ \t]*\n(?=\s*\S)", text[after : after + NOTES]):
        start = after + paragraph.end()
        lines = [line.strip() for line in text[start : start + 1_000].split("\n\n")[0].strip().split("\n")]
        short = all(len(line) < 70 and not re.search(r"[a-z]{3}[.;]$", line) for line in lines)
        if 1 < len(lines) <= 8 and short and any(_SIGNED.search(line) for line in lines[1:]):
            return start
    return None
