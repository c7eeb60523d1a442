"""The world around the daemon: a county, a mailbox on Dovecot, people who write, move and answer mails."""

from __future__ import annotations

import json
import os
import pwd
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from bot.config.sandbox import write_sandbox
from bot.demo.forms import memo
from bot.running.startup import make_register
from tests.chaos.fuse import Plan
from tests.chaos.sink import Sink
from tests.dovecot import PASSWORD, Dovecot, Relay

_SURNAMES = (
    "Abbotsley Bexwell Catterick Dunmore Eastcott Farquhar Gilpin Hollis Ibbotson Jessop Kirkbride Lumsden Mottram "
    "Nettleship Okonedo Pargeter Quillfeather Ravensdale Sotheby Tregenza Uppal Venables Wigglesworth Yardley Zielinski"
)
_FORENAMES = (
    "Ambrose Bettina Cosmo Delphine Emrys Fenella Godfrey Hesper Ignatius Jolyon Keziah Leopold Marigold Nestor "
    "Ottilie Perpetua Quentin Rosalind Septimus Thomasina Ulric Venetia Wilfred Xanthe Yolanda Zebedee"
)
_STREETS = "Elm Quarry Orchard Castle Mill Station Harbour Priory Windmill Foundry Rectory"
_AUTH = "Authentication-Results: mx.council.example; dmarc=pass header.from={domain}\r\n"
_STARTED_BY = 60.0
SCHOOL, OFFICER = "office@bardwell-hill.example", "tracking.officer@council.example"


def child(number: int) -> dict[str, str]:
    """One that nobody would take for another: names, birthdays and addresses far apart."""
    surnames, forenames, streets = (words.split() for words in (_SURNAMES, _FORENAMES, _STREETS))
    born = date(date.today().year - 12, 1, 5) + timedelta(days=number * 97 % 1500)  # noqa: DTZ011 - of school age
    return {
        "child.surname": surnames[number % len(surnames)],
        "child.forenames": forenames[number // len(surnames) % len(forenames)],
        "child.date_of_birth": f"{born:%d %B %Y}",
        "carers": f"Ms {forenames[number * 7 % len(forenames)]} {surnames[number * 5 % len(surnames)]}",
        "address.last_known": f"{number} {streets[number % len(streets)]} Row, Banbury OX16 1AA",
    }


@dataclass
class World:
    """One county for a whole campaign. `delivered`: what lies or has lain in the mailbox, by Message-ID."""

    folder: Path
    dovecot: Dovecot
    sink: Sink
    delivered: dict[str, str] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    ahead: float = 0.0
    serial: int = 0

    def __post_init__(self) -> None:
        self.user = f"chaos{os.getpid()}x{id(self) % 10_000}"
        self.relay = Relay(self.dovecot.clear_port)
        self.home = self.folder / "county"
        write_sandbox(self.home)
        self._configure(self.sink.start())
        make_register(self.config)
        with self.dovecot.as_user(self.user) as client:
            client.select_folder("INBOX")
            for name in ("Done", "Quarantine", "Elsewhere"):
                client.create_folder(name)
        self.inbox = self.dovecot.home(self.user) / "Maildir"
        self.ahead = (_next_tuesday() - datetime.now(UTC)).total_seconds()
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.zygote", str(self.config)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "CHAOS_PASSWORD": PASSWORD},
            start_new_session=True,
        )  # fmt: skip

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    def _configure(self, smtp: int) -> None:
        text = self.config.read_text("utf-8")
        head = text[: text.index("[[mailbox]]")].replace("[trust]", 'poll_seconds = 5\nstart_from = "all"\n\n[trust]')
        self.config.write_text(
            f'{head}\n[[mailbox]]\nkind = "imap"\nname = "missing.pupils"\naddress = "missing.pupils@council.example"\n'
            f'host = "127.0.0.1"\nport = {self.relay.port}\nlogin = "{self.user}"\npassword_env = "CHAOS_PASSWORD"\n'
            'security = "plain"\n\n[transport]\nkind = "smtp"\nhost = "127.0.0.1"\n'
            f'port = {smtp}\nsecurity = "plain"\n\n'
            "[limits]\ndomain_a_minute = 100000\noutside_a_day = 100000\ninside_a_day = 100000\n",
            "utf-8",
        )

    # The daemon's lives.

    def live(self, plan: Plan) -> bool:
        """One life; whether it died of a SIGKILL, at its step or of ours."""
        written = Path(plan.log).stat().st_size if Path(plan.log).exists() else 0
        daemon = self._born(plan)
        killer = threading.Thread(target=_kill_later, args=(daemon, plan, written))
        killer.start()
        status = self._dead()
        killer.join()
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def live_until(self, plan: Plan, done: Callable[[], bool]) -> None:
        """A life in peace, ended by SIGTERM."""
        daemon = self._born(plan)
        while not done():
            time.sleep(0.2)
        os.kill(daemon, signal.SIGTERM)
        killer = threading.Timer(20, _kill, [daemon])
        killer.start()
        self._dead()
        killer.cancel()

    def _born(self, plan: Plan) -> int:
        assert self._zygote.stdin and self._zygote.stdout
        self._zygote.stdin.write(json.dumps(asdict(plan)) + "\n")
        self._zygote.stdin.flush()
        return int(self._zygote.stdout.readline())

    def _dead(self) -> int:
        assert self._zygote.stdout
        return int(self._zygote.stdout.readline())

    def close(self) -> None:
        assert self._zygote.stdin
        self._zygote.stdin.close()
        try:
            self._zygote.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._zygote.pid, signal.SIGKILL)
            self._zygote.wait(5)
        self.relay.stop()
        self.sink.stop()

    # People.

    def referral(self) -> None:
        self.serial += 1
        fields = {
            "referrer.name": "Mrs A. Wainscott", "referrer.address": "Bardwell Hill Academy, Banbury",
            "referrer.telephone": "01632 960123", "referrer.email": SCHOOL, "referral.date": "12 November 2014",
            **child(self.serial),
            "school.last_attended": "Bardwell Hill Academy",
            "information.other": "Last attended 3 October 2014.",
        }  # fmt: skip
        self._deliver("referral", SCHOOL, "Missing pupil", memo(fields))

    def nonsense(self) -> None:
        self.serial += 1
        self._deliver("other", f"someone{self.serial}@stranger.example", "Hello", f"Custard {self.serial}?")

    def answer(self, dice: Random) -> None:
        """The officer answers one of the questions that reached him."""
        asked = [
            t for t in self.sink.taken
            if t.key not in self.answered and b"X-CME-Question: accept-referral database-check" in t.raw
        ]  # fmt: skip
        if not asked:
            return self.referral()
        one = dice.choice(asked)
        self.answered.add(one.key)
        subject = " ".join(str(one.mail["Subject"]).split())
        more = f"In-Reply-To: {one.mail['Message-ID']}\r\n"
        return self._deliver("answer", OFFICER, f"Re: {subject}", "Nothing on the database.", more)

    def _deliver(self, kind: str, sender: str, subject: str, text: str, more: str = "") -> None:
        """As a mail server does: written beside, then renamed in."""
        name = f"{kind}{len(self.delivered)}"
        message_id = f"<{name}@chaos.example>"
        raw = (
            _AUTH.format(domain=sender.rpartition("@")[2]) + f"From: {sender}\r\nTo: missing.pupils@council.example\r\n"
            f"Subject: {subject}\r\nMessage-ID: {message_id}\r\n{more}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"
        )
        path = self.inbox / "tmp" / f"{time.time_ns()}.{name}.chaos"
        path.write_bytes(raw.encode())
        owner = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        os.chown(path, owner.pw_uid, owner.pw_gid)
        path.rename(self.inbox / "new" / path.name)
        self.delivered[message_id] = kind

    def a_person_meddles(self, dice: Random) -> None:
        """Opens mails, or takes one away and puts it back."""
        with self.dovecot.as_user(self.user) as client:
            for folder, to in (("INBOX", "Elsewhere"), ("Elsewhere", "INBOX")):
                client.select_folder(folder)
                lying = client.search()
                if lying and dice.random() < 0.5:
                    client.move([dice.choice(lying)], to)
            client.select_folder("INBOX")
            if lying := client.search():
                client.add_flags(lying[:3], [b"\\Seen"])

    def number_anew(self) -> None:
        """The server loses its UIDs: the same mails, under another UIDVALIDITY. Dovecot takes the second of the clock
        and, without its files, the same one twice within it, which no server may (RFC 3501, 2.3.1.1)."""
        listed = self.inbox / "dovecot-uidlist"
        if listed.exists() and (last := re.match(rb"\d+ V(\d+)", listed.read_bytes())):
            time.sleep(max(0.0, int(last[1]) + 1 - time.time()))
        for file in self.inbox.glob("dovecot*"):
            if file.is_file():
                file.unlink(missing_ok=True)  # The server renames its own temporary ones meanwhile.

    def lock(self, seconds: float) -> threading.Thread:
        """Somebody else holds the register."""

        def hold() -> None:
            other = sqlite3.connect(self.home / "register.db", isolation_level=None, timeout=0.1)
            try:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(seconds)
                other.execute("ROLLBACK")
            except sqlite3.OperationalError:
                return
            finally:
                other.close()

        thread = threading.Thread(target=hold)
        thread.start()
        return thread

    def lying(self) -> dict[str, list[str]]:
        """The Message-IDs in each folder, as the server has them on its disk."""
        while True:
            try:
                return self._lying()
            except FileNotFoundError:  # The server has moved one meanwhile: look again.
                time.sleep(0.05)

    def _lying(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for file in self.dovecot.files(self.user):
            folder = file.parent.parent.name.lstrip(".") if file.parent.parent != self.inbox else "INBOX"
            seen = re.search(rb"^Message-ID: (\S+)", file.read_bytes(), re.MULTILINE | re.IGNORECASE)
            found.setdefault(folder, []).append(seen[1].decode() if seen else "?")
        return found


def _kill_later(process: int, plan: Plan, written: int) -> None:
    """So many seconds after the daemon says that it has started, on however busy a computer."""
    until = time.monotonic() + _STARTED_BY
    while plan.seconds > 0 and time.monotonic() < until and _alive(process):
        if Path(plan.log).exists() and b'"started"' in Path(plan.log).read_bytes()[written:]:
            break
        time.sleep(0.02)
    until = time.monotonic() + abs(plan.seconds)
    while time.monotonic() < until and _alive(process):
        time.sleep(0.02)
    _kill(process)


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _kill(process: int) -> None:
    try:
        os.kill(process, 9)
    except ProcessLookupError:
        return


def _next_tuesday() -> datetime:
    """A working hour, so that what is asked leaves at once."""
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while day.weekday() != 1:
        day += timedelta(days=1)
    return day
