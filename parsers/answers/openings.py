"""What opens a reply and says nothing of its own: "Correction:", and that the writer has it from the own books."""

from __future__ import annotations

import re

_CORRECTION = re.compile(
    r"\A\W*(?:(?:hi|hello|sorry|apologies|oops)\b[^\n:]{0,25}?[,.!\n]\s*)?(?:a |small |slight )*correction"
    r"(?: to (?:my|the) (?:last|previous|earlier) (?:e-?mail|mail|message|reply|answer))?\s*(?:[:,.;–—-]\s*|\n\s*)",
    re.IGNORECASE,
)
"""It corrects an earlier mail; amid a reply it takes back what stands before it."""
_BY_THE_BOOKS = re.compile(
    r"\b(?:according to|acc to|going by|as per|per) (?:(?:the|our|my) )?(?:(?:pupil|housing|patient|school) )?"
    r"(?:capita(?: one)?|database|db|systems?|records?|register|sims|s2s|niche|pnc|systm ?one|emis|mosaic"
    r"|liquid ?logic|holmes|academy)\b(?! (?:she|he|they|it|team|office|staff)(?: [a-z]+)? (?:say|said|told|rang)),? ?",
    re.IGNORECASE,
)


def without_openings(text: str) -> str:
    """The text without them; every other word stays."""
    return _BY_THE_BOOKS.sub("", _CORRECTION.sub("", text, count=1))
