"""Labels of the blank that were not found on a page: a hand that writes over one hides it, and what follows would be
taken for more of the value before it. Each is put back where it is expected, and says that it was not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parsers.documents.pdf_grid import Grid
from parsers.documents.pdf_page import LOST, Glyph
from parsers.forms.definition import Target, forms, letters
from parsers.pictures.blanks import Blank, Phrase
from parsers.pictures.placed import Letter, Placed, bare

_ROW = 4.0
"""Points: words of the blank that stand no further apart in height are on one line."""

_RAISED = 6.0
"""Points: half a line of the blank. What is written over a label begins no higher."""

_BEFORE = 3.0
"""Points to the left of its place: before all that is written over it."""

_MOST = 0.25
"""Of the labels of a page, that many may be hidden."""

_TOP, _SIZE, _MIDDLE = 2.0, 8.0, 0.3
"""Points from the rule above a cell, and of type; of that, from its base to its middle."""

_ASTRAY = 14.0
"""Points: a label is pushed to the right by what is written before it, never to the left."""


def lost(lines: Sequence[Placed], blank: Blank, tables: Sequence[Grid]) -> Iterator[Glyph]:
    """The labels that are missing among the lines, each as one sign of no width: `lines` hold the phrases that were
    found. A label stands before what is written over it, and in the cell where it is expected. Where many are missing,
    the page is another edition of the blank, and nothing is known of its places."""
    found = {c.phrase: line for line in lines for c in line.letters if c.phrase is not None}
    labels = {phrase: label for phrase in blank.phrases if (label := _label(blank.form, phrase))}
    missing = [p for p in labels if p not in found and not any(_says(line, p) for line in lines)]
    for phrase in missing if len(missing) <= _MOST * len(labels) else ():
        base, size = _place(phrase, found, blank, tables)
        middle = base - size * _MIDDLE
        if not any(_says_otherwise(line, phrase, _ways(blank.form, labels[phrase]), middle) for line in lines):
            left = _before(phrase, lines, middle)
            yield Glyph(labels[phrase], left, left, base, size, size, LOST)


def _label(form: str, phrase: Phrase) -> str:
    """The phrase as far as it is a label ("Gender   Male"), with a colon; "" where it is none."""
    text = phrase.text.partition("  ")[0]
    return text.rstrip(" :–") + ":" if letters(text) in _declared(form) else ""


def _declared(form: str) -> Mapping[str, tuple[Target, ...]]:
    return next(f for f in forms() if f.name == form).labels


def _ways(form: str, label: str) -> tuple[str, ...]:
    """What else asks for the same, as schools have it that type the form anew."""
    declared = _declared(form)
    targets = set(declared[letters(label)])
    return tuple(key for key, others in declared.items() if len(key) > 2 and targets.intersection(others))


def _says(line: Placed, phrase: Phrase) -> bool:
    """Whether it stands there all the same, pushed away by what is written before it."""
    return phrase.key in _bare(_from(line, phrase))


def _says_otherwise(line: Placed, phrase: Phrase, ways: tuple[str, ...], middle: float) -> bool:
    """Whether another label for the same thing stands about its place: another edition has it so."""
    if abs(line.middle - middle) > 2 * _RAISED:
        return False
    own = _from(line, phrase)
    return bool(own) and own[0].left < phrase.left + _ASTRAY and _bare(own).startswith(ways)


def _from(line: Placed, phrase: Phrase) -> list[Letter]:
    """What is written on a line from the phrase's place on."""
    return [c for c in line.letters if c.text.isalnum() and not c.printed and c.left > phrase.left - _ASTRAY]


def _bare(written: Sequence[Letter]) -> str:
    return "".join(bare(c.text.lower()[:1]) for c in written)


def _place(phrase: Phrase, found: Mapping[Phrase, Placed], blank: Blank, tables: Sequence[Grid]) -> tuple[float, float]:
    """Base and size: on the line of the labels beside it, else as far below the last one above it as on the blank, and
    higher by as much as what is written over it may begin."""
    beside = [f for f in found if abs(f.middle - phrase.middle) < _ROW]
    if beside:
        line = found[min(beside, key=lambda f: abs(f.left - phrase.left))]
        return line.base, line.size
    above = [f for f in found if f.middle < phrase.middle]
    nearest = max(above, key=lambda f: f.middle) if above else min(found, key=lambda f: f.middle)
    middle = phrase.middle + found[nearest].middle - nearest.middle
    high = middle - _raised(phrase, blank)
    for grid in tables:
        if grid.holds(phrase.left, middle):
            high = max(high, grid.ys[grid.cell(phrase.left, middle)[0]] + _TOP)
    return high + _SIZE * _MIDDLE, _SIZE


def _raised(phrase: Phrase, blank: Blank) -> float:
    """At most halfway to the line above."""
    above = [p.middle for p in blank.phrases if p.middle < phrase.middle - _ROW]
    return min(_RAISED, (phrase.middle - max(above)) / 2) if above else _RAISED


def _before(phrase: Phrase, lines: Sequence[Placed], middle: float) -> float:
    """To the left of its place, and of a line that begins there."""
    over = [n.left for n in lines if abs(n.middle - middle) < n.size and 0 < phrase.left - n.left < _ASTRAY]
    return min([phrase.left, *over]) - _BEFORE
