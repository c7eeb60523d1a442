"""The tick of the lists: a batch of rows, the rows whose day has come, and lists that are missed."""

from __future__ import annotations

from bot.cases.casework import Casework
from bot.register.register import Register
from bot.register.rows import ListRow
from bot.rosters import expecting, finishing, keeping, working


def next_batch(work: Casework) -> int:
    """What is due of lists, at most a batch; how much was done. 0: nothing waits."""
    done = working.work_off(work) or finishing.ask_next(work) or working.wake_rows(work)
    keeping.meet(work)
    return done or expecting.look(work)


def waiting(register: Register) -> list[ListRow]:
    with register.read() as snapshot:
        return snapshot.staged_rows(working.BATCH)


def one_row(work: Casework, row: ListRow) -> None:
    working.settle_all(work, [row])
    keeping.meet(work)


def give_up(work: Casework, row: ListRow, why: str) -> None:
    working.refuse(work, row, why)
