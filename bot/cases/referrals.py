"""A filled form opens a case, or joins the one that the child is on already."""

from __future__ import annotations

from typing import Any

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, Verdict, quarantine
from bot.cases import news
from bot.cases.authority import may_change
from bot.cases.casework import Casework, Origin
from bot.cases.children import find_child
from bot.cases.linking import PROTECTED, link, withhold
from bot.cases.unread import ask_without_password, unread_files
from bot.matching import Match
from bot.views.referrers import open_same
from parsers.concerns import SAFETY
from parsers.early import concern_about_applying
from parsers.reading import Answer, ChildMention, Referral
from rules.conditions import FACTS


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin, *, heard: bool = False) -> Verdict:
    """Each form of the mail, one case each; a blank one is asked for again. `heard`: its words of concern are noted
    already."""
    for referral in arrival.filled:
        receive(work, arrival, who, origin, referral, heard=heard)
    if not arrival.filled:
        work.letters.plain_reply(arrival, who, "reply-blank-form")
        return quarantine("a form with nothing in it")
    ask_without_password(work, arrival, who)
    unread = unread_files(arrival.reading)
    return Verdict("done", "quarantined", f"a person must look at what is attached: {unread}") if unread else DONE


def receive(
    work: Casework, arrival: Arrival, who: Writer, origin: Origin, referral: Referral, *, heard: bool = False
) -> str:
    """Opens or joins; the alarm goes first, then the rules, then the acknowledgement. The case's reference."""
    values = referral_values(work, arrival, who, referral)
    found = find_child(work, values["fields"])
    ref = _note_referral(work, found, who, origin, values)
    for answer in news_of(work, who, origin, referral, values["fields"]):
        news.note(work, ref, answer, origin)
    if FACTS["early"](work.case(ref), work.now) and (why := concern_about_applying(_free_text(referral))):
        work.note(ref, "early.explained", {"why": why}, origin)
    if not heard:
        raise_concerns(work, ref, arrival, origin)
    acknowledge(work, ref, arrival, who)
    return ref


_FREE_TEXT = ("information.other", "information.additional")
_BESIDE_A_FORM = frozenset({news.EXCLUSION, news.REMOVAL, news.HOME, news.ABROAD, news.ABROAD_DETAILS})
"""What a form's free text may tell besides. The form itself says what kind of referral it is."""


def news_of(work: Casework, who: Writer, origin: Origin, referral: Referral, fields: dict[str, Any]) -> list[Answer]:
    """What is said beyond doubt in the free text of a form: excluded, off roll, abroad, to be educated at home."""
    text = _free_text(referral)
    child = ChildMention(str(fields.get("child.surname") or ""), str(fields.get("child.forenames") or ""))
    heard = news.hear(work, who, origin, text, child)
    return [answer for answer in heard.told if answer.event in _BESIDE_A_FORM]


def _free_text(referral: Referral) -> str:
    said = (referral.fields.get(name) for name in _FREE_TEXT)
    return "\n".join(field.value for field in said if field and field.value)


def _note_referral(work: Casework, found: Match, who: Writer, origin: Origin, values: dict[str, Any]) -> str:
    """A form changes an open case only when it is an officer's or the own school's; that of another known body adds
    what nobody knew; a stranger's opens a case of its own, and an officer is asked whether it is the same child."""
    received = "referral.received"
    if values["form"] not in work.office.pack.required:
        # A form for which the pack has no pathway is a letter that says more: a person reads it.
        received, values = "letter.received", {**values, "form": "letter", "text": values["new-text"]}
    same = open_same(found)
    if same is None or who.trust < Trust.BODY:
        ref = work.new_case()
        work.note(ref, received, values, origin)
        link(work, ref, found, origin, believed=who.trust >= Trust.BODY)
        return ref
    ref = same.known.ref
    if may_change(work.case(ref), who):
        work.note(ref, received, values, origin)
    elif who.role == "school" and not work.case(ref).facts.get("school"):
        # A letter opened the case, and nobody knew the school: this is its referral, though it overwrites nothing.
        work.note(ref, received, {**values, "fields": work.unknown(ref, values["fields"])}, origin)
    else:
        join(work, ref, values, values["new-text"], origin)
    return ref


def join(work: Casework, ref: str, values: dict[str, Any], text: str, origin: Origin) -> None:
    """Another body writes of a child whose case is open. What nobody knew is added; all that it said stays with it."""
    said = values["fields"]
    work.note(ref, "referral.joined", {"fields": work.unknown(ref, said), "said": said, "text": text}, origin)
    if said.get(PROTECTED) == "yes":
        withhold(work, ref, origin)


def raise_concerns(work: Casework, ref: str, arrival: Arrival, origin: Origin, *, discussed: bool = False) -> bool:
    """Words of serious concern are an event of their own, whatever else the mail says (1.4); whether there are any.
    `discussed`: the mail answers what was agreed with social care; that it is a safeguarding matter is then the answer,
    and only new harm is a concern."""
    concerns = [c for c in arrival.reading.concerns if not (discussed and c.why == SAFETY)]
    if concerns:
        quote = "\n".join(dict.fromkeys(c.quote for c in concerns))
        work.note(ref, "concern.raised", {"quote": quote, "why": concerns[0].why}, origin)
    return bool(concerns)


def open_again(work: Casework, ref: str) -> None:
    """A closed case of whose child a concern is raised is open again, and an officer is asked what is to become of it:
    no silence ends it (1.4). Our own act, so that an officer's "no" to that question does not take it back."""
    if work.case(ref).closed is not None:
        work.note(ref, "reopened", {"concern": "yes"})


def acknowledge(work: Casework, ref: str, arrival: Arrival, who: Writer) -> None:
    """The rules act, and what they ask of the writer is part of the acknowledgement: one mail, not three."""
    with work.letters.acknowledging(ref, arrival, who):
        work.advance(ref)
    if row := work.letters.acknowledgement(ref, work.case(ref), arrival, who):
        work.queue([row])


def referral_values(work: Casework, arrival: Arrival, who: Writer, referral: Referral) -> dict[str, Any]:
    """The event's values: what is sure, what is doubted, and what the directory knows of it, so that the rules need
    no look-up."""
    flagged = {problem.field for problem in referral.problems}
    filled = {name: f for name, f in referral.fields.items() if f.value}
    # What is flagged is no fact: a date of birth in the future is asked of the school, never assumed.
    fields = {name: f.value for name, f in filled.items() if f.sure and name not in flagged}
    if (protected := filled.get("address.protected")) and protected.value == "yes":
        fields["address.protected"] = "yes"  # At the slightest doubt: it only withholds (A4).
    doubts = {
        name: {"value": f.value, "raw": f.raw, "confidence": round(f.confidence, 2)}
        for name, f in filled.items()
        if name not in fields
    }
    named = fields.get("school.current") or fields.get("school.last_attended") or ""
    where = " ".join(str(fields.get(n) or "") for n in ("address.last_known", "address.postcode"))
    return {
        "form": referral.form,
        "fields": fields,
        "doubts": doubts,
        "problems": [{"field": p.field, "problem": p.problem} for p in referral.problems],
        "new-text": arrival.reading.new_text[:2000],
        **situate(work, who, named, where, arrival.mailbox),
    }


def situate(work: Casework, who: Writer, school: str, address: str, mailbox: str) -> dict[str, Any]:
    """School, Hub, district: the right Hub is found by the school, then by the postcode (B4), then by the mailbox."""
    directory = work.office.directory
    known = directory.school(school) or (directory.school(who.which) if who.role == "school" else None)
    area = directory.area(address)
    box = work.office.config.box(mailbox)
    hub = (known.hub if known else "") or (area.hub if area else "") or (box.hub if box else "")
    values: dict[str, Any] = {"hub": hub, "referred-by": who.role if who.trust >= Trust.KNOWN else "unknown"}
    if who.role == "school" and who.trust is Trust.KNOWN:
        values["unproved"] = "yes"  # Told what is missing by its name alone: see bot.views.referrers.
    if known:
        values["school"] = known.laestab
    if area:
        values |= {"district": area.district, "in-county": not area.authority}
    return values
