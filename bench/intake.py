"""How many mails with a form become acknowledged cases in a second, beside the same mailbox drained raw; and how soon
an alarm leaves that lies behind ten thousand mails."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import mailparser

from bench.mails import concern_mail, deliver, memo_mail
from bot.config.sandbox import write_sandbox
from bot.mailboxes.imap import ImapMailbox, ImapSettings
from bot.running.opening import open_rounds
from bot.running.startup import make_register, office_of
from bot.running.ticks import Rounds
from outbound.transports.maildir import MaildirTransport
from rules.calendar import LONDON
from tests.dovecot import PASSWORD, Dovecot

NOW = datetime(2014, 11, 25, 10, 0, tzinfo=LONDON)


def measure(mails: int, waiting: int) -> None:
    """Prints the figures; `mails` for the rate, `waiting` for the alarm."""
    with served() as (server, folder):
        made = [memo_mail(number) for number in range(min(mails, 200))]
        size = sum(map(len, made)) // len(made)
        fill(server, folder, "raw", mails)
        fill(server, folder, "cases", mails)
        raw = drain_raw(server, "raw")
        before = parse_only(made * 3)
        rate = take_in(server, folder, "cases", mails)
        parsed = (before + parse_only(made * 3)) / 2  # Before and after: a computer is not as fast at every moment.
        print(f"{mails} mails of {size:,} bytes from Dovecot over TLS")
        print(f"  drained raw by imapclient   {mails / raw:8.0f} a second")
        print(f"  parsed by mail-parser alone {parsed:8.0f} a second")
        print(f"  acknowledged cases          {mails / rate:8.0f} a second   ({raw / rate:.2f} of raw, ", end="")
        print(f"{mails / rate / parsed:.3f} of mail-parser)")
    if waiting:
        with served() as (server, folder):
            fill(server, folder, "waiting", waiting)
            alarm(server, folder, "waiting", waiting)


@contextmanager
def served() -> Iterator[tuple[Dovecot, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
    folder.chmod(0o755)
    server = Dovecot(folder)
    try:
        yield server, folder
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def fill(server: Dovecot, folder: Path, user: str, count: int) -> None:
    with server.as_user(user) as client:
        client.select_folder("INBOX")
    inbox = folder / "mail" / user / "Maildir"
    for number in range(count):
        deliver(memo_mail(number), inbox, number)
    _owned(inbox)


def _owned(inbox: Path) -> None:
    owner = pwd.getpwnam("mail")
    for path in (inbox / "new").iterdir():
        os.chown(path, owner.pw_uid, owner.pw_gid)


def drain_raw(server: Dovecot, user: str) -> float:
    """Seconds to fetch all and move all, reading nothing."""
    start = time.perf_counter()
    with server.as_user(user) as client:
        client.create_folder("Done")
        client.select_folder("INBOX")
        uids = client.search()
        for at in range(0, len(uids), 50):
            client.fetch(uids[at : at + 50], ["BODY.PEEK[]"])
            client.move(uids[at : at + 50], "Done")
    return time.perf_counter() - start


def parse_only(mails: list[bytes]) -> float:
    """Mails a second that mail-parser takes apart, attachments and all: how fast this machine is."""
    start = time.perf_counter()
    for raw in mails:
        assert mailparser.parse_from_bytes(raw).attachments
    return len(mails) / (time.perf_counter() - start)


@contextmanager
def office(server: Dovecot, folder: Path, user: str) -> Iterator[Rounds]:
    home = folder / f"county-{user}"
    write_sandbox(home)
    make_register(home / "config.toml")
    with ExitStack() as stack:
        rounds = open_rounds(office_of(home / "config.toml"), stack, inline=False)
        rounds.transport = MaildirTransport(home / "mail" / "sent")
        settings = ImapSettings(
            name=user, address="missing.pupils@council.example", host="127.0.0.1", port=server.tls_port, login=user,
            password=PASSWORD, lease=home / "lease", tls=server.trust,
        )  # fmt: skip
        box = ImapMailbox(settings)
        stack.callback(box.close)
        rounds.mailboxes = [box]
        rounds.office.warm()
        rounds.start(NOW)
        rounds.readers.read([(memo_mail(0), NOW)] * 2)
        yield rounds


def take_in(server: Dovecot, folder: Path, user: str, count: int) -> float:
    """Seconds until every mail is a case and its acknowledgement has left."""
    with office(server, folder, user) as rounds:
        start = time.perf_counter()
        while rounds.taken < count:
            rounds.once_round(NOW)
        rounds.once_round(NOW)
        took = time.perf_counter() - start
        with rounds.register.read() as snapshot:
            assert len(snapshot.cases()) == count, len(snapshot.cases())
        return took


def alarm(server: Dovecot, folder: Path, user: str, waiting: int) -> None:
    """A mail of serious concern arrives behind all the others: seconds until its alarm is on the wire."""
    inbox = folder / "mail" / user / "Maildir"
    with office(server, folder, user) as rounds:
        deliver(concern_mail(waiting), inbox, waiting)
        _owned(inbox)
        start = time.time()
        rounds.once_round(NOW)
        took = min(_alarms(rounds.office.config.register_path.parent / "mail" / "sent" / "new")) - start
        print(f"  alarm behind {waiting} mails  {took:8.1f} s")


def _alarms(sent: Path) -> list[float]:
    """When each alarm was handed over: the times of its files, in seconds since 1970."""
    found = [path for path in sent.iterdir() if b"X-CME-Rule: alarm" in path.read_bytes()]
    assert found, "no alarm left in the first round"
    return [path.stat().st_mtime for path in found]
