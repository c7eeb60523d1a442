"""How well pictures of forms are read: `python -m bench.scans --many 30`. Figures by variant, and with `--misses` every
value that was wrong or doubted; another `--seed` is other people, other sheets, other scanners. Seconds are of the
processor. `tests/forms/pictured` draws the forms."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from datetime import date

from parsers.forms import read_sheets, sheets
from parsers.reading import Referral
from tests.forms.pictured import samples, spoil
from tests.forms.pictured.marking import Mark, marks
from tests.forms.pictured.people import Fill

WRITTEN = date(2014, 11, 24)

_APART = 1_000
"""Numbers of sheets between those of two seeds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=30, help="of each form and variant")
    parser.add_argument("--only", nargs="*", default=samples.VARIANTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    wanted = parser.parse_args()
    heads = ("forms", "known", "hand", "fields", "right %", "doubted %", "invented", "silent", "s/page")
    print(f"{'variant':11}" + "".join(f"{head:>10}" for head in heads))
    for variant in wanted.only:
        try:
            _variant(variant, wanted.many, wanted.seed, wanted.misses)
        except spoil.NoEncoder as missing:
            print(f"{variant:11}not measured: {missing}")


def _variant(variant: str, many: int, seed: int, misses: bool) -> None:
    count, spent, pages = Counter[str](), 0.0, 0
    for form in samples.FORMS:
        for number, fill in enumerate(samples.fills(form, many, seed)):
            files = list(samples.files(variant, form, number + _APART * (seed - 1), fill))
            start = time.process_time()
            found = [sheet for name, data in files for sheet in sheets(data, name) or ()]
            referrals = read_sheets(found, written=WRITTEN)
            spent, pages = spent + time.process_time() - start, pages + len(found)
            count.update(forms=1, known=len(referrals), hand=any(s.hand for s in found))
            _count(count, f"{variant} {form} {number}", form, fill, referrals, misses)
    filled = max(1, count["fields"])
    figures = (
        *(count[name] for name in ("forms", "known", "hand", "fields")), round(100 * count["right"] / filled, 2),
        round(100 * count["doubted"] / filled, 2), count["invented"], count["silent"], round(spent / max(1, pages), 1),
    )  # fmt: skip
    print(f"{variant:11}" + "".join(f"{figure:10}" for figure in figures))


def _count(
    count: Counter[str], where: str, form: str, fill: Fill, referrals: tuple[Referral, ...], misses: bool
) -> None:
    for mark in marks(form, fill, referrals):
        filled = bool(mark.wanted)
        count.update(
            fields=filled, right=filled and mark.right, doubted=filled and mark.right and mark.doubted,
            invented=mark.invented, silent=mark.silent,
        )  # fmt: skip
        if misses and (not mark.right or (filled and mark.doubted)):
            print(f"  {where} {_told(mark)}")


def _told(mark: Mark) -> str:
    how = "silent" if mark.silent else "wrong" if not mark.right else "doubted"
    return f"{how} {mark.field}: {mark.wanted!r}, read {mark.read!r}"


if __name__ == "__main__":
    main()
