"""Free text about a child that is no form (1.3, 6.1): a case is opened, and a person reads it."""

from __future__ import annotations

from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, Verdict, quarantine
from bot.cases import news
from bot.cases.authority import own_school
from bot.cases.casework import Casework, Origin
from bot.cases.children import find_child, namesakes
from bot.cases.linking import PROTECTED, link
from bot.cases.news import News
from bot.cases.referrals import acknowledge, join, raise_concerns, situate
from bot.cases.unread import ask_without_password, unread_files
from bot.hearing import by_name
from bot.hearing.answers import apply, school_news
from bot.matching import consistent
from bot.matching.described import child_of, named_by
from bot.views.referrers import open_same
from parsers.derived import derive
from parsers.reading import ChildMention

_LONGEST = 4000


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin) -> Verdict:
    """A letter about a child, or a mail that a person has to look at."""
    reading = arrival.reading
    if reading.child is None and not reading.concerns:
        if not unread_files(reading) and (ref := by_name.joined(work, arrival, who, origin, reading.letter[:_LONGEST])):
            acknowledge(work, ref, arrival, who)
            return DONE
        return _no_child(work, arrival, who)
    mention = reading.child or ChildMention()
    if settled := _school_news(work, arrival, who, origin, mention):
        return settled
    heard = news.hear(work, who, origin, reading.letter, mention)
    values = letter_values(work, arrival, who, mention, heard)
    found = find_child(work, values["fields"])
    same = open_same(found) if who.trust >= Trust.BODY else None
    if same:
        ref = same.known.ref
        join(work, ref, values, values["text"], origin)
    else:
        ref = work.new_case()
        work.note(ref, "letter.received", values, origin)
        link(work, ref, found, origin, believed=who.trust >= Trust.BODY)
    for answer in heard.told:
        news.note(work, ref, answer, origin)
    raise_concerns(work, ref, arrival, origin)
    acknowledge(work, ref, arrival, who)
    unread = unread_files(reading, letters=True)
    ask_without_password(work, arrival, who)
    return quarantine(f"a person must look at what is attached: {unread}") if unread else DONE


def _school_news(
    work: Casework, arrival: Arrival, who: Writer, origin: Origin, mention: ChildMention
) -> Verdict | None:
    """ "She is back" in a new mail: applied to the one open case of that school's own pupil of that name (B15)."""
    child = named_by(mention)
    rows = namesakes(work, child) if child.surname else []
    mine = [r for r in rows if not r.closed and own_school(work.case(r.ref), who)]
    mine = [r for r in mine if consistent(child_of(work.case(r.ref).facts), child)]
    told = school_news(work, mine[0].ref, arrival, who, origin, child) if len(mine) == 1 else []
    if not told:
        return None
    ref = mine[0].ref
    raise_concerns(work, ref, arrival, origin)
    apply(work, ref, told, [], origin)
    work.advance(ref)
    work.letters.applied(ref, arrival, who, told, (), [])
    return DONE


def letter_values(work: Casework, arrival: Arrival, who: Writer, mention: ChildMention, heard: News) -> dict[str, Any]:
    fields = {
        "child.surname": mention.surname,
        "child.forenames": mention.forenames,
        "child.date_of_birth": mention.date_of_birth.isoformat() if mention.date_of_birth else "",
    }
    text = arrival.reading.letter[:_LONGEST]
    written = (arrival.arrived.received or work.now).date()
    fields |= {name: f.value or "" for name, f in derive(text, written).items() if f.sure or name == PROTECTED}
    return {
        "form": "letter",
        "fields": {name: value for name, value in fields.items() if value},
        "text": text,
        "news": heard.kind,
        "maybe": list(heard.maybe),
        "referrer": who.answered_at,
        **_situated(work, arrival, who, mention, heard, text),
    }


def _situated(
    work: Casework, arrival: Arrival, who: Writer, mention: ChildMention, heard: News, text: str
) -> dict[str, Any]:
    """What a school tells of itself is about its own pupil, whichever other school it names; a child who moved in has
    no school of ours yet."""
    if heard.kind == news.MOVED_IN:
        place = situate(work, who, "", text, arrival.mailbox)
        return {name: value for name, value in place.items() if name != "school"}
    own = who.which if heard.kind and who.role == "school" else mention.school
    return situate(work, who, own, text, arrival.mailbox)


def _no_child(work: Casework, arrival: Arrival, who: Writer) -> Verdict:
    """No form, no child: a person looks. Who wrote is told that it came, and no more."""
    if not ask_without_password(work, arrival, who):
        work.letters.plain_reply(arrival, who, "ack-unread")
    files = unread_files(arrival.reading)
    return quarantine(files or "no form in it, and no child that we could make out")
