"""Ten thousand mails at once, taken in by the real daemon from a real IMAP server: `python -m bench.flood`.

Are all in, in the order in which they arrived; how much memory did the daemon's process and its readers ever hold; and
how soon did the alarm leave for a mail of serious concern among the last of them?
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.intake import _owned, fill, served
from bench.mails import concern_mail, deliver
from bot.config.sandbox import write_sandbox
from bot.register.register import Register
from bot.running.startup import make_register
from tests.dovecot import PASSWORD, Dovecot

_USER = "flood"
_STARTS_WITHIN = 60.0


@dataclass
class Seen:
    """Most memory of each process in MB (VmHWM of proc(5)): the daemon's own, and those that it started."""

    daemon: int = 0
    others: dict[int, int] = field(default_factory=dict)

    def look(self, pid: int) -> None:
        self.daemon = max(self.daemon, _most(pid))
        for child in _children(pid):
            self.others[child] = max(self.others.get(child, 0), _most(child))


def measure(waiting: int, seconds: float) -> None:
    """Prints the figures. Gives up after `seconds`, and says how far it came."""
    with served() as (server, folder):
        fill(server, folder, _USER, waiting)
        inbox = folder / "mail" / _USER / "Maildir"
        deliver(concern_mail(waiting - 10), inbox, waiting - 10)  # In that one's place: ten from the end.
        _owned(inbox)
        config = _county(server, folder)
        seen, alarm, left = Seen(), 0.0, set[str]()
        daemon = subprocess.Popen(
            [Path(sys.executable).parent / "cmebot", "-c", config, "run"],
            env={**os.environ, "FLOOD_PASSWORD": PASSWORD}, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        start = time.monotonic()
        try:
            while (took := time.monotonic() - start) < seconds and daemon.poll() is None:
                seen.look(daemon.pid)
                alarm = alarm or (took if _alarm(config.parent / "mail" / "sent" / "new", left) else 0.0)
                if took > _STARTS_WITHIN and _taken(config) == 0:
                    break
                if _lying(server) == 0:
                    break
                time.sleep(0.5)
        finally:
            daemon.terminate()
            daemon.wait(60)
        _print(config, waiting, took, alarm, seen)


def _county(server: Dovecot, folder: Path) -> Path:
    home = folder / "county"
    write_sandbox(home)
    config = home / "config.toml"
    text = config.read_text("utf-8")
    head = text[: text.index("[[mailbox]]")].replace("[trust]", 'poll_seconds = 5\nstart_from = "all"\n\n[trust]')
    box = (
        f'[[mailbox]]\nkind = "imap"\nname = "missing.pupils"\naddress = "missing.pupils@council.example"\n'
        f'host = "127.0.0.1"\nport = {server.clear_port}\nlogin = "{_USER}"\npassword_env = "FLOOD_PASSWORD"\n'
        'security = "plain"\n\n[transport]\nkind = "maildir"\npath = "mail/sent"\n'
    )
    config.write_text(head + box, "utf-8")
    make_register(config)
    return config


def _print(config: Path, waiting: int, took: float, alarm: float, seen: Seen) -> None:
    with Register.open(config.parent / "register.db") as register, register.read() as snapshot:
        cases = len(snapshot.cases())
    numbers = _numbers(config)
    in_turn = [number for number in numbers if number != waiting - 10]
    print(f"{waiting} mails at once, taken in by the daemon in {took:.0f} s of wall clock")
    print(f"  taken in                    {len(set(numbers)):8d}   twice: {len(numbers) - len(set(numbers))}")
    print(f"  cases                       {cases:8d}")
    print(f"  in order of arrival         {'yes' if in_turn == sorted(in_turn) else 'NO':>8}")
    print(f"  alarm of one among the last {alarm:8.1f} s from the daemon's start")
    print(f"  the daemon held at most     {seen.daemon:8d} MB (VmHWM)")
    readers = sorted(seen.others.values(), reverse=True)
    print(f"  each of its readers         {', '.join(map(str, readers[:4])) or 'none seen':>8} MB ({len(readers)} ran)")


def _numbers(config: Path) -> list[int]:
    """Of the mails, in the order in which they were taken in."""
    with sqlite3.connect(f"file:{config.parent / 'register.db'}?mode=ro", uri=True) as register:
        rows = register.execute("select message_id from mail order by id").fetchall()
    return [int(message_id[1:].partition("@")[0]) for (message_id,) in rows]


def _taken(config: Path) -> int:
    with sqlite3.connect(f"file:{config.parent / 'register.db'}?mode=ro", uri=True) as register:
        return int(register.execute("select count(*) from mail").fetchone()[0])


def _lying(server: Dovecot) -> int:
    maildir = server.home(_USER) / "Maildir"
    return sum(1 for part in ("new", "cur") for _ in os.scandir(maildir / part))


def _alarm(sent: Path, before: set[str]) -> bool:
    """Among the mails that have left since the last look."""
    new = [path for path in sent.iterdir() if path.name not in before]
    before.update(path.name for path in new)
    return any(b"X-CME-Rule: alarm" in path.read_bytes() for path in new)


def _most(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0  # It has ended.
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text("ascii", "replace").rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == pid:
            found.append(int(stat.parent.name))
    return [*found, *(deeper for child in found for deeper in _children(child))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000, help="how many lie there when the daemon starts")
    parser.add_argument("--seconds", type=float, default=900, help="when to give up")
    wanted = parser.parse_args()
    measure(wanted.mails, wanted.seconds)


if __name__ == "__main__":
    main()
