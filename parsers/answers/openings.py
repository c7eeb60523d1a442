"""What opens a reply, or a sentence of it, and says nothing of its own: "Correction:", that the writer has it from the
own books, the forms of an office ("I write to confirm that the above named child ...")."""

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

_MARKING = re.compile(r"^\W{0,3}official(?:[ –-]{1,3}sensitive)?\b\W{0,4}", re.IGNORECASE | re.MULTILINE)
_CHECKED = (
    r"(?:have |has )?(?:now |just |also |re-?)*(?:checked|searched|reviewed|looked (?:at|through|on|in)|consulted)"
    r"(?: (?:all|both|through))? (?:our|the|my|all)[^.,;\n]{0,40}? and "
)
_FORMAL = re.compile(
    r"(?:(?<=^)|(?<=[.!?\n,] )|(?<=\n))(?:"
    rf"(?:i|we) {_CHECKED}"
    rf"|(?:(?:i|we) )?(?:{_CHECKED}|have (?:now )?checked and )?(?:(?:can|am able to|are able to|would like to|wish to"
    r"|write to|am writing to|are writing to) )(?:now |also |hereby )?(?:confirm|advise|inform you)(?: to you| you)?"
    r" that(?! (?:on|by|when|tomorrow|today|later|next|this|if|we (?:have )?received)\b) "
    r"|(?:i|we) (?:now |hereby )?(?:confirm|advise) that "
    r"|(?:our|my|the) (?:records?|systems?|database|registers?) (?:now |currently )?(?:shows?|indicates?|confirms?)"
    r" that "
    r"|this is to (?:confirm|advise|inform you)(?: you)? that |please (?:be (?:advised|aware)|note)(?: that)? "
    r"|(?:further to|in response to|with reference to|regarding|re) (?:your|the) (?:recent )?(?:e-?mail|enquiry|request"
    r"|letter|message|mail)[^.,;\n]{0,40}, "
    r"|(?:following|after) (?:a|our|my|an|the) (?:\w+ )?(?:search|check|review)(?:es|s)? of [^.,;\n]{0,40}?,? "
    r"(?=(?:there|i|we|no|records)\b))",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:the )?above[- ]?(?:named|mentioned)? (?=(?:child|pupil|student|young person|family|girl|boy|subject)\b)",
    re.IGNORECASE,
)
_AS_PLANNED = re.compile(
    r"^(?![^\n]*(?:\b(?:not|never|no|but|though|only)\b|n't))([^\n]*?),?"
    r" as (?:planned|expected|agreed|arranged|scheduled)(?=[ \t]*(?:[.,;]|$))",
    re.IGNORECASE | re.MULTILINE,
)
""" "Started on Monday as planned"; where something is denied it may be the plan that is."""
_EFFECT = re.compile(r"\bwith (?:immediate )?effect from\b", re.IGNORECASE)


def without_openings(text: str) -> str:
    """The text without them; every other word stays."""
    text = _MARKING.sub("", _CORRECTION.sub("", text, count=1))
    text = _EFFECT.sub("from", _ABOVE.sub("the ", _AS_PLANNED.sub(r"\1", text)))
    return _BY_THE_BOOKS.sub("", _FORMAL.sub("", text))
