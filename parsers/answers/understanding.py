"""What a reply says to the questions that a mail asked: understood, to be confirmed, or to be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parsers.answers.choice import chosen
from parsers.answers.clauses import Clause, Said, bare_lead, is_noise, take_apart
from parsers.answers.colleague import colleague_of
from parsers.answers.context import AnswerContext
from parsers.answers.each import children_of, per_child, told_of_each
from parsers.answers.evidence import Evidence, find_evidence, matches, standing
from parsers.answers.fill import Scene, fill
from parsers.answers.says import AnswerWords, QuestionWords, Says
from parsers.answers.words import english
from parsers.reading import Answer, Understanding

_SURE, _TAKEN, _DOUBT = 1.0, 0.95, 0.4
MAX_TEXT = 20_000
"""Characters of a reply that are looked at; no officer's answer is longer, and a pasted document is none."""
_AGREEING = frozenset(
    ["please", "please do", "that is fine", "that is right", "that is correct", "go ahead", "of course", "definitely",
     "absolutely", "i am happy with that", "happy with that", "fine", "correct", "sure", "i agree", "agreed", "afraid",
     "not", "i am afraid", "unfortunately", "it is", "they are", "he is", "she is", "we do", "i do", "we have", "i have",
     "it has", "he has", "she has", "they have", "we did", "i did", "you can", "yes", "no", "that is it", "confirmed",
     "all good", "happy to", "no problem", "please go ahead", "by all means", "that is what i meant", "right", "spot on",
     "i can confirm", "i confirm", "quite", "quite right", "exactly", "exactly right", "all correct", "indeed", "not at all",
     "not yet", "not that i know of", "it is not", "we do not", "we have not", "i have not", "he has not", "she has not",
     "they have not", "it was not", "it did not", "he is not", "she is not", "they are not", "he did", "she did", "they did",
     "he did not", "she did not", "they did not", "<child>", "<name>", "<date>", "none", "nothing", "nope", "as above", "as below"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Heard:
    """The reply taken apart, and where each answer's words stand in it."""

    said: Said
    clauses: tuple[Clause, ...]
    evidence: dict[str, list[Evidence]]
    context: AnswerContext
    says: Says

    def facts(self, event: str) -> list[Evidence]:
        return [e for e in self.evidence.get(event, ()) if e.standing == "fact"]

    def guessed(self, events: Iterable[str]) -> list[str]:
        return [e for e in events if any(x.standing in ("guess", "plan") for x in self.evidence.get(e, ()))]

    @property
    def lead(self) -> str:
        """The yes, no or ok that the reply begins with."""
        leads = [(c, bare_lead(c)) for c in self.said.clauses]
        if {"yes", "no"} <= {word for _, word in leads}:
            return ""
        for clause, word in leads:
            if word and not clause.asks:
                return word
            if not is_noise(clause):
                return ""
        return ""

    @property
    def taken_back(self) -> bool:
        """The writer takes back, jokes, or says both."""
        return english().retracts.search("".join(c.joined for c in self.said.clauses)) is not None

    def loose(self, without: Iterable[Clause] = ()) -> list[Clause]:
        """What was said besides: no greeting, no yes or no, no clause of those given, no mere agreement."""
        told = list(without)
        return [
            c for c in self.clauses
            if c not in told and not bare_lead(c) and " ".join(t.word for t in c.tokens) not in _AGREEING
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What one question gets: the event, or why none: several (`rivals`)."""

    event: str = ""
    rivals: tuple[str, ...] = ()


def answer(questions: Sequence[str], text: str, context: AnswerContext, says: Says) -> Understanding:
    """The reply's answers to the questions (VOCABULARY). `text` is what was written now. What is not said beyond doubt
    is asked again; an ending answer in free text is only proposed."""
    text = text[:MAX_TEXT]
    colleague, text = colleague_of(text)
    choices = context.choices or says.choices(questions)
    picked, rest = chosen(text, choices, [says.label("", e) for e in choices])
    heard = _listen(questions, rest, choices, context, says)
    if picked:
        found = _by_choice([choices[n] for n in picked], questions, heard)
    else:
        found = _by_words(questions, heard)
    return _with_colleague(found, colleague) if colleague else found


def _listen(questions: Sequence[str], text: str, choices: Sequence[str], context: AnswerContext, says: Says) -> _Heard:
    said = take_apart(text, context.day, context.child, says.lexicon)
    busy = {c.sentence for c in said.clauses if not is_noise(c)}
    clauses = tuple(c for c in said.clauses if not is_noise(c) or (c.sentence in busy and _nameful(c)))
    clauses = clauses or tuple(c for c in said.clauses if _nameful(c))
    words: list[AnswerWords] = [says.answers[e] for e in choices if e in says.answers]
    words += [a for e, a in says.anytime.items() if e not in choices and not says.not_for[e] & set(questions)]
    words += [says.answers[e] for e in says.universal]
    return _Heard(said, clauses, {w.event: find_evidence(w, clauses) for w in words}, context, says)


def _nameful(clause: Clause) -> bool:
    """A name alone may be the answer ("Worker: Sam Hill"), and is a signature only where it stands by itself."""
    return bool(clause.things("name", "email"))


# ------------------------------------------------------------------------------------------------ by a choice


def _by_choice(picked: Sequence[str], questions: Sequence[str], heard: _Heard) -> Understanding:
    """Answers by number or line count at once, unless two of one question are chosen, or the words say another."""
    told: list[str] = list(picked)
    for question in _known(questions, heard.says):
        mine = [e for e in picked if e in question.answers]
        others = [e for e in question.answers if e not in mine and heard.facts(e) and not _below(e, mine, heard.says)]
        if len(mine) > 1 or (mine and others and not _mentions_all(others, heard)):
            return _ask([*mine, *others], heard)
        if not mine and (resolved := _resolve(question, heard)).event:
            told.append(resolved.event)
    return _verdict([(event, heard.facts(event)) for event in told], heard, chosen=frozenset(picked))


def _mentions_all(others: Sequence[str], heard: _Heard) -> bool:
    """A remark beside a choice that merely names a place or a day is no other answer."""
    return all(e.length <= len(" <address>") for event in others for e in heard.facts(event))


def _below(event: str, chosen: Sequence[str], says: Says) -> bool:
    return any(event in says.answers[c].over for c in chosen if c in says.answers)


# ------------------------------------------------------------------------------------------------ by words


def _by_words(questions: Sequence[str], heard: _Heard) -> Understanding:
    known = _known(questions, heard.says)
    if heard.taken_back:
        return _ask(heard.guessed(heard.evidence), heard)
    resolved = [_resolve(q, heard) for q in known]
    rivals = [e for r in resolved for e in r.rivals]
    if each := _each_child(known, heard):
        return each
    if rivals:
        return _ask(rivals, heard)
    told = [r.event for r in resolved if r.event]
    if not told and (event := _by_lead(known, heard)):
        told = [event]
    told += [e for e in heard.says.anytime if e not in told and heard.facts(e)]
    told = list(dict.fromkeys(told))
    events = [e for q in known for e in q.answers]
    if not told:
        return _universal(events, heard)
    found = _answered(told, heard)
    later = _universal([], heard) if found.verdict == "ask" else found
    return later if later.answers and later.answers[0].event in ("need-time", "not-mine") else found


def _each_child(known: Sequence[QuestionWords], heard: _Heard) -> Understanding | None:
    """Where a question is about several children, each one's answer; None where the reply is not of that kind."""
    question = next((q for q in known if per_child(q, heard.says)), None)
    if question is None:
        return None
    asked = children_of(heard.context.child)
    told = told_of_each(question, heard.said, heard.evidence, asked, heard.says)
    if told is None or any(not t.child and len(asked) > 1 for t in told):
        return _ask([e for e in question.answers if heard.evidence.get(e)], heard)
    if not told:
        return None
    answers, lacking = [], False
    for one in told:
        words = heard.says.answers[one.event]
        values = fill(words, Scene(heard.said, [one.evidence], heard.context, heard.says))
        values = {k: v for k, v in values.items() if k != "child"} | ({"child": one.child} if one.child else {})
        lacking = lacking or any(name not in values for name in words.must)
        answers.append(Answer(one.event, values, _DOUBT if lacking else _TAKEN))
    return Understanding("ask" if lacking else "understood", tuple(answers))


def _known(questions: Sequence[str], says: Says) -> list[QuestionWords]:
    return [says.questions[q] for q in questions if q in says.questions]


def _resolve(question: QuestionWords, heard: _Heard) -> _Resolved:
    """The one answer to the question that is said as a fact, if nothing speaks against it."""
    facts = [e for e in question.answers if heard.facts(e)]
    whole = [e for e in facts if not _lacks(e, heard)]
    facts = whole if any(heard.facts(e) for e in heard.says.anytime) else whole or facts
    facts = [e for e in facts if not any(e in heard.says.answers[o].over for o in facts)]
    if not facts:
        return _Resolved()
    if len(facts) > 1:
        return _Resolved(rivals=tuple(facts))
    event = facts[0]
    words = heard.says.answers[event]
    doubts = [event] if words.ends and any(e.standing == "denied" for e in heard.evidence[event]) else []
    led = {"yes": question.yes, "no": question.no, "ok": question.ok}.get(heard.lead, "")
    if led and led != event and led not in words.over and heard.lead != "ok":
        doubts.append(led)
    doubts += [e for e in heard.guessed(question.answers) if e != event and e not in words.over]
    if doubts or _spoken_against(words, heard):
        return _Resolved(rivals=(event, *dict.fromkeys(d for d in doubts if d != event)))
    return _Resolved(event)


def _lacks(event: str, heard: _Heard) -> bool:
    """Without the thing itself (which worker, which school) it is no answer."""
    words = heard.says.answers[event]
    if not words.must:
        return False
    values = _values(event, heard.facts(event), heard)
    return any(name not in values and not (name == "any" and values) for name in words.must)


def _spoken_against(words: AnswerWords, heard: _Heard) -> bool:
    """A "but" that we do not understand after an answer that it may undo; or words named as speaking against it."""
    if any(standing(c, m) == "fact" for c in heard.clauses for m in matches(words.against, c)):
        return True
    own = [e.clause for e in heard.facts(words.event)]
    if any(_in_doubt(c) or _denied_again(c) for c in heard.loose(own)):
        return True
    if not words.firm:
        return False
    harmless = [e.clause for event in heard.says.universal for e in heard.evidence.get(event, ())]
    beside = [c for c in heard.loose(own) if c not in harmless]
    turns = [c for c in beside if c.turn]
    return any(english().hedges.search(c.joined) for c in beside) or any(
        not english().future.search(c.joined) and not english().ifs.search(c.joined) for c in turns
    )


def _denied_again(clause: Clause) -> bool:
    """ "... but next door says they haven't"."""
    return (
        (clause.turn or len(clause.tokens) <= 4)
        and re.search(r" (?:is|are|was|were|has|have|had|do|does|did|can|could|would|will) not$", clause.joined)
        is not None
    )


def _in_doubt(clause: Clause) -> bool:
    """The writer's own "not sure", said of nobody else."""
    found = english().uncertain.search(clause.joined)
    return (
        found is not None
        and re.fullmatch(
            r"(?: (?:but|so|and|i|am|we|are|though|still|really|it|is|just|only|to|be|honest))*",
            clause.joined[: found.start()],
        )
        is not None
        and len(clause.tokens) <= 9
    )


def _by_lead(known: Sequence[QuestionWords], heard: _Heard) -> str:
    """A bare yes, no or ok, where just one of the questions is one for it and nothing else is said that may alter it."""
    if not heard.lead:
        return ""
    meant = [(q, {"yes": q.yes, "no": q.no, "ok": q.ok}[heard.lead]) for q in known]
    meant = [(q, event) for q, event in meant if event]
    askable = [q for q in known if q.yes or q.no]
    if len(meant) != 1 or len(askable) > 1:
        return ""
    question, event = meant[0]
    loose = heard.loose()
    if question.name == "confirm":
        return event if not loose and heard.lead != "no" or heard.lead == "no" and not _yes_too(heard) else ""
    if heard.lead == "ok" and loose:
        return ""
    conditional = any(way == "conditions" for _, way in heard.says.answers[event].values)
    altered = any(c.asks or (_only_if(c) if conditional else c.turn or _unsure(c, heard.lead)) for c in loose)
    altered = altered or bool(heard.guessed(question.answers))
    return "" if altered or _contradicted(question, event, heard) else event


def _only_if(clause: Clause) -> bool:
    """A condition leaves a permission what it is, a doubt does not."""
    return english().hedges.search(clause.joined) is not None or re.search(r" (?:check|ask|speak) with(?= |$)", clause.joined) is not None


def _yes_too(heard: _Heard) -> bool:
    return any(t.word == "yes" for c in heard.said.clauses for t in c.tokens)


def _unsure(clause: Clause, lead: str) -> bool:
    """A yes is altered by a "not" that follows, a no is not."""
    words = english()
    doubts = [words.hedges, words.ifs, words.afterthoughts] + ([] if lead == "no" else [words.negators])
    return any(p.search(clause.joined) for p in doubts)


def _contradicted(question: QuestionWords, event: str, heard: _Heard) -> bool:
    """The words name another answer of the question, in whatever mood."""
    return any(heard.evidence.get(e) for e in question.answers if e != event)


def _answered(told: list[str], heard: _Heard) -> Understanding:
    """The answers, and the question back that stands beside them; "nothing so far, still looking" is none yet."""
    if heard.facts("need-time") and _so_far(told, heard):
        return _verdict([("need-time", heard.facts("need-time"))], heard)
    own = [e.clause for event in told for e in heard.facts(event)]
    asked = [c for c in heard.clauses if c.asks and c not in own and not _echo(c, told, heard)]
    pairs = [(event, heard.facts(event)) for event in told]
    if asked or any(_RING_ME.search(e.clause.joined) for e in heard.facts("query")):
        pairs.append(("query", heard.facts("query")))
    return _verdict(pairs, heard)


def _echo(clause: Clause, told: Iterable[str], heard: _Heard) -> bool:
    """ "Go ahead? No way": the question that was asked, said back, is none."""
    return len(clause.tokens) <= 4 and any(
        e.clause is clause
        for event, found in heard.evidence.items()
        if event not in heard.says.universal
        for e in found
    )


_RING_ME = re.compile(r" (?:ring|call|phone|telephone) (?:me|us)(?= |$)")
_NOT_FINAL = (
    " so far",
    " as yet",
    " yet",
    " initial",
    " at the moment",
    " still checking",
    " still waiting",
    " still looking",
    " still searching",
    " still awaiting",
    " preliminary",
    " first look",
    " to date",
)


def _so_far(told: Sequence[str], heard: _Heard) -> bool:
    final = any(heard.says.answers[e].firm for e in told)
    return final and any(mark in c.joined for c in heard.clauses for mark in _NOT_FINAL)


def _universal(events: Sequence[str], heard: _Heard) -> Understanding:
    """What anyone may answer to any question; a guess at an answer beside a mere "will do" is asked after."""
    guesses = heard.guessed(events)
    for event in ("not-mine", "need-time", "query", "acknowledged"):
        facts = heard.facts(event)
        if event == "query" and not facts:
            asking = [c for c in heard.clauses if c.asks and not _echo(c, (), heard) and not _in_doubt(c)]
            facts = [Evidence("query", c, 0, 1, "fact") for c in asking]
        if event == "acknowledged" and not facts:
            facts = _courtesy(heard)
        if event == "not-mine" and all(e.clause.turn for e in facts) and heard.loose(e.clause for e in facts):
            continue
        real = [e for e in guesses if any(x.standing == "guess" for x in heard.evidence[e])]
        if facts and not (real and event != "query"):
            return _verdict([(event, facts)], heard)
    return _ask(guesses, heard)


def _courtesy(heard: _Heard) -> list[Evidence]:
    """Thanks or ok and nothing else: seen, and the clock runs on."""
    words = {t.word for c in heard.said.clauses for t in c.tokens}
    if heard.loose() or not heard.said.clauses or not words & {"thanks", "thank", "ok", "noted", "great", "perfect"}:
        return []
    if heard.lead in ("yes", "no"):
        return []
    return [Evidence("acknowledged", heard.said.clauses[0], 0, 1, "fact")]


# ------------------------------------------------------------------------------------------------ the verdict


def _ask(events: Iterable[str], heard: _Heard) -> Understanding:
    """Not understood; what it may have been is listed in low confidence."""
    answers = tuple(Answer(e, _values(e, heard.evidence.get(e, []), heard), _DOUBT) for e in dict.fromkeys(events))
    return Understanding("ask", answers)


def _values(event: str, evidence: Sequence[Evidence], heard: _Heard) -> dict[str, Any]:
    words = heard.says.answers.get(event)
    return fill(words, Scene(heard.said, evidence, heard.context, heard.says)) if words else {}


def _verdict(
    told: Sequence[tuple[str, Sequence[Evidence]]], heard: _Heard, chosen: frozenset[str] = frozenset()
) -> Understanding:
    answers, missing, ends = [], [], False
    for event, evidence in told:
        words = heard.says.answers[event]
        values = _values(event, evidence, heard)
        if (
            _lacks(event, heard)
            if not evidence
            else any(n not in values and not (n == "any" and values) for n in words.must)
        ):
            return _ask([e for e, _ in told], heard)
        missing += [name for name in words.needs if name not in values]
        ends = ends or (event not in chosen and _ends(words, heard.context))
        answers.append(Answer(event, values, _SURE if event in chosen else _TAKEN))
    return Understanding("confirm" if ends else "understood", tuple(answers), tuple(dict.fromkeys(missing)))


def _ends(words: AnswerWords, context: AnswerContext) -> bool:
    """A school's word that its own pupil is back at the desk counts at once (B15); an officer's is confirmed."""
    if words.event == "child.returned":
        return context.role not in ("school", "other-school")
    return words.ends


def _with_colleague(found: Understanding, colleague: str) -> Understanding:
    """A colleague's answer below is that answer, to be confirmed by the one who sent it on."""
    answers = tuple(replace(a, values={**a.values, "colleague": colleague}) for a in found.answers)
    return Understanding("confirm" if found.verdict == "understood" else found.verdict, answers, found.missing)
