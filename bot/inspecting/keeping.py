"""What a council owes for what it keeps: a copy of all of it, everything about one child on request (UK GDPR, article
15), and its erasure (article 17)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.council.office import Office
from bot.register.register import Register
from bot.register.unit import Snapshot
from bot.views.show import UnknownCase, load, whole_case_json


class StillOpen(ValueError):
    """A case that is being worked is not erased: a child would be forgotten."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference} is open, and somebody may be looking for this child: let it be closed first")


class NotEmpty(ValueError):
    """A folder that holds something already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"the folder {folder} is not empty: name a new one, so that nothing is mixed up")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many mails in and out lie in the folder."""

    mails_in: int
    mails_out: int


def back_up(office: Office, path: Path) -> int:
    """A whole copy as of one moment, while work goes on; its bytes. Raises RegisterError where the file is there."""
    with Register.open(office.config.register_path) as register:
        register.copy_to(path)
    with Register.open(path) as copy, copy.read() as snapshot:
        snapshot.cases()  # A copy that cannot be read is none.
    return path.stat().st_size


def export(office: Office, snapshot: Snapshot, reference: str, folder: Path) -> Exported:
    """Everything that is kept about one case: `case.json`, and each mail in and out byte for byte. What stands in it
    about others must be looked through by a person before it is handed over. Raises UnknownCase, NotEmpty."""
    whole = whole_case_json(office, snapshot, reference)
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(folder)
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "out").mkdir(exist_ok=True)
    (folder / "case.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
    came = list(_came(office, snapshot, reference))
    for number, raw in came:
        (folder / "in" / f"{number}.eml").write_bytes(raw)
    went = [row for row in snapshot.outbox_of(reference) if row.raw]
    for row in went:
        (folder / "out" / f"{row.created:%Y-%m-%d-%H%M}-{row.key}.eml").write_bytes(row.raw)
    return Exported(len(came), len(went))


def _came(office: Office, snapshot: Snapshot, reference: str) -> Iterator[tuple[int, bytes]]:
    _, history, _ = load(office, snapshot, reference)
    for number in sorted({event.mail for event in history if event.mail is not None}):
        yield number, snapshot.raw_mail(number)


def erase(office: Office, reference: str) -> None:
    """For good, from the register; backups and the mailboxes keep what they hold. Raises UnknownCase, StillOpen."""
    with Register.open(office.config.register_path, write=True) as register:
        with register.read() as snapshot:
            row = snapshot.case(reference)
        if row is None:
            raise UnknownCase(reference)
        if row.state != "closed":
            raise StillOpen(reference)
        register.erase(reference)
