"""Facts as a reader sees them: labels, dates in words, and what is put together from several of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from outbound import dates
from outbound.wording import Entry, Fact, Wording

RISKS = (
    ("risk.aggressive_pupil", "Aggressive pupil"),
    ("risk.aggressive_parent", "Aggressive parent"),
    ("risk.previous_aggression", "Previous history of aggression"),
    ("risk.threatening_environment", "Threatening environment"),
    ("risk.known_substance_abuse", "Known drugs or drink abuse"),
    ("risk.possible_substance_abuse", "Possible drugs or drink abuse"),
    ("risk.other", "Other"),
)
"""The rows of the health and safety risk assessment of Appendix 2, in its order."""

_NOTHING: tuple[Any, ...] = (None, "", (), [])
_ADDRESS = "address.last_known"
_WIDEST_SCHOOL = ("school.name", "school.last_attended", "school.current", "school")


def with_compounds(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts and what follows from them: `child.name`, `school.name`, `carers.names`, `address.area` (the outward
    half of the postcode, for messages that many read). Made after disclosure, so that nothing withheld comes back."""
    out = dict(facts)
    made = {
        "child.name": _joined(facts, "child.forenames", "child.surname"),
        "school.name": next((facts[n] for n in _WIDEST_SCHOOL if facts.get(n)), None),
        "carers.names": _carers(facts),
        **{f"{of}{_ADDRESS}": _with_postcode(facts, of) for of in ("", "other.")},
        "address.area": _outward(facts.get("address.postcode") or facts.get("address.last_known")),
    }
    fits = {name: value for name, value in made.items() if value and (name.endswith(_ADDRESS) or not out.get(name))}
    return {**out, **fits}


def _with_postcode(facts: Mapping[str, Any], of: str) -> str | None:
    """The address as an envelope has it: a form asks for the postcode apart."""
    address = str(facts.get(f"{of}address.last_known") or "")
    postcode = str(facts.get(f"{of}address.postcode") or "").strip()
    if not address or not postcode or _bare(postcode) in _bare(address):
        return None
    return f"{one_line(address)} {postcode}"


def _bare(text: str) -> str:
    return "".join(text.upper().split())


def _joined(facts: Mapping[str, Any], *names: str) -> str | None:
    return " ".join(str(facts[name]) for name in names if facts.get(name)) or None


def _carers(facts: Mapping[str, Any]) -> str | None:
    if facts.get("carers"):
        return str(facts["carers"])
    both = [_joined(facts, f"{one}.title", f"{one}.forename", f"{one}.surname") for one in ("carer_1", "carer_2")]
    return " and ".join(filter(None, both)) or None


def _outward(address: Any) -> str | None:
    words = str(address or "").upper().replace(",", " ").split()
    for at, word in enumerate(words):
        if word[:1].isalpha() and len(word) <= 4 and word[-1:].isalnum() and any(c.isdigit() for c in word):
            follows = words[at + 1] if at + 1 < len(words) else ""
            if len(follows) == 3 and follows[0].isdigit() and follows[1:].isalpha():
                return word
        if 5 <= len(word) <= 7 and word[0].isalpha() and word[-3].isdigit() and word[-2:].isalpha():
            return word[:-3]
    return None


def show(value: Any, fact: Fact, wording: Wording, day: date) -> Any:
    """One value in words, on one line; a tuple of lines for kinds that are lists."""
    if fact.kind in _LISTS:
        values = [value] if isinstance(value, str | Mapping) else value
        return tuple(_LISTS[fact.kind](one, wording) for one in values)
    if fact.kind == "question":
        return wording.title(str(value), day)
    if fact.kind in _DATES:
        return _date(value, _DATES[fact.kind])
    return str(value) if fact.kind == "number" else one_line(_PLAIN.get(fact.kind, str)(value))


def one_line(text: str) -> str:
    """An address of four lines becomes one, as on an envelope that is read aloud."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    return ", ".join(filter(None, (line.strip().rstrip(",") for line in text.splitlines())))


def _date(value: Any, written: Callable[[Any], str]) -> str:
    """A date in words. What was never a date ("before Easter") stays as it was written."""
    try:
        return written(dates.parse(value))
    except ValueError:
        return one_line(str(value))


def _born(when: date) -> str:
    return dates.day(when, weekday=False)


def _moment(when: date) -> str:
    return dates.moment(when) if isinstance(when, datetime) else dates.day(when)


def _yesno(value: Any) -> str:
    return {"yes": "Yes", "true": "Yes", "no": "No", "false": "No"}.get(str(value).lower(), str(value))


def _gender(value: Any) -> str:
    said = str(value).strip()
    return {"f": "Female", "m": "Male"}.get(said.lower(), said[:1].upper() + said[1:])


def _field(name: str, wording: Wording) -> str:
    """What is asked for, amid a sentence: "the date of birth"."""
    return wording.facts[name].asked if name in wording.facts else re.sub(r"[._-]", " ", name)


def _child(row: Any, wording: Wording) -> str:
    """A row of a list: "L3: Ama Boateng, born 14 February 2004, left on Friday 10 October 2014"."""
    name = _joined(row, "child.forenames", "child.surname") or "Name not given"
    parts = [f"{row['row']}: {name}" if row.get("row") else name]
    if row.get("child.date_of_birth"):
        parts.append(f"born {_date(row['child.date_of_birth'], _born)}")
    if row.get("attendance.last_day"):
        parts.append(f"left on {_date(row['attendance.last_day'], dates.day)}")
    listed = one_line(str(row["listed"])) if row.get("listed") else ""
    return ", ".join(parts) + (f" (the list says: {listed})" if listed else "")


def _line(value: Any, wording: Wording) -> str:
    return one_line(str(value))


_DATES: Mapping[str, Callable[[Any], str]] = {"date": dates.day, "born": _born, "moment": _moment}
_PLAIN: Mapping[str, Callable[[Any], str]] = {"yesno": _yesno, "gender": _gender}
_LISTS: Mapping[str, Callable[[Any, Wording], str]] = {"lines": _line, "fields": _field, "children": _child}


def risk_rows(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The risk assessment, activity by activity; those not ticked are left out."""
    rows = [(label, str(facts[name]).capitalize()) for name, label in RISKS if facts.get(name)]
    if facts.get("risk.other_text"):
        other = one_line(str(facts["risk.other_text"]))
        rows = [(f"Other: {other}" if label == "Other" else label, level) for label, level in rows]
        rows += [] if any(label.startswith("Other") for label, _ in rows) else [("Other", other)]
    return tuple(rows)


def sentence_facts(uses: Iterable[str], facts: Mapping[str, Any], wording: Wording, day: date) -> dict[str, Any]:
    """The facts that sentences use, by the names that they use, in words; None where the case does not have one."""
    out: dict[str, Any] = {}
    for used in uses:
        if name := wording.identifiers.get(used):
            value = facts.get(name)
            out[used] = None if value in _NOTHING else show(value, wording.facts[name], wording, day)
    return out


def label(name: str, entry: Entry, wording: Wording) -> str:
    """What a wording calls a fact."""
    return entry.labels.get(name, wording.facts[name].label)


def rows(entry: Entry, facts: Mapping[str, Any], wording: Wording, day: date) -> tuple[tuple[str, str], ...]:
    """The listed facts that the case has: label and value. Of `a|b` the first that it has."""
    has = [next((n for n in either.split("|") if facts.get(n) not in _NOTHING), "") for either in entry.details]
    out = []
    for name in dict.fromkeys(filter(None, has)):
        said = show(facts[name], wording.facts[name], wording, day)
        if isinstance(said, tuple):
            said = "; ".join(first_of(said, MOST_IN_ONE))
        out.append((label(name, entry, wording), said))
    return tuple(out)


MOST_IN_ONE = 30
"""Of several things in one cell of a mail; the others are counted."""


def first_of(said: Sequence[str], most: int) -> tuple[str, ...]:
    """At most so many, and how many more there are."""
    more = len(said) - most
    return (*said[:most], *([f"and {more} more"] if more > 0 else []))
