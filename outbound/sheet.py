"""What stands on the page of a mail, in order, before it is text or HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from outbound import dates, shown
from outbound.disclosure import view
from outbound.errors import CannotRender
from outbound.letter import Letter
from outbound.numbers import Serving, serving
from outbound.sections import Material, Section, day_of, sections
from outbound.templating import amid, listing, render
from outbound.wording import Entry, Wording

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}\Z")
"""Crockford base 32: no I, L, O, U."""
_WIDEST_LABEL = 32
_STRIPS = {"do": "Please do this: no reply is needed", "done": "No reply is needed", "late": "Late"}
_PARAGRAPHS = re.compile(r"\d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page. `tag` is the bracket of the subject; `tone` colours the strip at the top."""

    tag: str
    subject: str
    refs: tuple[str, ...]
    code: str
    tone: str
    strip: str
    frame: tuple[str, ...]
    sections: tuple[Section, ...]
    after: tuple[str, ...]
    hint: str
    numbers: Serving | None
    foot: tuple[str, ...]
    team: str
    council: str

    @property
    def width(self) -> int:
        """Of the labels' column in plain text, the colon counted."""
        labels = [len(row[0]) + 1 for section in self.sections for row in (*section.rows, *(section.risk or ()))]
        return min(max(labels, default=0), _WIDEST_LABEL)


def lay_out(letter: Letter, wording: Wording) -> Sheet:
    """Chooses the words, tells only what the recipient may know, and puts all in its order. Raises CannotRender,
    UnknownRole."""
    entries = wording.choose(letter.wording, letter.questions, letter.role, day_of(letter), rule=letter.rule)
    bare = any(entry.bare for entry in entries)
    refs, code = ((), "") if bare else (letter.refs, spaced(letter.code))
    tag = f"[{' '.join(filter(None, (*_few(refs), code)))}]" if refs or code else ""
    facts = shown.with_compounds(view(letter.facts, letter.role, letter.protected, allowed=wording.disclose))
    frames = _frames(letter, entries, wording)
    words = _words(letter, wording, facts, (*entries, *frames))
    made = sections(entries, Material(letter, wording, facts, words, tag))
    if letter.escalated:
        words["request"] = _first_request(entries[0], letter, facts, words)
        made = _for_the_next(made, frames[0], words)
    elif letter.kind == "chase":
        made = _still_waiting(made, entries, frames[0], words)
    return Sheet(
        tag=tag, subject=_subject(letter, entries), refs=refs, code=code, tone=_tone(letter, entries),
        strip=_strip(letter, entries, words), frame=_around(frames, words), sections=made, after=_after(frames, words),
        hint="" if made[-1].groups or not entries[-1].asks else "Reply to this mail in your own words.",
        numbers=_serving(letter, wording, facts) if any(entry.numbers for entry in entries) else None,
        foot=_foot(letter, entries, wording), team=wording.team, council=wording.council,
    )  # fmt: skip


def spaced(code: str) -> str:
    """`K7QF-2MXA-9T` from `K7QF2MXA9T`. Raises ValueError for what is no code."""
    plain = code.replace("-", "").upper()
    if not plain:
        return ""
    if not _CODE.match(plain):
        raise ValueError(f"{code!r} is no code: ten characters of Crockford base 32 are")
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"


def _few(refs: Sequence[str]) -> Sequence[str]:
    """A subject holds two references at most; a telephone shows no more."""
    return refs if len(refs) < 3 else refs[:1]


def _words(
    letter: Letter, wording: Wording, facts: Mapping[str, Any], entries: Sequence[Entry]
) -> dict[str, Any]:  # fmt: skip
    """All that these sentences use: facts, the phrases of the day, and what the letter itself says (`LETTER_WORDS`)."""
    day = day_of(letter)
    uses = frozenset({"child_name"}).union(*(entry.uses for entry in entries))
    words = {**shown.sentence_facts(uses, facts, wording, day), **wording.said(day)}
    late = letter.due is not None and letter.due <= letter.date
    by = f"by {dates.deadline(letter.due, letter.date)}" if letter.due and not late else "as soon as you can"
    served = _serving(letter, wording, facts)
    words |= {
        "who": words.get("child_name") or "this child", "by": by, "protected": letter.protected,
        "overdue": dates.deadline(letter.due, letter.date) if letter.due and late else None,
        "team": wording.team, "council": wording.council, "reply_to": letter.from_address,
        "refs": listing(letter.refs), "ref": letter.refs[0] if letter.refs else "", "chase": letter.chase,
        "then": letter.then, "request": "",
        "asked_on": dates.day(letter.asked_on) if letter.asked_on else words.get("asked_on"),
        "now": dates.moment(letter.date),
        "ring": listing([f"{n.number} ({n.name})" for n in served.now if n.hours != "always"], "or"),
    }  # fmt: skip
    return words


def _subject(letter: Letter, entries: Sequence[Entry]) -> str:
    """Fixed words of the pack only: no name can come into a subject."""
    first = entries[0].subject + (f" (and {len(entries) - 1} more)" if len(entries) > 1 else "")
    if letter.kind == "chase":
        return f"Reminder: {amid(first)}"
    return f"Late: {amid(first)}" if letter.escalated else first


def _tone(letter: Letter, entries: Sequence[Entry]) -> str:
    if letter.kind == "alarm" or entries[0].tone == "urgent":
        return "urgent"
    if letter.kind == "chase" or letter.escalated or entries[0].tone == "late":
        return "late"
    return "ask" if entries[0].asks else entries[0].tone or "notice"


def _strip(letter: Letter, entries: Sequence[Entry], words: Mapping[str, Any]) -> str:
    if letter.kind == "alarm" or entries[0].tone == "urgent":
        return "Urgent: act now"
    first = f"Reminder {letter.chase}: " if letter.kind == "chase" else "Not answered yet: " if letter.escalated else ""
    if first:
        return first + (f"was due by {words['overdue']}" if words["overdue"] else f"please answer {words['by']}")
    if entries[0].asks:
        return f"Please answer {words['by']}"
    return _STRIPS.get(entries[0].tone, "For your information")


def _frames(letter: Letter, entries: Sequence[Entry], wording: Wording) -> tuple[Entry, ...]:
    """What stands around the request: of a question that goes on to the next person, of a reminder, of a receipt that
    asks something too. Raises CannotRender."""
    asks = any(entry.asks for entry in entries)
    wanted = {"escalation": letter.escalated, "chase": letter.kind == "chase", "receipt": letter.kind == "ack" and asks}
    out = []
    for name in (name for name, is_so in wanted.items() if is_so):
        found = wording.find(name, letter.role, day_of(letter))
        if found is None:
            raise CannotRender(name, f"no wording of that name is in force on {day_of(letter).isoformat()}")
        out.append(found)
    return tuple(out)


def _around(frames: Sequence[Entry], words: Mapping[str, Any]) -> tuple[str, ...]:
    """Their paragraphs after the request; an escalation's first sentence is the request itself."""
    out = [one for frame in frames for one in (frame.more if frame.asks else (frame.lead,))]
    return tuple(filter(None, (render(one, frames[0].name, words) for one in out)))


def _after(frames: Sequence[Entry], words: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reminder or a receipt says at the end, when all is asked."""
    out = [one for frame in frames if not frame.asks for one in frame.more]
    return tuple(filter(None, (render(one, frames[0].name, words) for one in out)))


def _for_the_next(made: tuple[Section, ...], frame: Entry, words: Mapping[str, Any]) -> tuple[Section, ...]:
    """Asked of somebody who was not asked first: get the answer, or give it."""
    first = replace(made[0], lead=render(frame.lead, frame.name, words))
    *before, last = (first, *made[1:])
    silence = render(frame.silence, frame.name, words)
    return (*(replace(section, silence="") for section in before), replace(last, silence=silence))


def _first_request(entry: Entry, letter: Letter, facts: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """What the first person was asked, by the deadline of that time."""
    due = facts.get("was-due")
    by = f"by {dates.deadline(datetime.fromisoformat(due), letter.date)}" if due else words["by"]
    return render(entry.lead, entry.name, {**words, "by": by})


def _still_waiting(
    made: tuple[Section, ...], entries: Sequence[Entry], frame: Entry, words: Mapping[str, Any]
) -> tuple[Section, ...]:
    """What silence means in the first mail has happened by now: a reminder does not announce it again."""
    said = [render(entry.chased, entry.name, words) for entry in entries]
    said[-1] = said[-1] or render(frame.silence, frame.name, words)
    return tuple(replace(section, silence=one) for section, one in zip(made, said, strict=True))


def _serving(letter: Letter, wording: Wording, facts: Mapping[str, Any]) -> Serving:
    """Whom this reader may ring now. Of facts that the reader may know: a stranger does not learn from the team that is
    named where we think that the child lives."""
    area = str(facts.get("area") or "")
    return serving(wording.numbers, letter.date, area, working_day=letter.working_day)


def _foot(letter: Letter, entries: Sequence[Entry], wording: Wording) -> tuple[str, ...]:
    """Why this mail was sent, with the paragraph; and whom to tell that it came to the wrong desk. A wording may have a
    foot of its own, so that it says the same to everybody."""
    cite = _cited(wording.said(day_of(letter)).get(letter.cite, letter.cite), wording.policy)
    why = entries[0].foot or " ".join(filter(None, (letter.why.rstrip("."), f"({cite})" if cite else "")))
    lines = [f"Why you got this mail: {why}."] if why else []
    if any(entry.asks for entry in entries):
        lines.append("If you are not the right person, reply \u201cnot mine\u201d and say who is.")
    return tuple(lines)


def _cited(cite: str, policy: str) -> str:
    """`4.1, 4.4` as a reader finds it: "the policy, paragraphs 4.1 and 4.4"; a law is named in full already."""
    if cite.startswith("Pathway"):
        return f"{policy}, pathway{cite.removeprefix('Pathway')}"
    found = _PARAGRAPHS.match(cite)
    if not found:
        return cite
    numbers = found[0].split(", ")
    rest = cite[found.end() :].replace("; Pathway", "; pathway")
    return f"{policy}, paragraph{'s' if len(numbers) > 1 else ''} {listing(numbers)}{rest}"
