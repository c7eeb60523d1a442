"""How well readings agree with what was filled in: what a wrong value costs depends on whether anyone will look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.reading import Referral
from tests.forms.people import Fill


@dataclass(slots=True)
class Score:
    """Counts of fields. `silent`: wrong, and neither doubted nor flagged; `doubted`: right, but somebody must look;
    `invented`: a value where the form is blank."""

    forms: int = 0
    known: int = 0
    filled: int = 0
    right: int = 0
    silent: int = 0
    doubted: int = 0
    invented: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, fill: Fill, found: Iterable[Referral], name: str) -> None:
        """Counts one form; it must be the only one of its kind."""
        same = [r for r in found if r.form == fill.form]
        got = same[0] if len(same) == 1 else Referral(fill.form, {})
        flagged = {p.field for p in got.problems}
        self.forms += 1
        self.known += len(same) == 1
        for key, want in fill.truth.items():
            cell = got.fields.get(key)
            agrees = plain(cell.value if cell else "", key) == plain(want, key)
            sure = cell is not None and cell.sure and key not in flagged
            self.filled += bool(want)
            self.right += bool(want) and agrees
            self.doubted += bool(want) and agrees and not sure
            self.invented += not want and not agrees
            self.silent += sure and not agrees
            if not agrees:
                self.misses.append(f"{name} {key}: {want!r} was read as {cell.value if cell else None!r}")
            elif want and not sure:
                self.misses.append(f"{name} {key}: {want!r} is doubted")

    @property
    def share_right(self) -> float:
        return self.right / max(1, self.filled)

    @property
    def share_doubted(self) -> float:
        return self.doubted / max(1, self.filled)


def plain(value: str | None, key: str) -> str:
    """A value without what does not count: capitals, runs of blanks, dots; of a number only its digits."""
    text = unicodedata.normalize("NFC", value or "").strip().casefold()
    if key.endswith(("telephone", "phone", "mobile", "fax")):
        return re.sub(r"^(?:0044|44)0?", "0", re.sub(r"\D", "", text))
    if key.endswith(("upn", "postcode", "email")):
        return re.sub(r"\s", "", text)
    return re.sub(r"[\s,.…;:_|-]+", " ", text.replace("’", "'").replace("–", "-")).strip()
