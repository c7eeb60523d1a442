"""How fast the rules are: the due-scan, the step, a year of simulation, the calendar. Quote the ratios of one run.

Run: `.venv/bin/python -m bench.rules [--cases 1000000]`."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.plain import plain_calendar, plain_pack, plain_step
from bot.register.histories import _DUE
from bot.register.register import Register
from rules import Case, Event, Pack, fold, load_pack, step_case
from rules.folded import pack_fold, unpack_fold
from rules.folding import extend
from rules.future import coming, settle
from rules.proving.moves import moves
from rules.proving.starts import starts

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DUE = 1000


def best(run: Callable[[], object], times: int, rounds: int = 15) -> float:
    """Seconds of the processor that one run takes, in the round that was least disturbed."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(times):
            run()
        found.append((time.process_time() - began) / times)
    return min(found)


# The due-scan.


def due_scan(folder: Path, count: int) -> tuple[float, str]:
    """Seconds to find the 1,000 due of so many cases, warm; and how SQLite says that it looks for them."""
    path = folder / f"{count}.db"
    with Register.open(path, write=True) as register:
        register.upgrade()
    _fill(path, count)
    with Register.open(path) as register, register.read() as snapshot:
        assert len(snapshot.due(NOW, DUE)) == DUE
        took = best(lambda: snapshot.due(NOW, DUE), 20)
        plan = _DUE.plan(snapshot._connection, {"now": 0, "most": DUE})
    return took, plan[0]


_INSERT = (
    "INSERT INTO cases (ref, kind, pathway, concern, state, outcome, opened, next_due, surname_key, forename_key,"
    " surname, forenames, upn, school, hub, fold_version, seq)"
    " VALUES (?1, 'case', 'hub', 0, 'waiting', '', 0, ?2, '', '', '', '', '', '', '', 0, 0)"
)


def _fill(path: Path, count: int) -> None:
    """Cases of which 1,000 are due, two in five never, the others later."""
    now, day = int(NOW.timestamp() * 1_000_000), 86_400_000_000
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("BEGIN")
    every = count // DUE

    def rows() -> Iterator[tuple[str, int | None]]:
        for n in range(count):
            later = None if n % 5 < 2 else now + day * (1 + n % 90)
            due = now - 1000 * n if n % every == 0 else later
            yield f"CME-2026-{n:07d}", due

    base.executemany(
        _INSERT,
        rows(),
    )
    base.execute("COMMIT")
    base.execute("ANALYZE")
    base.close()


# Histories to measure on.


def _said(case: Case, kind: str, now: datetime, role: str, values: Mapping[str, Any]) -> Event:
    return Event(case.last + 1, kind, now, now, by=f"{role}@council.example", role=role, values=values)


def history_of(pack: Pack, events: int) -> tuple[list[Event], datetime]:
    """A case of so many events at least, in which nobody but the school has said a word."""
    start = next(s for s in starts(pack, (date(2026, 11, 4),)) if s.name == "hub-referral, complete")
    history, case, now = [], Case(required=pack.required), start.at
    for kind, values in start.said:
        history.append(_said(case, kind, now, start.role, values))
        extend(case, history[-1])
    while len(history) < events:
        done, wake = settle(pack, case, now)
        history += [event for one in done for event in one.events]
        assert wake is not None
        if len(history) < events:
            now = wake
    return history, now


def cases_of(pack: Pack, count: int) -> list[tuple[Case, datetime]]:
    """Cases as a register has them: begun in all ways, with people who answer half of the time, some closed."""
    random, begin = Random(7), starts(pack, (date(2026, 9, 9),))
    found = []
    for n in range(count):
        start = begin[n % len(begin)]
        case = Case(required=pack.required)
        now = start.at
        for kind, values in start.said:
            extend(case, _said(case, kind, now, start.role, values))
        for _ in range(random.randrange(1, 40)):
            _, wake = settle(pack, case, now)
            said = [move for move in moves(pack, case, now) if move.events[0][0] != "undone"]
            if said and random.random() < 0.15:
                for kind, values in random.choice(said).events:
                    if kind != "undone":
                        extend(case, _said(case, kind, now, "tracking-officer", values))
            now = wake or now + timedelta(days=1)
        found.append((case, now))
    return found


# What is told.


def measure(cases: int) -> None:
    pack = load_pack("oxfordshire")
    _tell_due(pack, cases)
    _tell_step(pack)
    _tell_year(pack)
    _tell_calendar(pack)


def _tell_due(pack: Pack, cases: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        few, _ = due_scan(Path(folder), 10_000)
        many, plan = due_scan(Path(folder), cases)
    print(f"due-scan, 1,000 due           {many * 1000:6.2f} ms of {cases:,} cases = {many / few:.2f} x that of 10,000")
    print(f"  how SQLite looks            {plan}")
    history, _ = history_of(pack, 60)
    one = best(lambda: fold(history, pack.required), 20)
    times = one * cases / many
    print(f"  beside folding every case   {times:,.0f} x faster (extrapolated from {one * 1e6:.0f} us for 60 events)")


def _tell_step(pack: Pack) -> None:
    plain = plain_pack(pack)
    stored = {events: _step_of(pack, plain, events) for events in (10, 60, 300)}
    history, now = history_of(pack, 60)
    naive = best(lambda: plain_step(plain, history, now), 5)
    folded = stored[60] + best(lambda: fold(history, pack.required), 20)
    print(f"step, 60 events, fold stored  {stored[60] * 1e6:6.0f} us; rule by rule {naive / stored[60]:.0f} x as long")
    print(f"  the fold made anew as well  {folded * 1e6:6.0f} us; rule by rule {naive / folded:.1f} x as long")
    print(f"step, 300 events              {stored[300] * 1e6:6.0f} us = {stored[300] / stored[10]:.2f} x that of 10")


def _step_of(pack: Pack, plain: Pack, events: int) -> float:
    """Seconds for a step over so many events, from the stored fold; it says what the plain version says."""
    history, now = history_of(pack, events)
    case = unpack_fold(pack_fold(fold(history, pack.required)), pack.required)
    assert plain_step(plain, history, now) == step_case(pack, pack.calendar, case, now)
    return best(lambda: step_case(pack, pack.calendar, case, now), 100)


def _tell_year(pack: Pack) -> None:
    history, now = history_of(pack, 60)
    one = _years(pack, [(fold(history, pack.required), now)])
    many = sorted(_years(pack, cases_of(pack, 60)), key=lambda year: year[1])
    for name, years in (
        ("of 60 events", one),
        ("of a register", many),
        ("its busiest quarter", many[-len(many) // 4 :]),
    ):
        took, acts = (sum(column) / len(years) for column in zip(*years, strict=True))
        each = took / acts * 1e6
        print(f"a year of simulate            {took * 1000:6.2f} ms a case {name}, {acts:.0f} acts of {each:.0f} us")


def _years(pack: Pack, cases: list[tuple[Case, datetime]]) -> list[tuple[float, int]]:
    """Seconds and acts of a year of silence, of each case."""

    def year(case: Case, now: datetime) -> int:
        return sum(1 for _ in coming(pack, case, now, now + timedelta(days=365)))

    return [(best(partial(year, case, now), 1, 9), year(case, now)) for case, now in cases]


def _tell_calendar(pack: Pack) -> None:
    table, walked = pack.calendar.working_days, plain_calendar(pack.calendar).working_days
    random = Random(7)
    asked = [(date(2013, 9, 1) + timedelta(random.randrange(5000)), random.randint(1, 20)) for _ in range(500)]
    assert all(table.after(day, n) == walked.after(day, n) for day, n in asked)
    quick = best(lambda: [table.after(day, n) for day, n in asked], 4) / len(asked)
    slow = best(lambda: [walked.after(day, n) for day, n in asked], 1) / len(asked)
    print(
        f"1 to 20 working days after    {quick * 1e6:6.2f} us from the table; day by day {slow / quick:.0f} x as long"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases of the larger register")
    measure(parser.parse_args().cases)


if __name__ == "__main__":
    main()
