"""Filled forms as pictures, by variant and number; `python -m tests.forms.pictured.samples FOLDER` writes a set with
its truth, in the shape that the scoring of forms reads."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests.forms.pictured import sheets, spoil
from tests.forms.pictured.pen import HANDS, Habit
from tests.forms.pictured.people import Fill, People

VARIANTS = ("scan200", "scan150", "scan90", "fax", "photo", "heic", "hand", "photo_hand")
FORMS = ("cme", "hub")

File = tuple[str, bytes]


def fills(form: str, many: int, seed: int = 1) -> list[Fill]:
    people = People(seed + (form == "hub"))
    return [people.memo() if form == "cme" else people.hub() for _ in range(many)]


def habit(seed: int, hand: bool = False) -> Habit:
    dice = random.Random(seed)
    if hand:
        return Habit(
            dice.choice(sorted(HANDS)), 10.5, tick=dice.choice(("x", "✓")), delete="struck", ink=dice.choice((10, 60))
        )
    return Habit(
        dice.choice(("arial", "arial", "sans")), dice.choice((9.5, 10, 10.5)), dice.random() < 0.4, dice.random() < 0.3,
        dice.choice(("X", "x", "✓", "tick")) if dice.random() < 0.7 else "tick",
        dice.choice(("struck", "typed", "typed", "marked", "under")), dice.choice((15, 15, 60)),
    )  # fmt: skip


def drawn(form: str, fill: Fill, seed: int, hand: bool = False) -> list[Image.Image]:
    return (sheets.memo if form == "cme" else sheets.hub)(fill, habit(seed, hand), seed)


def files(variant: str, form: str, number: int, fill: Fill) -> Iterator[File]:
    """The file, or the file of each page, that a school would attach. Raises spoil.NoEncoder for HEIC without the tool
    that makes it."""
    seed = number * 1000 + VARIANTS.index(variant) * 10 + FORMS.index(form)
    pages = drawn(form, fill, seed, "hand" in variant)
    name = f"{form}_{number}"
    if variant.startswith("scan") or variant == "hand":
        dpi = int(variant[4:]) if variant != "hand" else 200
        yield f"{name}.pdf", spoil.pdf([spoil.scan(p, dpi, seed + n) for n, p in enumerate(pages)], dpi)
    elif variant == "fax":
        yield f"{name}.tif", spoil.tiff([spoil.fax(p, seed + n) for n, p in enumerate(pages)])
    else:
        for n, page in enumerate(pages, 1):
            photo = spoil.photo(page, seed + n)
            if variant == "heic":
                yield f"{name}_p{n}.heic", spoil.heic(photo)
            else:
                yield f"{name}_p{n}.jpg", spoil.jpeg(photo)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--many", type=int, default=30, help="of each form")
    parser.add_argument("--only", nargs="*", default=list(VARIANTS))
    wanted = parser.parse_args()
    truth = {form: fills(form, wanted.many) for form in FORMS}
    wanted.folder.mkdir(parents=True, exist_ok=True)
    (wanted.folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    for variant in wanted.only:
        (wanted.folder / variant).mkdir(exist_ok=True)
        for form in FORMS:
            for number, fill in enumerate(truth[form]):
                for name, data in files(variant, form, number, fill):
                    (wanted.folder / variant / name).write_bytes(data)


if __name__ == "__main__":
    main()
