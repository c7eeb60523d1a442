"""The forms of one mail brought together: the same form twice is one, a blank beside a filled one is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsers.reading import FieldValue, Referral


def together(referrals: Sequence[Referral]) -> tuple[Referral, ...]:
    """Each form once: copies with equal values are joined, blank ones are dropped when another is filled."""
    filled = [r for r in referrals if not r.empty]
    if not filled:
        return tuple(referrals[:1])
    out: list[Referral] = []
    for referral in filled:
        twin = next((n for n, other in enumerate(out) if _same(other, referral)), None)
        if twin is None:
            out.append(referral)
        else:
            out[twin] = _joined(out[twin], referral)
    return tuple(out)


def completed(referral: Referral, facts: Mapping[str, FieldValue]) -> Referral:
    """The referral with the facts of its cover letter where the form itself says nothing."""
    missing = {n: f for n, f in facts.items() if f.value and not _value(referral, n)}
    return Referral(referral.form, {**referral.fields, **missing}, referral.problems) if missing else referral


def _same(one: Referral, other: Referral) -> bool:
    """The same form of the same child, with no value that differs where both have one."""
    if one.form != other.form:
        return False
    both = [n for n in one.fields if _value(one, n) and _value(other, n)]
    return "child.surname" in both and all(_value(one, n) == _value(other, n) for n in both)


def _value(referral: Referral, name: str) -> str:
    field = referral.fields.get(name)
    return "".join(c for c in (field.value or "").casefold() if c.isalnum()) if field else ""


def _joined(one: Referral, other: Referral) -> Referral:
    """Each value from the copy that is surer of it."""
    fields = dict(one.fields)
    for name, field in other.fields.items():
        mine = fields.get(name)
        if field.value and (mine is None or not mine.value or field.confidence > mine.confidence):
            fields[name] = field
    # A field missing from one copy and read from the other is no longer a problem of either.
    problems = dict.fromkeys(p for p in (*one.problems, *other.problems) if p in one.problems or _value(other, p.field))
    return Referral(one.form, fields, tuple(problems))
