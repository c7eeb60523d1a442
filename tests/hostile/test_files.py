"""Every hostile file has its verdict within ten seconds and 512 MB, in the processes that read a council's mail; the
words beside it are read all the same, and so is the next mail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.arrivals.workers import Readers
from tests.hostile.files import FILES, FORM

NOW = datetime(2014, 11, 18, 10, 0, tzinfo=UTC)
LIMIT = 10.0
MEMORY = 512 << 20
WORDS = "Ottilie told a friend that her uncle hits her with a belt."


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers(1, document=LIMIT, memory=MEMORY)
    yield made
    made.close()


def mail(name: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "office@primary.example", "A pupil"
    message.set_content(WORDS)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.timeout(90)
@pytest.mark.parametrize("name", FILES)
def test_a_verdict_and_the_words_beside_it(readers: Readers, name: str) -> None:
    raw, good = mail("form.docx", FILES[name]()), mail("form.docx", FORM)
    start = time.monotonic()
    (reading,) = readers.read([(raw, NOW)])
    assert time.monotonic() - start < LIMIT + 10  # A new process, where it killed its own, has to start first.
    assert [c.quote for c in reading.concerns] == [WORDS]
    assert all(a.verdict for a in reading.attachments) and (reading.attachments or reading.remarks)
    (after,) = readers.read([(good, NOW)])
    assert [r.form for r in after.referrals] == ["cme-referral"]
