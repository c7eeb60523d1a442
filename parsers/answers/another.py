"""Another child, called by name: what a reply in the thread about one child says of "Wei Zhang" is not said of that
child. A worker, a carer, a colleague or a school may be named as well; so only a full name counts, of nobody who is
known, that stands where a child's does: as who is on no roll, or as whom no trace was found of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from parsers.answers.clauses import Clause, Token, is_noise
from parsers.answers.evidence import Evidence
from parsers.answers.words import english

_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|Sgt|Sir|Rev|Prof)\b")
_SAME = 80
"""Of a hundred: a name so alike is the child's own, mistyped."""
_LEADS_UP = re.compile(r"^(?: (?:and|so|re|ref|for|about|regarding|this|is|that|sorry|the|child|pupil|called))*$")
_AS_A_CHILD = re.compile(
    r"^(?: (?:also|now|still|currently|definitely|actually|never))?"
    r"(?: (?:is|was)(?! (?:dealing|visiting|handling|doing|covering|leading|looking|checking|chasing|on leave|away"
    r"|the worker))"
    r"| (?:has|have|had) (?:not |never |now |just |already |also |been )*"
    r"(?:started|moved|left|joined|arrived|returned|come|gone|been|attended|enrolled|registered|transferred)"
    r"| (?:can|may|could|should|will) (?:now |then )?"
    r"(?:come|be on|be off|be taken|be removed|be closed|stay|start|remain)"
    r"| not (?:known|on|at|registered|found|traced|seen|here|one)"
    r"| (?:does|did) not (?:attend|live|start|arrive|appear|show)"
    r"| (?:unknown|started|starts|arrived|moved|left|returned|attends|attending|lives|living|joined|enrolled|shows"
    r"|showing))(?= |$)"
)
_ABOUT = re.compile(r" (?:for|of|on|about|re|regarding|concerning|named|called|under|as)$")
_NOT_ABOUT = re.compile(
    r" (?:behalf of|(?:cover|covers|covered|covering|stand|standing|work|works|working|acting|deputising|wait|waiting"
    r"|care) (?:in )?for"
    r"|(?:lives|living|live|house|home|care|friend|address|office|team|head|city|town|instead|end|most) of"
    r"|(?:worker|officer|manager|pa|teacher|assistant) (?:for|to|of)|known as)$"
)
_HIS_PAPERS = re.compile(
    r"^ (?:ctf|file|form|referral|records?|case|application|place|details|name|dob|upn|letter|message|entry|visit)"
    r"(?= |$)"
)
_WITH = re.compile(r" (?:with|to|by|at|in|from|and|via|into|near|than|like|is|are|was|be|called)$")


@dataclass(frozen=True, slots=True)
class Other:
    """The other child's name as written; `subject`: it is told of, rather than that something was done for it."""

    name: str
    subject: bool


def others_named(
    text: str, clauses: Sequence[Clause], own: Sequence[Evidence], child: str, people: Collection[str]
) -> Iterator[Other]:
    """Every other child that the clauses name; `own` are the places where the answers stand. Of no child in
    particular (`child` empty) there is no other."""
    if not child:
        return
    for number, clause in enumerate(clauses):
        if is_noise(clause) and clause.tokens[0].word != "<name>":
            continue  # "Hi Jo Bale".
        for at in range(len(clause.tokens)):
            name = _full_name(text, clause.tokens, at)
            if not name or _is_known(name, child, people):
                continue
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            if _is_subject(clause, at, following, own):
                yield Other(name, True)
            elif _is_object(clause, at, own):
                yield Other(name, False)


def _full_name(text: str, tokens: Sequence[Token], at: int) -> str:
    """Two words or more, without a title; "Orla Brown" where the child's first name is Orla is one as well."""
    token = tokens[at]
    if not token.thing or token.thing.kind != "name":
        return ""
    start = token.start
    before = tokens[at - 1] if at else None
    if before and before.thing and before.thing.kind == "child" and " " not in text[before.start : before.end]:
        start = before.start
    name = re.sub(r"['’]s?$", "", " ".join(text[start : token.end].split()))
    return name if " " in name and not _TITLED.match(name) and not any(c.isdigit() for c in name) else ""


def _is_known(name: str, child: str, people: Collection[str]) -> bool:
    low = name.casefold()
    if any(fuzz.token_sort_ratio(low, one.casefold()) >= _SAME for one in re.split(r"[;\n]", child)):
        return True
    words = set(low.split())
    return low in people or any(words <= set(one.split()) for one in people)


def _is_subject(clause: Clause, at: int, following: Clause | None, own: Sequence[Evidence]) -> bool:
    """ "Wei Zhang is on no roll"; "Wei Zhang: not known", the name a clause of its own before the answer's."""
    first = at - 1 if at and clause.tokens[at - 1].word == "<child>" else at
    if not _LEADS_UP.match(clause.joined[: clause.offsets[first]] if first else ""):
        return False
    rest = clause.joined[clause.offsets[at] + len(clause.tokens[at].word) + 1 :]
    if rest:
        return _AS_A_CHILD.search(rest) is not None
    return following is not None and any(e.clause is following for e in own)


def _is_object(clause: Clause, at: int, own: Sequence[Evidence]) -> bool:
    """ "No trace of Wei Zhang", "posted for Wei Zhang", "accepted Wei Zhang", "Wei Zhang's file is uploaded",
    "found Wei Zhang"."""
    before = clause.joined[: clause.offsets[at]]
    if _ABOUT.search(before):
        return not _NOT_ABOUT.search(before)
    rest = clause.joined[clause.offsets[at] + len(clause.tokens[at].word) + 1 :]
    if _HIS_PAPERS.search(rest):
        return True
    here, end = clause.offsets[at], clause.offsets[at] + len(clause.tokens[at].word) + 1
    told_of = any(e.clause is clause and (here == e.end or (e.start < here and end == e.end)) for e in own)
    return told_of and not _WITH.search(before)


def of_kin(words: str) -> bool:
    """A brother, a sister, "the other one": the answer may be theirs. Who is only the source, or only stays with the
    child, is not meant. `words` are a clause's, each with a blank in front."""
    words = english().beside_others.sub(" ", words)
    return any(p.search(words) for p in (english().others, _KIN, _A_NAMESAKE, _FOR_KIN))


_A_NAMESAKE = re.compile(r" (?:an?|another|two|several|different|other|wrong) <child>(?= |$)")
_KIN = re.compile(
    r" (?:uncle|aunt|auntie|gran|nan|grandad|grandma|grandmother|grandfather|mate|friend|boyfriend|girlfriend"
    r"|stepdad|stepmum)(?: <name>)? (?:is|was|has|had|have|were|are|mum|dad|parents|family)(?= |$)"
)
_FOR_KIN = re.compile(
    r" (?:address|school|place|record|trace|entry|roll|tenancy|application)(?: [^ ]+)? (?:for|of) (?:the |his |her )?"
    r"(?:dad|mum|gran|nan|grandad|aunt|uncle|stepdad|stepmum|partner|boyfriend)(?= |$)(?! (?:and|or) )"
)
""" "A new address for the father"."""


def not_this(words: str) -> bool:
    """ "... not her", "not Coldwell Primary": it is told of something else."""
    return _NOT_THIS.search(words) is not None


_THIS = r"(?:her|him|them|she|he|they|<child>|<name>|<school>)"
_VERB = r"is|are|was|were|am|do|does|did|have|has|had|will|would|could|can|should|may|might|must|if|or|and|why|still"
_NOT_THIS = re.compile(
    rf" not (?:for |with )?{_THIS}$|^(?: but| and)? not (?:at |in |to )?<school>"
    rf"|(?<! )(?<=[^ ]) (?!(?:{_VERB}) )[^ ]+ not"
    r" (?:here|there|(?:the|in|at|by|with|from|for|our|his|her|on)(?: [^ ]+){1,2})$"
)
