"""An agency answers many of our enquiries in one list (policy 4.1): what each row says of which child, and what that
makes of the question that was put to it. Certain rows count as its answers; a row in doubt is a person's to settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from bot.cases.casework import Casework, Origin
from bot.cases.referrals import open_again
from bot.hearing.answers import apply, enrich, propose
from bot.hearing.heeding import heed
from bot.matching import Child, consistent
from bot.matching.described import child_of
from bot.register.rows import ListRow, OutboxRow
from bot.rosters import subjects
from bot.rosters.looking import who_is
from bot.rosters.opening import CONCERN
from parsers.answers import AnswerContext, understand
from parsers.mail.thread import in_text
from parsers.reading import Answer, Roster, Understanding
from parsers.rosters.answers import without_name
from parsers.rosters.row_fields import ANSWER, ENQUIRIES, HEADING, REFERENCE, said_for_sure
from rules.case import Ask

KIND = ENQUIRIES
NO_MATCH = (
    "we could not match it for certain with a child we have asked you about. Put our reference beside it, or the whole "
    "name and the date of birth"
)
UNCLEAR = "we did not understand what it says of the child. A person looks at it"
ASKED_WITHIN = timedelta(days=60)
"""What was asked longer ago is exhausted, its reminders too."""
_MOST_OPEN = 50
_TICKED = {"y": "Known", "yes": "Known", "n": "No trace", "no": "No trace"}
"""What a cell below "Known?" says."""
Became = Literal["taken", "repeated", "tap", "doubt"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row is: an answer (`taken`), one that was given before (`repeated`), one that ends something and waits for
    one tap (`tap`), or a `doubt`, with what the sender hears of it (`why`) and what makes it one (`detail`: for
    officers alone: it may speak of a child whom the sender was not asked about). `case` is the child's, or may be."""

    became: Became
    case: str = ""
    asks: tuple[Ask, ...] = ()
    answers: tuple[Answer, ...] = ()
    why: str = ""
    detail: str = ""


def answers_a_question(work: Casework, roster: Roster, origin: Origin, thread: str) -> bool:
    """Whether a list that stands in a mail's own words answers a question that was put to its writer, of another case
    than the one whose thread it is on, and of that one too where it waits: else those words are heard as any others."""
    found = {_child(work, said_for_sure(row))[0] for row in roster.rows} - {""}
    if thread and thread not in found and any(ask.waits for ask in asks_to(work, thread, origin)):
        return False
    return any(asks_to(work, ref, origin) for ref in found - {thread})


def settle(work: Casework, row: ListRow, origin: Origin) -> None:
    """Takes a certain row as the answer to what its sender was asked of that child."""
    judged = judge(work, row, origin)
    raise_concern(work, row, origin)
    if judged.became == "doubt":
        return work.unit.settle_row(row, "refused", why=judged.why)
    if judged.became == "repeated":
        return work.unit.settle_row(row, "repeated", case=judged.case)
    heed(work, judged.case, said_in(row.fields), origin)
    if judged.became == "tap":
        return work.unit.settle_row(row, "asked", case=judged.case)
    take(work, judged, origin)
    return work.unit.settle_row(row, "matched", case=judged.case)


def take(work: Casework, judged: Judged, origin: Origin) -> None:
    apply(work, judged.case, judged.answers, judged.asks, origin)
    work.advance(judged.case)


def judge(work: Casework, row: ListRow, origin: Origin, *, ref: str = "", said: str = "") -> Judged:
    """What becomes of a row. `ref` and `said`: the child, and what the row means, where an officer has said so."""
    certain, maybe, why = (ref, "", "") if ref else _child(work, row.fields)
    if not certain:
        return Judged("doubt", maybe, why=NO_MATCH, detail=why)
    asks = asks_to(work, certain, origin)
    if not asks:
        return Judged("doubt", why=NO_MATCH, detail=f"{certain}, of which its sender was asked nothing that counts now")
    heard = _understood(work, certain, row.fields, asks, origin, said)
    answers = tuple(a for a in heard.answers if a.event != "concern.raised")
    if heard.verdict == "ask" or not answers:
        return Judged("doubt", certain, asks, why=UNCLEAR, detail="what it says was not understood")
    if all(_given(work, certain, asks, answer) for answer in answers):
        return Judged("repeated", certain, asks, answers)
    return Judged("tap" if heard.verdict == "confirm" else "taken", certain, asks, answers)


def _child(work: Casework, fields: Mapping[str, str]) -> tuple[str, str, str]:
    """The open case that the row is about for certain; else one that it may be about, and what makes that a doubt."""
    told = child_of(fields)
    named = [ref for one in in_text(fields.get(REFERENCE, "")) if (ref := _referred(work, one))]
    if named:
        return _by_reference(work, named, told)
    seen = who_is(work, fields)
    if seen.case and told.date_of_birth is None:
        return "", seen.case, "the row has no date of birth"
    return seen.case, seen.maybe, seen.why or "on no open case of ours"


def _by_reference(work: Casework, named: Sequence[str], told: Child) -> tuple[str, str, str]:
    if len(set(named)) > 1:
        return "", named[0], "it names two cases"
    known = child_of(work.case(named[0]).facts)
    born = told.date_of_birth and known.date_of_birth and told.date_of_birth != known.date_of_birth
    if (told.surname or told.forenames) and (born or not consistent(known, told)):
        return "", named[0], "the reference is of a child with another name or date of birth"
    return named[0], "", ""


def _referred(work: Casework, said: str) -> str:
    """The case that a code, or a reference, is of."""
    if "-" in said:
        return said if work.unit.case(said) is not None else ""
    row = work.unit.outbox_by_code(said)
    return row.ref if row is not None else ""


def asks_to(work: Casework, ref: str, origin: Origin) -> tuple[Ask, ...]:
    """What this body was asked of that child and may answer, what waits first; () where it was asked nothing."""
    case = work.case(ref)
    if case.closed is not None:
        return ()
    names = [name for row in work.unit.outbox_of(ref) if _theirs(row, origin) for name in row.asks]
    asks = [case.asks[n] for n in dict.fromkeys(names) if n in case.asks]
    asks = [ask for ask in asks if ask.question != "confirm" and ask.state != "withdrawn"]
    waiting = tuple(ask for ask in asks if ask.waits)
    return waiting or tuple(asks)


def _theirs(row: OutboxRow, origin: Origin) -> bool:
    same_house = row.address.rpartition("@")[2] == origin.by.rpartition("@")[2]
    return row.address == origin.by or (same_house and row.role == origin.role)


def _understood(
    work: Casework, ref: str, fields: Mapping[str, str], asks: Sequence[Ask], origin: Origin, said: str
) -> Understanding:
    child = child_of(work.case(ref).facts)
    name = f"{child.forenames} {child.surname}".strip()
    context = AnswerContext(origin.received, origin.role, name, people=work.office.directory.names)
    questions = tuple(dict.fromkeys(ask.question for ask in asks))

    def hear(words: str) -> Understanding:
        return understand(questions, without_name(words, [name]), context, work.office.says)

    heading = fields.get(HEADING, "")
    heard = hear(said or said_in(fields) or heading)
    if heading and not said and said_in(fields) and _contradicts(heard, hear(heading)):
        return Understanding("ask")
    return enrich(work, heard, origin)


def _contradicts(heard: Understanding, heading: Understanding) -> bool:
    """Whether the words above a row say another thing than the row."""
    if heading.verdict == "ask" or not heading.answers:
        return False
    return {a.event for a in heading.answers} != {a.event for a in heard.answers}


def said_in(fields: Mapping[str, str]) -> str:
    """What the cells of a row say of the child, as a sentence. An address beside "no trace" is the one that we gave."""
    answer, found = fields.get(ANSWER, ""), fields.get("address.found", "")
    answer = _TICKED.get(answer.strip(" .").lower(), answer)
    if not found and answer == "Known":
        found = fields.get("address.last_known", "")
    parts = [
        answer,
        f"address {found}" if found else "",
        f"last seen {fields['seen']}" if fields.get("seen") else "",
        fields.get("information.other", ""),
    ]
    return ". ".join(part.rstrip(". ") for part in parts if part)


def _given(work: Casework, ref: str, asks: Sequence[Ask], answer: Answer) -> bool:
    """Whether this very answer was given to what is asked, and nothing waits."""
    if any(ask.waits for ask in asks):
        return False
    before = work.case(ref).latest(answer.event)
    told = {n: v for n, v in answer.values.items() if v}
    return before is not None and all(before.values.get(n) == v for n, v in told.items())


def raise_concern(work: Casework, row: ListRow, origin: Origin) -> None:
    """Words of serious concern in a row alarm, whatever else becomes of it (1.4): on the child's case, or on one that
    is opened for them."""
    quote = row.fields.get(CONCERN)
    if not quote:
        return
    ref, _, _ = _child(work, row.fields)
    if not ref:
        ref = work.new_case()
        fields = {n: v for n, v in row.fields.items() if n.startswith("child.")}
        values = {"form": "letter", "fields": fields, "text": said_in(row.fields), "news": "", "maybe": []}
        work.note(ref, "letter.received", {**values, "referrer": origin.by}, origin)
    work.note(ref, "concern.raised", {"quote": quote, "why": "an agency's list of answers"}, origin)
    open_again(work, ref)
    work.advance(ref)


# What is told and asked once every row is settled.


def figures(work: Casework, ref: str, origin: Origin) -> dict[str, Any]:
    """What the sender hears besides the rejected rows: how many were taken, and what is still asked of it."""
    counts = work.unit.row_counts(ref)
    still = list(_still_open(work, origin))
    return {
        "taken": counts.get("matched", 0),
        "taps": counts.get("asked", 0),
        "again": counts.get("repeated", 0),
        "open": len(still),
        "still": [*still[:_MOST_OPEN], *([f"and {len(still) - _MOST_OPEN} more"] if len(still) > _MOST_OPEN else [])],
    }


def _still_open(work: Casework, origin: Origin) -> Iterator[str]:
    """The references of the cases of which this body still owes an answer."""
    asked = work.unit.asked_since(origin.by, work.now - ASKED_WITHIN)
    for ref in asked:
        if not ref.startswith("LIST-") and any(ask.waits for ask in asks_to(work, ref, origin)):
            yield ref


def ask_for_taps(work: Casework, ref: str, origin: Origin) -> None:
    """What ends something is shown back for one tap: of one row on its own case, of several in one mail."""
    waiting = [(row, judge(work, row, origin, ref=row.case_ref)) for row in work.unit.list_rows(ref, "asked")]
    if len(waiting) == 1:
        row, judged = waiting[0]
        propose(work, judged.case, judged.answers, judged.asks, origin, said_in(row.fields))
        work.advance(judged.case)
    elif waiting:
        told = [
            {"event": a.event, "values": dict(a.values), "case": judged.case, "asks": [ask.id for ask in judged.asks]}
            for _, judged in waiting
            for a in judged.answers
        ]
        values = {"answers": told, "asks": [], "text": ""}
        work.advance(subjects.begin(work, KIND, "answer.proposed", values, origin))


def doubts(work: Casework, ref: str, origin: Origin) -> list[dict[str, Any]]:
    """The rows that were not taken, for the officer: which child each may be about, and what it says."""
    found = []
    for row in work.unit.list_rows(ref, "refused"):
        judged = judge(work, row, origin)
        said = "; ".join(filter(None, (row.fields.get(HEADING), said_in(row.fields))))
        found.append(subjects.told(row, maybe=judged.case, why=judged.detail or row.why, state="refused", says=said))
    return found


def by_officer(work: Casework, row: Mapping[str, Any], said: str, officer: Origin, *, apply_it: bool) -> bool:
    """An officer says that a row is about the child whom it may be about (and what it means, where `said`): whether
    that can be taken, and with `apply_it` it is. What ends something is so confirmed."""
    stored, case = work.unit.list_row(int(row["mail"]), int(row["n"])), str(row["maybe"])
    if stored is None or not case:
        return False
    origin = subjects.origin_of(work, stored.ref)
    judged = judge(work, stored, replace(origin, received=officer.received), ref=case, said=said)
    if apply_it and judged.became in ("taken", "tap"):
        take(work, judged, officer if said else origin)
        work.unit.settle_row(stored, "matched", case=case)
    return judged.became != "doubt"
