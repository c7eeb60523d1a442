"""What else a reply says that keeps its answer from being taken: a brother, a condition, a time that is over, the word
of somebody else, another possibility, a "but".

An answer's phrases see a clause. These look at what stands beside it, whatever was asked, so that a turn nobody
foresaw is asked again and not guessed. An answer that stays what it is (a refusal "until they write" is one) names in
says.toml, under `despite`, the reserves that it bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.answers.another import Other, not_this, of_kin
from parsers.answers.clauses import Clause, Said, Token
from parsers.answers.coming import may_come
from parsers.answers.evidence import Evidence, says_no
from parsers.answers.words import english


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reserve is looked for in: the reply, the places where the answers stand, and the clauses beside them.

    `heeded` are all clauses that do not merely give a value's yes or no ("no card left", "next door thinks ...");
    `company` the words known beside the answers; `unsettled` those of the heeded in which no answer stands, `loose`
    those of them that are no yes, no or mere agreement."""

    said: Said
    written: date
    clauses: tuple[Clause, ...]
    heeded: tuple[Clause, ...]
    own: tuple[Evidence, ...]
    company: frozenset[str]
    unsettled: tuple[Clause, ...]
    loose: tuple[Clause, ...]
    others: tuple[Other, ...] = ()

    @property
    def near(self) -> list[Clause]:
        """The clauses of the sentences in which the answers stand; all, where an answer has no words of its own."""
        sentences = {e.clause.sentence for e in self.own}
        return [c for c in self.clauses if c.sentence in sentences or not sentences]


def reserves(beside: Beside, borne: Iterable[str] = ()) -> list[str]:
    """The names of the reserves that the reply makes, those in `borne` left out."""
    skipped = frozenset(borne)
    return [name for name, made in RESERVES.items() if name not in skipped and made(beside)]


def _condition(beside: Beside) -> bool:
    return any(english().conditions.search(_without_offers(c.joined)) for c in beside.clauses)


def _without_offers(words: str) -> str:
    """ "Let me know if ..." makes no condition; nor does "asked mum if"."""
    return _OFFER.sub("", words)


_OFFER = re.compile(
    r" (?:let (?:me|us) know|shout|ring|call|phone|email|tell|contact|give|asked?|asking|ask|check|see|know|sure"
    r"|happy|available|here|touch)\b[^,]{0,40} (?:if|whether|unless|as soon as|before (?:i|we))(?= |$).*"
)


def _bygone(beside: Beside) -> bool:
    return any(english().bygone.search(c.joined) or _in_an_earlier_year(c, beside) for c in beside.near)


def _in_an_earlier_year(clause: Clause, beside: Beside) -> bool:
    return any(int(year) < beside.written.year for year in _IN_YEAR.findall(clause.joined))


_IN_YEAR = re.compile(r" ((?:19|20)\d\d)(?= |$)")


def _hearsay(beside: Beside) -> bool:
    """What a parent, the school or a neighbour says or wants is no answer of the writer's, unless the writer says it
    too: "They have gone. The landlord says ..."."""
    told = bool(beside.own) and all(_told_before(e, beside) for e in beside.own)
    return told or any(_SOURCE.search(c.joined) for c in beside.near)


_SOURCE = re.compile(
    r" (?:according to|acc to|going by|by all accounts|from what)"
    r"(?! (?:the |our |my )?(?:database|db|system|systems|capita|records|register|sims|one|s2s|notes|file))(?= |$)"
)

_PEOPLE = (
    r" (?:mum|dad|gran|nan|grandad|parents?|family|carers?|aunt|auntie|uncle|he|she|they|school|head|neighbours?"
    r"|landlord|friends?|<child>|<name>|<school>|police|someone|somebody|people|word|rumour)"
)
_OPINION = re.compile(
    rf"{_PEOPLE}(?: [^ ]+){{0,3}} (?:says?|said|saying|tells?|told|reckons?|claims?|claimed|insists?|swears?|wants?"
    r"|wanted|thinks?|feels?|believes?|assumes?|hopes?|according)(?= |$)"
    r"| (?:i was told|we were told|i am told|we are told|been told|i heard|we heard|i gather|we gather|i understand)"
    r"(?= |$)"
)


def _told_before(evidence: Evidence, beside: Beside) -> bool:
    words = "".join(
        c.joined if c is not evidence.clause else c.joined[: evidence.start + 1]
        for c in beside.clauses[: beside.clauses.index(evidence.clause) + 1]
        if c.sentence == evidence.clause.sentence
    )
    return _OPINION.search(words) is not None


def _wavering(beside: Beside) -> bool:
    return any(english().wavering.search(c.joined) or _WOULD.search(c.joined) for c in beside.heeded)


_WOULD = re.compile(r" (?:i|we) would(?! (?:like|love|need|prefer))(?= |$)")


def _alternative(beside: Beside) -> bool:
    """ "A or B": neither. "No trace of him or mum" leaves nothing open."""
    if any(c.joined.startswith(" or ") for c in beside.clauses):
        return True
    for evidence in beside.own:
        before, _, _ = evidence.clause.joined.rpartition(" or ")
        if before and not says_no(before) and not _NO_CHOICE.search(evidence.clause.joined):
            return True
    return False


_NO_CHOICE = re.compile(
    r" (?:<date>(?! or <date>)|two|so|more|less|later) or | or (?:so|more|less|two|later)(?= |$)|confirm or deny"
)


def _quoted(beside: Beside) -> bool:
    """Words in quotation marks are somebody else's, unless the whole reply stands in them."""
    text = beside.said.text
    if '"' not in text or text.strip().startswith('"'):
        return False
    return any(text[: e.clause.tokens[0].start].count('"') % 2 for e in beside.own)


def _turn(beside: Beside) -> bool:
    """A "but" that is not understood. What is merely promised after it alters nothing."""
    if any(c.turn and not english().future.search(c.joined) for c in beside.unsettled):
        return True
    turned = {e.clause.sentence for e in beside.own if e.clause.turn}
    return any(c.sentence in turned for c in beside.loose)


def _denial(beside: Beside) -> bool:
    """A "not" beside a yes: "was there till July, nothing since"."""
    if any(says_no(e.clause.joined) for e in beside.own):
        return False
    return any(english().negators.search(c.joined) for c in beside.loose)


def _mistake(beside: Beside) -> bool:
    return any(english().mistakes.search(c.joined) for c in beside.clauses)


def _attempt(beside: Beside) -> bool:
    """ "Tried to upload it" is no upload, "asked Jo to post it" no post."""
    told = [e.clause.joined[: e.end] for e in beside.own if not says_no(e.clause.joined[e.start : e.end])]
    before = [words.rpartition(" ")[0] for words in told]
    return any(english().attempts.search(words) or _ASKED_TO.search(words) for words in before)


_ASKED_TO = re.compile(
    r" (?:ask|asked|asking|told|telling|want|wants|wanted|advised|got|getting) (?:[^ ]+ ){1,3}to(?= |$)"
)


def _reversal(beside: Beside) -> bool:
    ended = any(_ENDED.match(c.joined) for c in beside.loose)
    return ended or any(english().reversals.search(c.joined) for c in beside.heeded)


_ENDED = re.compile(r" (?:(?:and|then) )?(?:stopped|left|quit|withdrew|withdrawn|finished)(?: again)?$")
""" "He started, stopped, left"."""


def _waiting(beside: Beside) -> bool:
    """Half an answer: "none from north, still waiting on south"."""
    return any(english().still_waiting.search(c.joined) for c in beside.heeded)


def _merely_named(beside: Beside) -> bool:
    """A place or a day that is only named in a sentence about something else claims nothing."""
    return bool(beside.own) and all(
        _THING.fullmatch(e.clause.joined[e.start : e.end]) and not set(_around(e)) <= english().lists["frame"]
        for e in beside.own
    )


_THING = re.compile(r"(?: (?:at|on|from|in|to|of|as|with|by|until|<[a-z-]+>))+")


def _around(evidence: Evidence) -> list[str]:
    clause = evidence.clause
    return f"{clause.joined[: evidence.start]} {clause.joined[evidence.end :]}".split()


def _more_said(beside: Beside) -> bool:
    """ "Nothing under Dhal, loads under Dhall": beside a no, only the looking and another no say nothing new."""
    if not beside.own or not all(says_no(e.clause.joined) for e in beside.own):
        return False
    if any(" since " in e.clause.joined for e in beside.own) or any(_of_old(c, beside) for c in beside.near):
        return True
    return any(
        not says_no(c.joined) and not {w for w in c.joined.split() if not w.isdigit()} <= english().lists["looked"]
        for c in beside.loose
    )


def _of_old(clause: Clause, beside: Beside) -> bool:
    """ "No trace, last checked 2015"; a case that was closed then says all."""
    return _in_an_earlier_year(clause, beside) and " closed" not in clause.joined


def _strange_word(beside: Beside) -> bool:
    """ "He returned his books": a word that was never seen in company of that answer, wherever it stands."""
    return bool(beside.own) and all(any(_strange(t, _known(e, beside)) for t in _own(e)) for e in beside.own)


def _own(evidence: Evidence) -> Sequence[Token]:
    """The clause without the reason that it gives: "cannot tell you without a signed form"."""
    reason = _REASON.search(evidence.clause.joined, evidence.end)
    return evidence.clause.tokens[: evidence.clause.at(reason.start())] if reason else evidence.clause.tokens


_REASON = re.compile(
    r" (?:because|due to|owing to|without (?:a|an|the|his|her|their|consent|parental|written|signed))(?= |$)"
)


def _known(evidence: Evidence, beside: Beside) -> frozenset[str]:
    """Beside a no it is told as well of whom, and where was looked."""
    return beside.company | english().lists["of_whom"] if says_no(evidence.clause.joined) else beside.company


def _strange(token: Token, known: frozenset[str]) -> bool:
    return not (token.thing or token.word in known or any(c.isdigit() for c in token.word))


STRANGE = "strange word"
HEARSAY = "hearsay"
"""Of an answer that bears it too, where the writer is yet to look: "I am told they left, going tomorrow"."""
RESERVES: dict[str, Callable[[Beside], bool]] = {
    "another child": lambda beside: any(o.subject for o in beside.others),
    "for another child": lambda beside: any(not o.subject for o in beside.others),
    "somebody else": lambda beside: any(of_kin(c.joined) for c in beside.clauses),
    "contrast": lambda beside: any(not_this(c.joined) for c in beside.clauses),
    "condition": _condition,
    "bygone": _bygone,
    HEARSAY: _hearsay,
    "wavering": _wavering,
    "alternative": _alternative,
    "quoted": _quoted,
    "turn": _turn,
    "denial": _denial,
    "mistake": _mistake,
    "attempt": _attempt,
    "reversal": _reversal,
    "waiting": _waiting,
    "merely named": _merely_named,
    "more said": _more_said,
    STRANGE: _strange_word,
    "to come": lambda beside: any(may_come(e, beside.written) for e in beside.own),
}


def borne_by_all(despite: Sequence[frozenset[str]]) -> frozenset[str]:
    """The reserves that each of several answers bears."""
    return frozenset.intersection(*despite) if despite else frozenset()
