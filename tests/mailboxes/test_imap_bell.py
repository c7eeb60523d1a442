"""IDLE wakes the daemon early; nothing depends on it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.mailboxes.bell import Patience
from bot.mailboxes.imap_bell import ImapBell
from bot.running.daemon import EarlyPoll
from bot.running.startup import make_register
from tests.dovecot import PASSWORD, Dovecot
from tests.mailboxes.boxes import ImapBox, letter

CMEBOT = Path(sys.executable).parent / "cmebot"
SOON = Patience(look=0.2, renew=60.0, first=0.1, longest=0.2)


@pytest.fixture
def box(dovecot: Dovecot, tmp_path: Path) -> Iterator[ImapBox]:
    made = ImapBox(dovecot, tmp_path / "lease")
    yield made
    made.relay.stop()


class Rung:
    """Counts; `listen` has a bell ring here."""

    def __init__(self) -> None:
        self.times = 0
        self._bells: list[ImapBell] = []

    def ring(self) -> None:
        self.times += 1

    def listen(self, box: ImapBox, patience: Patience = SOON, **other: object) -> ImapBell:
        bell = ImapBell(box.settings(**other), self.ring, patience)
        self._bells.append(bell)
        bell.start()
        return bell

    def stop(self) -> None:
        for bell in self._bells:
            bell.close()


@pytest.fixture
def rung() -> Iterator[Rung]:
    made = Rung()
    yield made
    made.stop()


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_it_rings_when_it_begins_and_for_what_arrives(box: ImapBox, rung: Rung) -> None:
    rung.listen(box)
    until(lambda: rung.times == 1)
    time.sleep(0.5)
    assert rung.times == 1
    box.put(letter(1))
    until(lambda: rung.times >= 2)


def test_lesson_17_idle_is_asked_anew_before_the_server_forgets(box: ImapBox, rung: Rung) -> None:
    rung.listen(box, Patience(look=0.1, renew=0.3, first=0.1, longest=0.2))
    until(lambda: rung.times >= 3)
    assert box.relay.connections == 1


def test_a_line_that_is_cut_is_made_anew(box: ImapBox, rung: Rung) -> None:
    rung.listen(box)
    until(lambda: rung.times == 1)
    box.relay.cut()
    until(lambda: rung.times == 2)
    box.put(letter(1))
    until(lambda: rung.times >= 3)


def test_a_line_that_the_server_has_ended_is_not_spun_upon(box: ImapBox, rung: Rung) -> None:
    """imapclient#565: the end of the line reads as nothing said, at once and for ever."""
    rung.listen(box, Patience(look=0.2, renew=60.0, first=0.5, longest=1.0))
    until(lambda: rung.times == 1)
    box.relay.cut()
    began = time.process_time()
    time.sleep(2.0)
    assert time.process_time() - began < 1.0
    assert box.relay.connections <= 4


def test_a_server_without_idle_is_left_alone(old_dovecot: Dovecot, tmp_path: Path, rung: Rung) -> None:
    box = ImapBox(old_dovecot, tmp_path / "lease")
    bell = rung.listen(box)
    until(lambda: not bell._thread.is_alive())
    assert (rung.times, box.relay.connections) == (0, 1)
    box.relay.stop()


def test_it_ends_soon_when_it_is_told_to(box: ImapBox, rung: Rung) -> None:
    bell = rung.listen(box)
    until(lambda: rung.times == 1)
    began = time.monotonic()
    bell.close()
    assert time.monotonic() - began < 3


def test_a_ring_amid_a_poll_is_not_lost_and_rings_without_end_are_bounded() -> None:
    polls: list[int] = []

    def poll(now: object) -> int:
        polls.append(1)
        if len(polls) == 1:
            early.ring()
        return 1

    early = EarlyPoll(poll)
    woken = threading.Event()
    early.wake = woken.set
    assert early(None) == 2 and woken.is_set()  # type: ignore[arg-type]

    def always(now: object) -> int:
        endless.ring()
        return 1

    endless = EarlyPoll(always)
    assert endless(None) == 3  # type: ignore[arg-type]


def test_the_daemon_takes_a_mail_in_at_once_though_it_polls_once_an_hour(box: ImapBox, tmp_path: Path) -> None:
    home = tmp_path / "county"
    write_sandbox(home)
    config = home / "config.toml"
    imap = (
        f'[[mailbox]]\nkind = "imap"\nname = "missing.pupils"\naddress = "missing.pupils@council.example"\n'
        f'host = "127.0.0.1"\nport = {box.server.tls_port}\nlogin = "{box.user}"\npassword_env = "CMEBOT_TEST"\n'
        f'ca_file = "{box.server.ca_file}"\nfolder = "{box.FOLDERS["inbox"]}"\n'
    )
    text = re.sub(r"(?s)\[\[mailbox\]\].*?(?=\[\[mailbox\]\])", lambda _: imap, config.read_text("utf-8"), count=1)
    config.write_text(f"poll_seconds = 3600\n{text}", "utf-8")
    make_register(config)
    environment = {**os.environ, "CMEBOT_TEST": PASSWORD}
    daemon = subprocess.Popen([CMEBOT, "-c", config, "run"], stderr=subprocess.PIPE, env=environment, text=True)
    try:
        assert daemon.stderr is not None
        for line in daemon.stderr:  # Until the first poll is over.
            if '"started"' in line:
                break
        time.sleep(4)
        box.put(letter(1))
        until(lambda: _lies_in(box, "Done") or _lies_in(box, "Quarantine"), 20)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate(timeout=30)


def _lies_in(box: ImapBox, folder: str) -> bool:
    with box.server.as_user(box.user) as client:
        if not client.folder_exists(folder):
            return False
        client.select_folder(folder, readonly=True)
        return bool(client.search(["ALL"]))
