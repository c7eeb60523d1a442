"""What a command says besides its name: whom, until when, which outcome, the writer's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from parsers.answers.clauses import Clause, Said
from parsers.answers.context import AnswerContext
from parsers.answers.details import read_details
from parsers.answers.places import laestab
from parsers.answers.says import Says
from parsers.answers.values import outcome_of, own_words
from parsers.answers.words import any_of

_CASE_REF = r"CME-\d{4}-\d{3,6}"
_FAREWELL = re.compile(
    r"\n\s*(?:thanks|thank you|many thanks|regards|kind regards|best wishes|cheers)\b.*$", re.I | re.S
)
_REASON = re.compile(
    r"\b(?:because|since|due to|while|whilst|pending|awaiting|waiting for|reason:?"
    r"|as (?=he|she|they|mum|dad|the|we|it|i\b|child|family|parents?))\s+(?P<why>.+)|[-–:,.]\s+(?P<beside>.+)",
    re.I | re.S,
)
_WHO_ENDS = re.compile(
    r"\s+(?:again|please|about|for|on|re|until|as|because|from|now|any ?more|thanks|to|in|instead|today|regarding|and"
    r"|since)\b|[.,;!?]",
    re.I,
)
_NOBODY = frozenset(
    [
        "",
        "this",
        "it",
        "case",
        "him",
        "her",
        "them",
        "the",
        "again",
        "someone",
        "somebody",
        "anyone",
        "a worker",
        "worker",
        "another worker",
        "up",
    ]
)
_DATED = ("date_of_birth", "first_day", "last_day", ".start", ".date")
_PROTECTED = "address.protected"
_FIELD = re.compile(r"\b[a-z][a-z\d_]*\.[a-z\d_]+\b")
_NO_VALUE = frozenset(("yes", "no"))
_BESIDE_YES = frozenset(("to", "is", "should", "be", "now", "please", "thanks", "thank", "you"))


@dataclass(frozen=True, slots=True)
class Order:
    """A command found in a mail; `after` is the position in the text where its own words end."""

    name: str
    said: Said
    clause: Clause
    after: int
    context: AnswerContext
    says: Says

    @property
    def rest(self) -> str:
        """All that stands after the command's words."""
        return self.said.text[self.after :]

    @property
    def line(self) -> str:
        """The rest of the line, without the case's number."""
        return re.sub(_CASE_REF, " ", self.rest.split("\n")[0])

    @property
    def sentence(self) -> str:
        return self.said.sentence(self.clause.sentence)


def values_of(order: Order) -> dict[str, Any]:
    """{"command", "case" where one is named, and what docs/reference/words.md gives to the command}."""
    cases = [t.text.upper() for t in order.said.of("case")]
    values: dict[str, Any] = {"command": order.name} | ({"case": cases[0]} if cases else {})
    values |= _VALUES.get(order.name, _nothing)(order)
    return {name: value for name, value in values.items() if value not in ("", None)}


def _nothing(order: Order) -> dict[str, Any]:
    return {}


def _close(order: Order) -> dict[str, Any]:
    # "close as not-cme: on roll in the county": what stands before the colon is the outcome, and the rest says why.
    words = (order.line.split(":")[0], order.sentence, order.said.text.split("\n\n")[0])
    found = [outcome_of(w, ways) for ways in (order.says.outcomes, order.says.reasons) for w in words]
    return {"outcome": next((o for o in found if o), ""), "why": _why(order)}


def _why(order: Order) -> str:
    match = _REASON.search(re.sub(_CASE_REF, "", order.rest))
    return _plain(match["why"] or match["beside"]) if match else ""


def _traced(order: Order) -> dict[str, Any]:
    schools = order.said.of("school")
    number = laestab(" ".join(t.text for t in order.said.of("laestab")))
    named = re.search(r"(?:\b(?:to|at|in)|:)\s+(?P<n>[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+)*)", order.rest)
    school = " ".join(schools[0].text.split()) if schools else (named["n"] if named else number)
    return {"school": school, "laestab": number}


def _who(order: Order) -> dict[str, Any]:
    emails = order.said.of("email")
    if emails:
        return {"who": emails[0].text}
    text = order.line.lstrip(" :,-–")
    if order.name == "ask-again":
        words = [t for t in order.clause.tokens if t.end <= order.after]
        inner = order.said.text[words[0].start : order.after] if words else ""
        found = re.search(r"(?:ask|chase|try|email|mail|contact|remind|write to)\s+(?P<w>.+?)\s+again", inner, re.I)
        text = found["w"] if found else text
    moved = re.search(r"\bto\s+(?P<w>[^.,;!?]+)", " " + text)
    who = _WHO_ENDS.split(" " + (moved["w"] if moved else text).strip())[0].strip()
    who = re.sub(r"^(?:(?:the|this|that|up|with|case|it|him|her|them|over|on)\s+)+", "", who)
    if who.lower() in ("me", "myself"):
        return {"who": order.context.role or "writer"}
    return {"who": "" if who.lower() in _NOBODY else who}


def _note(order: Order) -> dict[str, Any]:
    about = r"(?:(?:on|for|to|about|re|the|case|file|record|this)\b\s*)*"
    text = re.sub(rf"^[\s:,.-]*{about}[\s:,]*(?:{_CASE_REF})?[\s:,.-]*(?:that\b)?[\s:,-]*", "", order.rest)
    return {"text": _plain(text)}


def _first_day(order: Order) -> str:
    days = [t.day.future for t in order.said.of("date") if t.day]
    return days[0].isoformat() if days else ""


def _remind(order: Order) -> dict[str, Any]:
    return {"date": _first_day(order)}


def _hold(order: Order) -> dict[str, Any]:
    return {"until": _first_day(order), "why": _why(order)}


def _other_case(order: Order) -> dict[str, Any]:
    """`case` is the one that is linked or merged with: the last that is named."""
    cases = [t.text.upper() for t in order.said.of("case")]
    return {"case": cases[-1] if cases else ""}


def _correct(order: Order) -> dict[str, Any]:
    field, end = _field(order)
    if not field:
        return {}
    days = [t for t in order.said.of("date") if t.day]
    if field.endswith(_DATED):
        return {"field": field, "value": days[-1].day.past.isoformat() if days and days[-1].day else ""}
    rest = re.sub(_CASE_REF, " ", order.said.text[end:].split("\n")[0])
    if field == _PROTECTED:
        return {"field": field, "value": _yes_or_no(rest)}
    found = re.search(
        (
            r"(?:\bto\b|\bis\b|\bshould (?:be|read)\b|\bspelt\b|\bas\b|[:=-])\s*(?:now\s+|actually\s+"
            r"|really\s+|spelt\s+)*(?P<v>.+)$"
        ),
        rest,
    ) or re.search(r"^\s*(?:(?:of|for|on)\s+)?(?P<v>[A-Z0-9].+)$", rest)
    text = _plain(found["v"]).rstrip(".") if found else read_details(order.said, order.context.day).get(field, "")
    value = re.split(r",?\s+(?:not|instead of|rather than|please|thanks)\b", text)[0]
    return {"field": field, "value": "" if value.lower() in _NO_VALUE and field != "child.sen" else value}


def _yes_or_no(rest: str) -> str:
    """What a field that is yes or no is to be; "" for anything else, so that nothing is lifted by a guess."""
    said = [word for word in re.findall(r"\w+", rest.lower()[:200]) if word not in _BESIDE_YES]
    return said[0] if said in (["yes"], ["no"]) else ""


def _field(order: Order) -> tuple[str, int]:
    """The field that the command names as we do (`address.protected`), else the one that its sentence names first, by
    its longest wording; and where its words end."""
    if (ours := _FIELD.search(order.line)) and ours[0] in order.says.fields:
        return ours[0], order.after + ours.end()
    clauses = [c for c in order.said.clauses if c.sentence == order.clause.sentence]
    for clause in clauses:
        found = [
            (m.start(), -len(m[0]), field, m)
            for field, ways in order.says.fields.items()
            if (m := any_of(ways).search(clause.joined))
        ]
        if found:
            _, _, field, match = min(found, key=lambda f: f[:3])
            return field, clause.tokens[clause.at(match.end() - 1)].end
    return "", 0


def _new_case(order: Order) -> dict[str, Any]:
    text = _plain(re.sub(r"^[\s:,.-]*(?:(?:please|for)\b)?[\s:,.-]*", "", order.rest))
    return {"text": text or own_words(order.said)}


def _plain(text: str) -> str:
    return " ".join(_FAREWELL.sub("", text).split()).strip(" ,;:-–")


_VALUES: Mapping[str, Callable[[Order], dict[str, Any]]] = {
    "close": _close,
    "traced": _traced,
    "assign": _who,
    "stop-chasing": _who,
    "ask-again": _who,
    "resend": _who,
    "note": _note,
    "remind": _remind,
    "hold": _hold,
    "link": _other_case,
    "merge": _other_case,
    "correct": _correct,
    "new-case": _new_case,
}
