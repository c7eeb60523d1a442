"""A state that the walk has reached, and the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.case import Case
from rules.future import Done
from rules.history import Event


@dataclass(slots=True)
class Node:
    """A case at rest at `now`: nothing is due before `wake`. `told` is the move that led here, `said` the events that
    came with it, `done` what the rules then did. `acts` counts the moves of people on the way, `start` is where the
    way began. `spoken` is the number of the last act on the way: since then only time has passed. `case` is let go of
    when all that follows from it has been seen."""

    start: str
    case: Case | None
    now: datetime
    wake: datetime | None
    parent: Node | None
    told: str
    said: tuple[Event, ...]
    done: tuple[Done, ...]
    acts: int
    spoken: int

    def way(self) -> list[Node]:
        """From the start to here."""
        nodes: list[Node] = []
        node: Node | None = self
        while node is not None:
            nodes.append(node)
            node = node.parent
        return nodes[::-1]

    def history(self) -> Iterator[Event]:
        for node in self.way():
            yield from node.said
            for done in node.done:
                yield from done.events

    def open_case(self) -> Case:
        assert self.case is not None, "the walk has left this state"
        return self.case
