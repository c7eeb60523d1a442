"""The values of an answer, taken from the reply only as far as it says them (VOCABULARY, "What the words mean exactly").

Each way of taking a value has a name, which says.toml gives beside the value's own: `{ "visit.date" = "visit-day" }`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from parsers.answers.clauses import Clause, Said, is_noise
from parsers.answers.context import AnswerContext
from parsers.answers.details import read_details
from parsers.answers.each import children_of
from parsers.answers.evidence import Evidence, matches, standing
from parsers.answers.places import laestab
from parsers.answers.says import AnswerWords, Says
from parsers.answers.things import Thing, reference
from parsers.answers.when import Direction
from parsers.answers.words import any_of, english


@dataclass(frozen=True, slots=True)
class Scene:
    """What a value may be taken from: the whole reply, and the places where its answer stands."""

    said: Said
    evidence: Sequence[Evidence]
    context: AnswerContext
    says: Says

    @property
    def clauses(self) -> list[Clause]:
        return [e.clause for e in self.evidence]

    def sentences(self) -> list[Clause]:
        numbers = {c.sentence for c in self.clauses}
        return [c for c in self.said.clauses if c.sentence in numbers]

    def nearest(self, *kinds: str) -> Thing | None:
        """The first such thing where the answer stands, else in its sentence, else anywhere in the reply."""
        for clauses in (self.clauses, self.sentences(), list(self.said.clauses)):
            found = [t for c in clauses for t in c.things(*kinds)]
            if found:
                return found[0]
        return None

    def words(self, start: int, end: int) -> str:
        return " ".join(self.said.text[start:end].split()).strip(' ,;:-–—"')


Taken = Callable[[Scene, str], Any]


def fill(answer: AnswerWords, scene: Scene) -> dict[str, Any]:
    """Values by their names; what the reply does not say is not there. A school's number stands beside the school."""
    values: dict[str, Any] = {}
    for name, way in answer.values:
        value = _WAYS[way](scene, name)
        if value not in (None, "", [], {}):
            values[name] = value
    if "school" in values and (number := laestab(" ".join(t.text for t in scene.said.of("laestab")))):
        values.setdefault("laestab", number)
    return values


def own_words(said: Said, without: Sequence[Clause] = ()) -> str:
    """What the writer wrote, greeting and thanks left out."""
    kept = [c for c in said.clauses if not is_noise(c) and c not in without]
    runs: list[tuple[int, int]] = []
    for clause in kept:
        start, end = clause.tokens[0].start, clause.tokens[-1].end
        if runs and _only_joins(said.text[runs[-1][1] : start]):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return " ".join(" ".join(said.text[a:b].split()) for a, b in runs).strip()


def _only_joins(between: str) -> bool:
    return len(between) < 14


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
    found = _BECAUSE.search(own_words(scene.said))
    return found["why"] if found else ""


_CONDITION = any_of(
    ["two", "pair", "pairs", "police", "dark", "daylight", "colleague", "alone", "together", "joint", "accompanied",
     "phone", "check in", "lone", "only", "provided", "as long as", "with", "doorstep", "ring", "before", "after",
     "must", "make sure", "ensure", "not go in", "daytime", "2", "if", "subject to", "twos", "buddy", "call in",
     "call", "first", "hours", "double", "escort", "stay", "do not", "not", "on condition", "manager", "when"]
)  # fmt: skip


def _conditions(scene: Scene, name: str) -> str:
    """From the first clause that sets a condition to the last."""
    first = scene.evidence[0] if scene.evidence else None
    spans = []
    for clause in scene.said.clauses:
        tail = clause.joined[first.end :] if first and clause is first.clause else clause.joined
        if is_noise(clause) or not _CONDITION.search(tail) or (first and clause.sentence < first.clause.sentence):
            continue
        start = clause.at(first.end + 1) if first and clause is first.clause else 0
        spans.append((clause.tokens[min(start, len(clause.tokens) - 1)].start, clause.tokens[-1].end))
    words = scene.words(spans[0][0], spans[-1][1]) if spans else ""
    return re.sub(r"[\s,]+(?:please|pls|thanks|thank you)$", "", words, flags=re.IGNORECASE)


def _rest(scene: Scene, name: str) -> str:
    return own_words(scene.said)


def _question(scene: Scene, name: str) -> str:
    """The sentences that ask; where none has a question mark, all that was written."""
    asking = sorted({c.sentence for c in scene.said.clauses if c.asks and not is_noise(c)})
    if not asking:
        return own_words(scene.said)
    return " ".join(" ".join(scene.said.sentence(n).split()) + "?" for n in asking)


# ------------------------------------------------------------------------------------------------ days


def _iso(thing: Thing, direction: Direction) -> str:
    assert thing.day is not None
    return thing.day.towards(direction).isoformat()


def _day(scene: Scene, name: str) -> str:
    found = scene.nearest("date")
    return _iso(found, "past") if found else ""


def _own_day(scene: Scene, name: str) -> str:
    """Only a day that stands in the answer's own sentence."""
    found = [t for c in [*scene.clauses, *scene.sentences()] for t in c.things("date")]
    return _iso(found[0], "past") if found else ""


def _ahead_day(scene: Scene, name: str) -> str:
    """A day to come; one with its year stays what it is."""
    found = scene.nearest("date")
    return _iso(found, "future") if found else ""


_VISITING = any_of(
    ["visit", "visited", "visits", "called", "went", "popped", "knocked", "attended", "tried", "dropped", "drove",
     "been", "attempted", "no answer", "no reply", "no response", "nobody", "saw", "seen", "met", "spoke", "spoken", "hv", "out to",
     "round", "there", "home visit", "answered", "card", "not in", "no one"]
)  # fmt: skip
_THEIRS = any_of(
    ["moved", "left", "gone", "vacated", "since", "evicted", "sold", "ended", "not seen", "seen them", "seen them since",
     "last", "returned to", "expected", "back to", "away", "until", "coming back", "going", "will", "due", "born", "moving"]
)  # fmt: skip


def _visit_day(scene: Scene, name: str) -> str:
    """The day of the visit, not the day on which the neighbours saw the family last."""
    dated = [(c, t) for c in scene.said.clauses for t in c.things("date")]
    told = [t for c, t in dated if _VISITING.search(c.joined) and not _THEIRS.search(c.joined)]
    told += [t for c, t in dated if not _THEIRS.search(c.joined) and not told]
    told += [t for c, t in dated if _goes_round(c) and not told]
    return _iso(told[0], "past") if told and _iso(told[0], "past") <= scene.context.day.isoformat() else ""


def _goes_round(clause: Clause) -> bool:
    return (
        re.search(
            r" (?:visited|visit|called|went|knocked|attended|popped)(?= |$).* <date>|<date>.* (?:visit|visited|called|went|knocked|attended)(?= |$)",
            clause.joined,
        )
        is not None
    )


_SEEN = any_of(
    [
        "seen",
        "last",
        "attended",
        "arrested",
        "presented",
        "contact",
        "stopped",
        "moved",
        "since",
        "from",
        "registered",
        "on",
        "in",
        "left",
    ]
)


def _seen_day(scene: Scene, name: str) -> str:
    found = [t for c in scene.said.clauses for t in c.things("date") if _SEEN.search(c.joined)]
    return _iso(found[0], "past") if found else ""


_ABSENCE = re.compile(
    r"(?:absen\w*|missing|not (?:been )?(?:in|seen)|hasn'?t been in|off|away|last (?:seen|in)|day 1|n code)\b[^.\n]{0,40}?$",
    re.IGNORECASE,
)


def _absence_day(scene: Scene, name: str) -> str:
    """A day after "absent since", "first day of absence"."""
    for thing in scene.said.of("date"):
        if _ABSENCE.search(scene.said.text[max(0, thing.start - 60) : thing.start]) and not re.search(
            r"\blast (?:day|attended|in school)\b",
            scene.said.text[max(0, thing.start - 30) : thing.start],
            re.IGNORECASE,
        ):
            return _iso(thing, "past")
    return ""


def _days(scene: Scene, name: str) -> list[str]:
    absence = _absence_day(scene, name)
    days = [_iso(t, "past") for t in scene.said.of("date")]
    return list(dict.fromkeys(d for d in days if d != absence or days.count(d) > 1))


def _until(scene: Scene, name: str) -> str:
    """The last day named where more time is asked for: "if I get a minute, otherwise Friday"."""
    here = (
        [t for c in scene.clauses for t in c.things("date")]
        or [t for c in scene.sentences() for t in c.things("date")]
        or [t for t in scene.said.of("date")]
    )
    ahead = [t for t in here if _iso(t, "future") >= scene.context.day.isoformat()]
    return max((_iso(t, "future") for t in ahead), default="")


# ------------------------------------------------------------------------------------------------ places


def _school(scene: Scene, name: str) -> str:
    found = scene.nearest("school")
    if found:
        return scene.words(found.start, found.end)
    return _named_school(scene)


_AT_NAME = re.compile(
    r" (?:at|to|with|attends|attending|joined|into|in|for|by|is|school|from|named) (?P<n><name>)(?= |$)|^ (?P<m><name>)(?= |$)"
)


def _named_school(scene: Scene) -> str:
    """A school without the word: "he's at Windrush now"."""
    for clause in [*scene.clauses, *scene.sentences()]:
        found = [m for m in _AT_NAME.finditer(clause.joined)]
        if found:
            group = "n" if found[-1]["n"] else "m"
            token = clause.tokens[clause.at(found[-1].end(group) - 1)]
            return scene.words(token.start, token.end)
    return ""


def _address(scene: Scene, name: str) -> str:
    found = scene.nearest("address")
    return scene.words(found.start, found.end) if found else ""


_MOVED_TO = re.compile(
    r" (?:moved|gone|relocated|moving|back|living|live|lives|went|now|new address|forwarding address|returned|staying|left|are|is|settled)(?: [^ ]+){0,4}? (?:to|in|at|with|is|for) (?P<n><name>|<address>)(?= |$)"
)


def _new_address(scene: Scene, name: str) -> str:
    """Whereto the family went: an address, or as much of one as was said."""
    for clause in scene.said.clauses:
        found = _MOVED_TO.search(clause.joined)
        if found:
            token = clause.tokens[clause.at(found.end("n") - 1)]
            return scene.words(token.start, token.end)
    for clause in scene.said.clauses:
        if clause.things("address") and re.search(r" (?:new|moved|forwarding|now|gone|living) ?", clause.joined):
            thing = clause.things("address")[0]
            return scene.words(thing.start, thing.end)
    return ""


def _where(scene: Scene, name: str) -> str:
    """Where a child was found or traced: a school, an address, a town, or "with his gran" as written."""
    found = scene.nearest("school", "address")
    if found:
        return scene.words(found.start, found.end)
    for clause in scene.said.clauses:
        match = re.search(r" (?P<w>(?:at|in|with|to) (?:[^ ]+ ?){1,6})", clause.joined)
        if match and not is_noise(clause):
            first, last = clause.at(match.start("w") + 1), clause.at(match.end("w") - 1)
            words = [t for t in clause.tokens[first : last + 1] if not (t.thing and t.thing.kind == "date")]
            if len(words) > 1:
                return re.sub(r"^(?:at|in|to)\s+", "", scene.words(words[0].start, words[-1].end), flags=re.IGNORECASE)
    return ""


def _provision_where(scene: Scene, name: str) -> str:
    found = scene.nearest("school")
    if found:
        return scene.words(found.start, found.end)
    for clause in [*scene.clauses, *scene.said.clauses]:
        match = re.search(
            r" (?:at|with|in|attending|attends|from|by|to|is) (?P<n><name>|the <name>|<address>)", clause.joined
        )
        if match:
            token = clause.tokens[clause.at(match.end("n") - 1)]
            return scene.words(token.start, token.end)
    match = re.search(
        r"\b((?:home|individual|1:1|one to one|online|hospital|alternative)\s+(?:tuition|tutoring|provision|education|school)|the pru|pru|tuition)\b",
        scene.said.text,
        re.IGNORECASE,
    )
    return match[1] if match else ""


def _country(scene: Scene, name: str) -> str:
    found = scene.nearest("country")
    return found.text if found else ""


def _abroad_address(scene: Scene, name: str) -> str:
    found = scene.nearest("address")
    if found:
        return scene.words(found.start, found.end)
    match = re.search(
        r"\baddress(?:\s+(?:is|there|abroad|in [A-Z]\w+))*\s*(?:is|:|-)?\s*(?P<a>[^\n.;]*\d[^\n.;]*|(?:ul\.|calle|rue|via)[^\n;]*)",
        scene.said.text,
        re.IGNORECASE,
    ) or re.search(
        r"\b(?:at|to|:)\s+(?P<a>(?:ul\.|calle|rue|via|str\.|strada|rua|avenida|plaza)\s[^\n;]*?\d[^\n;.]*)",
        scene.said.text,
        re.IGNORECASE,
    )
    return match["a"].strip(" ,.") if match else ""


# ------------------------------------------------------------------------------------------------ people and bodies


def _slot(scene: Scene, name: str) -> str:
    for evidence in scene.evidence:
        if name in evidence.slots:
            first, last = evidence.slots[name]
            tokens = evidence.clause.tokens[first : last + 1]
            return scene.words(tokens[0].start, tokens[-1].end)
    return ""


_ME = re.compile(r" (?:me|myself|i|mine)(?= |$)")
_NO_WORKER = frozenset(
    "the a an someone somebody anyone anybody him her them it this that worker hub team north south city us you one visit do "
    "go take pick to for on tomorrow today who whoever another person next first available them".split()
)


def _worker(scene: Scene, name: str) -> str:
    """The worker's address, else the name as written; "I'll do it": the writer's role."""
    found = scene.nearest("email")
    if found:
        return found.text
    slot = re.sub(r"^(?:to|our|with)\s+", "", _slot(scene, "worker"), flags=re.IGNORECASE)
    slot = re.sub(r"\s+(?:please|pls|thanks|today|now|then|tomorrow)$", "", slot, flags=re.IGNORECASE)
    words = slot.lower().split()
    if words in (["me"], ["myself"]):
        return scene.context.role or "writer"
    if words and not any(w in _NO_WORKER or w in english().known or w.split("'")[0] == "i" for w in words):
        return slot.removesuffix("'s")
    named = [t for c in scene.clauses for t in c.things("name")]
    if named:
        return scene.words(named[0].start, named[0].end).removesuffix("'s")
    if any(_ME.search(c.joined) for c in scene.clauses):
        return scene.context.role or "writer"
    return ""


def _who(scene: Scene, name: str) -> str:
    found = scene.nearest("email")
    if found:
        return found.text
    slot = _slot(scene, "who")
    if slot:
        return re.sub(r"\s+(?:please|instead|thanks)$", "", re.sub(r"^(?:to|with)\s+", "", slot), flags=re.IGNORECASE)
    match = re.search(
        r"\b(?:try|ask|contact|email|ring|speak to|pass(?:ed)? (?:it |this )?(?:on )?to|forward(?:ed)? (?:it |this )?(?:on )?to|send (?:it |this )?to|belongs to|go to|is with|sits with|covered by|for)\s+(?P<w>[^.,;!?\n]{2,50})",
        scene.said.text,
        re.IGNORECASE,
    )
    if match:
        who = re.split(r"\s+(?:instead|please|who|as|for|because|not|on|if|and|thanks|about)\b", match["w"])[0].strip()
        if who.lower() not in ("me", "us", "you", "this", "our", "it", "our team", "them"):
            return who
    named = [t for c in scene.said.clauses if not is_noise(c) for t in c.things("name")]
    return scene.words(named[0].start, named[0].end) if named else ""


_WITH = re.compile(
    r"\b(?:with|to|by|rang|called|phoned|contacted|emailed|consulted)\s+(?P<w>(?:the\s+)?(?:(?!not\b|no\b|and\b|who\b|that\b|they\b|about\b|today\b|yesterday\b|this\b|on\b|at\b|as\b)[\w'’&/]+(?:-\w+)*\s*){1,5})",
    re.IGNORECASE,
)


def _with(scene: Scene, name: str) -> str:
    """The body or the person that it was discussed with, as written."""
    agencies = re.compile(
        r"\b(?:children'?s (?:and families )?social care|child social care|social care|children'?s services|social services|mash|police|thames valley police|tvp|assessment team|"
        r"duty (?:social worker|team|desk|sw)|emergency duty team|edt|social worker|sw|csc|front door|access to information team|family safeguarding|locality team|dsl|pvp)\b",
        re.IGNORECASE,
    )
    for match in _WITH.finditer(scene.said.text):
        words = re.split(
            r"\s*(?:\bre\b|\bregarding\b|\bfor\b|\bsaid\b|\bsays?\b|\bagreed?\b|\bconfirm\w*|\badvised?\b|\bwill\b|\bis\b|\bare\b)",
            match["w"],
        )[0].strip()
        if agencies.search(words):
            return words
    found = agencies.search(scene.said.text)
    if found:
        return found[0]
    named = [t for c in scene.clauses for t in c.things("name")]
    return scene.words(named[0].start, named[0].end) if named else ""


_ACTION = re.compile(
    r"\b(?:agreed(?: action)?s?(?: (?:that|is|are|was))?(?: we)?|action(?:s)?(?: agreed)?(?: is| are| was)?\s*:?|they(?:'ll| will)|they (?:advised?|suggest\w*|want|asked)(?: (?:that|us|me))?|advice(?: is| was)?:?|plan(?: is)?:?|next steps?:?|we(?:'ll| will)|i(?:'ll| will)|to (?=make|open|visit|check|do|carry|hold|continue|refer|monitor)|welfare check|strategy (?:meeting|discussion)|no further action|nfa)[\s:,-]*(?P<a>[^.\n;]*)",
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


_TEAM = re.compile(
    r"\b(?:open to|open with|known to|allocated to|held by|with|under|case holder is|involved with|worked with by)\s+(?:the\s+|our\s+)?(?P<t>(?!us\b|them\b|a\b|an\b)(?:[\w'’&/-]+\s+){0,5}?(?:team|service|assessment|cin|lac|hub|unit|plus)(?:\s+(?:\d+|north|south|city|east|west))?|[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+){0,3})"
)


def _team(scene: Scene, name: str) -> str:
    match = _TEAM.search(scene.said.text)
    if match:
        return match["t"].strip()
    match = re.search(r"\b((?:[A-Z][\w'’]+\s+){1,4}(?:[Tt]eam|[Ss]ervice)(?:\s+\d)?)\b", scene.said.text)
    return match[1] if match else ""


def _authority(scene: Scene, name: str) -> str:
    for match in re.finditer(
        r"\b((?:[A-Z][\w'’]+\s+)*[A-Z][\w'’]+(?:\s+(?:City|County|Borough|District|Metropolitan))*(?:\s+(?:Council|CC|MBC|LA|LEA|BC|CME|council|authority|cme team))?)",
        scene.said.text,
    ):
        words = match[1].split()
        if not all(scene.says.lexicon.knows(w.lower()) or w.upper() in ("S2S", "CME", "LA", "PTO", "I") for w in words):
            return match[1]
    return ""


def _which_child(scene: Scene, name: str) -> str:
    """Told child by child (`each`); here only where just one is asked about."""
    children = children_of(scene.context.child)
    return children[0] if len(children) == 1 else ""


def _ref(scene: Scene, name: str) -> str:
    found = scene.said.of("ref")
    return reference(found[0].text) if found else ""


def _case(scene: Scene, name: str) -> str:
    found = scene.said.of("case")
    return found[0].text.upper() if found else ""


# ------------------------------------------------------------------------------------------------ the rest


def _flag(scene: Scene, name: str) -> str:
    """yes, no, or nothing where the reply says neither, or says both."""
    words = scene.says.flags[name]
    yes = any(_said_so(words.yes, c) for c in scene.said.clauses)
    no = any(_said_so(words.no, c) for c in scene.said.clauses)
    if no:
        return "no"
    return "yes" if yes else ""


def _said_so(patterns: Sequence[re.Pattern[str]], clause: Clause) -> bool:
    return any(standing(clause, m) == "fact" for m in matches(patterns, clause))


def _flag_yes(scene: Scene, name: str) -> str:
    return "yes" if _flag(scene, name) == "yes" else ""


def outcome_of(text: str, outcomes: Mapping[str, Sequence[str]]) -> str:
    """The outcome (VOCABULARY, states of a case) that the words name, the longest wording first."""
    low = " " + " ".join(re.findall(r"[\w'-]+", text.lower())) + " "
    ways = sorted(((way, outcome) for outcome, ways in outcomes.items() for way in ways), key=lambda w: -len(w[0]))
    return next((outcome for way, outcome in ways if f" {way} " in low), "")


def _outcome(scene: Scene, name: str) -> str:
    return outcome_of(scene.said.text, scene.says.outcomes)


def _closed_note(scene: Scene, name: str) -> str:
    closed = re.search(
        r"\b(?:clos\w+|previous\w*|old|histor\w+|past|ended|stepped down)\b", scene.said.text, re.IGNORECASE
    )
    return own_words(scene.said) if closed else ""


def _how(scene: Scene, name: str) -> str:
    return own_words(scene.said)


def _removal_reason(scene: Scene, name: str) -> str:
    match = re.search(
        r"\b(?:reason(?: (?:is|was|for removal|for leaving))*\s*[:-]?|because|as|due to|since)\s+(?P<r>(?!of\b)[^.\n;]+)",
        scene.said.text,
        re.IGNORECASE,
    )
    if match and not re.match(r"\s*(?:from|on)?\s*\d", match["r"]):
        return match["r"].strip()
    match = re.search(
        r"\b((?:moved|transferred|emigrated|gone|relocated|left the (?:area|country)|home educat\w+|elective home education|permanent(?:ly)? exclu\w+|ground [a-z])\b[^.,\n;]*)",
        scene.said.text,
        re.IGNORECASE,
    )
    return match[1].strip() if match else ""


def _fields(scene: Scene, name: str) -> dict[str, str]:
    return read_details(scene.said, scene.context.day)


def _laestab(scene: Scene, name: str) -> str:
    found = scene.said.of("laestab")
    return laestab(found[0].text) if found else ""


_WAYS: Mapping[str, Taken] = {
    "words": _words, "reason": _reason, "conditions": _conditions, "rest": _rest, "question": _question,
    "day": _day, "own-day": _own_day, "done-day": _day, "roll-day": _day, "ahead-day": _ahead_day, "visit-day": _visit_day,
    "seen-day": _seen_day, "absence-day": _absence_day, "days": _days, "until": _until,
    "school": _school, "address": _address, "new-address": _new_address, "where": _where, "country": _country,
    "provision-where": _provision_where, "abroad-address": _abroad_address, "laestab": _laestab,
    "worker": _worker, "who": _who, "with": _with, "action": _action, "team": _team, "authority": _authority,
    "which-child": _which_child, "ref": _ref, "case": _case, "flag": _flag, "flag-yes": _flag_yes, "outcome": _outcome,
    "closed-note": _closed_note, "how": _how, "removal-reason": _removal_reason, "fields": _fields,
}  # fmt: skip


def day_of(moment: date) -> str:
    return moment.isoformat()
