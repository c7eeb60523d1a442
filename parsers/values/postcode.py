"""Postcodes (BS 7666, PostCodeType)."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, points_elsewhere, says_nothing

SHAPE = re.compile(
    r"(?:GIR\s?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]))\s?\d[ABD-HJLNP-UW-Z]{2})",
    re.I,
)
FIND = re.compile(rf"(?<![A-Z0-9])(?:{SHAPE.pattern})(?![A-Z0-9])", re.I)


def parse(raw: str) -> Parsed:
    """Capitals, one blank before the last three. A letter typed for a digit is mended at a lower confidence; what is
    no British postcode (abroad, an older area) stays as written, with a warning."""
    if says_nothing(raw):
        return BLANK
    if points_elsewhere(raw):
        return Parsed(one_line(raw))  # The same as another, as its address is.
    plain = re.sub(r"[\s.]", "", raw).upper()
    if SHAPE.fullmatch(plain):
        return Parsed(_spaced(plain))
    mended = _mend(plain)
    if SHAPE.fullmatch(mended):
        return Parsed(_spaced(mended), 0.7, f"“{one_line(raw)}” was read as {_spaced(mended)}")
    if found := FIND.search(raw):
        return Parsed(_spaced(re.sub(r"\s", "", found[0].upper())), 0.85)
    return Parsed(one_line(raw), 0.6, f"“{one_line(raw)}” is not a British postcode")


def find(text: str) -> str | None:
    """The last postcode in a text, normalised."""
    found = FIND.findall(text)
    return _spaced(re.sub(r"\s", "", found[-1].upper())) if found else None


def _spaced(plain: str) -> str:
    return f"{plain[:-3]} {plain[-3:]}"


def _mend(plain: str) -> str:
    """O for 0 and I for 1 where only a digit may stand, and the other way round (OX I6 2AB, 0X16 2AB)."""
    if not 5 <= len(plain) <= 7:
        return plain
    to_digit, to_letter = str.maketrans("OIL", "011"), str.maketrans("01", "OI")
    outward, inward = plain[:-3], plain[-3:]
    head, tail = (outward[:2], outward[2:]) if len(outward) > 2 else (outward[:1], outward[1:])
    return (
        head.translate(to_letter)
        + tail.translate(to_digit)
        + inward[0].translate(to_digit)
        + inward[1:].translate(to_letter)
    )
