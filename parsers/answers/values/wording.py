"""The writer's own words, and the small facts that they hold: reasons, conditions, a yes or a no, an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.answers.clauses import Clause, bare_lead, clause_of, is_noise
from parsers.answers.details import read_details
from parsers.answers.evidence import matches, standing
from parsers.answers.things import reference
from parsers.answers.values.scene import Scene, Taken, own_words
from parsers.answers.words import any_of


def _words(scene: Scene, name: str) -> str:
    return own_words(scene.said)


_BECAUSE = re.compile(
    r"\b(?:because|due to|owing to|as|since|reason(?: is|:)?|:)\s+(?P<why>.+)$", re.IGNORECASE | re.DOTALL
)


def _reason(scene: Scene, name: str) -> str:
    """What stands beside the answer itself: "no visit made, the car broke down"."""
    beside = own_words(scene.said, scene.clauses)
    if beside:
        return re.sub(r"^(?:because|as|since|due to)\s+", "", beside, flags=re.IGNORECASE)
    return _after_because(scene)


_CLOSING = re.compile(r" (?:clos\w*|conclud\w*|shut|no further action)(?= |$)")


def _close_reason(scene: Scene, name: str) -> str:
    """Why a case is closed: what is said besides "yes", "close it" and the outcome's own name."""
    names = {way for ways in scene.says.outcomes.values() for way in ways}
    reasons = any_of(way for ways in scene.says.reasons.values() for way in ways)
    agreed = [
        e.clause for e in scene.evidence if e.length == len(e.clause.joined) and not reasons.search(e.clause.joined)
    ]
    bare = [c for c in scene.said.clauses if bare_lead(c) or c.joined.strip() in names or _CLOSING.search(c.joined)]
    bare += agreed
    beside = own_words(scene.said, bare) or _after_because(scene)
    why = re.sub(r"^(?:because|as|since|due to)\s+", "", beside, flags=re.IGNORECASE)
    return "" if why.lower().strip(" .!") in names else why


def _after_because(scene: Scene) -> str:
    found = _BECAUSE.search(own_words(scene.said))
    return found["why"] if found else ""


_SETS = re.compile(r"^ (?:not|with a|take|only|in pairs|two|double|joint)(?= |$)")
"""The words of a yes that are its condition themselves: "in pairs only"."""

_CONDITION = any_of(
    ["two", "pair", "pairs", "police", "dark", "daylight", "colleague", "alone", "together", "joint", "accompanied",
     "phone", "check in", "lone", "only", "provided", "as long as", "with", "doorstep", "ring", "before", "after",
     "must", "make sure", "ensure", "not go in", "daytime", "2", "if", "subject to", "twos", "buddy", "call in",
     "call", "first", "hours", "double", "escort", "stay", "do not", "not", "on condition", "manager", "when",
     "instead", "meet"]
)  # fmt: skip


def _conditions(scene: Scene, name: str) -> str:
    """From the first clause that sets a condition to the last."""
    first = scene.evidence[0] if scene.evidence else None
    behind = (first.start if _SETS.search(first.clause.joined[first.start : first.end]) else first.end) if first else 0
    spans = []
    for clause in scene.said.clauses:
        tail = clause.joined[behind:] if first and clause is first.clause else clause.joined
        if is_noise(clause) or not _CONDITION.search(tail) or (first and clause.sentence < first.clause.sentence):
            continue
        start = clause.at(behind + 1) if first and clause is first.clause else 0
        spans.append((clause.tokens[min(start, len(clause.tokens) - 1)].start, clause.tokens[-1].end))
    words = scene.words(spans[0][0], spans[-1][1]) if spans else ""
    return re.sub(r"[\s,]+(?:please|pls|thanks|thank you)$", "", words, flags=re.IGNORECASE)


def _whole(scene: Scene, name: str) -> str:
    """All that was written: a person reads it."""
    return " ".join(scene.said.text.split())


_ACTION = re.compile(
    (
        r"\b(?:agreed(?: action)?s?(?: (?:that|is|are|was))?(?: we)?|action(?:s)?(?: agreed)?(?: is| are"
        r"| was)?\s*:?|they(?:'ll| will)|they (?:advised?|suggest\w*|want|asked)(?: (?:that|us|me))?"
        r"|advice(?: is| was)?:?|plan(?: is)?:?|next steps?:?|we(?:'ll| will)|i(?:'ll| will)|to (?=make"
        r"|open|visit|check|do|carry|hold|continue|refer|monitor)|welfare check|strategy (?:meeting"
        r"|discussion)|no further action|nfa)[\s:,-]*(?P<a>[^.\n;]*)"
    ),
    re.IGNORECASE,
)


def _action(scene: Scene, name: str) -> str:
    """What was agreed to be done, from the word that announces it to the sentence's end."""
    match = _ACTION.search(scene.said.text)
    if not match:
        return ""
    whole = match[0].strip(" ,:-")
    action = match["a"].strip(" ,:-")
    keeps = re.match(
        r"(?:they'll|they will|we'll|we will|i'll|i will|welfare|strategy|no further|nfa)", whole, re.IGNORECASE
    )
    text = whole if keeps or not action else action
    return (
        ""
        if re.match(r"(?:not (?:a |considered )?safeguarding|it is not|it's not|this is)", text, re.IGNORECASE)
        else text
    )


def _flag(scene: Scene, name: str) -> str:
    """yes, no, or nothing where the reply says neither, or says both."""
    words = scene.says.flags[name]
    clauses = list(_told(scene))
    yes = any(_said_so(words.yes, c) for c in clauses)
    no = any(_said_so(words.no, c) for c in clauses)
    if no:
        return "no"
    return "yes" if yes else ""


def _told(scene: Scene) -> Iterator[Clause]:
    """The clauses; a heading with the yes or no behind it ("Card: no"); and the rest of a clause behind the answer,
    whose own "no" ("no response left card") denies nothing after it."""
    answered = {id(e.clause): e.end for e in scene.evidence}
    before: Clause | None = None
    for clause in scene.said.clauses:
        lead = bare_lead(clause) if before and not bare_lead(before) and len(before.tokens) <= 3 else ""
        if before and lead in ("yes", "no") and (before.asks or before.sentence == clause.sentence):
            yield replace(clause_of((*before.tokens, *clause.tokens), clause), asks=False)
            before = None
            continue
        if before:
            yield before
        before = clause
        rest = tuple(clause.tokens[clause.at(answered[id(clause)] - 1) + 1 :]) if id(clause) in answered else ()
        if rest:
            yield clause_of(rest, clause)
    if before:
        yield before


def _said_so(patterns: Sequence[re.Pattern[str]], clause: Clause) -> bool:
    return any(standing(clause, m) == "fact" for m in matches(patterns, clause))


def _flag_yes(scene: Scene, name: str) -> str:
    return "yes" if _flag(scene, name) == "yes" else ""


def outcome_of(text: str, outcomes: Mapping[str, Sequence[str]]) -> str:
    """The outcome that the words name, the longest wording first."""
    low = " " + " ".join(re.findall(r"[\w'-]+", text.lower())) + " "
    ways = sorted(((way, outcome) for outcome, ways in outcomes.items() for way in ways), key=lambda w: -len(w[0]))
    return next((outcome for way, outcome in ways if f" {way} " in low), "")


def _outcome(scene: Scene, name: str) -> str:
    return outcome_of(scene.said.text, scene.says.outcomes) or outcome_of(scene.said.text, scene.says.reasons)


def _close_outcome(scene: Scene, name: str) -> str:
    """ "Traced, close it" says where the child is, and is the answer `child.traced`."""
    outcome = _outcome(scene, name)
    return "" if outcome == "traced" and re.search(r"\btraced\b", scene.said.text, re.IGNORECASE) else outcome


def _closed_note(scene: Scene, name: str) -> str:
    closed = re.search(
        r"\b(?:clos\w+|previous\w*|old|histor\w+|past|ended|stepped down)\b", scene.said.text, re.IGNORECASE
    )
    return own_words(scene.said) if closed else ""


def _removal_reason(scene: Scene, name: str) -> str:
    match = re.search(
        (
            r"\b(?:reason(?: (?:is|was|for removal|for leaving))*\s*[:-]?|because|as|due to"
            r"|since)\s+(?P<r>(?!of\b)[^.\n;]+)"
        ),
        scene.said.text,
        re.IGNORECASE,
    )
    if match and not re.match(r"\s*(?:from|on)?\s*\d", match["r"]):
        return match["r"].strip()
    match = re.search(
        (
            r"\b((?:moved|transferred|emigrated|gone|relocated|left the (?:area|country)|home educat\w+"
            r"|elective home education|(?:house|family) move|permanent(?:ly)? exclu\w+|ground [a-z])\b[^.,\n;]*)"
        ),
        scene.said.text,
        re.IGNORECASE,
    )
    return match[1].strip() if match else ""


_GROUND = re.compile(
    r"\bground\W{0,3}\(?([a-o])\b|\b9\s*\(?1\)?\s*\(([a-o])\)|\bregulation 9\W{1,3}([a-o])\b", re.IGNORECASE
)


_DEATH = re.compile(
    r"\b(?:she|he|they|pupil|child|student|boy|girl|[A-Z][\w'’-]+),?"
    r"(?: (?!(?:nearly|almost|n[o']t|never)\b)\(?[\w'’-]+\)?,?){0,6} (?:died|passed away)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:mother|father|mum|mam|dad|parents?|carer|guardian|gran|granny|grand\w*|nan|nana|nanny|aunt\w*|uncle|cousin|brother|sister|sibling"
    r"|twin|friend|relative|husband|wife|partner)\b",
    re.IGNORECASE,
)


def _died(text: str) -> bool:
    """Whether it says that the child has died: in a sentence that speaks of nobody else."""
    return any(_DEATH.search(said) and not _OF_OTHERS.search(said) for said in re.split(r"[.;!?\n]+", text))


def _ground(scene: Scene, name: str) -> str:
    """The ground of regulation 9(1) of SI 2024/208, a letter from a to o; none when two are named, but for (k), where
    it says that the child has died."""
    found = {next(filter(None, m.groups())).lower() for m in _GROUND.finditer(scene.said.text)}
    named = found.pop() if len(found) == 1 else ""
    return named or ("k" if _died(scene.said.text) else "")


def _fields(scene: Scene, name: str) -> dict[str, str]:
    return read_details(scene.said, scene.context.day, scene.context.lacking)


def _ref(scene: Scene, name: str) -> str:
    found = scene.said.of("ref")
    return reference(found[0].text) if found else ""


def _case(scene: Scene, name: str) -> str:
    found = scene.said.of("case")
    return found[0].text.upper() if found else ""


WORDING: Mapping[str, Taken] = {
    "words": _words,
    "reason": _reason,
    "close-reason": _close_reason,
    "conditions": _conditions,
    "whole": _whole,
    "action": _action,
    "flag": _flag,
    "flag-yes": _flag_yes,
    "outcome": _outcome,
    "close-outcome": _close_outcome,
    "closed-note": _closed_note,
    "removal-reason": _removal_reason,
    "fields": _fields,
    "ground": _ground,
    "ref": _ref,
    "case": _case,
}
