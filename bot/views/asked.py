"""What the history of a list, or of a question about rows of it, says of the rows: which are open, which answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules import Case
from rules.case import Occurrence

ASKED = ("leavers.asked", "rising-fives.asked")
"""The events that begin a question about rows; `list.doubts` begins the one about doubtful matches."""
ANSWERS = ("destination.known", "destination.unknown", "not-our-pupil")
DOUBTS, SETTLED = "list.doubts", ("match.same", "match.different")
OPENED, WITHDRAWN = "row.opened", "row.withdrawn"
REFERENCE = "LIST-"

Row = Mapping[str, Any]
"""A row as an event holds it: `row` (its code), `fields`, `n`, `case` and `why` where it has them."""


def is_list(ref: str) -> bool:
    return ref.startswith(REFERENCE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows that a subject asks about, and how far that has come. `answered` is the last answer of each row; `cases`
    the case of each that has one."""

    kind: str
    rows: Mapping[str, Row]
    answered: Mapping[str, Occurrence]
    cases: Mapping[str, str]

    @property
    def open(self) -> list[str]:
        """The codes of the rows that nobody has answered."""
        return [code for code in self.rows if code not in self.answered]

    def names(self, codes: Sequence[str]) -> dict[str, str]:
        return {code: name_of(self.rows[code]["fields"]) for code in codes}


def asked_of(case: Case) -> Asked | None:
    """None for a subject that asks about no rows."""
    doubts = DOUBTS in case.seen
    begun = [o for kind in (*ASKED, DOUBTS) for o in case.seen.get(kind, [])]
    if not begun:
        return None
    gone = {str(o.values["row"]) for o in case.seen.get(WITHDRAWN, [])}
    rows = {str(row["row"]): row for o in begun for row in o.values["rows"] if str(row["row"]) not in gone}
    answers: Sequence[str] = SETTLED if doubts else ANSWERS
    cases = {code: str(row["case"]) for code, row in rows.items() if row.get("case")}
    cases |= {str(o.values["row"]): str(o.values["case"]) for o in case.seen.get(OPENED, [])}
    return Asked(str(case.facts.get("list", "")), rows, dict(_answers(case, answers)), cases)


def _answers(case: Case, kinds: Sequence[str]) -> Iterator[tuple[str, Occurrence]]:
    found = sorted((o for kind in kinds for o in case.seen.get(kind, [])), key=lambda o: o.seq)
    for occurrence in found:
        yield str(occurrence.values.get("row", "")), occurrence


def name_of(fields: Mapping[str, str]) -> str:
    return " ".join(filter(None, (fields.get("child.forenames"), fields.get("child.surname"))))


def numbered(case: Case) -> bool:
    """Whether the answers may be chosen by number: not where a mail asks about several rows."""
    asked = asked_of(case)
    return asked is None or len(asked.rows) < 2
