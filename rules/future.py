"""What comes if nobody does anything: time passes on a copy of a case, and nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from rules.calendar import LONDON
from rules.case import Case
from rules.folding import extend
from rules.history import Action, Event
from rules.pack import Pack
from rules.sent import notes
from rules.step import Watch, reminds_only

_ROUNDS = 100


class NeverRests(RuntimeError):
    """The rules of a case never come to rest: a fault of the pack. `keys` are the last actions."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(f"the rules never come to rest: {', '.join(keys)}")
        self.keys = keys


class Done(Struct, frozen=True):
    """An action that was due at `at`, and the events that it left in the history."""

    at: datetime
    action: Action
    events: tuple[Event, ...]


def copy_of(case: Case) -> Case:
    """A case that can go its own way: what the fold changes is copied, what it only adds to is shared."""
    return Case(
        facts=dict(case.facts),
        doubts=dict(case.doubts),
        seen={kind: list(seen) for kind, seen in case.seen.items()},
        asks={name: replace(ask) for name, ask in case.asks.items()},
        done=set(case.done),
        acted=dict(case.acted),
        again=dict(case.again),
        left=dict(case.left),
        required=case.required,
        pathway=case.pathway,
        concern=case.concern,
        closed=case.closed,
        outcome=case.outcome,
        opened=case.opened,
        undone=set(case.undone),
        last=case.last,
        last_at=case.last_at,
    )


def settle(pack: Pack, case: Case, now: datetime) -> tuple[list[Done], datetime | None]:
    """Does in `case` what is due at `now`, until nothing is: what was done, and when it must be asked again. Raises
    NeverRests."""
    return settled(Watch(pack, pack.calendar, case), now)


def settled(watch: Watch, now: datetime) -> tuple[list[Done], datetime | None]:
    """The same in a case that is under watch."""
    done: list[Done] = []
    for _ in range(_ROUNDS):
        todo = watch.step(now)
        if not todo.actions:
            return done, todo.wake
        done += [Done(now, action, _noted(watch, action, now)) for action in todo.actions]
        if reminds_only(watch.pack, todo):
            return done, todo.wake
    raise NeverRests(tuple(action.key for action in todo.actions[:5]))


def _noted(watch: Watch, action: Action, now: datetime) -> tuple[Event, ...]:
    events, case = [], watch.case
    for kind, values in notes(watch.pack, watch.calendar, case, action):
        event = Event(case.last + 1, kind, now, now, values=values)
        extend(case, event)
        events.append(event)
    return tuple(events)


def coming(pack: Pack, case: Case, now: datetime, until: datetime) -> Iterator[Done]:
    """All that is done from `now` up to and with `until`, woken only when the rules asked to be; `case` itself stays
    as it is."""
    watch, moment = Watch(pack, pack.calendar, copy_of(case)), now.astimezone(LONDON)
    while moment <= until:
        done, wake = settled(watch, moment)
        yield from done
        if wake is None:
            return
        moment = max(wake, moment)
