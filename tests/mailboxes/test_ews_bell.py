"""Exchange wakes the daemon early; nothing depends on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from exchangelib.protocol import Protocol

from bot.mailboxes.bell import Patience
from bot.mailboxes.ews_bell import EwsBell
from outbound.providers.ews import open_account
from tests.mailboxes.boxes import EwsBox, letter
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.test_imap_bell import Rung, until

SOON = Patience(look=0.2, first=0.1, longest=0.2)


@pytest.fixture
def box(exchange: EwsServer, tmp_path: Path) -> EwsBox:
    exchange.stream_for = 5.0
    return EwsBox(exchange, tmp_path / "lease")


@pytest.fixture
def rung(box: EwsBox) -> Iterator[Rung]:
    made = Rung()
    opener = partial(open_account, box.settings(), box.address)
    bell = EwsBell("x", box.FOLDERS["inbox"], opener, made.ring, SOON)
    bell.start()
    yield made
    bell.close()
    box.server.stream_for = 0.0
    time.sleep(0.1)


def test_it_rings_when_it_begins_and_for_what_arrives(box: EwsBox, rung: Rung) -> None:
    until(lambda: "GetStreamingEvents" in box.server.asked)
    assert rung.times == 1
    box.put(letter(1))
    until(lambda: rung.times == 2)


def test_a_line_that_the_server_closes_is_made_anew_and_rings(box: EwsBox, rung: Rung) -> None:
    box.server.stream_for = 0.2
    until(lambda: rung.times >= 3)
    assert box.server.asked.count("Unsubscribe") >= 2


def test_a_server_that_refuses_is_asked_again_later_and_later(exchange: EwsServer, tmp_path: Path) -> None:
    exchange.deaf = True
    box = EwsBox(exchange, tmp_path / "lease")
    made = Rung()
    opener = partial(open_account, box.settings(), box.address)
    bell = EwsBell("x", box.FOLDERS["inbox"], opener, made.ring, Patience(first=0.1, longest=0.4))
    bell.start()
    time.sleep(2.0)
    bell.close()
    assert made.times == 0
    assert 2 <= exchange.asked.count("Subscribe") <= 8


def test_a_line_that_has_ended_leaves_nothing_behind(box: EwsBox, rung: Rung) -> None:
    """The library keeps the connections of every account that it has seen, for as long as the process lives."""
    box.server.stream_for = 0.1
    until(lambda: rung.times >= 5)
    assert len(Protocol._protocol_cache) <= 1
