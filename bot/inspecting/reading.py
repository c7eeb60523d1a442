"""`cmebot read`: a mail or a document on trial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.contract import document_json, reading_json
from parsers.forms import Unreadable, read_document
from parsers.forms.definition import FORMS
from parsers.mail.carried import FilePart, Room
from parsers.mail.containers import opened
from parsers.reader import read_mail
from parsers.reading import SURE
from parsers.rosters.reader import read_list

if TYPE_CHECKING:
    from rich.console import Console

MAILS = frozenset({".eml", ".mime", ".msg822"})
LISTS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def readings(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """One object of the contract for each file."""
    for file in files:
        data = file.read_bytes()
        if file.suffix.lower() in LISTS:
            yield _list(file, data)
        elif file.suffix.lower() in MAILS or is_mail(data):
            yield reading_json(read_mail(data, received=arrival(data)), str(file))
        else:
            yield _document(file, data)


def arrival(data: bytes) -> datetime:
    """A mail that is only tried has no arrival: its own Date stands for it, so that an old one reads as it did then."""
    said = BytesHeaderParser().parsebytes(data[:64_000]).get("Date")
    try:
        moment = parsedate_to_datetime(str(said))
    except (ValueError, TypeError):
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_mail(data: bytes) -> bool:
    """A mail begins with a header's name and a colon (RFC 5322, 2.2)."""
    name, colon, _ = data[:200].partition(b":")
    return bool(colon) and name.replace(b"-", b"").isalnum() and not data.startswith((b"PK", b"%PDF", b"{\\rtf"))


def _document(file: Path, data: bytes) -> dict[str, Any]:
    held = opened(FilePart(file.name, "", data), Room())
    if held.mails or len(held.files) != 1 or held.files[0].data is not data:
        return _container(file, data)
    try:
        return document_json(read_document(data, file.name, written=datetime.now(UTC).date()), str(file))
    except Unreadable as problem:
        return document_json((), str(file), remarks=(str(problem),))


def _list(file: Path, data: bytes) -> dict[str, Any]:
    try:
        found = read_list(data, file.name, written=datetime.now(UTC).date())
    except Unreadable as problem:
        return document_json((), str(file), remarks=(str(problem),))
    return document_json((), str(file), rosters=found)


def _container(file: Path, data: bytes) -> dict[str, Any]:
    """A zip file or an Outlook mail, read as if it had come attached."""
    carrier = EmailMessage()
    carrier.add_attachment(data, maintype="application", subtype="octet-stream", filename=file.name)
    reading = read_mail(carrier.as_bytes(), received=datetime.now(UTC))
    unread = [f"{a.name}: {a.verdict}" for a in reading.attachments if a.verdict not in FORMS]
    return document_json(reading.referrals, str(file), remarks=(*reading.remarks, *unread))


def print_reading(told: dict[str, Any]) -> None:
    """The values and the doubts, for people."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(told["file"], style="bold", markup=False)
    here = f"attachment {Path(told['file']).name}, "
    for concern in (told["message"] or {}).get("concerns", []):
        console.print(f"[bold red]Serious concern:[/bold red] {concern['quote']}")
    for attached in (told["message"] or {}).get("attachments", []):
        console.print(f"{attached['name']}: {attached['verdict']}", markup=False)
    for referral in told["referrals"]:
        flagged = {problem["field"] for problem in referral["problems"]}
        table = Table(title=referral["form"], title_justify="left", box=SIMPLE_HEAD, expand=True)
        for column, share in (("field", 5), ("value", 6), ("sure", 2), ("seen", 4)):
            table.add_column(column, overflow="fold", ratio=share)  # No name, no value is cut short.
        for name, field in referral["fields"].items():
            if field["value"] is not None:
                doubted = field["confidence"] < SURE or name in flagged
                sure = f"{field['confidence']:.2f}{', look' if doubted else ''}"
                table.add_row(
                    name,
                    str(field["value"]),
                    sure,
                    field["source"].removeprefix(here),
                    style="yellow" if doubted else "",
                )
        console.print(table)
        for problem in referral["problems"]:
            console.print(f"[yellow]Look at {problem['field'] or 'the form'}:[/yellow] {problem['problem']}")
    for roster in told["rosters"]:
        _print_roster(console, roster)
    remarks = told.get("remarks") or (told["message"] or {}).get("remarks") or []
    for remark in remarks:
        console.print(f"[yellow]{remark}[/yellow]")
    if not told["referrals"] and not told["rosters"] and not remarks:
        console.print("No form was found in it.")


def _print_roster(console: Console, roster: dict[str, Any]) -> None:
    """The rows with what stands in them, then those that cannot be worked with."""
    from rich.table import Table

    rows = roster["rows"]
    names = [name for name in dict.fromkeys(n for row in rows for n in row["fields"]) if _stands(rows, name)]
    table = Table(title=f"{roster['kind'] or 'a list of no known kind'}: {roster['source']}", title_justify="left")
    for column in ("row", *names):
        table.add_column(column)
    for row in rows:
        table.add_row(str(row["n"]), *(str(row["fields"].get(n, {}).get("value") or "") for n in names))
    console.print(table)
    for row in rows:
        for problem in row["problems"]:
            console.print(f"[yellow]Row {row['n']}, {problem['field']}:[/yellow] {problem['problem']}")


def _stands(rows: list[dict[str, Any]], name: str) -> bool:
    return any(row["fields"].get(name, {}).get("value") for row in rows)
