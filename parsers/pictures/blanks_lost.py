"""Blanks that were not recognised, as far as they are beyond doubt."""

from __future__ import annotations

from dataclasses import replace

from parsers.pictures.placed import NARROW, Letter, Placed

_BLANK = 0.2
"""Of the size: within words letters stand apart by 0.17 at most, words by 0.2 to 0.3."""

_TITLES = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Rev"))


def parted(line: Placed) -> Placed:
    """The line with the blanks that were not recognised, as far as they are beyond doubt: a capital far behind a small
    letter or a figure begins a word ("JaneRiley", not McRiley), and behind a title however near ("DrJ. Riley")."""
    letters, word = list[Letter](), ""
    for one in line.letters:
        before = letters[-1] if letters else one
        begins = one.text.isupper() and (before.text.islower() or before.text.isdigit())
        narrow = before.text in NARROW or one.text in NARROW  # The edges of these are taken amiss at times.
        apart = not narrow and one.left - before.right > line.size * _BLANK
        if begins and not (one.printed or before.printed) and (apart or word in _TITLES):
            letters.append(Letter(" ", one.left, one.left, one.left))
        word = word + one.text if letters and letters[-1] is before and before.text != " " else one.text
        letters.append(one)
    return line if len(letters) == len(line.letters) else replace(line, letters=tuple(letters))
