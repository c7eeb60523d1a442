"""A mail with a list: who may send it, and its rows staged in the commit of the mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, Verdict, quarantine
from bot.cases import referrals
from bot.cases.casework import Casework, Origin
from bot.cases.threads import Found
from bot.cases.unread import unread_files
from bot.council.directory import School
from bot.hearing import letters_in
from bot.matching import name_key
from bot.register.rows import ListRow
from bot.rosters import enquiries, expecting, finishing, subjects
from bot.rosters.opening import CONCERN
from bot.views.asked import is_list
from parsers.concerns import concerns
from parsers.reading import Roster, RosterRow
from parsers.rosters.row_fields import said_for_sure

_FILES_APART = 1_000_000
"""Between the numbers of the rows of two lists in one mail."""
_SCHOOL = ("laestab", "school.last_attended", "school.current")
_SAME = {
    "leavers": ("attendance.last_day",), "police": ("missing-since", "returned-at"), "rising-fives": (), "on-roll": (),
    enquiries.KIND: (),
}  # fmt: skip
"""What, besides the child and the school, makes it news that a list tells of a child."""
_NO_KIND = "nothing says which list it is: leavers, rising fives, missing young people or pupils on roll"
_NOT_YOURS = "such a list is taken only from those who send it by the council's policy, when we are sure who wrote"

SchoolOf = Callable[[str], School | None]


def with_answers(work: Casework, arrival: Arrival, who: Writer, origin: Origin, thread: Found | None) -> Arrival:
    """The arrival with the answers to many enquiries that stand in its own words, or in a file that does not say what
    it is, where its writer was asked (4.1)."""
    reading, here = arrival.reading, thread.ref if thread else ""
    if reading.machine or reading.referrals or not _may_send(work, enquiries.KIND, who):
        return arrival
    lists = tuple(_as_answers(work, roster, origin) for roster in reading.rosters)
    if not lists:
        # With it come the libraries of the forms: a daemon that never sees such a list does without.
        from parsers.rosters.enquiries import read_enquiries

        found = read_enquiries(reading.new_text, (arrival.arrived.received or work.now).date())
        if found is not None and enquiries.answers_a_question(work, found, origin, here):
            lists = (found,)
    return replace(arrival, reading=replace(reading, rosters=lists))


def _as_answers(work: Casework, roster: Roster, origin: Origin) -> Roster:
    """A list with no more than names and remarks, of children whom its sender was asked about."""
    if roster.kind or not enquiries.answers_a_question(work, roster, origin, ""):
        return roster
    return replace(roster, kind=enquiries.KIND)


def takes(work: Casework, arrival: Arrival, who: Writer, thread: Found | None) -> bool:
    """Whether the mail is one that brings a list. A file in answer to a question about a child is none, but for an
    agency's answers to many; a police list typed into a letter is one only from its senders."""
    answers = any(r.kind == enquiries.KIND for r in arrival.reading.rosters) and _may_send(work, enquiries.KIND, who)
    if answers and not arrival.reading.machine:
        return True
    if arrival.reading.machine or (thread is not None and thread.ref and not is_list(thread.ref)):
        return False
    found = [roster for roster in arrival.reading.rosters if roster.kind]
    return any(roster.source != "the mail" or _may_send(work, roster.kind, who) for roster in found)


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin) -> Verdict:
    """Stages every list of the mail; a list that nobody may use waits for a person, and the others go on. What else the
    mail says of a child, on a form or in words, is heard as ever."""
    refused = []
    for number, roster in enumerate(arrival.reading.rosters):
        if why := _why_not(work, roster, who):
            refused.append(f"a list that was not used ({roster.source}): {why}")
        else:
            _stage(work, roster, who, origin, number * _FILES_APART)
    verdict = _rest(work, arrival, who, origin, alone=len(refused) == len(arrival.reading.rosters))
    unread = unread_files(arrival.reading, lists=True)
    if unread:
        refused.append(f"a person must look at what is attached: {unread}")
    return quarantine("; ".join(refused)) if refused else verdict


def _rest(work: Casework, arrival: Arrival, who: Writer, origin: Origin, *, alone: bool) -> Verdict:
    """Forms, and words of serious concern, beside a list are cases of their own (1.4): the list does not say of which
    child. `alone`: nothing of the lists was used, so that the words are all there is."""
    if arrival.filled:
        return referrals.take(work, arrival, who, origin)
    if _worries_beside(arrival) or (alone and arrival.reading.child is not None):
        return letters_in.take(work, arrival, who, origin)
    if alone:
        work.letters.plain_reply(arrival, who, "list-refused")
    return DONE


def _worries_beside(arrival: Arrival) -> bool:
    """Whether the mail itself speaks of harm: what an agency says in its answer about one child is that child's."""
    rows = (row for roster in arrival.reading.rosters if roster.kind == enquiries.KIND for row in roster.rows)
    theirs = [c.quote for row in rows for c in concerns(enquiries.said_in(said_for_sure(row)))]
    return any(not any(quote in c.quote for quote in theirs) for c in arrival.reading.concerns)


def _why_not(work: Casework, roster: Roster, who: Writer) -> str:
    if not roster.kind:
        return _NO_KIND
    return "" if _may_send(work, roster.kind, who) else _NOT_YOURS


def _may_send(work: Casework, kind: str, who: Writer) -> bool:
    """An authenticated sender in a role that the pack names for that list."""
    expected = work.office.pack.rosters.get(kind)
    if expected is None or who.trust < Trust.BODY:
        return False
    roles = {person.role for person in work.office.directory.roles_of(who.address)} | {who.role}
    return bool(roles & set(expected.senders))


def _stage(work: Casework, roster: Roster, who: Writer, origin: Origin, first: int) -> None:
    values = {"source": roster.source, "rows": len(roster.rows), "remarks": list(roster.remarks)[:50]}
    ref = subjects.begin(work, roster.kind, "list.received", {**values, "mail": origin.mail}, origin)
    mail = origin.mail
    assert mail is not None, "a list comes in a mail"
    school_of = lru_cache(maxsize=None)(work.office.directory.school)
    drafts = (ListRow(mail, first + row.n, ref, roster.kind, row.n, "staged") for row in roster.rows)
    pairs = zip(drafts, roster.rows, strict=True)
    work.unit.stage_rows([_filled(draft, row, who, school_of) for draft, row in pairs])
    work.advance(ref)
    if not work.unit.any_staged(ref):
        finishing.finish(work, ref, origin)  # Every row is refused, or there is none.
    expecting.came(work, roster.kind, origin)


def _filled(draft: ListRow, row: RosterRow, who: Writer, school_of: SchoolOf) -> ListRow:
    """The row with what is known of its child; refused, with the reason, where it cannot be worked with."""
    if not row.usable:
        why = "; ".join(dict.fromkeys(p.problem for p in row.problems))
        return replace(draft, state="refused", why=why, fields={n: f.raw for n, f in row.fields.items() if f.raw})
    fields = said_for_sure(row)
    if worries := concerns(f"{enquiries.said_in(fields)}\n{fields.get('information.other', '')}"):
        fields[CONCERN] = "\n".join(dict.fromkeys(c.quote for c in worries))
    school = _school(fields, who, school_of)
    laestab = school.laestab if school else ""
    why, born = _misplaced(draft.kind, school, who, fields), fields.get("child.date_of_birth")
    return replace(
        draft,
        state="refused" if why else "staged",
        why=why,
        content=_content(draft.kind, fields, laestab),
        surname_key=name_key(fields.get("child.surname", "")),
        date_of_birth=date.fromisoformat(born) if born else None,
        school=laestab,
        fields=fields,
    )


def _school(fields: Mapping[str, str], who: Writer, school_of: SchoolOf) -> School | None:
    found = next((s for name in _SCHOOL if (text := fields.get(name)) and (s := school_of(text))), None)
    named = any(fields.get(name) for name in _SCHOOL)
    return found or (school_of(who.which) if who.role == "school" and not named else None)


def _misplaced(kind: str, school: School | None, who: Writer, fields: Mapping[str, str]) -> str:
    """Leavers and pupils on roll are of a school that we know; a school tells of its own alone."""
    if kind not in ("leavers", "on-roll"):
        return ""
    named = next((fields[name] for name in reversed(_SCHOOL) if fields.get(name)), "")
    if school is None:
        return f"No school of the directory is called “{named}”" if named else "It does not say which school"
    if who.role == "school" and school.laestab != who.which:
        return "It is a pupil of another school than yours"
    return ""


def _content(kind: str, fields: Mapping[str, str], school: str) -> str:
    """The same for the same child told of in the same way."""
    names = (name_key(fields.get(n, "")) for n in ("child.surname", "child.forenames"))
    more = (fields.get(n, "") for n in ("child.date_of_birth", *_SAME[kind]))
    return "|".join((kind, *names, *more, school if kind == "leavers" else ""))
