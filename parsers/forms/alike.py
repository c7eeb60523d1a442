"""Letters that a picture hardly tells apart, and the words of a form that are in doubt because of them.

Recognition prefers what is common: of Yılmaz it makes Yilmaz, of Llewellyn Llewelyn, and is sure of it. Nothing in a
name says which is right; but where recognition so much as thinks of the other, or where the form says the name twice
and not in the same letters, neither is certain."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from parsers.forms.found import Doubtful, FoundForm

_STROKED = str.maketrans("ıłŁøØđĐ", "ilLoOdD")
_SHAPES = ("Il1|", "O0", "5S", "8B", "gq")
"""What differs by a hair; letters with and without a mark are alike as well."""

_FOLDED = str.maketrans("i1|058", "lllosb")
_WORD = re.compile(r"[^\W_]+")
_THOUGHT_OF = 0.01
"""A less likely letter is none that recognition thinks of."""

_READ = 0.05
"""A letter as likely as this was read, if only at a second look."""

_SHORT = 4
"""Letters of the shortest word that is compared."""


def is_torn(doubt: Doubtful) -> bool:
    """Whether a letter may be another that is like it, or was read as any other."""
    others = [(other, p) for other, p in doubt.others if other.casefold() != doubt.text.casefold()]
    return doubt.text.isalpha() and any(
        p >= _READ or (p >= _THOUGHT_OF and _alike(doubt.text, other)) for other, p in others
    )


def _alike(one: str, other: str) -> bool:
    return one != other and (unmarked(one) == unmarked(other) or any(one in s and other in s for s in _SHAPES))


def unmarked(text: str) -> str:
    """Without marks above letters and through them."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text.translate(_STROKED))


def skeleton(word: str) -> str:
    """What two readings of one word have in common, however its marks, its I and l and its double letters were read."""
    return re.sub(r"(.)\1+", r"\1", unmarked(word).lower().translate(_FOLDED))


def unsettled(found: FoundForm) -> frozenset[str]:
    """The skeletons of the words that are said more than once, and somewhere torn or spelt otherwise."""
    spelt: dict[str, set[str]] = defaultdict(set)
    torn: set[str] = set()
    for seen in found.seen.values():
        for word in _words(seen.raw):
            spelt[skeleton(word)].add(word.casefold())
        torn.update(skeleton(d.word) for d in seen.doubts if is_torn(d))
    return frozenset(key for key, ways in spelt.items() if len(ways) > 1 or key in torn)


def begins_small(name: str) -> bool:
    """Whether a word of a name begins with an l, as only one with an I does that was misread ("lika")."""
    return any(word[0] == "l" for word in _words(name))


def holds(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words stands in a text."""
    return any(skeleton(word) in words for word in _words(text))


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if len(w) >= _SHORT and not w.isdigit()]
