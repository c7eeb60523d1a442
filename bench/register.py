"""Durable intake: a 53 KB mail, 3 events, a case and 2 outgoing mails a commit; the register against the bare driver.

Run: `.venv/bin/python bench/register.py [--mails 300] [--once N]`. Gates: at least 0.7 of the bare driver's rate in the
same round; syncs a mail at most 1.2 alone and 0.2 by ten (counted by strace where there is one).
"""

from __future__ import annotations

import argparse
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import zstandard

from bot.register.register import Register
from bot.register.rows import CaseRow, NewMail, OutboxRow, Place
from bot.register.unit import Unit
from rules.history import Event

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def mails(count: int) -> list[bytes]:
    """Like a Word form in base 64: 53 KB that pack to about two thirds."""
    random = Random(7)
    return [bytes(random.choices(BASE64, k=53_000)) for _ in range(count)]


def write_one(unit: Unit, n: int, raw: bytes) -> None:
    number = unit.add_mail(NewMail(f"identity {n}", NOW, NOW, raw, message_id=f"<{n}@school.example>", subject="Form"))
    unit.add_place(Place("missing.pupils", "INBOX", 1, str(n), number))
    ref = f"CME-2026-{n:05d}"
    unit.append(
        ref,
        [
            Event(1, "referral.received", NOW, NOW, date(2026, 11, 24), "office@school.example", "school", number),
            Event(2, "pathway.opened", NOW, NOW, values={"pathway": "hub"}),
            Event(3, "told", NOW, NOW, values={"rule": "acknowledge", "of": "school"}),
        ],
    )
    unit.store_case(
        CaseRow(ref, NOW, pathway="hub", next_due=NOW + timedelta(days=1), surname_key="oakley", fold=b"{}" * 200)
    )
    for role in ("school", "admissions"):
        key = f"{ref} {role}"
        unit.queue(
            OutboxRow(key, ref, role, "a@school.example", "ask", NOW, NOW, raw[:9800], f"<{key}@council>", code=key)
        )


def with_register(folder: Path, raws: list[bytes], group: int) -> float:
    with Register.open(folder / "register.db", write=True) as register:
        register.upgrade()
        began = time.perf_counter()
        for first in range(0, len(raws), group):
            with register.begin() as unit:
                for n in range(first, min(first + group, len(raws))):
                    write_one(unit, n, raws[n])
        return len(raws) / (time.perf_counter() - began)


def with_driver(folder: Path, raws: list[bytes], group: int) -> float:
    """The same rows into the same tables, by hand."""
    with Register.open(folder / "register.db", write=True) as register:
        register.upgrade()
    base = sqlite3.connect(folder / "register.db", isolation_level=None)
    base.executescript("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
    micros = int(NOW.timestamp() * 1_000_000)
    pack = zstandard.ZstdCompressor(level=3).compress
    began = time.perf_counter()
    for first in range(0, len(raws), group):
        base.execute("BEGIN IMMEDIATE")
        for n in range(first, min(first + group, len(raws))):
            write_by_hand(base, n, raws[n], micros, pack)
        base.execute("COMMIT")
    rate = len(raws) / (time.perf_counter() - began)
    base.close()
    return rate


def write_by_hand(base: sqlite3.Connection, n: int, raw: bytes, micros: int, pack: Callable[[bytes], bytes]) -> None:
    row = (
        f"identity {n}",
        f"<{n}@school.example>",
        "",
        "Form",
        micros,
        micros,
        "other",
        "done",
        "",
        0,
        0,
        pack(raw),
        None,
    )
    number = base.execute(f"INSERT INTO mail VALUES (NULL{', ?' * 13})", row).lastrowid
    base.execute("INSERT INTO place VALUES ('missing.pupils', 'INBOX', 1, ?, ?, 'done', 0)", (str(n), number))
    ref = f"CME-2026-{n:05d}"
    events = [
        (ref, 1, "referral.received", "2026-11-24", micros, micros, "office@school.example", "school", number, "{}"),
        (ref, 2, "pathway.opened", None, micros, micros, "bot", "", None, '{"pathway":"hub"}'),
        (ref, 3, "told", None, micros, micros, "bot", "", None, '{"rule":"acknowledge","of":"school"}'),
    ]
    base.executemany(f"INSERT INTO event VALUES (?{', ?' * 9})", events)
    child, home = ("oakley", "", "", "", None, "", "", ""), ("", "", "", "")
    case = (ref, "case", "hub", 0, "open", "", micros, micros + 86_400_000_000, *child, 0, 0, b"{}" * 200, *home)
    base.execute(f"INSERT INTO cases VALUES (?{', ?' * 22}) ON CONFLICT (ref) DO NOTHING", case)
    for role in ("school", "admissions"):
        key = f"{ref} {role}"
        sent = (key, ref, role, "a@school.example", key, "", "", "ask", "waiting", "", micros, 5, 0, micros, None)
        rest = (f"<{key}@council>", None, "", "[]", "", pack(raw[:9800]))
        base.execute(f"INSERT INTO outbox VALUES (?{', ?' * 20}) ON CONFLICT (key) DO NOTHING", (*sent, *rest))


def rate(run: Callable[[Path, list[bytes], int], float], raws: list[bytes], group: int) -> float:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        return run(Path(folder), raws, group)


def syncs_a_mail(count: int, group: int) -> float | None:
    strace = shutil.which("strace")
    if strace is None:
        return None
    ours = [sys.executable, "-m", "bench.register", "--once", str(group)]
    command = [strace, "-f", "-c", "-e", "trace=fsync,fdatasync", *ours]
    told = subprocess.run(
        [*command, "--mails", str(count)], capture_output=True, text=True, timeout=300, check=True
    ).stderr
    calls = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*(?:fsync|fdatasync)$", told, re.MULTILINE)
    return sum(map(int, calls)) / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", type=int, metavar="N", help="write once, N mails a commit, and say nothing")
    asked = parser.parse_args()
    raws = mails(asked.mails)
    if asked.once:
        rate(with_register, raws, asked.once)
        return
    for group in (1, 10):
        rounds = [(rate(with_register, raws, group), rate(with_driver, raws, group)) for _ in range(asked.rounds)]
        ratio = statistics.median(ours / bare for ours, bare in rounds)
        ours = statistics.median(ours for ours, _ in rounds)
        syncs = syncs_a_mail(asked.mails, group)
        counted = "not counted (no strace)" if syncs is None else f"{syncs:.2f}"
        print(f"{group} a commit: {ours:.0f} mails/s, {ratio:.2f} of the bare driver; syncs a mail: {counted}")


if __name__ == "__main__":
    main()
