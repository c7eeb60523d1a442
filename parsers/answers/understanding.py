"""What a reply says to the questions that a mail asked: understood, to be confirmed, or to be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers.answers.choice import chosen, leading
from parsers.answers.clauses import Clause
from parsers.answers.colleague import colleague_of
from parsers.answers.context import AnswerContext
from parsers.answers.doubt import by_lead, in_doubt, reads_unlike, receipts, resolve, so_far
from parsers.answers.each import children_of, per_child, told_of_each
from parsers.answers.evidence import Evidence
from parsers.answers.followup import details, with_details
from parsers.answers.heard import Heard, gives, known, lacks, listen, values_of, whole
from parsers.answers.says import AnswerWords, QuestionWords, Says
from parsers.answers.values import Scene, fill
from parsers.answers.words import english
from parsers.reading import Answer, Understanding

_SURE, _TAKEN, _DOUBT = 1.0, 0.95, 0.4
_BARE = 6
"""Words of a clause that says one thing and no more."""
_NOT_SO = "not-so"
"""Beside anything else it contradicts it."""


def answer(questions: Sequence[str], text: str, context: AnswerContext, says: Says) -> Understanding:
    """The reply's answers to the questions. `text` is what was written now. What is not said beyond doubt
    is asked again; an ending answer in free text is only proposed."""
    colleague, text = colleague_of(text)
    choices = context.choices or says.choices(questions)
    picked, rest = chosen(text, choices, [says.label("", e) for e in choices])
    heard = listen(questions, rest, choices, context, says)
    if picked:
        found = _by_choice([choices[n] for n in picked], questions, heard)
    else:
        found = _by_number(questions, text, choices, heard) or _unless_unlike(
            questions, _by_words(questions, heard), heard
        )
    if follow := [q for q in known(questions, says) if q.follows]:
        found = with_details(found, details(follow, text, context, says), alone=len(follow) == len(questions))
    return _with_colleague(found, colleague) if colleague else found


# ------------------------------------------------------------------------------------------------ by a choice


def _by_choice(picked: Sequence[str], questions: Sequence[str], heard: Heard) -> Understanding:
    """Answers by number or line count at once, unless two of one question are chosen, or the words say another."""
    told: list[str] = list(picked)
    wavers = any(_waveringly(c) for c in heard.clauses) or not _AGAINST_A_CHOICE.isdisjoint(heard.reserves(picked))
    if heard.taken_back or wavers or _only_promised(heard):
        return _ask(picked, heard)
    for question in known(questions, heard.says):
        mine = [e for e in picked if e in question.answers]
        others = [e for e in question.answers if e not in mine and heard.facts(e) and not _below(e, mine, heard.says)]
        if len(mine) > 1 or (mine and others and not _mentions_all(others, heard)):
            return _ask([*mine, *others], heard)
        if not mine and (resolved := resolve(question, heard)).event:
            told.append(resolved.event)
    told += [
        e for e, only in heard.says.only_for.items() if only and e not in told and heard.facts(e) and whole(e, heard)
    ]
    return _verdict([(event, heard.facts(event)) for event in told], heard, chosen=frozenset(picked))


_AGAINST_A_CHOICE = frozenset(
    {"another child", "for another child", "wavering", "reversal", "mistake", "alternative", "condition"}
)
"""The reserves that put in doubt even what was chosen: "3, well, somebody who might be her"."""


def _by_number(questions: Sequence[str], text: str, choices: Sequence[str], whole_reply: Heard) -> Understanding | None:
    """ "1 card left": a number and words behind it are that choice, when the words give what it needs or say the same,
    and name no other. A number that is part of what is said (a house, a day, a count) is none."""
    lead = leading(whole_reply.said.text, len(choices))
    if lead is None or lead.counts or any(t.start <= lead.at < t.end for t in whole_reply.said.things):
        return None
    event = choices[lead.index]
    heard = listen(questions, lead.rest, choices, whole_reply.context, whole_reply.says)
    if not heard.facts(event) and not gives(event, heard):
        others = [e for e in choices if e != event and heard.facts(e)]
        if not others or any({event, o} <= set(q.answers) for q in known(questions, whole_reply.says) for o in others):
            return _ask([event, *others], heard) if others else None
    return _by_choice([event], questions, heard)


def _only_promised(heard: Heard) -> bool:
    """ "3 - will visit Monday": whatever was chosen has not happened."""
    promised = [e.clause for e in heard.facts("need-time")]
    return bool(promised) and not heard.loose(promised)


def _waveringly(clause: Clause) -> bool:
    """ "option 2 I think"."""
    return in_doubt(clause) or (len(clause.tokens) <= 3 and english().afterthoughts.search(clause.joined) is not None)


def _mentions_all(others: Sequence[str], heard: Heard) -> bool:
    """A remark beside a choice that merely names a place or a day is no other answer."""
    return all(
        re.fullmatch(r"(?: (?:at|on|from|in|<[a-z-]+>))+", e.clause.joined[e.start : e.end]) is not None
        for event in others
        for e in heard.facts(event)
    )


def _below(event: str, chosen: Sequence[str], says: Says) -> bool:
    return any(event in says.answers[c].over for c in chosen if c in says.answers)


# ------------------------------------------------------------------------------------------------ by words


def _unless_unlike(questions: Sequence[str], found: Understanding, heard: Heard) -> Understanding:
    """What would take effect at once, in words that read as no plain answer, is asked again (plainness.py)."""
    told = [a.event for a in found.answers if a.event not in heard.says.universal]
    unlike = bool(told) and found.verdict == "understood" and reads_unlike(questions, told, heard)
    return _ask(told, heard) if unlike else found


def _by_words(questions: Sequence[str], heard: Heard) -> Understanding:
    asked = known(questions, heard.says)
    if heard.taken_back:
        return _ask(heard.guessed(heard.evidence), heard)
    resolved = [resolve(q, heard) for q in asked]
    rivals = [e for r in resolved for e in r.rivals]
    if each := _each_child(asked, heard):
        return each
    if rivals and heard.facts("need-time") and so_far(rivals, heard, True):
        return _verdict([("need-time", heard.facts("need-time"))], heard)
    if rivals:
        return _ask(rivals, heard)
    told = [r.event for r in resolved if r.event]
    if not told and (event := by_lead(asked, heard)):
        told = [event]
    told += [e for e in heard.says.anytime if e not in told and heard.facts(e) and whole(e, heard)]
    told = _by_longest(dict.fromkeys(told), heard)
    if len(told) > 1 and _NOT_SO in told:
        return _ask([e for e in told if e != _NOT_SO], heard)
    events = [e for q in asked for e in q.answers]
    if not told:
        return _universal(events, heard)
    if heard.reserves(told):
        return _ask(told, heard)
    found = _answered(told, heard)
    later = _universal([], heard) if found.verdict == "ask" else found
    return later if later.answers and later.answers[0].event in ("need-time", "not-mine") else found


def _by_longest(told: Iterable[str], heard: Heard) -> list[str]:
    """Without those whose words are only part of another answer's: the "sent" of "sent in error"."""
    told = list(told)
    spans = {e: [(x.clause, x.start, x.end) for x in heard.facts(e)] for e in told}

    def within(one: tuple[Clause, int, int], event: str) -> bool:
        return any(
            c is one[0] and start <= one[1] and one[2] <= end and (start, end) != one[1:]
            for other in told
            if other != event
            for c, start, end in spans[other]
        )

    return [e for e in told if not spans[e] or not all(within(one, e) for one in spans[e])]


def _each_child(questions: Sequence[QuestionWords], heard: Heard) -> Understanding | None:
    """Where a question is about several children, each one's answer; None where the reply is not of that kind."""
    question = next((q for q in questions if per_child(q, heard.says)), None)
    if question is None:
        return None
    asked = children_of(heard.context.child)
    told = told_of_each(question, heard.said, heard.evidence, asked, heard.says)
    if told is None or any(not t.child and len(asked) > 1 for t in told):
        return _ask([e for e in question.answers if heard.evidence.get(e)], heard)
    if not told:
        return None
    if heard.reserves([t.event for t in told]):
        return _ask([t.event for t in told], heard)
    answers, lacking = [], False
    for one in told:
        words = heard.says.answers[one.event]
        values = fill(words, Scene(heard.said, [one.evidence], heard.context, heard.says))
        values = {k: v for k, v in values.items() if k != "child"} | ({"child": one.child} if one.child else {})
        lacking = lacking or lacks(words, values)
        answers.append(Answer(one.event, values, _DOUBT if lacking else _TAKEN))
    return Understanding("ask" if lacking else "understood", tuple(answers))


def _answered(told: list[str], heard: Heard) -> Understanding:
    """The answers, and the question back that stands beside them; "nothing so far, still looking" is none yet."""
    waits = [e for e in heard.facts("need-time") if e.clause not in [f.clause for t in told for f in heard.facts(t)]]
    if (waits or heard.facts("need-time")) and so_far(told, heard, bool(waits)):
        return _verdict([("need-time", heard.facts("need-time"))], heard)
    own = [e.clause for event in told for e in heard.facts(event)]
    asked = [c for c in heard.clauses if c.asks and c not in own and not _echo(c, told, heard)]
    pairs = [(event, heard.facts(event)) for event in told]
    if asked or any(_RING_ME.search(e.clause.joined) for e in heard.facts("query")):
        pairs.append(("query", heard.facts("query")))
    return _verdict(pairs, heard)


def _echo(clause: Clause, told: Iterable[str], heard: Heard) -> bool:
    """ "Go ahead? No way": the question that was asked, said back, is none."""
    return len(clause.tokens) <= 4 and any(
        e.clause is clause
        for event, found in heard.evidence.items()
        if event not in heard.says.universal
        for e in found
    )


_RING_ME = re.compile(r" (?:ring|call|phone|telephone) (?:me|us)(?= |$)")


def _universal(events: Sequence[str], heard: Heard) -> Understanding:
    """What anyone may answer to any question; a guess at an answer beside a mere "will do" is asked after."""
    guesses = heard.guessed(events)
    for event in ("not-mine", "need-time", "query", "acknowledged"):
        facts = heard.facts(event)
        if event == "query" and not facts:
            asking = [c for c in heard.clauses if c.asks and not c.joined[1:].isdigit()]
            asking = [c for c in asking if not _echo(c, (), heard) and not in_doubt(c)]
            facts = [Evidence("query", c, 0, 1, "fact") for c in asking]
        if event == "acknowledged":
            facts = receipts(facts, heard) if facts else _courtesy(heard)
        if event == "not-mine" and all(e.clause.turn for e in facts) and heard.loose(e.clause for e in facts):
            continue
        real = [e for e in guesses if any(x.standing == "guess" for x in heard.evidence[e])]
        if facts and not (real and event != "query"):
            return _verdict([(event, facts)], heard)
    return _ask(guesses, heard)


def _courtesy(heard: Heard) -> list[Evidence]:
    """Thanks or ok and nothing else: seen, and the clock runs on."""
    words = {t.word for c in heard.said.clauses for t in c.tokens}
    if heard.loose() or not heard.said.clauses or not words & {"thanks", "thank", "ok", "noted", "great", "perfect"}:
        return []
    if heard.lead in ("yes", "no"):
        return []
    return [Evidence("acknowledged", heard.said.clauses[0], 0, 1, "fact")]


# ------------------------------------------------------------------------------------------------ the verdict


def _ask(events: Iterable[str], heard: Heard) -> Understanding:
    """Not understood; what it may have been is listed in low confidence, where it says at least the thing itself."""
    told = [(e, values_of(e, heard.evidence.get(e, []), heard)) for e in dict.fromkeys(events)]
    answers = tuple(Answer(e, v, _DOUBT) for e, v in told if not lacks(heard.words[e], v))
    return Understanding("ask", answers, another=heard.another([e for e, _ in told]))


def _incomplete(told: Sequence[tuple[str, Sequence[Evidence]]], heard: Heard, chosen: bool) -> Understanding:
    """ "Close it", and nothing else: meant, but without the thing itself; who asked may know it. `chosen`: by number or
    line, so that whatever else is said, that is what was meant."""
    own = [e.clause for _, evidence in told for e in evidence]
    more = any(len(c.tokens) > _BARE for c in own) or any(not c.things("name") for c in heard.loose(own))
    if len(told) > 1 or (more and not chosen):
        return _ask([event for event, _ in told], heard)
    return Understanding("ask", tuple(Answer(event, values_of(event, ev, heard), _DOUBT) for event, ev in told))


def _verdict(
    told: Sequence[tuple[str, Sequence[Evidence]]], heard: Heard, chosen: frozenset[str] = frozenset()
) -> Understanding:
    answers, missing, ends = [], [], False
    for event, evidence in told:
        words = heard.words[event]
        values = values_of(event, evidence, heard)
        if lacks(words, values):
            return _incomplete(told, heard, event in chosen)
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
