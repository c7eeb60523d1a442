"""SIGKILL proves that a process may die. For power loss: each commit is on the disk (fsync) before the server moves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.running.startup import make_register
from tests.bot.test_daemon import LETTER
from tests.dovecot import PASSWORD, Dovecot, run_dovecot

CMEBOT = Path(sys.executable).parent / "cmebot"
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")


def calls(trace: str) -> list[tuple[str, str, str]]:
    """Thread, system call and arguments, in their order; what another thread cut in two counts where it began."""
    return [(found[1], found[2], found[3]) for line in trace.splitlines() if (found := _CALL.match(line))]


@dataclass
class Traced:
    """What the bot did, in its order, as the kernel saw it."""

    moved: list[str] = field(default_factory=list)
    sent: int = 0

    def read(self, trace: Path, moves: Callable[[str, str], bool]) -> None:
        """Fails where a thread moves a mail on the server while what it has written to the register is not on the
        disk. Mails leave in a thread of their own; each thread syncs what it has written."""
        unsynced: set[str] = set()
        for thread, call, arguments in calls(trace.read_text("utf-8", "replace")):
            if call in ("pwrite64", "write") and "register.db-wal" in arguments:
                unsynced.add(thread)
            elif call in ("fsync", "fdatasync") and "register.db-wal" in arguments:
                unsynced.discard(thread)
            elif moves(call, arguments):
                self.moved.append(arguments)
                assert thread not in unsynced, f"moved while the commit was not on the disk: {arguments[:200]}"
            elif call.startswith("rename") and "/mail/sent/new/" in arguments:
                self.sent += 1


def trace_once(config: Path, trace: Path, more_calls: str = "") -> None:
    """`cmebot once`, seen by strace. Skips where there is none, or where it may not look."""
    if shutil.which("strace") is None:
        pytest.skip("There is no strace on this computer. As root: apt-get install -y strace")
    command = ["strace", "-f", "-y", "-s", "200", "-o", str(trace)]
    command += ["-e", f"trace=fsync,fdatasync,rename,renameat,renameat2,pwrite64,write{more_calls}"]
    done = subprocess.run(
        [*command, str(CMEBOT), "-c", str(config), "once"], capture_output=True, text=True, check=False,
        env={**os.environ, "DURABLE_PASSWORD": PASSWORD}, timeout=150,
    )  # fmt: skip
    if "ptrace" in done.stderr.lower():
        pytest.skip(f"strace may not trace here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr


def letters(count: int) -> list[bytes]:
    """More than one batch of them."""
    return [LETTER.replace("<1@", f"<{n}@").replace("Ines", f"Ines{n}").encode() for n in range(count)]


@pytest.mark.timeout(180)
def test_each_commit_is_on_disk_before_the_mail_is_moved(tmp_path: Path) -> None:
    county = tmp_path / "county"
    write_sandbox(county)
    make_register(county / "config.toml")
    mails = county / "mail" / "missing.pupils" / "new"
    for n, raw in enumerate(letters(30)):
        (mails / f"{n:04d}.test").write_bytes(raw)
    trace_once(county / "config.toml", tmp_path / "trace")
    traced = Traced()
    traced.read(tmp_path / "trace", lambda call, told: call.startswith("rename") and "/missing.pupils/.Done/" in told)
    assert len(traced.moved) == 30 and traced.sent


@pytest.mark.timeout(240)
def test_each_commit_is_on_disk_before_an_imap_server_is_told_to_move(tmp_path: Path) -> None:
    for server in run_dovecot():
        with server.as_user("durable") as client:
            for raw in letters(70):
                client.append("INBOX", raw)
        config = behind_imap(tmp_path / "county", server)
        trace_once(config, tmp_path / "trace", ",sendto,sendmsg")
        traced = Traced()
        traced.read(tmp_path / "trace", lambda call, told: call.startswith("send") and " UID MOVE " in told)
        assert len(traced.moved) > 1 and traced.sent
        with server.as_user("durable") as client:
            assert client.folder_status("INBOX")[b"MESSAGES"] == 0
            assert client.folder_status("Done")[b"MESSAGES"] == 70


def behind_imap(county: Path, server: Dovecot) -> Path:
    """In clear, so that strace sees what is said."""
    write_sandbox(county)
    config = county / "config.toml"
    head = config.read_text("utf-8").partition("[[mailbox]]")[0]
    box = (
        f'[[mailbox]]\nkind = "imap"\nname = "missing.pupils"\naddress = "missing.pupils@council.example"\n'
        f'host = "127.0.0.1"\nport = {server.clear_port}\nlogin = "durable"\npassword_env = "DURABLE_PASSWORD"\n'
        'security = "plain"\n\n[transport]\nkind = "maildir"\npath = "mail/sent"\n'
    )
    config.write_text(head + box, "utf-8")
    make_register(config)
    return config
