"""Names made comparable: alphabets, accents, hyphens and short forms; and how alike two of them are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

Likeness = Literal["same", "part", "short", "nickname", "alike", "unknown", "other"]

ALIKE_SURNAME, ALIKE_FORENAME = 0.90, 0.88
"""Below that likeness (Jaro-Winkler, 0 to 1) two names are two names."""
_SHORTEST_PART = 3
BEGINNING, CALLED = 2, 4
"""Letters by which names are sought among very many children: of either name, and of a forename that must do alone."""
_LETTERS = re.compile(r"[a-z]+")
_APOSTROPHES = re.compile(r"['’‘`´ʼʹ]")


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small Latin letters: `Ó'Dálaigh-Şahin` is ("odalaigh", "sahin"), `Олена` ("olena",)."""
    plain = name if name.isascii() else anyascii(name)
    return tuple(_LETTERS.findall(_APOSTROPHES.sub("", plain).lower()))


def name_key(name: str) -> str:
    """A name without accents, capitals, hyphens and apostrophes: `O'Neill-Farah` and `ONEILL FARAH` are one."""
    return "".join(words(name))


_SOUNDS = (
    (re.compile(r"ph"), "f"), (re.compile(r"[sc]h|tsch|cz|sz|tch|tj"), "s"), (re.compile(r"gh|dj|zh|dz"), "g"),
    (re.compile(r"kh|ck|q|x|ch|c"), "k"), (re.compile(r"z"), "s"), (re.compile(r"w|v"), "v"), (re.compile(r"j"), "g"),
    (re.compile(r"th|dh|d"), "t"), (re.compile(r"[aeiouyh]"), ""),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def skeleton(key: str) -> str:
    """The consonants of a name as they sound, doubled ones once: Mohammed, Muhammad and Mohamad are `mmt`. Vowels and
    doubled letters are what transliterations differ in. Only to find candidates by; a few unlike names share one."""
    if not key:
        return ""
    sounds = key[1:] if key[0] in "aeiouyh" else key
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    start = "a" if key[0] in "aeiouyh" else ""
    return re.sub(r"(.)\1+", r"\1", start + sounds)


@dataclass(frozen=True, slots=True)
class _Table:
    """`nicknames.toml`: for each forename the groups that it stands in; how the names of each group begin; and the
    forenames that a whole family may bear."""

    groups: Mapping[str, frozenset[int]]
    begin: Sequence[Set[str]]
    shared: Set[str]


@cache
def _table() -> _Table:
    table = tomllib.loads(Path(__file__).with_name("nicknames.toml").read_text("utf-8"))
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(table["groups"]):
        for name in group:
            groups.setdefault(name, set()).add(number)
    begin = tuple(frozenset(name[:BEGINNING] for name in group) for group in table["groups"])
    return _Table({name: frozenset(found) for name, found in groups.items()}, begin, frozenset(table["shared"]))


def groups_of(word: str) -> frozenset[int]:
    return _table().groups.get(word, _NONE)


_NONE: frozenset[int] = frozenset()


def beginnings(word: str) -> Set[str]:
    """How a forename, or one that may stand for it, begins: ("ti", "ma", "ot", ...) for "tilly"."""
    begin = _table().begin
    return frozenset({word[:BEGINNING]}).union(*(begin[group] for group in groups_of(word)))


def shared(word: str) -> bool:
    """Whether many children of one family bear that first forename (Mohammed, Maria), so that the next one counts."""
    return word in _table().shared


@lru_cache(maxsize=20_000)
def alike_surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Two surnames as words. `part`: one word of a double name is the whole of the other, or one word of each."""
    if not one or not other:
        return "unknown"
    key, known = "".join(one), "".join(other)
    if key == known:
        return "same"
    if any(len(word) >= _SHORTEST_PART and word in other for word in one):
        return "part"
    if JaroWinkler.similarity(key, known, score_cutoff=ALIKE_SURNAME):
        return "alike"
    bones = skeleton(key)
    return "alike" if len(bones) > 1 and bones == skeleton(known) else "other"


@lru_cache(maxsize=20_000)
def alike_forenames(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Two children's forenames as words. `short`: the one lacks further forenames that the other has."""
    if not one or not other:
        return "unknown"
    key, known = "".join(one), "".join(other)
    if key == known:
        return "same"
    if _contained(one, other) or _contained(other, one):
        return "short"
    if one[0] == other[0] and shared(one[0]):
        return _second(one[1:], other[1:])
    if one[0] == other[0]:
        return "short"
    if _nicknames(_calling(one), _calling(other)):
        return "nickname"
    if _initial(one, other) or _like(key, known):
        return "alike"
    if (len(one) > 1 or len(other) > 1) and _like(one[0], other[0]):
        return "alike"
    return "other"


def _contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(one).issubset(other)


def _calling(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which a child may be called: not the first one, where the whole family bears it."""
    return name[1:] if len(name) > 1 and shared(name[0]) else name


def _nicknames(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The first of the one and any of the other. Two second forenames alone say nothing: brothers share those."""
    return _stands_for(one[0], other) or _stands_for(other[0], one)


def _stands_for(word: str, name: tuple[str, ...]) -> bool:
    own = groups_of(word)
    return bool(own) and not own.isdisjoint(_groups_of_all(name))


@lru_cache(maxsize=20_000)
def _groups_of_all(name: tuple[str, ...]) -> frozenset[int]:
    return _NONE.union(*map(groups_of, name))


def _second(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Mohammed Ali and Mohammed Umar are two; Mohammed Ali and Mohamed Aly may be one."""
    if groups_of(one[0]) & groups_of(other[0]):
        return "nickname"
    return "alike" if _like("".join(one), "".join(other)) else "other"


def _initial(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Only an initial is given, and it fits."""
    return one[0][0] == other[0][0] and (len(one[0]) == 1 or len(other[0]) == 1)


def _like(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= _SHORTEST_PART and long.startswith(short):
        return True
    if JaroWinkler.similarity(one, other, score_cutoff=ALIKE_FORENAME):
        return True
    if len(short) > 1 and OSA.distance(one, other, score_cutoff=1) == 1:  # Leo and Lao: one key beside the right one.
        return True
    if one[0] != other[0]:
        return False
    bones = skeleton(one)
    return len(bones) > 1 and bones == skeleton(other)
