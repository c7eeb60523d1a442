"""A reply's sentences and clauses: what is said, and whether it is said as a fact, a guess, a plan or a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers.answers.things import Thing, find_things
from parsers.answers.words import Lexicon, english, spelled

_INVISIBLE = re.compile(r"[​-‏‪-‮⁠️﻿­\U0001f3fb-\U0001f3ff]")
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W_]+(?:['’][^\W_]+)*|[👍👌✅✔]|\n\s*\n|\n|[^\w\s]", re.UNICODE)
_ENDS = frozenset("!?;…•")
_ABBREVIATED = english().lists["abbreviated"]
_BREAKS = english().lists["breaks"]
_NEW_SUBJECT = english().lists["new_subject"]
_PEOPLE = frozenset(["mum", "dad", "<child>", "<name>"])
_VERBS = english().lists["verbs"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is meant, or a thing (`<date>`); it stands at [start, end) of the text."""

    word: str
    start: int
    end: int
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence that says one thing. `joined` holds its words, each with a blank in front; `asks`: its
    sentence ends in a question mark; `turn`: it begins with "but" or the like; `sentence` counts from 0."""

    tokens: tuple[Token, ...]
    joined: str
    offsets: tuple[int, ...]
    asks: bool
    turn: bool
    sentence: int
    words: frozenset[str]

    def at(self, position: int) -> int:
        """The number of the token at that position of `joined`."""
        return sum(1 for o in self.offsets if o <= position) - 1

    def things(self, *kinds: str) -> list[Thing]:
        return [t.thing for t in self.tokens if t.thing and t.thing.kind in kinds]


@dataclass(frozen=True, slots=True)
class Said:
    """A reply taken apart. `text` is what the positions of all tokens refer to."""

    text: str
    clauses: tuple[Clause, ...]
    things: tuple[Thing, ...]

    def of(self, *kinds: str) -> list[Thing]:
        return [t for t in self.things if t.kind in kinds]

    def sentence(self, number: int) -> str:
        """The words of that sentence as written."""
        tokens = [t for c in self.clauses if c.sentence == number for t in c.tokens]
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""


def cleaned(text: str) -> str:
    """Without what no eye sees; curly quotes straight, blanks plain."""
    text = _INVISIBLE.sub("", text).replace("\xa0", " ").replace("’", "'").replace("‘", "'").replace("`", "'")
    return text.replace("“", '"').replace("”", '"').replace("\r\n", "\n").replace("\r", "\n")


_WRAPPED = re.compile(r"(?<=[^\n]{50})(?<![.?!:])\n(?=[a-z0-9])")


def _unwrapped(text: str) -> str:
    """A line broken by the mail program goes on; every position stays the same."""
    return _WRAPPED.sub(" ", text)


def take_apart(text: str, written: date, child: str, lexicon: Lexicon) -> Said:
    text = _unwrapped(cleaned(text))
    things = find_things(text, written, child, lexicon)
    clauses: list[Clause] = []
    for number, (tokens, asks) in enumerate(_sentences(_tokens(text, things, lexicon))):
        asks = asks or _ASKING.search("".join(f" {t.word}" for t in tokens)) is not None
        for piece, turn in _pieces(tokens):
            clauses += [_clause(part, asks, turn, number) for part in _lead_apart(piece) if part]
    return Said(text, tuple(clauses), tuple(things))


def clause_of(words: tuple[Token, ...], like: Clause) -> Clause:
    """The clause that those of its words make up."""
    return _clause(list(words), like.asks, like.turn, like.sentence)


def _clause(words: list[Token], asks: bool, turn: bool, number: int) -> Clause:
    offsets, joined = [], ""
    for token in words:
        offsets.append(len(joined))
        joined += " " + token.word
    return Clause(tuple(words), joined, tuple(offsets), asks, turn, number, frozenset(t.word for t in words))


def _tokens(text: str, things: list[Thing], lexicon: Lexicon) -> Iterator[Token]:
    at = 0
    for thing in [*things, None]:
        for match in _TOKEN.finditer(text, at, thing.start if thing else len(text)):
            yield from _words(match, lexicon)
        if thing:
            yield Token(f"<{thing.kind}>", thing.start, thing.end, thing)
            at = thing.end


def _words(match: re.Match[str], lexicon: Lexicon) -> Iterator[Token]:
    raw = match[0]
    if not (raw[0].isalnum() or raw in "👍👌✅✔"):
        yield Token("\n" if raw[0] == "\n" else raw, match.start(), match.end())
        return
    for word in spelled(raw):
        yield Token(lexicon.mended(word), match.start(), match.end())


def _sentences(tokens: Iterator[Token]) -> Iterator[tuple[list[Token], bool]]:
    """Sentences and whether each ends in a question mark; a new line ends one too."""
    sentence: list[Token] = []
    for token in tokens:
        ends = token.word in _ENDS or token.word == "\n" or (token.word == "." and not _abbreviation(sentence))
        if not ends:
            sentence.append(token)
        elif sentence:
            yield sentence, token.word == "?"
            sentence = []
    if sentence:
        yield sentence, False


def _abbreviation(sentence: list[Token]) -> bool:
    return bool(sentence) and sentence[-1].word in _ABBREVIATED and sentence[-1].word not in ("no", "ref", "etc")


def _pieces(tokens: list[Token]) -> Iterator[tuple[list[Token], bool]]:
    """A sentence's clauses: split at commas, dashes and joining words; "and" splits before a new subject only."""
    piece: list[Token] = []
    turn = False
    for n, token in enumerate(tokens):
        spaced_dash = token.word in ("-", "–", "—") and _stands_alone(tokens, n)
        if token.word in (",", ":", "(", ")", '"', "/", "+", "&", ">") or spaced_dash:
            yield piece, turn
            piece, turn = [], False
        elif token.word in _BREAKS or (token.word in ("and", "so") and _new_subject(tokens, n + 1)):
            yield piece, turn
            piece, turn = (
                [],
                token.word in ("but", "however", "although", "though", "except", "yet", "whereas", "unless"),
            )
            if token.word in ("unless", "otherwise"):
                piece.append(token)
        elif token.word[0].isalnum() or token.thing or token.word in ("👍", "👌"):
            piece.append(token)
    yield piece, turn


def _new_subject(tokens: list[Token], n: int) -> bool:
    """Whether a new clause begins there: "and he is ...", but not "mum and him"."""
    words = [t.word for t in tokens[n : n + 2]]
    if not words:
        return False
    return words[0] in _NEW_SUBJECT or (words[0] in _PEOPLE and len(words) > 1 and words[1] in _VERBS)


_AFTER_NO = english().lists["after_no"]


_ASKING = re.compile(
    r"^(?: and| so| but)?(?: (?:will|is|are|was|were|do|does|did|has|have|can|could|should|would|shall)"
    r" (?:he|she|they|it|you|we|i|there|this|that|anyone|mum|dad|<child>|<name>|someone|somebody)"
    r"| (?:who|what|where|why|how|when) (?:is|are|was|were|do|does|did|has|have|should|can|will|about"
    r"|many|long|old))(?= |$)"
    r"|^(?: [^ ]+){1,2} (?:what|which|who|where|why|how)$"
    r"| (?:tell|show) (?:me|us) (?:what|which|who|where|why|how|when|if|whether)(?= |$)"
)
"""A question needs no question mark when it begins like one."""


def _lead_apart(piece: list[Token]) -> list[list[Token]]:
    """A yes, or a no that denies what was asked and nothing that follows, stands by itself: "no he is at ..."."""
    if len(piece) > 1 and (piece[0].word == "yes" or (piece[0].word == "no" and piece[1].word in _AFTER_NO)):
        return [piece[:1], piece[1:]]
    return [piece]


def _stands_alone(tokens: list[Token], n: int) -> bool:
    before = n == 0 or tokens[n].start > tokens[n - 1].end
    after = n + 1 == len(tokens) or tokens[n + 1].start > tokens[n].end
    return before or after


def bare_lead(clause: Clause) -> str:
    """ "yes", "no" or "ok", when the clause says that and nothing else."""
    words = [t.word for t in clause.tokens]
    known = english().leads.get(" ".join(words))
    if known:
        return known
    core = [w for w in words if w not in english().wrapping]
    return core[0] if len(core) == 1 and core[0] in ("yes", "no", "ok") else ""


def is_noise(clause: Clause) -> bool:
    """Greeting, thanks, farewell, weather: nothing that an answer is made of."""
    words = tuple(t.word for t in clause.tokens)
    phrase = " ".join(words)
    if phrase in english().noise:
        return True
    for opener in english().openers.get(words[0] if words else "", ()):
        rest = words[len(opener) :]
        if words[: len(opener)] == opener and len(rest) <= 3 and all(_nameless(w) for w in rest):
            return True
    return len(words) > 0 and all(w in ("<name>", "<phone>", "<email>", "<url>", "<time>", "x", "xx") for w in words)


def _nameless(word: str) -> bool:
    return (
        word
        in (
            "<name>",
            "all",
            "team",
            "there",
            "you",
            "so",
            "very",
            "much",
            "both",
            "everyone",
            "for",
            "this",
            "that",
            "again",
            "the",
            "email",
            "colleague",
            "colleagues",
            "sir",
            "madam",
            "miss",
        )
        or word not in english().common
    )
