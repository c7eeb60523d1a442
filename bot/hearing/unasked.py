"""What a reply tells that nobody asked for: news of the child, or no more than thanks."""

from __future__ import annotations

import re

from bot.cases.authority import own_school
from bot.cases.casework import Casework
from bot.hearing.answers import school_news
from bot.hearing.reply import Reply, names_another
from bot.matching.described import child_of
from parsers.reading import Understanding

_ENDS = frozenset({"child.returned", "referral.withdrawn"})
"""A school's word of its own pupil; an officer's waits for a tap."""


def news_of(work: Casework, reply: Reply) -> Understanding | None:
    """That the child is back, the parents are in touch, or the referral was a mistake, said beyond doubt (B15)."""
    case = work.case(reply.ref)
    own = own_school(case, reply.who)
    if not (own or reply.who.officer) or names_another(work, reply):
        return None
    told = school_news(work, reply.ref, reply.arrival, reply.who, reply.origin, child_of(case.facts))
    if not told:
        return None
    ends = not own and any(answer.event in _ENDS for answer in told)
    return Understanding("confirm" if ends else "understood", tuple(told))


_THANKS = re.compile(
    r"(?:ok(?:ay)?|great|lovely|brilliant|perfect)?[\s,.!]*(?:many |ok |great )?(?:thanks|thank you|thankyou|cheers)"
    r"(?: (?:very|so) much| a lot| for (?:this|that|your (?:help|email|reply|message))"
    r"| for (?:letting|telling) (?:me|us)(?: know)?"
    r")?(?: all| both)?[\s,.!]*",
    re.IGNORECASE,
)


def only_thanks(text: str) -> bool:
    """Whether there is nothing in it that a person would have to read: thanks, and a name below them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not _THANKS.fullmatch(lines[0]) or len(lines) > 2:
        return False
    return all(re.fullmatch(r"(?:[A-Z][a-z'’-]+\.? ?){1,3}", line) and not _SAYS.search(line) for line in lines[1:])


_SAYS = re.compile(r"\b(?:is|was|has|have|he|she|they|we|back|here|found|gone|not|no|yes|left|moved)\b", re.IGNORECASE)
"""A name has none of these."""
