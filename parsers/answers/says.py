"""The packs' says.toml, compiled once: what people write for each answer, and what is taken from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from parsers.answers.company import company_of, phrase_words
from parsers.answers.pattern import BadPattern, compile_patterns, triggers
from parsers.answers.words import Lexicon

_ANSWER_KEYS = frozenset({
    "label", "says", "values", "must", "needs", "ends", "plan", "plea", "firm", "over", "unsure", "against", "never",
    "firsthand", "own", "beside", "despite", "bare",
})  # fmt: skip
MORE_SAID = "more said"
RESERVE_NAMES = frozenset({
    "alternative", "another child", "attempt", "bygone", "condition", "contrast", "denial", "for another child",
    "hearsay", "merely named", "mistake", "quoted", "reversal", "somebody else",
    "strange word", "to come", "turn", "waiting", "wavering", MORE_SAID,
})  # fmt: skip
"""What may keep an answer from being taken (parsers/answers/reserve.py)."""
_QUESTION_KEYS = ("answers", "yes", "no", "ok", "follows", "labels")


class BadSays(ValueError):
    """A says.toml that cannot be used; the message names the entry and the mend."""


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """How one answer is written.

    `values`: a value's name and the way it is taken (see `values`). `must`: without it, it is no answer; `needs`: asked
    after; `ends`: in free text only proposed. `plan`: also said of what is to come; `plea`: also as a polite question;
    `unsure`: also with a maybe, as it changes nothing; `firsthand`: what somebody told the writer is none; `own`: nor
    is what somebody else has done. `firm`: a "but" after it puts it in doubt; `against`: words that put it in doubt;
    `never`: words that make a clause say something else; `over`: the answers that it goes before where both are said;
    `beside`: words of which some must stand elsewhere in the mail (of news only); `despite`: the reserves
    (parsers/answers/reserve.py) that leave it what it is; `bare`: a no, which whatever else is said puts in doubt."""

    event: str
    label: str
    patterns: tuple[re.Pattern[str], ...]
    values: tuple[tuple[str, str], ...] = ()
    must: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ends: bool = False
    plan: bool = False
    plea: bool = False
    firm: bool = False
    unsure: bool = False
    firsthand: bool = False
    own: bool = False
    against: tuple[re.Pattern[str], ...] = ()
    never: tuple[re.Pattern[str], ...] = ()
    over: frozenset[str] = frozenset()
    beside: tuple[re.Pattern[str], ...] = ()
    despite: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    """The words that may stand in its clause (parsers/answers/company.py)."""
    triggers: frozenset[str] | None = None
    """Words of which its clause must hold one; None: any clause may be one."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The answers of a question in the order of their numbers, and what a bare yes, no or ok says ("": nothing)."""

    name: str
    answers: tuple[str, ...]
    yes: str = ""
    no: str = ""
    ok: str = ""
    follows: tuple[tuple[str, str], ...] = ()
    """What is asked after an answer that lacked it: the values and the ways they are taken. It has no choices."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Choices whose line is another here than where the same answer is given to other questions."""


@dataclass(frozen=True, slots=True)
class FlagWords:
    """The words for the yes and the no of a value such as `card-left`."""

    yes: tuple[re.Pattern[str], ...]
    no: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Says:
    """All that a pack knows of how people answer."""

    answers: Mapping[str, AnswerWords]
    questions: Mapping[str, QuestionWords]
    flags: Mapping[str, FlagWords]
    outcomes: Mapping[str, Sequence[str]]
    reasons: Mapping[str, Sequence[str]]
    """Reasons that make an outcome of a closing which names none."""
    commands: Mapping[str, tuple[re.Pattern[str], ...]]
    """Of an officer's mail out of the blue; each pattern begins a clause."""
    fields: Mapping[str, Sequence[str]]
    anytime: Mapping[str, AnswerWords]
    not_for: Mapping[str, frozenset[str]]
    only_for: Mapping[str, frozenset[str]]
    universal: tuple[str, ...]
    lexicon: Lexicon

    def choices(self, questions: Sequence[str]) -> tuple[str, ...]:
        """The answers' events in the order in which a mail that asks these questions numbers them."""
        known = [self.questions[q] for q in questions if q in self.questions]
        return tuple(dict.fromkeys(event for q in known for event in q.answers))

    def heard_beside(self, event: str, questions: Sequence[str]) -> bool:
        """Whether the answer counts in a reply to these questions, none of which asks for it."""
        only = self.only_for[event]
        return not self.not_for[event] & set(questions) and (not only or bool(only & set(questions)))

    def label(self, question: str, event: str) -> str:
        """The choice's line in the mail that asks the question ("" for any); "" where no pack gives one."""
        asked = self.questions.get(question)
        own = asked.labels.get(event, "") if asked else ""
        return own or (self.answers[event].label if event in self.answers else "")


def load_says(tables: Sequence[Mapping[str, Any]]) -> Says:
    """The tables of a pack's says.toml and of all that it extends, what is extended first. A later table adds phrases
    and words to those of an earlier one, and replaces every other entry. Tables of questions.toml may be among them:
    their `must`, `needs` and `ends` hold. Raises BadSays."""
    classes: dict[str, list[str]] = {}
    answers: dict[str, dict[str, Any]] = {}
    questions: dict[str, dict[str, Any]] = {}
    flags: dict[str, dict[str, list[str]]] = {}
    commands: dict[str, dict[str, list[str]]] = {"says": {}, "fields": {}, "outcomes": {}, "reasons": {}}
    universal: list[str] = []
    company: dict[str, list[str]] = {}
    anytime: dict[str, dict[str, Any]] = {}
    for table in tables:
        _extend(classes, table.get("class", {}))
        for kind, words in commands.items():
            _extend(words, table.get("command", {}).get(kind, {}))
        for name, flag in table.get("flag", {}).items():
            _extend(flags.setdefault(name, {}), flag)
        for event, entry in table.get("answer", {}).items():
            _overlay(answers.setdefault(event, {}), entry, event)
        for name, entry in table.get("question", {}).items():
            _take_question(name, entry, questions, answers)
        for event, entry in table.get("anytime", {}).items():
            held = anytime.setdefault(event, {})
            _extend(held, {k: v for k, v in entry.items() if isinstance(v, list)})
            held.update({k: v for k, v in entry.items() if not isinstance(v, list)})
        _extend(company, {event: words.split() for event, words in table.get("company", {}).items()})
        universal += table.get("universal", {}).get("events", [])
    classes["field"] = _all(commands["fields"])
    classes["outcome"] = _all({name: ways for name, ways in commands["outcomes"].items() if name != "traced"})
    classes["reason"] = _all(commands["reasons"])
    for event, entry in answers.items():
        entry["company"] = company_of(entry, company.get(event, ()), flags, classes)
    for event, entry in anytime.items():
        entry["company"] = company_of(entry, answers.get(event, {}).get("company", ()), flags, classes)
    return Says(
        answers={event: _answer(event, entry, classes) for event, entry in answers.items()},
        questions={name: _question(name, entry, answers) for name, entry in questions.items()},
        flags={name: _flag(name, entry, classes) for name, entry in flags.items()},
        outcomes=commands["outcomes"],
        reasons=commands["reasons"],
        commands={name: _command(name, phrases, classes) for name, phrases in commands["says"].items()},
        fields=commands["fields"],
        anytime={event: _anytime(event, entry, answers, classes) for event, entry in anytime.items()},
        not_for={event: frozenset(entry.get("not_for", ())) for event, entry in anytime.items()},
        only_for={event: frozenset(entry.get("only_for", ())) for event, entry in anytime.items()},
        universal=tuple(dict.fromkeys(universal)),
        lexicon=Lexicon(
            phrase_words([*answers.values(), *anytime.values()], [*flags.values(), commands["says"]], classes)
        ),
    )


def _extend(lists: dict[str, list[str]], more: Mapping[str, Sequence[str]]) -> None:
    for name, items in more.items():
        lists.setdefault(name, []).extend(items)


def _all(lists: Mapping[str, Sequence[str]]) -> list[str]:
    return [item for items in lists.values() for item in items]


def _overlay(entry: dict[str, Any], more: Mapping[str, Any], event: str) -> None:
    unknown = set(more) - _ANSWER_KEYS
    if unknown:
        raise BadSays(
            f"[answer.{event!r}] has {', '.join(sorted(unknown))}; it may have {', '.join(sorted(_ANSWER_KEYS))}."
        )
    phrases = [*entry.get("says", []), *more.get("says", [])]
    entry.update(more)
    entry["says"] = phrases


def _take_question(
    name: str, entry: Mapping[str, Any], questions: dict[str, dict[str, Any]], answers: dict[str, dict[str, Any]]
) -> None:
    """A question of says.toml, or of questions.toml, whose answers say what they must say."""
    questions.setdefault(name, {}).update({k: v for k, v in entry.items() if k in _QUESTION_KEYS})
    for event, rule in entry.get("answer", {}).items():
        answer = answers.setdefault(event, {"says": []})
        answer.update({k: v for k, v in rule.items() if k in ("must", "needs", "ends") and v})
    if entry.get("answer") and "answers" not in questions[name]:
        questions[name]["answers"] = list(entry["answer"])


def _answer(event: str, entry: Mapping[str, Any], classes: Mapping[str, Sequence[str]]) -> AnswerWords:
    try:
        patterns = compile_patterns(entry["says"], classes, plan=entry.get("plan", False))
    except (BadPattern, re.error) as problem:
        raise BadSays(f"[answer.{event!r}] {problem}") from problem
    return AnswerWords(
        event,
        entry.get("label", event),
        patterns,
        tuple(entry.get("values", {}).items()),
        tuple(entry.get("must", ())),
        tuple(entry.get("needs", ())),
        entry.get("ends", False),
        entry.get("plan", False),
        entry.get("plea", False),
        entry.get("firm", False),
        entry.get("unsure", False),
        entry.get("firsthand", False),
        entry.get("own", False),
        compile_patterns(entry.get("against", ()), classes),
        compile_patterns(entry.get("never", ()), classes),
        frozenset(entry.get("over", ())),
        compile_patterns(entry.get("beside", ()), classes),
        _despite(event, entry),
        entry["company"],
        triggers(entry["says"], classes),
    )


def _despite(event: str, entry: Mapping[str, Any]) -> frozenset[str]:
    named = frozenset(entry.get("despite", ()))
    if named - RESERVE_NAMES:
        raise BadSays(
            f"[answer.{event!r}] despite = {sorted(named - RESERVE_NAMES)}: there is no such reserve; there are "
            f"{', '.join(sorted(RESERVE_NAMES))}."
        )
    return named if entry.get("bare", False) else named | {MORE_SAID}


def _anytime(
    event: str, entry: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], classes: Mapping[str, Sequence[str]]
) -> AnswerWords:
    """An answer that any reply may give, in the words that leave no doubt; the rest as [answer] has it."""
    if event not in answers:
        raise BadSays(f"[anytime.{event!r}]: there is no [answer] of that name.")
    return _answer(
        event, {**answers[event], **{k: entry[k] for k in ("says", "ends", "company") if k in entry}}, classes
    )


def _question(name: str, entry: Mapping[str, Any], answers: Mapping[str, object]) -> QuestionWords:
    events = tuple(entry.get("answers", ()))
    named = [*events, *(entry[k] for k in ("yes", "no", "ok") if k in entry)]
    lost = [e for e in named if e not in answers]
    if lost:
        raise BadSays(f"[question.{name}] names {', '.join(lost)}; there is no [answer] of that name.")
    follows = tuple(entry.get("follows", {}).items())
    bare = (entry.get("yes", ""), entry.get("no", ""), entry.get("ok", ""))
    return QuestionWords(name, events, *bare, follows, entry.get("labels", {}))


def _command(name: str, phrases: Sequence[str], classes: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], ...]:
    try:
        return compile_patterns([f"^ {phrase}" for phrase in phrases], classes)
    except (BadPattern, re.error) as problem:
        raise BadSays(f"[command.says] {name}: {problem}") from problem


def _flag(name: str, entry: Mapping[str, Sequence[str]], classes: Mapping[str, Sequence[str]]) -> FlagWords:
    try:
        return FlagWords(
            compile_patterns(entry.get("yes", ()), classes), compile_patterns(entry.get("no", ()), classes)
        )
    except (BadPattern, re.error) as problem:
        raise BadSays(f"[flag.{name}] {problem}") from problem
