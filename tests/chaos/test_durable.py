"""SIGKILL proves that a process may die. For power loss: each commit is on the disk (fsync) before the server moves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox import write_sandbox
from bot.startup import make_register
from tests.bot.test_daemon import LETTER

CMEBOT = Path(sys.executable).parent / "cmebot"
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")


def calls(trace: str) -> list[tuple[str, str, str]]:
    """Thread, system call and arguments, in their order; what another thread cut in two counts where it began."""
    return [(found[1], found[2], found[3]) for line in trace.splitlines() if (found := _CALL.match(line))]


@pytest.mark.timeout(180)
def test_each_commit_is_on_disk_before_the_mail_is_moved(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("There is no strace on this computer. As root: apt-get install -y strace")
    county = tmp_path / "county"
    write_sandbox(county)
    make_register(county / "config.toml")
    mails = county / "mail" / "missing.pupils" / "new"
    for n in range(30):  # more than one batch
        (mails / f"{n:04d}.test").write_text(LETTER.replace("<1@", f"<{n}@").replace("Ines", f"Ines{n}"), "utf-8")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-s", "200", "-o", str(trace)]
    command += ["-e", "trace=fsync,fdatasync,rename,renameat,renameat2,pwrite64,write"]
    done = subprocess.run(
        [*command, str(CMEBOT), "-c", str(county / "config.toml"), "once"], capture_output=True, text=True, check=False
    )
    if "ptrace" in done.stderr.lower():
        pytest.skip(f"strace may not trace here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    unsynced: set[str] = set()  # Mails leave in a thread of their own; each thread syncs what it has written.
    moved = sent = 0
    for thread, call, arguments in calls(trace.read_text("utf-8", "replace")):
        if call in ("pwrite64", "write") and "register.db-wal" in arguments:
            unsynced.add(thread)
        elif call in ("fsync", "fdatasync") and "register.db-wal" in arguments:
            unsynced.discard(thread)
        elif call.startswith("rename") and "/missing.pupils/.Done/" in arguments:
            moved += 1
            assert thread not in unsynced, f"moved while the commit was not on the disk: {arguments[:200]}"
        elif call.startswith("rename") and "/mail/sent/new/" in arguments:
            sent += 1
    assert moved == 30 and sent
