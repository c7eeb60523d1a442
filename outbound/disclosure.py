"""What each recipient may be told about a child: an allow-list for each role, and addresses that never leave.

Policy 3.3 (nothing that the answer does not need), 2.6 and the engine's own promise: a protected address (refuge,
domestic violence) is in no outgoing mail, not even in an officer's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

WITHHELD = "[address withheld]"
NO_UPN = "[UPN withheld]"

_ADDRESS_NAMES = re.compile(r"(^|[._-])(address|postcode)s?([._-]|$)|^where$")
# All that says where the family lives now, though its name says something else: `where` of a child that was found.
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z][ -]?\d{3}[ -]?\d{4}[ -]?\d{2}[ -]?\d{2}[ -]?[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
# BS7666, generous: a part of the country in a free text is better withheld than a refuge found.
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_STREET = re.compile(
    r"\b(?:(?:flat|room|apartment|unit)\s+\w+,?\s+)?\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w'’-]+\s+){1,4}(?:Road|Rd|Street|St|Close|Avenue|"
    r"Ave|Lane|Drive|Court|Way|Row|Place|Crescent|Gardens|Terrace|Hill|Grove|Walk|Mews|Square|Green|Park|Rise|View|Cottages?|"
    r"Steps|Path|Parade|Yard|Field|End|Croft|Gate|Mead|Orchard|Fields)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\b(?:[A-Z][\w'’-]+\s+){1,3}(?:House|Lodge|Hall|Court|Hostel|Refuge|Towers|Cottage|Farm|Flats)\b")
"""A house in a street: in a free text nobody has told us which of them is the protected one."""
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")
# Control characters, and those that turn the direction of what is read (Unicode TR 36, "Bidirectional text spoofing").
_SHORTEST_LINE = 5


class UnknownRole(LookupError):
    """A role for which nobody has said what it may be told."""

    def __init__(self, role: str) -> None:
        super().__init__(
            f"Nothing says what the role {role!r} may be told about a child. Add it to [disclose] in wording.toml; "
            "until then no mail is sent to it."
        )


def view(
    facts: Mapping[str, Any], role: str, protected: bool, *, allowed: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    """Those facts that `role` may be told. `allowed` is `Wording.disclose`: for each role the names of facts, `child.*`
    for all of a group, `*` for all; a UPN only by its own name. With `protected` every address goes, and what repeats
    one in free text. Raises UnknownRole."""
    if role not in allowed:
        raise UnknownRole(role)
    names = allowed[role]
    addresses = _lines_of_addresses(facts) if protected else ()
    streets = tuple(line for line in addresses if any(map(str.isdigit, line.pattern)))
    upn = _allows(names, "child.upn")
    out: dict[str, Any] = {}
    for name, value in facts.items():
        if value is None or not _allows(names, name) or (protected and is_address(name)):
            continue
        # A school is no secret, though it bears the name of the town in which the family lives.
        lines = streets if name.partition(".")[0] == "school" else addresses
        out[name] = _scrub(value, lines, protected, upn)
    return out


def is_address(name: str) -> bool:
    """Whether a fact of that name says where somebody lives: `address.last_known`, `new-address`, `where`."""
    return bool(_ADDRESS_NAMES.search(name)) and name not in {"address.protected", "referrer.address"}


def clean(text: str) -> str:
    """Without control characters and without those that turn the reading direction; line ends as a line feed."""
    if text.isprintable():  # Most are, and none of those characters is.
        return text
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _allows(names: Collection[str], name: str) -> bool:
    if name.endswith("upn"):
        return name in names
    return name in names or "*" in names or f"{name.partition('.')[0]}.*" in names


def _lines_of_addresses(facts: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    """Each line of each address that is known, to be found again in free text however it is spaced and punctuated."""
    values = [str(value) for name, value in facts.items() if value and is_address(name)]
    lines = {line.strip() for value in values for line in re.split(r"[,\n;]", value)}
    long = [line for line in lines if len(line) >= _SHORTEST_LINE]
    return tuple(re.compile(r"[\s,.]*".join(map(re.escape, line.split())), re.I) for line in long)


def _scrub(value: Any, addresses: tuple[re.Pattern[str], ...], protected: bool, upn: bool) -> Any:
    if isinstance(value, str):
        return _scrub_text(clean(value), addresses, protected, upn)
    if isinstance(value, Mapping):
        kept = {k: v for k, v in value.items() if (upn or not k.endswith("upn")) and not (protected and is_address(k))}
        return {k: _scrub(v, addresses, protected, upn) for k, v in kept.items()}
    if isinstance(value, list | tuple):
        return tuple(_scrub(one, addresses, protected, upn) for one in value)
    return value


def _scrub_text(text: str, addresses: tuple[re.Pattern[str], ...], protected: bool, upn: bool) -> str:
    if not upn:
        text = _UPN.sub(NO_UPN, text)
    if protected:
        for line in addresses:
            text = line.sub(WITHHELD, text)
        text = without_places(text)
    return text


def without_places(text: str) -> str:
    """The text without what looks like a street, a house or a postcode. Of words that belong to no case yet (the name
    of a file that could not be opened) nobody can say whose address they hold; file names may write `_` for a blank."""
    spaced = text.replace("_", " ")
    kept = _POSTCODE.sub(WITHHELD, _HOUSE.sub(WITHHELD, _STREET.sub(WITHHELD, spaced)))
    return text if kept == spaced else kept
