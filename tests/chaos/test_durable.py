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
_CALL = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>.*)$")
_LETTER = re.compile(r"<(\d+)@housing-vale\.example>")
"""The Message-ID of a letter, as it stands in a page of the register."""
_SYNCS = ("fsync", "fdatasync")


@dataclass
class Traced:
    """What the bot did, in its order, as the kernel saw it. `written`: letters that stand in what was written to the
    register; `synced`: those of them that a sync has put on the disk, which began after that and has ended."""

    moved: list[int] = field(default_factory=list)
    sent: int = 0
    written: set[int] = field(default_factory=set)
    synced: set[int] = field(default_factory=set)
    _under_way: dict[str, set[int]] = field(default_factory=dict)

    def read(self, trace: Path, moves: Callable[[str, str], list[int]]) -> None:
        """`moves`: which letters a system call and its arguments move on the server. Fails where one is moved of which
        the commit is not on the disk, whichever threads wrote, synced and moved."""
        for line in trace.read_text("utf-8", "replace").splitlines():
            if found := _CALL.match(line):
                self._seen(found[1], found[2] or "", found[3] or "", ended=found[4] or "")
                for letter in moves(found[2] or "", found[3] or ""):
                    assert letter in self.synced, f"letter {letter} was moved while its commit was not on the disk"
                    self.moved.append(letter)

    def _seen(self, thread: str, call: str, arguments: str, ended: str) -> None:
        if ended in _SYNCS:
            self.synced |= self._under_way.pop(thread, set())
        elif call in _SYNCS and "register.db-wal" in arguments:
            if arguments.endswith("<unfinished ...>"):
                self._under_way[thread] = set(self.written)
            else:
                self.synced |= self.written
        elif call in ("pwrite64", "write") and "register.db-wal" in arguments:
            self.written |= {int(n) for n in _LETTER.findall(arguments)}
        elif call.startswith("rename") and "/mail/sent/new/" in arguments:
            self.sent += 1


def trace_once(config: Path, trace: Path, more_calls: str = "") -> None:
    """`cmebot once`, seen by strace. Skips where there is none, or where it may not look."""
    if shutil.which("strace") is None:
        pytest.skip("There is no strace on this computer. As root: apt-get install -y strace")
    command = ["strace", "-f", "-y", "-s", "5000", "-o", str(trace)]
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
    traced.read(tmp_path / "trace", moved_in_a_maildir)
    assert sorted(traced.moved) == list(range(30)) and traced.sent


def moved_in_a_maildir(call: str, told: str) -> list[int]:
    found = re.search(r"/(\d{4})\.test.*/missing\.pupils/\.Done/", told) if call.startswith("rename") else None
    return [int(found[1])] if found else []


@pytest.mark.timeout(240)
def test_each_commit_is_on_disk_before_an_imap_server_is_told_to_move(tmp_path: Path) -> None:
    for server in run_dovecot():
        with server.as_user("durable") as client:
            for raw in letters(70):
                client.append("INBOX", raw)
        config = behind_imap(tmp_path / "county", server)
        trace_once(config, tmp_path / "trace", ",sendto,sendmsg")
        traced = Traced()
        traced.read(tmp_path / "trace", moved_by_imap)
        assert sorted(traced.moved) == list(range(70)) and traced.sent
        with server.as_user("durable") as client:
            assert client.folder_status("INBOX")[b"MESSAGES"] == 0
            assert client.folder_status("Done")[b"MESSAGES"] == 70


def moved_by_imap(call: str, told: str) -> list[int]:
    """UIDs are given from 1 on, in the order of arrival."""
    found = re.search(r" UID MOVE ([\d,:]+) ", told) if call.startswith("send") else None
    ends = [part.split(":") for part in found[1].split(",")] if found else []
    return [uid - 1 for end in ends for uid in range(int(end[0]), int(end[-1]) + 1)]


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
