"""What a clause says for an answer: a fact, a guess, a plan, a question, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from parsers.answers.clauses import Clause
from parsers.answers.says import AnswerWords
from parsers.answers.words import english

Standing = Literal["fact", "guess", "plan", "if", "asked", "denied"]
_RANK: dict[Standing, int] = {"fact": 0, "guess": 1, "plan": 2, "if": 3, "asked": 4, "denied": 5}
_POLITE = re.compile(r" (?:can|could|would|will|may) (?:you|we|i)\b| please\b")
_MODAL = re.compile(r" (?:could|would|might|may|should|must|ought to)$")
_DUTY = re.compile(r" (?:could|would|might|may)$")
"""A "could" right before the words makes of them a guess; a "should" too, where it is no decision."""
_WHETHER = re.compile(r"^ (?:whether|if|why|how)(?= |$)")
"""Not known whether: a question, and no answer."""
_TOLD = re.compile(
    r" (?:says?|said|tells?|told|reckons?|claims?|claimed|reports?|reported|confirms?|confirmed"
    r"|according to|insists?|swears?"
    r"|states?|stated|advised|thinks)(?= |$)"
)
_OTHERS_DOING = re.compile(
    r"^(?: (?:and|but|so|then|also|yes|no|the|his|her|their))*(?: (?:old|previous|last|former|other|new|receiving))?"
    r" (?:mum|dad|parents?|gran|nan|aunt|uncle|carer|family|he|she|they|<child>|social worker|welfare officer|police"
    r"|somebody|someone|landlord|neighbours?)"
    r"(?! (?:was|were|is|are|has been|have been|had been))(?: [^ ]+){0,3}$"
)
""" "Mum rang" is no attempt of the writer's; "mum was rung" is one."""
_RANG = re.compile(
    r"^ (?:mum|dad|parents?|carer|gran|nan|family)(?: (?:have|has|just|also|now|finally))*"
    r" (?:rang|phoned|called|emailed|texted|messaged|rung)(?= |$)"
)
"""What follows in the sentence is what they told."""
_OWN_NO = re.compile(
    r" (?:no|not|nobody|never|none|nothing|nowhere|without|unable|nil|neither|refused|declined|failed)(?= |$)"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where the words for an answer stand; `slots` keeps the words named in the phrase, as written."""

    event: str
    clause: Clause
    start: int
    end: int
    standing: Standing
    slots: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Token numbers, first and last."""

    @property
    def length(self) -> int:
        return self.end - self.start


def find_evidence(answer: AnswerWords, clauses: Iterable[Clause]) -> list[Evidence]:
    """The best evidence of each clause for the answer, in the order of the text."""
    found = []
    ringing = -1
    for clause in clauses:
        ringing = clause.sentence if _RANG.search(clause.joined) else ringing
        if answer.triggers is not None and answer.triggers.isdisjoint(clause.words):
            continue
        if any(p.search(clause.joined) for p in answer.never):
            continue
        here = [_evidence(answer, clause, m) for p in answer.patterns for m in p.finditer(clause.joined)]
        if answer.firsthand and ringing == clause.sentence:
            here = [replace(e, standing="if") if e.standing == "fact" else e for e in here]
        if here:
            found.append(min(here, key=lambda e: (_RANK[e.standing], not e.slots, -e.length)))
    return found


def matches(patterns: Iterable[re.Pattern[str]], clause: Clause) -> Iterable[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(clause.joined)


def standing(
    clause: Clause, match: re.Match[str], *, plan: bool = False, plea: bool = False, unsure: bool = False
) -> Standing:
    """How the match is meant, from the words around it."""
    before, after = clause.joined[: match.start()], clause.joined[match.end() :]
    words = english()
    if clause.asks and not (plea and _POLITE.search(clause.joined)):
        return "asked"
    if words.ifs.search(before) and not unsure:
        return "if"
    modal = _DUTY if plan else _MODAL
    hedged = bool(words.hedges.search(before) or words.afterthoughts.search(after) or after.endswith(" not"))
    if not unsure and (hedged or (modal.search(before) and not match[0].startswith((" not", " see ")))):
        return "guess"
    if _WHETHER.search(after):
        return "guess"
    if words.negators.search(f"{before} ".rpartition(" so ")[2]):
        return "guess" if says_no(match[0]) else "denied"
    if not plan and words.future.search(before):
        return "plan"
    return "fact"


def says_no(words: str) -> bool:
    """Whether the words name their own "no": "not on roll", "no trace"."""
    return _OWN_NO.search(words) is not None


def _evidence(answer: AnswerWords, clause: Clause, match: re.Match[str]) -> Evidence:
    slots = {
        name: (clause.at(match.start(name)), clause.at(match.end(name) - 1))
        for name, value in match.groupdict().items()
        if value
    }
    meant = standing(clause, match, plan=answer.plan, plea=answer.plea, unsure=answer.unsure)
    if meant == "fact" and answer.firsthand and _TOLD.search(clause.joined[: match.end()]):
        meant = "if"
    if meant == "fact" and answer.own and _OTHERS_DOING.search(clause.joined[: match.start()]):
        meant = "if"
    return Evidence(answer.event, clause, match.start(), match.end(), meant, slots)
