"""Is this the child? 5,000 forms with slips against 100,000 children: how often right, and how fast.

Run: `.venv/bin/python -m bench.matching [--children 100000] [--forms 5000]`. Gates: of the silent joins 99.9 % right;
98 % of the known children joined or proposed; 5,000 in 5 s; five times the forms at most six times the time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.children import County
from bench.misspelling import questions
from bot.matching import Child, Index, Match


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
    told = [(None if n is None else str(n), match) for (_, n), match in zip(asked, matches, strict=True)]
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


def measure(children: int, forms: int, seed: int = 20) -> Tally:
    county = County(children, seed)
    known = list(county.known())
    began = time.process_time()
    index = Index(known)
    built = time.process_time() - began
    asked = questions(county, forms, seed + 1)
    few = list(asked)[: forms // 5]
    began = time.process_time()
    list(index.match_all(child for child, _ in few))
    a_fifth = time.process_time() - began
    began = time.process_time()
    matches = list(index.match_all(child for child, _ in asked))
    taken = time.process_time() - began
    seen = tally(asked, matches)
    print(f"matching: {forms} forms against {children} children: {taken:.1f} s, and {built:.1f} s to put them in")
    print(f"matching: five times the forms take {taken / a_fifth:.1f} times the time")
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
