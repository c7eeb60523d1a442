"""Five thousand rows in one mail: how long until every row has found its way and every mail about it is written, and
how long other mail waits meanwhile at most."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from bot.config.sandbox import write_sandbox
from bot.running.opening import open_rounds
from bot.running.startup import make_register, office_of
from bot.running.ticks import Rounds
from rules.calendar import LONDON

NOW = datetime(2014, 11, 25, 10, 0, tzinfo=LONDON)
SCHOOLS = 300
_SYLLABLES = ("bar", "den", "hol", "kes", "lin", "mor", "pen", "ros", "tal", "wex", "yar", "zel")


def measure(rows: int) -> None:
    """Prints the figures for a list of each kind."""
    for kind in ("leavers", "rising-fives", "police", "on-roll"):
        folder = Path(tempfile.mkdtemp(prefix="bench-lists-"))
        try:
            _measure(kind, rows, folder / "county")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _measure(kind: str, rows: int, home: Path) -> None:
    write_sandbox(home)
    _many_schools(home)
    make_register(home / "config.toml")
    with ExitStack() as stack:
        rounds = open_rounds(office_of(home / "config.toml"), stack, inline=False)
        rounds.office.warm()
        rounds.start(NOW)
        _deliver(home, _list_mail(kind, rows), "list")
        begun = time.perf_counter()
        rounds.poll(NOW)
        read = time.perf_counter() - begun
        longest = _worked_off(rounds, home)
        rounds.once_round(NOW)
        took = time.perf_counter() - begun
        with rounds.register.read() as snapshot:
            told = f"{len(snapshot.cases())} cases, {rounds.sent} mails"
    print(f"  {kind:13} {rows} rows: {took:.1f} s ({read:.1f} s to read), other mail waits {longest:.2f} s; {told}")


def _worked_off(rounds: Rounds, home: Path) -> float:
    """Batch after batch, with a letter in between, as the daemon's ticks follow one another; the longest batch."""
    longest, number = 0.0, 0
    while True:
        begun = time.perf_counter()
        if not rounds.lists(NOW):
            return longest
        longest = max(longest, time.perf_counter() - begun)
        number += 1
        if number % 10 == 1:
            before = rounds.taken
            _deliver(home, _letter(number), f"letter{number}")
            rounds.poll(NOW)
            assert rounds.taken == before + 1, "the letter waited"


def _many_schools(home: Path) -> None:
    hubs = ("north", "south", "city")
    with (home / "directory" / "schools.csv").open("a", encoding="utf-8") as file:
        for n in range(SCHOOLS):
            file.write(f"{_name(n, 4)} Primary School,office@school{n}.example,931/{2000 + n},{hubs[n % 3]},\n")


def _name(number: int, length: int) -> str:
    return "".join(_SYLLABLES[number // 12**n % 12] for n in range(length)).capitalize()


_HEADS = {
    "leavers": "Surname,Forename,DOB,School,Date left,Destination",
    "rising-fives": "Surname,Forename,DOB,NHS number,Address,Provision",
    "police": "Surname,Forename,DOB,Missing since,Returned,Ref",
    "on-roll": "Surname,Forename,DOB,School,Admission date,Class",
}
_SENDERS = {
    "leavers": "tracking.officer@council.example", "rising-fives": "admissions@council.example",
    "police": "enquiries@police.example", "on-roll": "tracking.officer@council.example",
}  # fmt: skip


def _list_mail(kind: str, rows: int) -> bytes:
    lines = [_HEADS[kind], *(_row(kind, n) for n in range(rows))]
    return _mail(_SENDERS[kind], kind, f"The list: {kind}.", "\n".join(lines).encode())


def _row(kind: str, n: int) -> str:
    oldest = date(2009, 1, 1) if kind == "rising-fives" else date(2003, 1, 1)
    born = oldest + timedelta(days=n % (200 if kind == "rising-fives" else 3000))
    child = f"{_name(n * 7, 5)},{_name(n, 3)},{born:%d/%m/%Y}"
    school = f"{_name(n % SCHOOLS, 4)} Primary School"
    rest = {
        "leavers": f"{school},10/10/2014,", "rising-fives": f",{_home(n)},",
        "police": f"1{n % 9}/11/2014 10:00,,43{n:08d}", "on-roll": f"{school},02/09/2012,{n % 7}B",
    }  # fmt: skip
    return f"{child},{rest[kind]}"


def _home(n: int) -> str:
    """A house each, two or three at a postcode, as children live."""
    first, second = "ABDEFGHJLNPQRSTUWXYZ"[n // 100 % 20], "ABDEFGHJLNPQRSTUWXYZ"[n // 5 % 20]
    return f"{n % 199 + 1} {_name(n, 2)} Row Banbury OX16 {n // 2000 % 9}{first}{second}"


def _letter(number: int) -> bytes:
    text = f"A family here has a girl of about 8, Ines Carvalho{_name(number, 2)}, who does not go to any school."
    return _mail("office@school1.example", f"A pupil {number}", text, None)


def _mail(sender: str, subject: str, text: str, attachment: bytes | None) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Authentication-Results"] = f"mx.council.example; dmarc=pass header.from={sender.partition('@')[2]}"
    mail["From"], mail["To"], mail["Subject"] = sender, "missing.pupils@council.example", subject
    mail["Message-ID"] = f"<{subject.replace(' ', '.')}@bench.example>"
    mail.set_content(text)
    if attachment is not None:
        mail.add_attachment(attachment, maintype="text", subtype="csv", filename=f"{subject}.csv")
    return mail.as_bytes()


def _deliver(home: Path, raw: bytes, name: str) -> None:
    (home / "mail" / "missing.pupils" / "new" / f"{name}.bench").write_bytes(raw)
