"""A recognised line, placed on the page; what is printed on the blank is put right in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz

from parsers.documents.pdf_page import Glyph, Rule
from parsers.pictures.blanks import Blank, Phrase
from parsers.pictures.boxes import Tick
from parsers.pictures.ocr import TextLine
from parsers.pictures.register import Pose

SMALLEST, LARGEST = 7.0, 18.0
"""Points: the sizes of type on a form. A line is as high as its type."""

LIKE = 78.0
"""Of 100: so much alike are a printed phrase and its misreading."""

_ASTRAY = 14.0
"""Points from the place on the blank, to the left or right: rows move down, columns stay."""

_NONE, _CELL = 0.3, 0.7
"""Points: no letter is as narrow. Of the size: no letter needs more room, be it a figure or an m."""

_DUST = frozenset(" .,:;'’‘\"“”`´^~*-_|·")

NARROW = frozenset("1ijlI.,:;'!|-’()[]/ft")


@dataclass(frozen=True, slots=True)
class Letter:
    """A character on the page, edges and middle in points."""

    text: str
    left: float
    right: float
    at: float
    sure: float = 1.0
    others: tuple[tuple[str, float], ...] = ()
    phrase: Phrase | None = None
    """Of the blank, where it is printed there."""
    bold: bool = False
    """Fatter than the other answer beside it."""

    @property
    def printed(self) -> bool:
        return self.phrase is not None


@dataclass(frozen=True, slots=True)
class Placed:
    """`middle` is the height at which it stands, `size` that of its type: points."""

    letters: tuple[Letter, ...]
    middle: float
    size: float

    @classmethod
    def of(cls, line: TextLine, where: Pose) -> Placed:
        edges = line.places([share for c in line.chars for share in (c.left, c.right, c.at)])
        points = where.points(edges).reshape(-1, 3, 2)
        high = where.points(line.places((0.5,), (0.0, 1.0)))
        letters = (
            Letter(c.text, float(p[0, 0]), float(p[1, 0]), float(p[2, 0]), c.sure, c.others)
            for c, p in zip(line.chars, points, strict=True)
        )
        return cls(
            tuple(_led(list(letters))),
            float(np.median(points[:, :, 1])),
            _size(float(np.linalg.norm(high[0] - high[1]))),
        )

    @property
    def base(self) -> float:
        return self.middle + self.size * 0.36

    @property
    def struck(self) -> float:
        """The height at which a rule strikes the line out."""
        return self.base - self.size * 0.3

    @property
    def under(self) -> float:
        """The height at which a rule underlines it."""
        return self.base + self.size * 0.05

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters)

    def has_stem(self, rule: Rule) -> bool:
        """Whether an upright rule is the stem of a letter: it runs through one, in the midst of a word, or through what
        is printed on the blank, the place of whose letters is not known."""
        if not (rule.top < self.middle < rule.bottom):
            return False
        return self.is_printed(rule.x) or any(
            c.text.isalnum() and c.left - 1 <= rule.x <= c.right + 1
            for word in self.words() if sum(c.text.isalnum() for c in word) > 1
            for c in word
        )  # fmt: skip

    def is_printed(self, x: float) -> bool:
        """Whether a phrase of the blank stands at this place."""
        return any(a.left <= x <= b.right for a, b in pairwise(self.letters) if a.phrase and a.phrase is b.phrase)

    def words(self) -> Iterator[list[Letter]]:
        word: list[Letter] = []
        for letter in self.letters:
            if letter.text != " ":
                word.append(letter)
            elif word:
                yield word
                word = []
        if word:
            yield word

    def glyphs(self, ticks: Sequence[Tick]) -> Iterator[Glyph]:
        """The characters, but for those that are a box misread."""
        base = self.base
        for c in _closed(self.letters, self.size * _CELL):
            if c.printed or not any(t.covers(c.at, self.middle) for t in ticks):
                # Blanks are recognised; only a wider gap than one is told from the ink.
                room = self.size * (0.16 if c.text in NARROW else 0.12)
                yield Glyph(c.text, c.left - room, c.right + room, base, self.size, self.size, c.sure, c.others)


def _closed(letters: Sequence[Letter], cell: float) -> Iterator[Letter]:
    """The letters; one whose ink was not found stands somewhere in the room between its neighbours, and takes it where
    that is no more than a letter's: no blank was recognised there ("27/11", not "27/1 1")."""
    for n, one in enumerate(letters):
        left, right = one.left, one.right
        if right - left < _NONE and one.text != " " and not one.printed:
            if n and letters[n - 1].text != " " and left - letters[n - 1].right < cell:
                left = min(left, letters[n - 1].right)
            if n + 1 < len(letters) and letters[n + 1].text != " " and letters[n + 1].left - right < cell:
                right = max(right, letters[n + 1].left)
        yield replace(one, left=left, right=right) if (left, right) != (one.left, one.right) else one


def _size(height: float) -> float:
    return min(max(height, SMALLEST), LARGEST)


def _led(letters: list[Letter]) -> Iterator[Letter]:
    """A dotted line, of which recognition gives some dots, as one character."""
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and letters[end].text in ".…·_ ":
            end += 1
        dots = [c for c in letters[at:end] if c.text != " "]
        if len(dots) > 1 or (dots and at == 0) or any(c.text in "…_" for c in dots):
            yield Letter("…", dots[0].left, dots[-1].right, (dots[0].at + dots[-1].at) / 2)
        else:
            end = max(end, at + 1)
            yield from letters[at:end]
        at = end


def printed(lines: Sequence[Placed], blank: Blank) -> list[Placed]:
    """The lines with the phrases of the blank as they are printed, however they were recognised: first those that were
    recognised well, then, of the others, what is like them."""
    placed, missing = list(lines), set(blank.phrases)
    for find in (_exact, _alike):
        for phrase in sorted(missing, key=lambda p: (-len(p.key), p.left, p.middle)):
            for number, line in enumerate(placed):
                if (found := find(line, phrase)) is not None:
                    placed[number] = _set(line, phrase, *found)
                    missing.discard(phrase)
                    break
    return [_without_specks(_without_colon(line)) for line in placed]


def _without_specks(line: Placed) -> Placed:
    """Dust before a label is taken for a sign that the blank has not, and with it the label begins no line."""
    first = next((n for n, c in enumerate(line.letters) if c.printed), 0)
    dust = first > 0 and all(c.text in _DUST for c in line.letters[:first])
    return replace(line, letters=line.letters[first:]) if dust else line


def _without_colon(line: Placed) -> Placed:
    """A colon at the end of a value, so not the blank's, is what a picture makes of the dots there: it makes no label
    of the last word ("Primary School:")."""
    last = line.letters[-1]
    if last.text not in ":;" or last.printed or not any(c.printed for c in line.letters):
        return line
    return replace(line, letters=(*line.letters[:-1], replace(last, text="…", sure=1.0, others=())))


def answers(line: Placed) -> Placed:
    """ "Yes / Ne": a word that is struck out is misread, but beside the other answer it can only be the one."""
    words = [w for w in line.words() if any(c.text.isalpha() for c in w)]
    for one, other in pairwise(words):
        first, second = ("".join(c.text for c in w if c.text.isalpha()).lower() for w in (one, other))
        if not any(c.text == "/" and one[0].at < c.at < other[-1].at for c in line.letters):
            continue
        if first == "yes" and second != "no" and second[:1] in ("n", "h") and len(second) < 4:
            return _respelt(line, other, "No")
        if second == "no" and first != "yes" and (first.endswith("es") or first.startswith("y")) and len(first) < 5:
            return _respelt(line, one, "Yes")
    return line


def _respelt(line: Placed, word: Sequence[Letter], text: str) -> Placed:
    word = [c for c in word if c.text.isalpha()]
    first, last = line.letters.index(word[0]), line.letters.index(word[-1])
    left, step = word[0].left, (word[-1].right - word[0].left) / len(text)
    own = (Letter(c, left + step * n, left + step * (n + 1), left + step * (n + 0.5)) for n, c in enumerate(text))
    return replace(line, letters=(*line.letters[:first], *own, *line.letters[last + 1 :]))


def _letters(line: Placed) -> tuple[list[int], str]:
    """Places of the letters and digits that are not yet known to be printed, and what they are."""
    places = [n for n, c in enumerate(line.letters) if c.text.isalnum() and not c.printed]
    return places, "".join(bare(line.letters[n].text.lower()[:1]) for n in places)


def bare(letter: str) -> str:
    """Without a mark: nothing that is printed on the blanks has one."""
    return unicodedata.normalize("NFD", letter)[:1]


def _exact(line: Placed, phrase: Phrase) -> tuple[int, int] | None:
    """First and last letter of the phrase in the line."""
    places, letters = _letters(line)
    at = letters.find(phrase.key)
    while at >= 0:
        if _stands(line, places[at], phrase):
            return places[at], places[at + len(phrase.key) - 1]
        at = letters.find(phrase.key, at + 1)
    return None


def _alike(line: Placed, phrase: Phrase) -> tuple[int, int] | None:
    places, letters = _letters(line)
    if len(phrase.key) < 5 or len(letters) < len(phrase.key) - 2:
        return None
    like = fuzz.partial_ratio_alignment(phrase.key, letters, score_cutoff=LIKE)
    if like is None or like.dest_end - like.dest_start < len(phrase.key) - 2:
        return None
    # A first or last letter that was misread, or is one too many ("Hoime Phone"), is left out by the alignment.
    end = min(len(places), max(like.dest_end, like.dest_start + len(phrase.key)))
    end = end if places[end - 1] - places[like.dest_end - 1] <= end - like.dest_end else like.dest_end
    first, last = _whole(line, phrase, places[like.dest_start], places[end - 1])
    apart = first == 0 or not line.letters[first - 1].text.isalnum()
    ends = last + 1 == len(line.letters) or not line.letters[last + 1].text.isalpha()
    return (first, last) if apart and ends and _stands(line, first, phrase) else None


_MORE, _SURELY = 2, 88.0
"""Letters of a word that an alignment may leave out at its start and at its end; of 100, how like the phrase they must
make it, for a value may follow its label without a blank."""


def _whole(line: Placed, phrase: Phrase, first: int, last: int) -> tuple[int, int]:
    """The first and last letter of the words, where only some of their letters are wanting."""
    start, end, letters = first, last, line.letters
    while start > 0 and letters[start - 1].text.isalpha():
        start -= 1
    while end + 1 < len(letters) and letters[end + 1].text.isalpha():
        end += 1
    if max(first - start, end - last) > _MORE:
        return first, last
    said = "".join(bare(c.text.lower()) for c in letters[start : end + 1] if c.text.isalnum())
    return (start, end) if fuzz.ratio(said, phrase.key) > _SURELY else (first, last)


def _stands(line: Placed, first: int, phrase: Phrase) -> bool:
    return abs(line.letters[first].left - phrase.left) < _ASTRAY


def _set(line: Placed, phrase: Phrase, first: int, last: int) -> Placed:
    """The phrase over the letters that were taken for it, and over the marks with which it ends."""
    tail = re.sub(r".*\w", "", phrase.text)
    tail += "-" if "–" in tail else ""
    while tail and last + 1 < len(line.letters) and line.letters[last + 1].text in tail + " ":
        last += 1
    if first and not phrase.text[0].isalnum() and line.letters[first - 1].text == phrase.text[0]:
        first -= 1
    left, right = line.letters[first].left, max(line.letters[first].right, line.letters[last].right)
    step = (right - left) / len(phrase.text)
    own = tuple(
        Letter(c, left + step * n, left + step * (n + 1), left + step * (n + 0.5), phrase=phrase)
        for n, c in enumerate(phrase.text)
    )
    after = (Letter(" ", right, right, right),)
    return replace(line, letters=(*line.letters[:first], *own, *after, *line.letters[last + 1 :]))
