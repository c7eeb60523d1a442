"""Words of serious concern, harm, risk of harm and bad living conditions (policy 1.4): a person is alarmed at once.

A miss may cost a child dear, a false alarm costs a minute: whatever may be meant counts. What is denied ("no bruises"),
said of all children ("if you think that a child is in danger, ring 999"), or a label of the form does not. Nobody here
decides that a concern is unfounded. The words lie in concerns.toml, for officers to read and add to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from parsers.lettered import any_lettered
from parsers.likeness import LIKE, likeness, telling
from parsers.proper import without_names
from parsers.reading import Concern
from parsers.wording import any_of, table

MAX_TEXT = 100_000
MAX_SENTENCE = 1_200
MAX_CONCERNS = 20
SAFETY = "speaks of a serious concern for the child's safety or welfare"
"""The kind that also finds safeguarding work being done (a strategy meeting, a welfare check)."""
LOOK_BACK = 150
"""Characters before a word in which a denial is looked for."""

_SENTENCE_END = re.compile(
    r"(?:(?<=[.!])|(?<=\?)(?!\s+(?:None|Nil|No|N/A)\b\s*(?:[.,;]|$)))[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])"
    r"|\n\s*\n|\n(?=\s*[-*•–]\s)|(?<=[.!?:])\n|\n(?=[A-Z][^\n:]{0,60}:)"
)
_HEADING = r"[\w'-]*(?:(?: (?:of|or|and|at|by|to)|/) ?[\w'-]+){0,3} ?[:?–—=-]\s*"
"""From the word to the colon of what is asked or listed: "Violence: none"."""
_SPACE = re.compile(r"\s+")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers)\b")


@dataclass(frozen=True, slots=True)
class _Kind:
    why: str
    words: re.Pattern[str]
    always: re.Pattern[str] | None
    beside: re.Pattern[str] | None
    """What must stand in the sentence too, and not denied: a weak sign alone is none."""
    accident: bool
    """Does not ring for an injury that tells its own harmless cause."""


@dataclass(frozen=True, slots=True)
class _Guards:
    """What keeps a sentence, or a word in it, from being taken for a concern."""

    idioms: re.Pattern[str]
    clause_end: re.Pattern[str]
    denial: re.Pattern[str]
    denial_behind: re.Pattern[str]
    doubt: re.Pattern[str]
    no_denial: re.Pattern[str]
    general: tuple[re.Pattern[str], ...]
    accident: tuple[re.Pattern[str], re.Pattern[str]]
    """The harmless cause of an injury, and what puts it in doubt."""
    label: re.Pattern[str]
    """A line that is no more than a label of a form and its tick."""


def concerns(text: str) -> tuple[Concern, ...]:
    """The sentences of `text` that must be looked at by a person, as written, each with what it speaks of. `text` is
    what somebody wrote now, or the free text of a form: no quotes, no labels."""
    found: dict[str, Concern] = {}
    for sentence in _sentences(text[:MAX_TEXT]):
        why = _why(without_names(sentence.replace("’", "'").replace("‘", "'")).lower())
        if why and sentence not in found:
            found[sentence] = Concern(sentence, why)
            if len(found) == MAX_CONCERNS:
                break
    return tuple(found.values())


def _sentences(text: str) -> list[str]:
    """Sentences on one line each, longer ones in pieces, so that no pattern sees more than a bounded text."""
    # A label ends what stands before it.
    text = "\n".join("" if len(line) < 150 and _guards().label.fullmatch(line) else line for line in text.split("\n"))
    pieces = (_SPACE.sub(" ", s).strip() for s in _SENTENCE_END.split(text))
    return [s[at : at + MAX_SENTENCE] for s in pieces if len(s) > 3 for at in range(0, len(s), MAX_SENTENCE - 100)]


@lru_cache(maxsize=4096)  # Greetings, signatures and the phrases of forms come again and again.
def _why(sentence: str) -> str:
    """What the sentence, in lower case, speaks of, by the lists, else by its likeness to what was told before."""
    return listed_why(sentence) or _like(sentence)


def _like(sentence: str) -> str:
    if likeness(sentence) < LIKE or _is_general(sentence):
        return ""
    return f"reads as mails of harm do ({', '.join(telling(sentence))})"


def listed_why(sentence: str) -> str:
    """What the sentence, in lower case, speaks of by the lists; "" for nothing. Most have none of the words, and need
    no more."""
    if not _any_word().search(sentence) or _is_general(sentence):
        return ""
    plain = _guards().idioms.sub(" # ", sentence)
    for kind in _kinds():
        if kind.always and kind.always.search(plain):
            return kind.why
        said = _said(kind.words, plain) and (kind.beside is None or _said(kind.beside, plain))
        if said and not (kind.accident and _is_accident(sentence, plain)):
            return kind.why
    return ""


def _said(words: re.Pattern[str], sentence: str) -> bool:
    return any(not _denied(sentence, match) for match in words.finditer(sentence))


def _is_accident(sentence: str, plain: str) -> bool:
    cause, doubt = _guards().accident
    return bool(cause.search(sentence)) and not doubt.search(plain)


def _is_general(sentence: str) -> bool:
    return all(p.search(sentence) for p in _guards().general) and not _PRONOUN.search(sentence)


def _denied(sentence: str, match: re.Match[str]) -> bool:
    """Whether the clause denies the word just before it, or a "none" stands behind it."""
    if _guards().denial_behind.match(sentence, match.end()):
        return True
    before = sentence[max(0, match.start() - LOOK_BACK) : match.start()]
    clause = _guards().clause_end.split(before)[-1]
    if _guards().doubt.search(clause):
        return False
    return bool(_guards().denial.search(_guards().no_denial.sub(" ", clause)))


@lru_cache(maxsize=1)
def _guards() -> _Guards:
    lexicon = table("concerns")
    denial, general, label = lexicon["denial"], lexicon["general"], lexicon["label"]
    return _Guards(
        idioms=_words(lexicon["idioms"]["words"]),
        clause_end=_any(denial["clause_ends"], r"[;,:–—()]|\s-\s|\b", r"\b"),
        denial=_any(denial["words"], r"\b", r"\b(?:\W+[\w'/-]+){0,9}\W*$"),
        denial_behind=_any(denial["behind"], _HEADING, r"(?=\s*(?:[.,;)]|$))"),
        doubt=_any(denial["doubt"], after=r"\b"),
        no_denial=_any(denial["no_denial"], r"\b", r"\b"),
        general=(
            _any(general["opens"], r"^\W*(?:please )?", r"\b|\bif\b"),
            _any(general["about"], r"\b", r"\b"),
            _any(general["then"], r"\b", r"\b"),
        ),
        accident=(_words(lexicon["accident"]["cause"]), _words(lexicon["accident"]["doubt"], after=r"\b")),
        label=re.compile(_label(label), re.IGNORECASE),
    )


def _label(parts: Mapping[str, list[str]]) -> str:
    qualifiers, words, alone, values = ("|".join(parts[k]) for k in ("qualifiers", "words", "alone", "values"))
    ticks = rf"(?:\(?(?:{values})?\)?[\W_]*){{0,6}}"
    asked = rf"(?:(?:{qualifiers}) )?(?:{words})[^.!?:\t]{{0,70}}[:?\t]"
    return rf"\W*(?:{asked}|(?:{alone})[\W_]*)\s*{ticks}"


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    kinds: list[Mapping[str, Any]] = table("concerns")["kind"]
    return tuple(_kind(k) for k in kinds)


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    """Whether a sentence has any of the words of any kind."""
    kinds: list[Mapping[str, Any]] = table("concerns")["kind"]
    return any_lettered(_filled(p) for kind in kinds for key in ("words", "other", "always") for p in kind.get(key, ()))


def _kind(entry: Mapping[str, Any]) -> _Kind:
    always, beside = (_words(entry[key]) if key in entry else None for key in ("always", "one"))
    words = _words([*entry.get("words", ()), *entry.get("other", ())] or [_NEVER])
    return _Kind(entry["why"], words, always, beside, entry.get("accident", False))


_NEVER = r"(?!)"


def _words(patterns: list[str], after: str = "") -> re.Pattern[str]:
    """All patterns in one, each at the start of a word, the names of the [child] table filled in."""
    return _any([_filled("|".join(patterns))], r"\b", after)


def _filled(pattern: str) -> str:
    for name, words in table("concerns")["child"].items():
        pattern = pattern.replace("{" + name + "}", words)
    return pattern


def _any(patterns: list[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """The lists are in lower case and are held against lower case: three times as fast as without regard to case."""
    return any_of(patterns, before, after, flags=re.NOFLAG)
