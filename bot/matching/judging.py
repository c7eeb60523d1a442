"""The verdict on one child: certain, likely, or nobody. Pure, and the only place that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.matching import names
from bot.matching.child import Child, Found, Kept, Known, Match
from bot.matching.evidence import Evidence, compare, in_words, score
from bot.matching.features import Features, as_kept, features
from bot.matching.weights import Weights, load

CERTAIN, LIKELY = 10.0, -4.0
"""Bits. A thousand to one is joined, behind the gates of `_certain`; one to sixteen is worth an officer's glance."""
MOST = 3
"""So many children are laid before an officer."""


def match(child: Child, known: Iterable[Known | Kept], weights: Weights | None = None) -> Match:
    """Who of those known is this child. Each of them is compared: of many, `sought` finds the few first."""
    return _judge(features(child), known, weights or load())


def _judge(child: Features, known: Iterable[Known | Kept], weights: Weights) -> Match:
    certain: list[Found] = []
    likely: list[Found] = []
    siblings: list[Found] = []
    for one in known:
        theirs = as_kept(one) if isinstance(one, Kept) else features(one.child)
        evidence = compare(child, theirs)
        if evidence is None:
            continue
        bits = score(evidence, child, theirs, weights)
        if bits >= CERTAIN and _certain(evidence, child, theirs):
            certain.append(_found(one, bits, evidence))
        elif _likely(evidence, bits):
            likely.append(_found(one, bits, evidence))
        elif evidence.family and evidence.forename == "other":
            siblings.append(_found(one, bits, evidence))
    return Match(*_settled(certain, likely), tuple(_best(siblings)))


def _found(one: Known | Kept, bits: float, evidence: Evidence) -> Found:
    return Found(one.known() if isinstance(one, Kept) else one, bits, in_words(evidence))


def _certain(evidence: Evidence, child: Features, theirs: Features) -> bool:
    """The gates of a silent join. The forename agrees, for a brother shares all else; nothing contradicts; a number
    without its name is none."""
    if evidence.swapped or evidence.contradicts or evidence.surname != "same":
        return False
    if evidence.forename == "short":
        tells = not names.shared(child.forenames[0]) and child.forenames[0] == theirs.forenames[0]
        return tells and evidence.born == "same" and (evidence.upn == "same" or evidence.family)
    if evidence.forename != "same":
        return False
    return evidence.born == "same" or evidence.upn == "same"


def _likely(evidence: Evidence, bits: float) -> bool:
    """Worth a question. Another forename is another child, unless the number says otherwise; a number alone always
    is, for somebody pasted it in."""
    if evidence.upn == "same":
        return True
    if evidence.forename == "other" or ("unknown" in (evidence.forename, evidence.surname) and bits < 0):
        return False
    return bits >= LIKELY


def _settled(certain: list[Found], likely: list[Found]) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Several open ones that fit are no certainty: an officer says which."""
    alive = [found for found in certain if not found.known.closed]
    if len({found.known.ref for found in alive}) > 1:
        return (), tuple(_best([*certain, *likely]))
    return tuple(sorted(certain, key=lambda found: found.known.closed)), tuple(_best(likely))


def _best(found: list[Found]) -> Iterator[Found]:
    """Open ones before closed ones of the same weight; in the order given where all is equal."""
    yield from sorted(found, key=lambda one: (-one.score, one.known.closed))[:MOST]


def consistent(known: Child, told: Child) -> bool:
    """Whether two descriptions may be of one child: no forename contradicts, and surname or birthday agrees. A twin
    shares both of those."""
    surname = not known.surname_key or not told.surname_key or known.surname_key == told.surname_key
    forename = names.alike_forenames(names.words(known.forenames), names.words(told.forenames)) != "other"
    born = known.date_of_birth is not None and known.date_of_birth == told.date_of_birth
    return forename and (surname or born)
