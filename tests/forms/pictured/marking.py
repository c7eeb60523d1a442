"""How well a picture was read: every field against what was filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.reading import Referral
from tests.forms.pictured.people import Fill

_MEMO = {
    "enq_name": "referrer.name", "enq_address": "referrer.address", "enq_phone": "referrer.telephone",
    "enq_fax": "referrer.fax", "enq_email": "referrer.email", "enq_date": "referral.date",
    "child_surname": "child.surname",
    "child_first": "child.forenames", "child_dob": "child.date_of_birth", "school_last": "school.last_attended",
    "upn": "child.upn", "sen": "child.sen", "parent": "carers", "last_address": "address.last_known",
    "moved_to": "address.moved_to", "la": "address.local_authority", "other_info": "information.other",
}  # fmt: skip
_CARER = {
    "title": "title", "surname": "surname", "forename": "forename", "address": "address", "postcode": "postcode",
    "home": "home_phone", "mobile": "mobile", "pr": "parental_responsibility", "rel": "relationship",
}  # fmt: skip
_RISKS = (
    "aggressive_pupil", "aggressive_parent", "previous_aggression", "threatening_environment", "known_substance_abuse",
    "possible_substance_abuse", "other",
)  # fmt: skip
_TRIED = ("contacted_parents", "phoned_named_contacts", "asked_professionals")
_HUB = {
    "surname": "child.surname", "ncy": "child.year_group", "upn": "child.upn", "other_surnames": "child.other_surnames",
    "dob": "child.date_of_birth", "forenames": "child.forenames", "gender": "child.gender",
    "address": "address.last_known", "postcode": "address.postcode", "current_school": "school.current",
    "previous_school": "school.previous", "ref_date": "referral.date", "ref_by": "referrer.name",
    "ref_phone": "referrer.telephone", "ref_email": "referrer.email", "other_info": "information.other",
    "add_info": "information.additional", "r_other": "risk.other_text",
    **{f"p{n}_{k}": f"carer_{n}.{v}" for n in (1, 2) for k, v in _CARER.items()},
    **{f"q{n}{d}": f"intervention.{name}{d}" for n, name in enumerate(_TRIED, 1) for d in ("", "_dates")},
    **{f"r{n}": f"risk.{name}" for n, name in enumerate(_RISKS, 1)},
}  # fmt: skip
NAMES = {"cme": ("cme-referral", _MEMO), "hub": ("hub-referral", _HUB)}

_FREE = ("information", "address", "school", "carers", "risk.other_text", "relationship", "dates", ".address")


@dataclass(frozen=True, slots=True)
class Mark:
    """One field: what it should say, what was read, and whether somebody is told to look."""

    field: str
    wanted: str
    read: str | None
    right: bool
    doubted: bool

    @property
    def silent(self) -> bool:
        return not self.right and not self.doubted

    @property
    def invented(self) -> bool:
        return not self.right and not self.wanted


def marks(form: str, fill: Fill, referrals: Sequence[Referral]) -> Iterator[Mark]:
    """A form that was not recognised, or twice, is a form unread."""
    name, names = NAMES[form]
    own = [r for r in referrals if r.form == name]
    for key, field in names.items():
        seen = own[0].fields.get(field) if len(own) == 1 else None
        read = seen.value if seen else None
        right = _alike(read or "", fill.get(key, ""), field)
        flagged = seen is None or not seen.sure or any(p.field == field for p in own[0].problems)
        yield Mark(field, fill.get(key, ""), read, right, flagged)


def _alike(read: str, wanted: str, field: str) -> bool:
    one, other = _plain(read, field), _plain(wanted, field)
    if one == other or (not field.startswith(_FREE) and not field.endswith(_FREE)):
        return one == other
    return _distance(one, other) <= len(other) // 20


def _plain(text: str, field: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    if field.endswith(("telephone", "phone", "mobile", "fax", "upn", "postcode", "email")):
        return re.sub(r"\s", "", text)
    return re.sub(r"[\s,.…;:_|-]+", " ", text).strip()


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for number, a in enumerate(one, 1):
        last, row[0] = row[0], number
        for place, b in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (a != b))
    return row[-1]
