"""What a reply says of which row: by the row's code, by the child's name, or in a sentence; or in a list sent back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.cases.casework import Casework, Origin
from bot.cases.news import ABROAD, HOME
from bot.council.directory import Directory
from bot.rosters import enquiries
from bot.views.asked import DOUBTS, Asked, name_of
from parsers.answers import AnswerContext, understand
from parsers.answers.news import reported
from parsers.answers.places import COUNTRIES
from parsers.reading import Answer, Roster, RosterRow
from parsers.rosters.answers import Said, by_row, who_is
from parsers.rosters.destinations import destination, is_away
from parsers.values.parsed import one_line
from rules import Case

_BESIDE = ("need-time", "query", "not-mine", "acknowledged")
_QUESTIONS = {"leavers": "leaver-destination", "rising-fives": "rising-five-provision"}
_LONGEST_NOTE = 200


@dataclass
class Heard:
    """`rows` are the answers beyond doubt by the row's code, `others` what the reply says besides."""

    text: str
    rows: dict[str, Answer] = field(default_factory=dict)
    others: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    doubt: bool = False


def hear(work: Casework, case: Case, asked: Asked, arrival: Arrival, who: Writer, origin: Origin) -> Heard:
    """All that one reply says of the rows it was asked about."""
    heard = Heard(arrival.reading.new_text)
    question = "same-child" if case.latest(DOUBTS) is not None else _QUESTIONS[asked.kind]
    context = AnswerContext(at=origin.received, role=who.role)
    names = asked.names(list(asked.rows))
    listener = _Listener(work, question, context, names, heard, asked.kind == enquiries.KIND)
    for roster in arrival.reading.rosters:
        listener.list_back(roster, asked)
    listener.text(heard.text, asked)
    if listener.answers:
        _keep_what_can_be_taken(work, asked, heard, origin)
    return heard


def _keep_what_can_be_taken(work: Casework, asked: Asked, heard: Heard, origin: Origin) -> None:
    """ "Same" of an agency's row that names no child of ours, or that nobody understands, settles nothing."""
    for code, answer in list(heard.rows.items()):
        note = str(answer.values.get("note") or "")
        if answer.event == "match.same" and not enquiries.by_officer(
            work, asked.rows[code], note, origin, apply_it=False
        ):
            del heard.rows[code]
            heard.doubt = True


@dataclass
class _Listener:
    work: Casework
    question: str
    context: AnswerContext
    names: Mapping[str, str]
    heard: Heard
    answers: bool = False
    """Whether the rows are an agency's answers to our enquiries."""

    def text(self, text: str, asked: Asked) -> None:
        said, rest = by_row(text, self.names)
        for one in said:
            self._segment(one)
        if not said or rest.strip():
            self._rest(rest if said else text, asked, alone=not said and not self.heard.rows)

    def _segment(self, said: Said) -> None:
        """What a line says of its rows; a line in doubt says nothing."""
        if said.doubt or not said.codes:
            self.heard.doubt = True
            return
        answer = self._answer(said.text, self.names[said.codes[0]])
        if answer is None:
            self.heard.doubt = True
            return
        if answer.event in _BESIDE:
            self.heard.others.append((answer.event, {"question": self.question, **answer.values}))
            return
        for code in said.codes:
            self._note(code, answer)

    def _note(self, code: str, answer: Answer) -> None:
        """Two answers about one child are none."""
        if code in self.heard.rows and self.heard.rows[code].event != answer.event:
            del self.heard.rows[code]
            self.heard.doubt = True
            return
        self.heard.rows[code] = replace(answer, values={**answer.values, "child": self.names[code]})

    def _answer(self, text: str, child: str) -> Answer | None:
        """What the words say of one child; of a leaver also that it is taught at home, or has gone abroad."""
        answer = self._place(text, child)
        if answer is None or answer.event != "destination.unknown" or self.question != _QUESTIONS["leavers"]:
            return answer
        return replace(answer, values={**answer.values, **self._news(text, child)})

    def _news(self, text: str, child: str) -> dict[str, Any]:
        """Home education and a move abroad have ways of their own (policy 3.6, 7), when they are said beyond doubt."""
        plain = one_line(text).strip(" .,;")
        if COUNTRIES.fullmatch(plain):
            return {"news": ABROAD, "country": plain}
        heard = reported(text, replace(self.context, child=child), self.work.office.says)
        told = heard.answers[0] if heard.verdict == "understood" and heard.answers else None
        return {"news": told.event, **told.values} if told and told.event in (HOME, ABROAD) else {}

    def _place(self, text: str, child: str) -> Answer | None:
        if self.answers:
            return _same_or_not(text) or self._meant(text, child)
        found = understand((self.question,), text, replace(self.context, child=child), self.work.office.says)
        answers = [a for a in found.answers if a.event != "concern.raised"]
        if found.verdict == "understood" and len(answers) == 1:
            return self._full(answers[0], text)
        if self.question == "same-child":
            return _same_or_not(text) or (answers[0] if len(answers) == 1 and found.verdict == "confirm" else None)
        return _by_place(self.work.office.directory, text)

    def _meant(self, text: str, child: str) -> Answer | None:
        """What an officer says that an agency's row means: the row is of that child, and says this."""
        said = understand(("agency-enquiry",), text, replace(self.context, child=child), self.work.office.says)
        plain = said.verdict != "ask" and any(a.event.startswith("agency.") for a in said.answers)
        return Answer("match.same", {"note": one_line(text)}) if plain else None

    def _full(self, answer: Answer, text: str) -> Answer:
        """A school by its name is an answer; "another school", abroad and home education leave details to be found."""
        school = str(answer.values.get("school") or "")
        if answer.event != "destination.known":
            return answer
        known = self.work.office.directory.school(school)
        if known is not None:
            return replace(answer, values={**answer.values, "school": known.name, "laestab": known.laestab})
        return answer if destination(school) == "school" else _away(text)

    def _rest(self, text: str, asked: Asked, *, alone: bool) -> None:
        """Sentences that speak of several children, or of the one that is asked about."""
        names = list(self.names.values())
        if len(names) == 1:
            return self._segment(Said(tuple(self.names), text))
        if self.question == "same-child":
            return self._all_of(text, asked, alone=alone)
        context = replace(self.context, child="; ".join(names))
        found = understand((self.question,), text, context, self.work.office.says)
        for answer in found.answers if found.verdict == "understood" else ():
            code = who_is(str(answer.values.get("child") or ""), self.names)
            if answer.event in _BESIDE:
                self.heard.others.append((answer.event, {"question": self.question, **answer.values}))
            elif code:
                self._note(code, self._full(answer, text))
            elif answer.event != "concern.raised":
                self.heard.doubt = True
        return None

    def _all_of(self, text: str, asked: Asked, *, alone: bool) -> None:
        """ "All different": of every row that is still open. A bare "same" is of one row only."""
        answer = _same_or_not(text)
        if answer is None or not alone:
            return
        if " all " in f" {one_line(text).lower()} " or answer.event == "match.different":
            for code in asked.open or list(self.names):
                self._note(code, answer)

    def list_back(self, roster: Roster, asked: Asked) -> None:
        """The school fills in our question as a list of its own: each row of ours that it names."""
        for row in roster.rows:
            code = who_is(name_of({n: row.sure(n) for n in ("child.forenames", "child.surname")}), self.names)
            place = row.sure("destination")
            if code and _same_birth(row, asked.rows[code]["fields"]) and place:
                answer = self._answer(place, self.names[code])
                if answer is not None and answer.event not in _BESIDE:
                    self._note(code, answer)


def _same_birth(row: RosterRow, fields: Mapping[str, str]) -> bool:
    told, known = row.sure("child.date_of_birth"), fields.get("child.date_of_birth", "")
    return not told or not known or told == known


def _by_place(directory: Directory, text: str) -> Answer | None:
    """A few words that are nothing but a place."""
    plain = one_line(text).strip(" .,;")
    school = directory.school(plain) if plain and _all_its_own(plain, directory) else None
    if school is not None:
        return Answer("destination.known", {"school": school.name, "laestab": school.laestab})
    if destination(plain) == "nothing" and plain:
        return Answer("destination.unknown", {})
    return _away(text) if is_away(plain) or COUNTRIES.fullmatch(plain) else None


def _all_its_own(plain: str, directory: Directory) -> bool:
    """Whether every word is one of the school's name: "perhaps Windrush" is not."""
    school = directory.school(plain)
    own = set(_words(school.name)) if school else set()
    return bool(own) and all(word in own for word in _words(plain))


def _words(text: str) -> Sequence[str]:
    return [w for w in "".join(c if c.isalnum() else " " for c in text.lower()).split() if w != "school"]


def _away(text: str) -> Answer:
    """It says where to, and not enough: a case is opened, with the school's words."""
    return Answer("destination.unknown", {"note": one_line(text)[:_LONGEST_NOTE]})


_AROUND = ("all", "all:", "is", "are", "they", "both", "these", "children")
_SAME = ("same", "yes", "match", "matches", "matched", "the same", "same child", "one and the same")
_OTHER = ("different", "no", "not the same", "not same", "other", "another child", "different child", "no match")


def _same_or_not(text: str) -> Answer | None:
    """The words of a review, and nothing beside them."""
    plain = one_line(text).lower().strip(" .,;:!-–")
    plain = " ".join(w for w in plain.split() if w not in _AROUND)
    if plain in _OTHER:
        return Answer("match.different", {})
    return Answer("match.same", {}) if plain in _SAME else None
