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
    """Whether there is nothing in it that a person would have to read: thanks, a name below them, and below that the
    writer's post, office and number."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not _THANKS.fullmatch(lines[0]) or len(lines) > _MOST_LINES:
        return False
    below = lines[1:]
    return (
        all(map(_NAME.fullmatch, below[:1]))
        and all(map(_of_an_office, below[1:]))
        and not any(map(_SAYS.search, below))
    )


def _of_an_office(line: str) -> bool:
    """The line of a signature: a number or an address of a mailbox, or words of a post or an office, all of them with
    capitals."""
    return bool(_REACHED.fullmatch(line) or (_POST.search(line) and _TITLED.fullmatch(line)))


_MOST_LINES = 6
_NAME = re.compile(r"(?:(?:[A-Z][a-z'’-]+|[A-Z]\.?)(?:[A-Z][a-z]+)? ?){1,4}")
_TITLED = re.compile(r"(?:(?:[A-Z(&][\w.'’()&/-]*|of|and|the|for|[–|-])[,|]? ?){1,12}")
_REACHED = re.compile(
    r"(?:(?:tel|t|phone|ext|mob|m|e|email|direct|office)\b[.:]? ?)?(?:[+0(][\d ()-]{5,20}|\d{3,6}|\S+@\S+)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:academy|adminis\w+|admissions|adviser|advisor|assistant|attendance|authority|borough|bursar|business|clerk|college"
    r"|constabulary|coordinator|council|county|deputy|department|director\w*|education|engagement|executive|governor|hall|head"
    r"|headteacher|health|housing|hub|inclusion|infants?|juniors?|lead|manager|nurse|nursery|office|officer|pastoral|practitioner"
    r"|primary|principal|receptionist|registrar|safeguarding|school|secondary|secretary|senco|service|services|team|teacher|trust"
    r"|unit|visitor|welfare|worker)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:is|was|has|have|he|she|they|we|me|us|you|back|here|found|gone|not|no|yes|left|moved|seen|dead|died|safe|missing"
    r"|still|now|today|please|but|mum|dad|gran|nan|child|pupil|boy|girl|family|parents?|roll|rang|ring|call|wants?|reported"
    r"|traced|closed|returned|started|visiting|visited|called|hurt)\b",
    re.IGNORECASE,
)
"""A name, a post and an office have none of these."""
