"""From what was seen to a referral: values parsed, and contradictions named. Nothing is mended that is plainly
written: both values stay, and an officer is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from parsers import derived
from parsers.forms import alike, known
from parsers.forms.found import FoundForm, Seen
from parsers.forms.reader import parse
from parsers.reading import FieldValue, Problem, Referral
from parsers.values import dates, names, year_group
from parsers.values.parsed import one_line

AHEAD = timedelta(days=31)
"""A date of referral this far after the mail is a slip; some days after it, a form filled in for later."""

OLDEST = 19
"""Years: nobody older is of school age, or at a school's sixth form."""

_BY_HAND = "The form is filled in by hand: what could be read is a proposal, and a person must compare it with the page"

_NOT_THERE = Seen("", "not on the form")

_FREE = ("information.other", "information.additional")


def finish(found: FoundForm, written: date) -> Referral:
    """The referral that a form makes, with everything that contradicts itself."""
    fields: dict[str, FieldValue] = {}
    problems: list[Problem] = []
    unsettled = alike.unsettled(found) if found.recognised else frozenset()
    for name, kind in found.form.fields.items():
        seen = found.seen.get(name, _NOT_THERE)
        settled = known.settle(found, name, kind, unsettled)
        parsed = parse(settled.text, kind, written)
        confidence = min(seen.confidence, parsed.confidence, settled.confidence)
        fields[name] = FieldValue(parsed.value, seen.raw or None, confidence, seen.source)
        if problem := seen.problem or parsed.problem or settled.problem:
            problems.append(Problem(name, problem))
    _whole_name(found, fields, problems)
    if found.hand:
        problems.insert(0, Problem("", _BY_HAND))
    for check in (_birth, _year, _second_page, _referral_date):
        problems += check(found, fields, written)
    for name, fact in _derived(fields, written).items():
        if (asked := fields.get(name)) is None or asked.value is None:
            fields[name] = fact
    return Referral(found.form.name, fields, tuple(dict.fromkeys(problems)))


def _whole_name(found: FoundForm, fields: dict[str, FieldValue], problems: list[Problem]) -> None:
    """A name in one box, where the form has no two boxes for it."""
    seen = found.seen.get("child.name") or found.seen.get("check.child_name")
    if not seen or not seen.raw or fields["child.surname"].value or fields["child.forenames"].value:
        return
    forenames, surname, confidence = names.split(seen.raw)
    fields["child.surname"] = FieldValue(surname or None, seen.raw, confidence, seen.source)
    fields["child.forenames"] = FieldValue(forenames or None, seen.raw, confidence, seen.source)
    if confidence < 0.8:
        problems.append(Problem("child.surname", f"Which part of “{seen.raw}” is the surname is a guess"))


def _birth(found: FoundForm, fields: Mapping[str, FieldValue], written: date) -> list[Problem]:
    born = _date(fields, "child.date_of_birth")
    if born is None:
        return []
    if born > written:
        return [Problem("child.date_of_birth", "This date of birth lies in the future")]
    age = written.year - born.year - ((written.month, written.day) < (born.month, born.day))
    if age > OLDEST:
        return [Problem("child.date_of_birth", f"By this date of birth the child would be {age} years old")]
    if age < 2:
        return [
            Problem(
                "child.date_of_birth", f"By this date of birth the child would be {age} years old, too young for school"
            )
        ]
    return []


def _year(found: FoundForm, fields: Mapping[str, FieldValue], written: date) -> list[Problem]:
    """A child taught with another year is rare enough to be asked about."""
    born, year = _date(fields, "child.date_of_birth"), fields.get("child.year_group")
    if born is None or year is None or not year.value or not year.value.isdigit():
        return []
    expected = year_group.expected(born, written)
    if int(year.value) == expected or not -1 <= expected <= 14:
        return []
    return [
        Problem(
            "child.year_group", f"Year {year.value} is written, but by the date of birth it would be year {expected}"
        )
    ]


def _second_page(found: FoundForm, fields: Mapping[str, FieldValue], written: date) -> list[Problem]:
    """The second page of the Hub's form repeats the child's name and date of birth."""
    problems: list[Problem] = []
    name, surname, forenames = found.seen.get("check.child_name"), fields["child.surname"], fields["child.forenames"]
    if name and name.raw and (surname.value or forenames.value):
        surnames = (
            f"{surname.value or ''} {fields['child.other_surnames'].value or ''}"
            if "child.other_surnames" in fields
            else surname.value or ""
        )
        said = known.capital(name.raw) if name.recognised else name.raw
        if not names.same_person(said, forenames.value or "", surnames):
            field = "child.forenames" if names.same_person(surname.value or "", said, "") else "child.surname"
            problems.append(Problem(field, f"The second page names another child: “{one_line(name.raw)}”"))
    again = found.seen.get("check.date_of_birth")
    born = _date(fields, "child.date_of_birth")
    if again and again.raw and born is not None:
        other = dates.parse(again.raw, written, birth=True)
        if other.value and other.value != born.isoformat():
            problems.append(
                Problem("child.date_of_birth", f"The second page has another date of birth: {one_line(again.raw)}")
            )
    return problems


def _referral_date(found: FoundForm, fields: Mapping[str, FieldValue], written: date) -> list[Problem]:
    on = _date(fields, "referral.date")
    if on is not None and on > written + AHEAD:
        return [Problem("referral.date", f"The form is dated {on:%-d %B %Y}, long after the mail")]
    return []


def _date(fields: Mapping[str, FieldValue], name: str) -> date | None:
    value = fields.get(name)
    try:
        return date.fromisoformat(value.value) if value and value.value else None
    except ValueError:
        # A date that could not be read stays as written, and has its own problem.
        return None


def _derived(fields: Mapping[str, FieldValue], written: date) -> dict[str, FieldValue]:
    """Facts of the free text, resolved against the form's own date where it has a plausible one. None is surer than
    the words that it is read from."""
    on = _date(fields, "referral.date")
    base = on if on is not None and timedelta(0) <= written - on <= timedelta(days=365) else written
    free = [v for n in _FREE if (v := fields.get(n)) and v.value]
    moved = fields.get("address.moved_to")
    facts = _no_surer(derived.derive("\n".join(v.value or "" for v in free), base), free)
    country = derived.country_of_address(moved.value, moved.source) if moved and moved.value else None
    return {**_no_surer({"destination.country": country}, [moved]), **facts} if country and moved else facts


def _no_surer(facts: Mapping[str, FieldValue], than: Sequence[FieldValue]) -> dict[str, FieldValue]:
    most = min((v.confidence for v in than), default=1.0)
    return {name: replace(fact, confidence=min(fact.confidence, most)) for name, fact in facts.items()}
