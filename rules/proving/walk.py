"""The walk itself: from every start, the clock and what people may do, as far as the bounds allow.

The clock costs nothing, an act of a person one: first all that silence leads to is seen, then every case in which
people act once, at any moment, with all that silence leads to from there, then twice. So the first counter-example is
one of the shortest. Every fourth move goes deeper, to cases in which people act many times, of which only some can be
seen."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zlib import crc32

from rules.case import Case
from rules.folding import extend, fold
from rules.future import Done, NeverRests, copy_of, settle
from rules.history import Event, Send
from rules.pack import Pack
from rules.proving.laws import Broken, Looker, broken
from rules.proving.likeness import Likeness
from rules.proving.moves import Move, moves
from rules.proving.node import Node
from rules.proving.starts import Start, starts

_AFTER = timedelta(hours=1)
"""Between what we last did and what somebody does next."""
_HORIZON = timedelta(days=400)
_DEEPER = 4
_MOST_ACTS = 12


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far to walk: so many states, so many broken promises, and while `more` says that there is time."""

    states: int = 20_000
    broken: int = 200
    more: Callable[[], bool] = lambda: True


@dataclass(slots=True)
class Report:
    """What the walk saw. `whole` is the number of acts up to which it saw everything that it tells apart (-1: not even
    what silence leads to); `begun` those of the deepest state that it reached. `left` states were still waiting."""

    starts: int = 0
    states: int = 0
    steps: int = 0
    mails: int = 0
    whole: int = 0
    begun: int = 0
    left: int = 0
    until: datetime | None = None
    broken: list[Broken] = field(default_factory=list)


def prove(
    pack: Pack, look: Looker | None = None, bounds: Bounds | None = None, begin: list[Start] | None = None
) -> Report:
    """Walks the pack. `look` judges each mail as its reader would see it."""
    return _Walk(pack, look, bounds or Bounds(), begin if begin is not None else starts(pack)).run()


Stage = tuple[int, bool]
"""After how many acts of people, and whether they now act once more; else time passes."""


class _Walk:
    def __init__(self, pack: Pack, look: Looker | None, bounds: Bounds, begin: list[Start]) -> None:
        self._pack, self._look, self._bounds, self._begin = pack, look, bounds, begin
        self._like = Likeness(pack)
        # The fewest acts after which such a state was reached: a shorter way to it is gone to its end as well.
        self._acted: dict[Hashable, int] = {}
        self._passed: dict[Hashable, int] = {}
        self._waiting: dict[Stage, list[tuple[int, int, Node]]] = {}
        self._turns = self._deeper = 0
        self._told: set[tuple[str, str]] = set()
        self.report = Report(starts=len(begin))

    def run(self) -> Report:
        for start in self._begin:
            told = f"{start.role} writes: {start.name}"
            self._reach(
                start.name, Case(required=self._pack.required), start.at, None, Move(told, start.role, start.said), 0
            )
        while self._waiting and self._goes_on():
            deeper, before = self._goes_deeper, self.report.steps
            self._leave(*self._next())
            self._deeper += deeper * (self.report.steps - before)
        self.report.left = len({number for waiting in self._waiting.values() for _, number, _ in waiting})
        acts, acting = min(self._waiting, default=(self.report.begun, True))
        self.report.whole = acts if acting else acts - 1
        return self.report

    def _next(self) -> tuple[Node, bool]:
        """The next state of the fewest acts, in which time passes before people act; when fewer than every fourth move
        was one, one of more, each depth in its turn."""
        stages = sorted(self._waiting)
        stage = stages[0]
        if self._goes_deeper:
            self._turns += 1
            stage = stages[self._turns % len(stages)]
        node = heapq.heappop(self._waiting[stage])[-1]
        if not self._waiting[stage]:
            del self._waiting[stage]
        return node, stage[1]

    @property
    def _goes_deeper(self) -> bool:
        return self._deeper * _DEEPER < self.report.steps

    def _goes_on(self) -> bool:
        seen, bounds = self.report, self._bounds
        return seen.states < bounds.states and len(seen.broken) < bounds.broken and bounds.more()

    def _leave(self, node: Node, acting: bool) -> None:
        """Everything that may follow a state of itself, or by an act."""
        if not acting:
            assert node.wake is not None
            self._reach(node.start, node.open_case(), node.wake, node, Move("time passes", ""), node.acts)
            node.case = None
            return
        case = node.case or fold(node.history(), self._pack.required)
        moment = node.now + _AFTER if node.wake is None or node.wake > node.now + _AFTER else node.now
        for move in moves(self._pack, case, moment):
            self._reach(node.start, case, moment, node, move, node.acts + 1)
            if not self._goes_on():
                break

    def _reach(self, start: str, before: Case, now: datetime, parent: Node | None, move: Move, acts: int) -> None:
        """The state after a move, when it is a new one; what it breaks is told."""
        case = copy_of(before)
        said = tuple(_events(case, move, now))
        if any(event.kind == "undone" for event in said):
            assert parent is not None
            case = fold([*parent.history(), *said], self._pack.required)
        self.report.steps += 1
        spoken = self.report.steps if said or parent is None else parent.spoken
        node = Node(start, case, now, None, parent, move.told, said, (), acts, spoken)
        try:
            done, node.wake = settle(self._pack, case, now)
        except NeverRests as problem:
            self._tell(Broken("never-rests", problem.keys[0].partition("|")[0], str(problem), node))
            return
        node.done = tuple(done)
        for found in (*broken(self._pack, node, before.done), *self._mails(node)):
            self._tell(found)
        self._keep(node, case)

    def _keep(self, node: Node, case: Case) -> None:
        coarse = self._like.coarse(case, node.now)
        fine = self._like.fine(case, node.now, node.wake, coarse)
        known = self._passed.get(fine)
        if known is not None and known <= node.acts:
            return
        self._passed[fine] = node.acts
        report = self.report
        report.states += known is None
        report.begun = max(report.begun, node.acts)
        report.until = max(report.until or node.now, node.now)
        time_goes_on = node.wake is not None and node.wake - _started(node) < _HORIZON
        if time_goes_on:
            self._wait(node, acting=False)
        if node.acts < min(self._acted.get(coarse, _MOST_ACTS), _MOST_ACTS):
            self._acted[coarse] = node.acts
            self._wait(node, acting=True)
        if not time_goes_on:
            node.case = None  # Folded anew where somebody acts: by far the most wait for long.

    def _wait(self, node: Node, *, acting: bool) -> None:
        """Among those of as many acts the order is scrambled, though the same each time: no start is left to the
        end."""
        place = (crc32(str(self.report.states).encode()), self.report.steps, node)
        heapq.heappush(self._waiting.setdefault((node.acts, acting), []), place)

    def _mails(self, node: Node) -> Iterator[Broken]:
        for done in node.done:
            if isinstance(done.action, Send):
                self.report.mails += 1
                if self._look is not None:
                    for law, how in self._look(node, done, node.open_case()):
                        yield Broken(law, done.action.rule, how, node)

    def _tell(self, found: Broken) -> None:
        """The first, shortest way to each fault is told; the others are the same fault."""
        sign = (found.law, found.rule or found.how)
        if sign not in self._told:
            self._told.add(sign)
            self.report.broken.append(found)


def _started(node: Node) -> datetime:
    while node.parent is not None:
        node = node.parent
    return node.now


def _events(case: Case, move: Move, now: datetime) -> Iterator[Event]:
    for kind, values in move.events:
        by = f"{move.role}@council.example"
        event = Event(case.last + 1, kind, now, now, by=by, role=move.role, mail=None, values=values)
        extend(case, event)
        yield event


def story_of(node: Node) -> list[tuple[datetime, str, tuple[Done, ...]]]:
    """The way to a state: when, what somebody did, and what the rules did then. Time that passed without a mail is left
    out."""
    return [(one.now, one.told, one.done) for one in node.way() if one.said or one.done]
