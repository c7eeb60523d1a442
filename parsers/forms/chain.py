"""Which labels are meant: of all chains of labels through the text, the heaviest.

A label may stand for several fields (Surname: of the child, of a parent), and free text holds words that are labels
elsewhere. A chain takes each field once; it gains by every label that it takes, and pays for going back in the declared
order and for labels passed over. So a form that was retyped in another order is read, and two forms, one after the
other, are not mixed."""

from __future__ import annotations

import math
from typing import NamedTuple

from parsers.forms.definition import Target
from parsers.forms.labels import BORDER, Occurrence

LOOK_BACK = 30
"""Nodes further back than this are not looked at: so many labels passed over cost more than one label gains."""

KEPT = 3
"""Ways to reach a node that are kept, of those that have taken different fields: the heaviest so far may have spent a
field on a word that only looked like its label."""

_STEP = 0.01
_BACK_IN_SECTION = 0.45
_BACK = 1.3
_BACK_TO_HEADING = 2.0
_UNLIKELY_ENTRY = 1.8
_PASSED = 0.15
_BORDER = 2.5
_HEADING = 0.7


class Link(NamedTuple):
    """A label that was taken, and for what."""

    occurrence: Occurrence
    target: Target


class _Way(NamedTuple):
    """A chain up to a node: its weight, the fields that it has taken (a bit each), and what it came from."""

    score: float
    taken: int
    node: _Node
    before: _Way | None


class _Node(NamedTuple):
    """A label and one of the things that it may stand for; `number` strong labels stand before it."""

    occurrence: Occurrence
    target: Target
    number: int
    gain: float
    border: int
    """So many borders (titles, farewells) stand before it."""


def heaviest(found: list[Occurrence]) -> tuple[list[Link], float]:
    """The chain, in reading order, and its weight."""
    nodes = _nodes(found)
    ways: list[list[_Way]] = []
    best: _Way | None = None
    for here, node in enumerate(nodes):
        ways.append(_ways(node, nodes, ways, max(0, here - LOOK_BACK), here))
        if best is None or ways[-1][0].score > best.score:
            best = ways[-1][0]
    links: list[Link] = []
    at = best
    while at is not None:
        links.append(Link(at.node.occurrence, at.node.target))
        at = at.before
    return links[::-1], best.score if best else 0.0


def _ways(node: _Node, nodes: list[_Node], ways: list[list[_Way]], first: int, here: int) -> list[_Way]:
    """The heaviest ways to a node. The nearest nodes come first, as from them most of the heaviest lead here; a step
    never adds to what a way weighs and the node gains, so that what is then lighter than those is not looked at."""
    bit = 1 << node.target.order
    start, gain, occurrence = node.occurrence.start, node.gain, node.occurrence
    reached: dict[int, tuple[float, int, _Way | None]] = {bit: (gain, -1, None)}
    least = -math.inf
    for number in range(here - 1, first - 1, -1):
        some = ways[number]
        if some[0].score + gain < least:
            continue
        other = nodes[number]
        if other.occurrence.end > start or other.occurrence is occurrence:
            continue
        worth = gain - _cost(other, node)
        for way in some:
            if (score := way.score + worth) < least:
                break
            if way.taken & bit:
                continue
            taken = way.taken | bit
            if taken not in reached or reached[taken][0] <= score:
                reached[taken] = (score, number, way)
        if len(reached) >= KEPT:
            least = sorted((score for score, _, _ in reached.values()), reverse=True)[KEPT - 1]
    kept = sorted(reached.items(), key=lambda item: (-item[1][0], item[1][1]))[:KEPT]
    return [_Way(score, taken, node, before) for taken, (score, _, before) in kept]


def _nodes(found: list[Occurrence]) -> list[_Node]:
    starts = {o.start for o in found}
    nodes: list[_Node] = []
    number = borders = 0
    for occurrence in found:
        borders += occurrence.key == BORDER
        number += occurrence.strong and bool(occurrence.targets)
        for target in occurrence.targets:
            if target.name:
                nodes.append(_Node(occurrence, target, number, occurrence.weight, borders))
            elif occurrence.marked and (len(occurrence.targets) == 1 or _leads_on(occurrence, starts)):
                nodes.append(_Node(occurrence, target, number, _HEADING, borders))
    return nodes


def _leads_on(occurrence: Occurrence, starts: set[int]) -> bool:
    """A word that may be a heading or a field is a heading where the next label follows at once."""
    return (occurrence.alone or occurrence.colon) and any(occurrence.end < s <= occurrence.end + 6 for s in starts)


def _cost(before: _Node, node: _Node) -> float:
    passed = _PASSED * max(0, node.number - before.number - 1) + _BORDER * (node.border - before.border)
    if not node.target.enters and node.target.section != before.target.section:
        passed += _UNLIKELY_ENTRY
    forward = node.target.order - before.target.order
    if forward > 0:
        return passed + _STEP * forward
    if not node.target.name:
        return passed + _BACK_TO_HEADING
    return passed + (_BACK_IN_SECTION if node.target.section == before.target.section else _BACK)
