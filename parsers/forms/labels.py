"""Where labels occur in a text: at the start of a line or a cell, after a gap or dots, or in a line before a colon."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.forms.definition import Form, Target
from parsers.forms.stream import CELL, Stream
from parsers.values.choice import WORDS

BORDER = "|"
"""The key of a place that is no label, but parts forms."""

OCCURRENCES = 2_000

_NUMBERING = r"""(?:[ ☐☒]{0,9}(?:
    \(?(?:[Qq]?\d{1,2}(?:\.\d{1,2})?[.):](?=[ \w]) | [Qq]\d{1,2}(?=[ ]) | (?:[a-zA-Z]|[ivx]{1,4})[.):](?=[ ]))[ ]?
    | [•*·▪●–—\#-]+[ ]?))?"""
_START = re.compile(
    rf"""(?P<line>(?:^|(?<=[\n\t{CELL}]))[ ]{{0,99}}{_NUMBERING}(?=\w) | (?<=[\n\t{CELL}])[ ]{{0,99}}\((?=[A-Z]))
      | (?P<gap>(?:(?<=[ ]{{2}}) | (?<=[…_☐☒])[ ]? | (?<=\.\.)[ ]?)(?=\w))
      | (?P<mid>(?<=[^\s])[ ](?=[A-Z]))""",
    re.X,
)
_TAIL = re.compile(
    r"""\)?(?:\((?:s|es|ies)\))?[ ]?\*?[ ]?
        (?: \((?:if[ ]known|if[ ]different|if[ ]any|y[ ]?/[ ]?n|m[ ]?/[ ]?f|yes[ ]?/[ ]?no|please[ ]specify|optional)\)
          | \([^()\n]{1,60}\)(?=[ ]?[:?])
          | \((?:incl|includ|with|please|give|in[ ]full|block|as[ ]it|as[ ]on|dd|e\.?g|full)[^()\n]{0,60}\)
          | \([^()\n]{1,30}/[^()\n]{1,30}\)(?=[ ]*[\n\t\x1f]) )?
        (?:\.(?=[ ]?:))?[ ]?(?P<colon>[:?]+(?:[ ]?[-–—](?=\s))? | [ ]?[-–—=](?=\s) | (?=[ ]?[…_]{2} | [ ]?\.{3}))?""",
    re.I | re.X,
)
_BESIDE = re.compile(rf"[ \t.…_{CELL}]{{0,200}}")
_LINE_END = re.compile(rf"[ ]*(?:[\n\t{CELL}]|$)")


class Occurrence(NamedTuple):
    """A label at `start`; what is written for it begins at `end`. `weight` says how much it looks like a label.
    `strong` is false for words in the midst of a line without a colon. A stop (title, instruction) has no targets."""

    start: int
    end: int
    key: str
    targets: tuple[Target, ...]
    weight: float
    strong: bool
    colon: bool
    alone: bool

    @classmethod
    def border(cls, place: int) -> Occurrence:
        """A place that labels of one form seldom stand on both sides of."""
        return cls(place, place, BORDER, (), 0.0, False, False, True)

    @property
    def marked(self) -> bool:
        """A colon, or nothing beside it: this is a label whatever else may be."""
        return self.strong and (self.colon or self.alone)


@cache
def _lengths(form: Form) -> dict[str, tuple[int, ...]]:
    """By the first two letters of a label, how long such labels may be, the longest first."""
    found: dict[str, set[int]] = {}
    for key in (*form.labels, *form.stops, *form.titles):
        found.setdefault(key[:2], set()).add(len(key))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def occurrences(stream: Stream, form: Form) -> list[Occurrence]:
    """Every place at which a label of the form may stand, in order; the longest label wins at each place."""
    found: list[Occurrence] = []
    line_has_label = False
    lengths = _lengths(form)
    for match in _START.finditer(stream.text):
        kind = match.lastgroup or "line"
        if kind == "line" and stream.text[match.start() - 1 : match.start()] != "\t":
            line_has_label = False  # A gap parts what stands on one line: a long value comes close to the next label.
        if found and match.end() < found[-1].end:
            continue
        if (hit := _at(stream, form, match, lengths)) is None:
            continue
        if not hit.strong and not line_has_label:
            continue
        if found and _answers(stream, found[-1], hit):
            continue
        line_has_label = True
        found.append(hit)
        if len(found) >= OCCURRENCES:
            break
    return found


def _answers(stream: Stream, label: Occurrence, word: Occurrence) -> bool:
    """A word that is elsewhere a heading answers the label right before it: "Relationship to pupil   Father"."""
    if not word.targets or any(t.name for t in word.targets) or not any(t.name for t in label.targets):
        return False
    return _BESIDE.fullmatch(stream.text, label.end, max(label.end, word.start)) is not None


def _at(stream: Stream, form: Form, match: re.Match[str], lengths: dict[str, tuple[int, ...]]) -> Occurrence | None:
    place = match.end()
    first = stream.forward[place] if place < len(stream.forward) else len(stream.letters)
    for length in lengths.get(stream.letters[first : first + 2], ()):
        key = stream.letters[first : first + length]
        if len(key) < length or (key not in form.labels and key not in form.stops and key not in form.titles):
            continue
        end = stream.back[first + length - 1] + 1
        if end < len(stream.text) and stream.text[end].isalnum():
            continue
        written = stream.text[place:end]
        if written.count("\n") > 2 or (hit := _weigh(stream, form, key, place, end, match)) is None:
            continue
        return hit
    return None


def _fits(stream: Stream, place: int, targets: tuple[Target, ...]) -> bool:
    """A lone word in a line is a label if an answer of its kind follows: "Gender Male"."""
    words = {word for t in targets for word in WORDS.get(t.type, ()) if len(word) > 1}
    following = re.match(r"\w+", stream.text[place : place + 20].lstrip())
    return following is not None and following[0].lower() in words


def _weigh(stream: Stream, form: Form, key: str, place: int, end: int, match: re.Match[str]) -> Occurrence | None:
    """A label of which the words stand from `place` to `end`; at the start of a line it begins with its number."""
    written, kind = stream.text[place:end], match.lastgroup or "line"
    start = match.start() if kind == "line" else place
    tail = _TAIL.match(stream.text, end)
    value_at = tail.end() if tail else end
    colon = bool(tail and tail["colon"] is not None)
    alone = _LINE_END.match(stream.text, value_at) is not None and kind != "mid"
    if len(key) <= 3 and not (colon or written.replace(".", "").isupper() or (alone and written[:1].isupper())):
        return None
    if key not in form.labels:
        key = BORDER if key in form.titles else key
        return Occurrence(start, value_at, key, (), 0, kind == "line", False, True) if kind == "line" else None
    targets = form.labels[key]
    strong = kind != "mid" or (colon and stream.text[value_at - 1] in ":?")
    if not strong:
        if written not in form.spelt[key] or not (
            " " in written or written.isupper() or _fits(stream, value_at, targets)
        ):
            return None
        return Occurrence(start, value_at, key, targets, 0.25, False, False, False)
    weight = 1 + min(len(key), 30) * 0.02 + {"line": 0.3, "gap": 0.1}.get(kind, 0)
    weight += 0.3 if colon or alone else 0
    if written[:1].islower():
        weight -= 0.3 if colon else 0.9
    elif kind == "line" and not (colon or alone) and written not in form.spelt[key]:
        weight -= 0.4
    return Occurrence(start, value_at, key, targets, weight, True, colon, alone)
