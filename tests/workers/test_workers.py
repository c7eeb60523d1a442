from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.arrivals.reader_process import unreadable
from bot.arrivals.workers import Readers, ReadersFailed
from parsers.reading import MailReading
from tests.hostile.files import FILES, FORM
from tests.workers.misreaders import misread
from tests.workers.stillborn import never

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
LETTER = b"From: office@primary.example\r\nMessage-ID: <1@primary.example>\r\nSubject: Hello\r\n\r\nGood morning.\r\n"


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers(2, limit=1.0, reads=misread)
    yield made
    made.close()


def read(readers: Readers, *raws: bytes) -> list[MailReading]:
    return readers.read([(raw, NOW) for raw in raws])


def remarks(readings: list[MailReading]) -> list[str]:
    return [remark for reading in readings for remark in reading.remarks]


def test_readings_come_back_in_order_from_other_processes(readers: Readers) -> None:
    raws = [f"mail {n}".encode() for n in range(20)]
    readings = read(readers, *raws)
    assert [reading.identity for reading in readings] == [unreadable(raw, "").identity for raw in raws]
    assert not any(str(os.getpid()) in remark for remark in remarks(readings))
    assert set(remarks(read(readers, b"again"))) <= set(remarks(readings))  # The processes are still the same.


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"hang", "longer than 1 seconds"),
        (b"die", "broke down"),
        (b"fail", "ValueError: no such table"),
        (b"eat", "more memory"),
    ],
)
def test_a_bad_mail_costs_itself_alone(readers: Readers, bad: bytes, why: str) -> None:
    began = time.monotonic()
    readings = read(readers, b"one", bad, b"two", b"three")
    assert time.monotonic() - began < 20
    told = remarks(readings)
    assert why in told[1]
    assert [remark.startswith("read by") for remark in told] == [True, False, True, True]
    assert [reading.kind for reading in readings] == ["unreadable"] * 4


def test_nothing_but_bad_mails_ends_too(readers: Readers) -> None:
    told = remarks(read(readers, *[b"die"] * 4))
    assert len(told) == 4
    assert remarks(read(readers, b"good"))[0].startswith("read by")


def test_no_process_before_the_first_mail_and_none_when_idle() -> None:
    readers = Readers(2, idle=0.2, reads=misread)
    assert readers._workers == []
    read(readers, b"one")
    (worker,) = readers._workers  # One mail needs one process.
    assert worker.process.is_alive()
    for _ in range(100):
        if not readers._workers:
            break
        time.sleep(0.05)
    assert readers._workers == []
    assert remarks(read(readers, b"two"))[0].startswith("read by")
    readers.close()


def test_readers_stand_back_behind_the_daemon(readers: Readers) -> None:
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    (remark,) = remarks(read(readers, b"one"))
    theirs = os.getpriority(os.PRIO_PROCESS, int(remark.split()[2]))
    assert theirs == min(mine + 5, 19)


def test_a_process_that_died_while_idle_costs_no_mail(readers: Readers) -> None:
    read(readers, b"one", b"two")
    for worker in readers._workers:
        worker.process.kill()
        worker.process.join()
    assert all(remark.startswith("read by") for remark in remarks(read(readers, b"three", b"four")))


def test_a_service_that_is_stopped_finishes_its_mails(readers: Readers) -> None:
    """The service manager's SIGTERM reaches the processes too: neither their mail nor the next is to blame."""
    told = remarks(read(readers, *[b"signal", b"one", b"two"] * 3))
    assert [remark.startswith("read by") for remark in told] == [True] * 9


def test_no_process_outlives_the_program() -> None:
    code = (
        "import os, signal; from tests.workers.test_workers import *; readers = Readers(2, reads=misread)\n"
        "print(*[r.split()[2] for r in remarks(read(readers, b'one', b'two'))], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout
    left = {int(pid) for pid in told.split()}
    assert left
    until = time.monotonic() + 10
    while left and time.monotonic() < until:
        left = {pid for pid in left if Path(f"/proc/{pid}").exists()}
        time.sleep(0.05)
    assert left == set()


def test_processes_that_never_get_ready_are_told_of() -> None:
    readers = Readers(1, reads=never)
    with pytest.raises(ReadersFailed, match=r"did not start.*read again"):
        read(readers, b"one")
    assert readers._workers == []


def test_inline_reads_in_this_process_and_survives_a_failure() -> None:
    told = remarks(read(Readers(inline=True, reads=misread), b"one", b"fail"))
    assert told == [f"read by {os.getpid()} at 10:00", "Its reader failed: ValueError: no such table"]


def test_the_real_reader_says_the_same_in_both() -> None:
    readers = Readers(1)
    apart = read(readers, LETTER)
    readers.close()
    assert apart == read(Readers(inline=True), LETTER)
    assert apart[0].new_text.strip() == "Good morning."


@pytest.mark.parametrize(
    ("raw", "sender", "subject"),
    [
        (LETTER, "office@primary.example", "Hello"),
        (b"From: \xff\xfe <A@b.example>\n\nSubject: in the body", "a@b.example", ""),
        (b"From: nobody\n\n", None, ""),
        (b"", None, ""),
        (b"\x00" * 100_000, None, ""),
    ],
)
def test_an_unreadable_mail_still_says_who_seems_to_have_sent_it(raw: bytes, sender: str | None, subject: str) -> None:
    reading = unreadable(raw, "why")
    assert (reading.sender.address if reading.sender else None, reading.subject) == (sender, subject)
    assert (reading.kind, reading.senders, reading.remarks) == ("unreadable", 0, ("why",))


def test_a_document_that_kills_its_reader_costs_that_document_alone() -> None:
    """The process is killed in the middle of a document; the words beside it, and the other form, are read."""
    bad = FILES["form objects within themselves"]()
    message = EmailMessage()
    message.set_content("Ottilie told a friend that her uncle hits her with a belt.")
    for data in (bad, FORM, b"No form, only words."):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename="a.docx")
    readers = Readers(1, document=3.0)
    (reading,) = read(readers, message.as_bytes())
    readers.close()
    assert reading.concerns and [r.form for r in reading.referrals] == ["cme-referral"]
    assert [a.verdict for a in reading.attachments] == [
        "It was not read. Reading it took longer than 3 seconds. A person must look at it.", "cme-referral", "no form",
    ]  # fmt: skip
