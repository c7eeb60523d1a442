"""A list of pupils on roll that comes while a child is searched for: an officer hears of it (3.1, 3.2, 4.1)."""

from __future__ import annotations

from bot.cases.casework import Casework, Origin
from bot.matching import Child
from bot.matching.described import child_of
from bot.matching.names import words
from bot.register.rows import ListRow
from bot.rosters.looking import who_is

LISTED = "on-roll.listed"


def tell(work: Casework, row: ListRow, origin: Origin) -> None:
    """A child whose case is open stands on the roll of another school than its last: once a school, an officer is asked
    whether that is the child. Nothing is closed by it. On the roll of its own school it stays until the enquiries are
    over, and that is no news. A roll often has the first forename alone: the officer sees that it has."""
    seen = who_is(work, row.fields)
    child = child_of(row.fields)
    ref = seen.case or (seen.maybe if _by_first_name(child, work, seen.maybe) else "")
    if not ref or not row.school:
        return
    case = work.case(ref)
    since = case.latest("reopened")
    known = [o for o in case.seen.get(LISTED, ()) if since is None or o.seq > since.seq]
    if row.school == case.facts.get("school") or any(o.values["laestab"] == row.school for o in known):
        return
    school = work.office.directory.school(row.school)
    told = {"school": school.name if school else row.school, "laestab": row.school, "list": row.ref}
    if not seen.case:
        told["listed-as"] = f"{child.forenames} {child.surname}"
    if since_when := row.fields.get("admission.date"):
        told["date"] = since_when
    # That it is this child is our word: the officer's no takes nothing back, and the next list is no news.
    work.note(ref, LISTED, told, Origin(origin.mail, origin.received))
    work.advance(ref)


def _by_first_name(listed: Child, work: Casework, ref: str) -> bool:
    """Whether surname, day of birth and first forename are that case's child's, and no more than later ones differ."""
    if not ref or listed.date_of_birth is None:
        return False
    known = child_of(work.case(ref).facts)
    ours, theirs = words(known.forenames), words(listed.forenames)
    same = (known.surname_key, known.date_of_birth) == (listed.surname_key, listed.date_of_birth)
    return same and bool(ours) and ours[:1] == theirs[:1]
