"""`cmebot simulate --pack DIR`: what happened once more, under another pack, beside the same under today's.

What people said comes in again when it came; what we did is done anew by each pack. An answer goes to the ask that is
open then; where the other pack has not asked, it is news all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.council.office import Office
from bot.inspecting.plot import Series, draw
from bot.register.unit import Snapshot
from bot.views.show import UnknownCase, last_worked, local
from rules import Case, Event, Pack, Send, Watch, fold, load_pack
from rules.calendar import LONDON
from rules.folding import extend
from rules.future import Done, settled


@dataclass
class Played:
    """What one pack made of the histories."""

    pack: str
    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and role."""
    missed: Counter[str] = field(default_factory=Counter)
    """Asks that came to be overdue, by the role that was late."""
    load: Counter[tuple[str, date]] = field(default_factory=Counter)
    """Mails by role and day."""
    closed: int = 0
    keys: dict[str, Counter[tuple[str, str, str]]] = field(default_factory=dict)
    """Of each case: how many mails of each kind, name and role."""


@dataclass(frozen=True)
class Compared:
    """The same histories under two packs. `sent` is how many mails the rules really sent in them."""

    cases: int
    sent: int
    start: datetime | None
    until: datetime
    now: Played
    then: Played


def compare(office: Office, snapshot: Snapshot, folder: Path, references: Sequence[str]) -> Compared:
    """Replays the histories of these cases, or of all, up to when the register was last worked. Raises BadPack,
    UnknownCase."""
    other = load_pack(folder.resolve().name, folder=folder.resolve().parent)
    for ref in references:
        if snapshot.case(ref) is None:
            raise UnknownCase(ref)
    refs = [row.ref for row in snapshot.cases() if not references or row.ref in references]
    until = last_worked(snapshot)
    now, then = Played(office.pack.name), Played(other.name)
    sent, start = 0, None
    for ref in sorted(refs):
        history = snapshot.history(ref)
        sent += len(
            {e.values.get("mail", e.values.get("key")) for e in history if e.kind in ("ask.sent", "told", "ask.chased")}
        )
        start = min(filter(None, (start, history[0].received)))
        for pack, played in ((office.pack, now), (other, then)):
            _count(played, ref, Player(pack).play(history, until))
    return Compared(len(refs), sent, start, until, now, then)


def _count(played: Played, ref: str, done: Sequence[Done]) -> None:
    mine = played.keys.setdefault(ref, Counter())
    for one in done:
        action = one.action
        if isinstance(action, Send):
            played.mails[action.kind, action.to.role] += 1
            played.load[action.to.role, one.at.astimezone(LONDON).date()] += 1
            mine[action.kind, " ".join(action.questions) or action.wording, action.to.role] += 1
        elif action.kind == "ask.overdue":
            played.missed[str(action.values["of"])] += 1
        elif action.kind == "closed":
            played.closed += 1


class Player:
    """One history, played under one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._watch = Watch(pack, pack.calendar, Case(required=pack.required))
        self._events: list[Event] = []
        self._anew: dict[int, int] = {}
        self._done: list[Done] = []
        self._wake: datetime | None = None

    def play(self, history: Sequence[Event], until: datetime) -> list[Done]:
        """What the pack does about what people said, up to that moment."""
        asks = {
            str(e.values["ask"]): (str(e.values["question"]), str(e.values["of"]))
            for e in history
            if e.kind == "ask.sent"
        }
        ours = {e.seq: e for e in history if e.by == "bot"}
        said = [e for e in history if e.by != "bot"]
        for at, event in enumerate(said):
            self._pass(event.recorded)
            self._hear(event, asks, ours)
            together = (
                at + 1 < len(said) and said[at + 1].recorded == event.recorded and said[at + 1].mail == event.mail
            )
            if not together:
                self._work(event.recorded)
        self._pass(until)
        if self._wake == until:
            self._work(until)
        return self._done

    def _pass(self, until: datetime) -> None:
        """Time, up to that moment and without it: what is heard then is heard first."""
        while self._wake is not None and self._wake < until:
            self._work(self._wake)

    def _work(self, now: datetime) -> None:
        done, self._wake = settled(self._watch, now)
        self._done += done
        self._events += [event for one in done for event in one.events]

    def _hear(self, event: Event, asks: Mapping[str, tuple[str, str]], ours: Mapping[int, Event]) -> None:
        """The event again, by its new number; what it names of ours is named anew, or it is left out."""
        values = dict(event.values)
        if event.kind == "ask.answered" and not self._answers(values, asks):
            return
        if event.kind == "undone":
            undone = self._again(int(values["event"]), ours)
            if undone is None:
                return
            values["event"] = undone
        if event.kind == "answer.proposed":
            named = [self._open(*asks[name]) for name in values.get("asks", ()) if name in asks]
            values["asks"] = [name for name in named if name]
        new = Event(
            self._watch.case.last + 1, event.kind, event.received, event.recorded, event.happened, event.by, event.role,
            event.mail, values,
        )  # fmt: skip
        self._anew[event.seq] = new.seq
        self._events.append(new)
        if event.kind == "undone":
            self._watch = Watch(self._pack, self._pack.calendar, fold(self._events, self._pack.required))
        else:
            extend(self._watch.case, new)

    def _answers(self, values: dict[str, Any], asks: Mapping[str, tuple[str, str]]) -> bool:
        """Puts the ask that is answered here in the place of the one that was answered there."""
        known = asks.get(str(values.get("ask", "")))
        ask = self._open(*known) if known else ""
        values["ask"] = ask
        return bool(ask)

    def _open(self, question: str, role: str) -> str:
        """The ask of that question to that role, one still open first, else the latest."""
        found = [a for a in self._watch.case.asks.values() if a.question == question and a.state != "withdrawn"]
        found = [a for a in found if a.party.role == role] or found
        waiting = [a for a in found if a.waits]
        return (waiting or found)[-1].id if found else ""

    def _again(self, seq: int, ours: Mapping[int, Event]) -> int | None:
        """The number that an event has here: one that was said by its own, one of ours by what it did."""
        if seq in self._anew or seq not in ours:
            return self._anew.get(seq)
        old = ours[seq]
        alike = [
            e for e in self._events if e.kind == old.kind and e.values.get("question") == old.values.get("question")
        ]
        return alike[-1].seq if alike else None


def lines(office: Office, compared: Compared) -> Iterator[str]:
    """The difference in words and numbers."""
    now, then = compared.now, compared.then
    since = f" from {compared.start:%d %B %Y}" if compared.start else ""
    yield f"{compared.cases} case{'' if compared.cases == 1 else 's'} replayed{since} to {compared.until:%d %B %Y}."
    yield f"In truth the rules sent {compared.sent} mails. What people wrote comes when it came; what was not asked"
    yield "then has no answer here."
    yield ""
    yield f"{'':<40}{now.pack:>14}{then.pack:>14}{'difference':>12}"
    for name, a, b in _figures(office, compared):
        yield f"{name:<40}{a:>14}{b:>14}{b - a:>+12}"
    changed = list(_changes(compared))
    yield ""
    yield f"{len({ref for ref, *_ in changed})} of {compared.cases} cases differ." if changed else "No case differs."
    for ref, (kind, name, role), a, b in changed[:40]:
        yield f"  {ref}  {kind} {role}: {name}: {a} -> {b}"
    if len(changed) > 40:
        yield f"  ... and {len(changed) - 40} more: see --json"


def _figures(office: Office, compared: Compared) -> Iterator[tuple[str, int, int]]:
    now, then = compared.now, compared.then
    yield "mails", now.mails.total(), then.mails.total()
    for kind, name in (("ask", "  questions"), ("chase", "  reminders"), ("notice", "  notices")):
        a, b = (sum(n for (k, _), n in played.mails.items() if k == kind) for played in (now, then))
        yield name, a, b
    yield "deadlines missed", now.missed.total(), then.missed.total()
    yield "cases closed", now.closed, then.closed
    for role in _roles(compared):
        name = office.wording.roles.get(role, role)
        a, b = (sum(n for (_, r), n in played.mails.items() if r == role) for played in (now, then))
        yield f"mails to {name}"[:39], a, b
        if now.missed[role] or then.missed[role]:
            yield "  deadlines missed", now.missed[role], then.missed[role]
        yield "  most on one day", _most(now, role), _most(then, role)


def _most(played: Played, role: str) -> int:
    return max((n for (r, _), n in played.load.items() if r == role), default=0)


def _roles(compared: Compared) -> list[str]:
    """Those who have most mail first."""
    total = Counter[str]()
    for played in (compared.now, compared.then):
        for (_, role), n in played.mails.items():
            total[role] += n
    return [role for role, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))]


def _changes(compared: Compared) -> Iterator[tuple[str, tuple[str, str, str], int, int]]:
    for ref, mine in compared.now.keys.items():
        other = compared.then.keys[ref]
        for key in sorted(mine.keys() | other.keys()):
            if mine[key] != other[key]:
                yield ref, key, mine[key], other[key]


def picture(office: Office, compared: Compared, *, html: bool) -> str:
    """The load of each role a day, under both packs, as a picture that needs nothing else."""
    rows = []
    for role in _roles(compared):
        loads = [{d: n for (r, d), n in played.load.items() if r == role} for played in (compared.now, compared.then)]
        rows.append(Series(office.wording.roles.get(role, role), *loads))
    title = f"Mails a day: {compared.now.pack} and {compared.then.pack}"
    return draw(title, (compared.now.pack, compared.then.pack), rows, html=html)


def as_json(compared: Compared) -> dict[str, Any]:
    """The same for programs."""

    def told(played: Played) -> dict[str, Any]:
        return {
            "pack": played.pack, "mails": played.mails.total(), "closed": played.closed,
            "missed": dict(played.missed), "by_kind_and_role": [[*k, n] for k, n in sorted(played.mails.items())],
            "load": [[role, day.isoformat(), n] for (role, day), n in sorted(played.load.items())],
        }  # fmt: skip

    changes = [
        {"case": ref, "kind": kind, "what": name, "of": role, "now": a, "then": b}
        for ref, (kind, name, role), a, b in _changes(compared)
    ]
    return {
        "cases": compared.cases, "sent": compared.sent, "from": local(compared.start), "until": local(compared.until),
        "now": told(compared.now), "then": told(compared.then), "changes": changes,
    }  # fmt: skip
