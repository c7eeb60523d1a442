"""Is this the child? 5,000 forms with slips against a register of 100,000 cases: how often right, and how fast.

Run: `.venv/bin/python -m bench.matching [--children 100000] [--forms 5000]`. Gates: of the silent joins 99.9 % right;
98 % of the known children joined or proposed; 5,000 in 5 s; five times the forms at most six times the time.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.children import County
from bench.misspelling import questions
from bot.cases.casework import Casework
from bot.cases.children import find_child
from bot.config.sandbox import write_sandbox
from bot.matching import Child, Match
from bot.register.register import Register
from bot.rosters.desk import casework
from bot.running.startup import make_register, office_of
from bot.views.casefile import case_row
from rules import Event, fold
from rules.calendar import LONDON

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=LONDON)
A_COMMIT = 1000


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the forms: silent joins, those of them that were wrong, known children found (joined or proposed), and
    strangers whom an officer was asked about."""

    forms: int
    known: int
    joined: int
    wrong: int
    found: int
    asked: int
    strangers_asked: int

    @property
    def precision(self) -> float:
        return 1 - self.wrong / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.known


def tally(asked: Sequence[tuple[Child, int | None]], matches: Sequence[Match]) -> Tally:
    told = [(None if n is None else reference(n), match) for (_, n), match in zip(asked, matches, strict=True)]
    joined = [(ref, match.same.ref) for ref, match in told if match.same]
    wrong = sum(ref != same for ref, same in joined)
    found = sum(
        ref is not None and ref in {f.known.ref for f in (*match.certain, *match.likely)} for ref, match in told
    )
    questioned = [ref for ref, match in told if not match.same and match.likely]
    return Tally(
        len(told), sum(ref is not None for ref, _ in told), len(joined), wrong, found, len(questioned),
        sum(ref is None for ref in questioned),
    )  # fmt: skip


@contextmanager
def at_work(county: County) -> Iterator[Casework]:
    """A register in which every child of the county has an open case."""
    with tempfile.TemporaryDirectory(prefix="bench-matching-") as folder:
        write_sandbox(Path(folder) / "county")
        config = Path(folder) / "county" / "config.toml"
        make_register(config)
        office = office_of(config)
        with Register.open(office.config.register_path, write=True) as register:
            for first in range(0, len(county.members), A_COMMIT):
                with register.begin() as unit:
                    for number, member in enumerate(county.members[first : first + A_COMMIT], first):
                        told = Event(1, "referral.received", NOW, NOW, values={"fields": fields_of(member.child)})
                        unit.append(reference(number), [told])
                        unit.store_case(case_row(reference(number), fold([told], office.pack.required), None))
            with register.begin() as unit:
                yield casework(office, unit, NOW)


def reference(number: int) -> str:
    return f"CME-2026-{number:06d}"


def fields_of(child: Child) -> dict[str, Any]:
    """As a form has them."""
    fields = {
        "child.surname": child.surname, "child.forenames": child.forenames, "child.upn": child.upn,
        "child.date_of_birth": child.date_of_birth.isoformat() if child.date_of_birth else "",
        "child.other_surnames": child.other_surnames, "address.last_known": child.address,
        "address.postcode": child.postcode, "carers": ", ".join(child.carers),
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value}


def found_by(work: Casework, asked: Sequence[tuple[Child, int | None]]) -> list[Match]:
    return [find_child(work, fields_of(child)) for child, _ in asked]


def measure(children: int, forms: int, seed: int = 20) -> Tally:
    county = County(children, seed)
    asked = questions(county, forms, seed + 1)
    with at_work(county) as work:
        began = time.process_time()
        found_by(work, asked[: forms // 5])
        a_fifth = time.process_time() - began
        began = time.process_time()
        matches = found_by(work, asked)
        taken = time.process_time() - began
    seen = tally(asked, matches)
    print(
        f"matching: {forms} forms against {children} cases: {taken:.1f} s, {taken / a_fifth:.1f} times a fifth of them"
    )
    print(f"matching: silent joins {seen.joined}, right {seen.precision:.4%} (target 99.9 %)")
    print(f"matching: known children joined or proposed {seen.recall:.2%} of {seen.known} (target 98 %)")
    print(f"matching: an officer is asked about {seen.asked}, of whom {seen.strangers_asked} are not in the register")
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--forms", type=int, default=5000)
    wanted = parser.parse_args()
    measure(wanted.children, wanted.forms)


if __name__ == "__main__":
    main()
