"""`python -m bench.forms [--forms 60] [--only KIND ...]`: every kind of digital form read and scored, against the bars.
Another `--seed` is other children, and other habits of those who fill in.

Right, silent, doubted and invented are of the fields filled in (invented: of those left blank); ms is the processor
time of one form, read in a warm process. The bars for time hold on a quiet machine."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from tests.forms.scoring import Score
from tests.forms.variants import BODIES, fills, kinds, reads_body, reads_file, writable

RIGHT, DOUBTED = 0.998, 0.02
MILLISECONDS = {"docx": 10, "odt": 10, "mail": 10, "pdf": 30, "doc": 30, "acro": 60, "xfa": 60, "rtf": 50}


_APART = 1_000
"""Numbers of children between those of two seeds."""


def measure(forms: int, only: list[str], worst: int, seed: int) -> bool:
    """Prints a line a kind; whether every one is within the bars."""
    print("kind           forms known fields  right % silent doubted % invented     ms")
    sound = True
    for kind, score, seconds in _scores(forms, only, _APART * seed):
        ok = score.share_right >= RIGHT and not score.silent and not score.invented and score.share_doubted <= DOUBTED
        bar = MILLISECONDS[kind.split("_")[0]]
        spent = 1000 * seconds / max(1, score.forms)
        print(
            f"{kind:14}{score.forms:6}{score.known:6}{score.filled:7}{100 * score.share_right:9.2f}{score.silent:7}"
            f"{100 * score.share_doubted:10.2f}{score.invented:9}{spent:7.1f}"
            f"{'' if ok else '  below the bar'}{'' if spent <= bar else f'  slower than {bar} ms'}"
        )
        for miss in score.misses[:worst]:
            print(f"    {miss}")
        sound &= ok
    return sound


def _scores(forms: int, only: list[str], first: int) -> Iterator[tuple[str, Score, float]]:
    makers: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
        **{kind: (make, reads_file) for kind, make in kinds().items()},
        **{kind: (make, reads_body) for kind, make in BODIES.items()},
    }
    for kind, (make, reads) in makers.items():
        if only and kind not in only:
            continue
        # Made beforehand: what making them leaves to be cleared away is not the reader's.
        files = list(islice(_made(kind, make, range(first, first + 4 * forms)), forms))
        score, spent = Score(), 0.0
        for file, _, _ in files[:1]:
            reads(file)  # Warms: what is loaded at first use is not the form's.
        for file, fill, number in files:
            start = time.process_time()
            found = reads(file)
            spent += time.process_time() - start
            score.add(fill, found, f"{fill.form} {number}")
        yield kind, score, spent


def _made(kind: str, make: Callable[..., Any], numbers: range) -> Iterator[tuple[Any, Any, int]]:
    for number in numbers:
        for fill in fills(number):
            if writable(kind, fill):
                yield make(fill, number), fill, number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=60, help="forms of each kind")
    parser.add_argument("--only", nargs="*", default=[], help="kinds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worst", type=int, default=0, help="misses shown of each kind")
    wanted = parser.parse_args()
    sys.exit(0 if measure(wanted.forms, wanted.only, wanted.worst, wanted.seed) else 1)


if __name__ == "__main__":
    main()
