"""What is known beats what is seen: a doubtful character of a picture is settled by a check letter, by the shape of a
postcode or a date, or by the place where the form says the same again. Only characters that were recognised are ever
changed, never what someone typed; the raw value stays beside the settled one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rapidfuzz import fuzz

from parsers.documents.layout import EMPTY, TICKED
from parsers.forms.alike import begins_small, holds, is_torn, unmarked
from parsers.forms.definition import Form
from parsers.forms.found import Doubtful, FoundForm, Seen
from parsers.values import postcode, upn

BY_HAND = 0.5
"""No value that was written by hand is surer than this."""

DOUBTFUL = 0.95
"""A character recognised with less certainty makes its value a doubt."""

HARDLY = 0.975
"""The same for a letter of a name, which no word of a language corrects."""

TORN = 0.79
"""How sure a word is in which a letter may be another that is like it."""

UNREAD = "…"
"""A dotted line; where it is doubtful, ink that could not be read."""

BOXES = frozenset((EMPTY, TICKED))
"""One that is neither surely ticked nor surely empty leaves its answer in doubt, be it none."""

_OF_EVERY_CHILD = frozenset(("child.surname", "child.forenames", "child.date_of_birth"))
"""What no sender leaves out: where it is not seen in a picture, it was more likely lost."""

_LINES = frozenset(("line", "lines", "address"))
_TEXTS = frozenset(("line", "address", "free"))
_TELLING = frozenset(("free", "date", "birth", "yesno", "gender", "level", "year", "phone", "upn", "postcode"))
"""Kinds of values that such a letter does not change, or that say themselves what may stand where."""

_ANSWERED = frozenset(("yesno", "gender", "level"))
"""Kinds of values that boxes are ticked for."""

_NUMBERS = frozenset(("upn", "phone", "postcode", "date", "birth"))

_LONG = 20
"""Letters of a text in which one that is misread leaves no doubt what is meant."""

_LIKE_LABEL = 75.0
"""Of 100: so like a label of the form is what was written over or between its words; free text reaches 60."""

_TRIED = 300
"""Readings of one value that are tried."""

_SMALL = re.compile(r"(?<![^\W_])ll(?=[bcdfghjkmnpqrstvxz])")

_PARTED = re.compile(r"(?<=[-./\s](?:19|20)) (?=\d\d$)")
"""A blank within a year: no date goes on with two more digits."""

_LIKE = {
    "O": "0", "0": "OQD", "I": "1", "1": "I7L", "L": "1", "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2", "2": "Z",
    "G": "6", "6": "G", "A": "4", "4": "A", "T": "7", "7": "T1", "D": "0", "Q": "0", "U": "V", "V": "U", "E": "F",
    "F": "E", "R": "K", "K": "R", "P": "F", "H": "M", "M": "H", "N": "H", "3": "8", "9": "8",
}  # fmt: skip
"""Characters that look alike, in capitals."""

_TO_LETTER, _TO_DIGIT = str.maketrans("01852", "OIBSZ"), str.maketrans("OQDILSBZGA", "0001158264")


@dataclass(frozen=True, slots=True)
class Settled:
    text: str
    confidence: float = 1.0
    problem: str = ""


_NOTHING, _UNSURE = Settled(""), Settled("", BY_HAND)


def settle(found: FoundForm, name: str, kind: str, unsettled: frozenset[str] = frozenset()) -> Settled:
    """The value of a field, with its doubtful characters settled where something is known about it; `unsettled` are
    the words that are in doubt elsewhere on the form (see alike)."""
    seen = found.seen.get(name)
    if seen is None:
        return _UNSURE if found.recognised or found.hand else _NOTHING
    if seen.nobodys:
        return _UNSURE
    if found.hand:
        return Settled("" if _is_no(kind, seen.raw) or _is_label(found.form, kind, seen.raw) else seen.raw, BY_HAND)
    if not seen.recognised:
        return Settled(seen.raw)
    if any(d.text == UNREAD and d.sure < DOUBTFUL for d in seen.doubts):
        return Settled(seen.raw, BY_HAND)
    if not seen.raw:
        unread = name in _OF_EVERY_CHILD or any(d.text in BOXES and d.sure < DOUBTFUL for d in seen.doubts)
        return Settled("", BY_HAND if unread else 1.0)
    return _settled(found, seen, name, kind, unsettled)


def _is_no(kind: str, raw: str) -> bool:
    """A handwritten label that was misread is no value of the box before it: no number without a digit, no address of
    electronic mail without its sign. As read it stays to be seen."""
    if kind == "email":
        return "@" not in raw
    return kind in _NUMBERS and not any(c.isdigit() for c in raw)


def _is_label(form: Form, kind: str, raw: str) -> bool:
    """A long label among the letters of a hand, misread so far that it was not known for one, is no value of the box
    before it. Free text stays as read."""
    said = _letters(raw)
    return kind != "free" and any(
        len(said) >= len(label) * 0.8 and fuzz.partial_ratio(label, said) > _LIKE_LABEL
        for label in form.labels
        if len(label) >= _LONG
    )


def _settled(found: FoundForm, seen: Seen, name: str, kind: str, unsettled: frozenset[str]) -> Settled:
    doubts = [d for d in seen.doubts if d.text.isalnum() or d.text in BOXES]
    telling = _telling(doubts, seen.raw) if _is_a_text(seen.raw, kind) else doubts
    sure = min((_sure(d, kind, seen.raw) for d in telling), default=1.0)
    if kind == "upn" and (number := _upn(seen.raw, doubts)):
        return number
    if kind == "postcode" and (code := _postcode(seen.raw)):
        return code
    if kind in ("date", "birth") and (whole := unmarked(_PARTED.sub("", seen.raw))) != seen.raw:
        return Settled(whole, TORN, f"“{seen.raw}” was read; it was taken for {whole}")
    if not any(c.isalnum() for c in seen.raw):
        return Settled(seen.raw, BY_HAND)  # A speck, a stroke: no value.
    if kind not in _ANSWERED and any(c in BOXES for c in seen.raw):
        return Settled(seen.raw, min(sure, TORN))  # A letter that was taken for a box.
    if _is_a_name(seen.raw, kind) and (name_read := capital(seen.raw)) != seen.raw:
        return Settled(name_read, TORN, f"“{seen.raw}” was read; as no name begins so it is {name_read}")
    if _is_a_name(seen.raw, kind) and (
        any(map(is_torn, doubts)) or begins_small(seen.raw) or holds(seen.raw, unsettled)
    ):
        return Settled(seen.raw, min(sure, TORN))
    if _said_again(found, name):
        return Settled(seen.raw)
    hardly = _is_a_name(seen.raw, kind) and any(_sure(d, kind, seen.raw) < HARDLY for d in doubts if d.text.isalpha())
    return Settled(seen.raw, min(sure, TORN) if hardly else _confidence(sure))


def capital(text: str) -> str:
    """Words that begin with two small l and a consonant, as only those do whose I was misread: "llze" is Ilze. Before
    a vowel it may be lloyd, written small."""
    return _SMALL.sub("Il", text)


def _is_a_name(raw: str, kind: str) -> bool:
    """Whether a single letter makes it another's."""
    return kind not in _TELLING and not (kind in _LINES and len(raw) >= _LONG)


def _is_a_text(raw: str, kind: str) -> bool:
    """Whether it is words of which a single letter does not change what they say."""
    return kind in _TEXTS and len(raw) >= _LONG


def _telling(doubts: Sequence[Doubtful], raw: str) -> Sequence[Doubtful]:
    """The doubtful characters of a text without its doubtful letters, as long as there is no more than one in twenty.
    What stands in a word with figures (a postcode, a date) always tells."""
    idle = [d for d in doubts if d.sure < DOUBTFUL and d.text.isalpha() and not any(c.isdigit() for c in d.word)]
    return [d for d in doubts if d not in idle] if len(idle) <= len(raw) // _LONG else doubts


def _sure(doubt: Doubtful, kind: str, raw: str) -> float:
    """How sure a character is among those that may stand there: in a telephone number and a postcode a digit is no
    letter, and the letters of a date are those of a month, or it is no date."""
    if kind in ("date", "birth") and len(doubt.word) > 3 and doubt.text.isalpha():
        return 1.0
    if kind in ("phone", "date", "birth") or (kind == "postcode" and postcode.SHAPE.fullmatch(_plain(raw))):
        others = sum(p for other, p in doubt.others if other.isdigit() == doubt.text.isdigit() and other.isalnum())
        return doubt.sure / (doubt.sure + others)
    # The same letter, large or small, says the same.
    return doubt.sure + sum(p for other, p in doubt.others if other.casefold() == doubt.text.casefold())


def _confidence(sure: float) -> float:
    return 1.0 if sure >= DOUBTFUL else min(sure, TORN)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _said_again(found: FoundForm, name: str) -> bool:
    """Whether the second page gives the child the same name: both were read alike."""
    again = found.seen.get("check.child_name")
    if again is None or not again.raw or name not in ("child.surname", "child.forenames"):
        return False
    own, other = found.seen.get(name), found.seen.get("child.forenames" if name == "child.surname" else "child.surname")
    if own is None or other is None:
        return False
    whole = _letters(again.raw)
    return whole in (_letters(other.raw + own.raw), _letters(own.raw + other.raw))


def _upn(raw: str, doubts: Sequence[Doubtful]) -> Settled | None:
    """The one reading of a number whose check letter is right."""
    number = re.sub(r"[\s.\-…]", "", raw).upper()
    if upn.SHAPE.fullmatch(number) and upn.check_letter(number[1:]) == number[0]:
        return Settled(number)
    if len(number) != 13:
        return None
    right = {n for n in _readings(number, doubts) if upn.SHAPE.fullmatch(n) and upn.check_letter(n[1:]) == n[0]}
    if len(right) != 1:
        return None
    (settled,) = right
    return Settled(settled, 0.75, f"“{raw}” was read; by its check letter it is {settled}")


def _readings(number: str, doubts: Sequence[Doubtful]) -> Iterator[str]:
    """What else a number may be: one doubtful character otherwise, or a letter where only a digit may stand."""
    shaped = number[0].translate(_TO_LETTER) + number[1:12].translate(_TO_DIGIT) + number[12]
    yield shaped
    others = {d.text.upper(): [o.upper() for o, _ in d.others if o.strip()] for d in doubts}
    for place, character in enumerate(number):
        if character not in others:
            continue
        for other in (*others[character], *_LIKE.get(character, "")):
            if len(other) == 1:
                yield shaped[:place] + other + shaped[place + 1 :]


def _postcode(raw: str) -> Settled | None:
    """Letters and digits have their places in a postcode: O where a digit stands is 0."""
    plain = _plain(raw)
    if postcode.SHAPE.fullmatch(plain) or not 5 <= len(plain) <= 7:
        return None
    ways = [(c, *_LIKE.get(c, "")) if n else (c,) for n, c in enumerate(plain)]
    tried = map("".join, islice(product(*ways), _TRIED))
    found = {way for way in tried if postcode.SHAPE.fullmatch(way) and _changed(way, plain) == 1}
    if len(found) != 1:
        return None
    (settled,) = found
    return Settled(
        f"{settled[:-3]} {settled[-3:]}", 0.75, f"“{raw}” was read; a postcode has letters and digits as in {settled}"
    )


def _plain(raw: str) -> str:
    return re.sub(r"[\s.…]", "", raw).upper()


def _changed(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
