"""The commands that look and change nothing: cases, case, explain, status, quarantine."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.root import Json, State, app


class NeverWritten(ValueError):
    """A held mail of which there is nothing to send."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"there is no mail {key} that could be sent: what nobody could be written to is not written. Mend the "
            "directory or the words; the next reminder goes to whoever then holds the role"
        )


Reference = Annotated[str, typer.Argument(help="A case's reference, such as CME-2026-00042.")]


@contextmanager
def opened() -> Iterator[tuple[Any, Any]]:
    """The office, and the register as it was last committed."""
    from bot.register.register import Register
    from bot.running.startup import office_of

    office = office_of(State.config)
    with Register.open(office.config.register_path) as register, register.read() as snapshot:
        yield office, snapshot


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=None))


@app.command()
def cases(as_json: Json = False) -> None:
    """List the cases, newest first, closed ones too.

    Example: cmebot -c config.toml cases --json
    """
    from bot.views.show import case_json, cases_table

    with opened() as (_, snapshot):
        rows = snapshot.cases()
    if as_json:
        _print([case_json(row) for row in rows])
    else:
        cases_table(rows)


@app.command()
def case(reference: Reference, as_json: Json = False) -> None:
    """Show one case: its events, its asks, and what comes next.

    Example: cmebot -c config.toml case CME-2026-00042 --json
    """
    from bot.views.show import case_page, whole_case_json

    with opened() as (office, snapshot):
        if as_json:
            _print(whole_case_json(office, snapshot, reference))
        else:
            case_page(office, snapshot, reference)


@app.command()
def explain(reference: Reference, as_json: Json = False) -> None:
    """Say in plain English what was done, when and why, what is waited for, and what comes next.

    Example: cmebot -c config.toml explain CME-2026-00042
    """
    from bot.inspecting.explain import explanation

    with opened() as (office, snapshot):
        told = explanation(office, snapshot, reference)
    if as_json:
        _print({"case": reference, "lines": told})
    else:
        print("\n".join(_fitted(told)))


def _fitted(lines: list[str]) -> Iterator[str]:
    """On a terminal long lines go on under their own beginning; a program has them whole."""
    if not sys.stdout.isatty():
        yield from lines
        return
    for line in lines:
        inset = len(line) - len(line.lstrip())
        clock = re.match(r" +\S+  ", line)
        below = " " * (len(clock[0]) if clock else inset + 4)
        yield textwrap.fill(line, shutil.get_terminal_size().columns, subsequent_indent=below) if line else line


@app.command()
def report(
    kind: Annotated[
        str, typer.Option(help="cases (by name), figures (numbers alone), or year (the last school year).")
    ] = "cases",
    out: Annotated[Path | None, typer.Option(help="Write the whole document, one HTML file, here.")] = None,
    as_json: Json = False,
) -> None:
    """Count the cases as a report does; with --out, write the document that the calendar sends.

    Example: cmebot -c config.toml report --kind year --out annual.html
    """
    from bot.views.reports import KINDS
    from bot.views.reports import report as made
    from bot.views.show import last_worked
    from outbound.report import lines, render_report

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is no report: there are {', '.join(KINDS)}")
    with opened() as (office, snapshot):
        found = made(office, snapshot, KINDS[kind], last_worked(snapshot))
    if out is not None:
        out.write_bytes(render_report(found))
    if as_json:
        _print(
            {"title": found.title, "period": found.period, "figures": {bar.label: bar.count for bar in found.figures}}
        )
    else:
        print("\n".join((f"{found.title}, {found.period}", *lines(found))))


@app.command()
def status(as_json: Json = False) -> None:
    """Say how it stands: open cases, what is due, what waits in quarantine, what could not be sent.

    Example: cmebot -c config.toml status
    """
    from bot.views.show import status_json, status_lines

    with opened() as (_, snapshot):
        state = status_json(snapshot)
    if as_json:
        _print(state)
    else:
        print("\n".join(status_lines(state)))


@app.command()
def quarantine(
    seen: Annotated[
        list[int] | None, typer.Option("--seen", help="Numbers of mails that a person has dealt with.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the mails that wait for a person; --seen takes one out of the digests.

    Example: cmebot -c config.toml quarantine --seen 17
    """
    if seen:
        _mark_seen(seen)
    with opened() as (_, snapshot):
        mails = snapshot.quarantined()
    rows = [{"mail": m.id, "received": m.received.isoformat(), "from": m.sender, "why": m.why} for m in mails]
    if as_json:
        _print(rows)
    else:
        print(
            "\n".join(f"{r['mail']}  {r['received']}  {r['from']}: {r['why']}" for r in rows)
            or "Nothing is in quarantine."
        )


def _mark_seen(mails: list[int]) -> None:
    from bot.register.register import Register
    from bot.running.startup import office_of

    office = office_of(State.config)
    with Register.open(office.config.register_path, write=True) as register, register.begin() as unit:
        for mail in mails:
            unit.mark_seen(mail)


@app.command()
def held(
    again: Annotated[list[str] | None, typer.Option("--again", help="Keys of mails to be sent after all.")] = None,
    as_json: Json = False,
) -> None:
    """List mails of ours that could not go out; --again tries one anew, when what was wrong is mended.

    Example: cmebot -c config.toml held --again 4PRQS87G166TQFCRVA0JH68D70
    """
    from datetime import UTC, datetime

    from bot.register.register import Register
    from bot.running.startup import office_of

    if again:
        office = office_of(State.config)
        with Register.open(office.config.register_path, write=True) as register, register.begin() as unit:
            for key in again:
                row = unit.outbox(key)
                if row is None or not row.raw:
                    raise NeverWritten(key)
                unit.release(key, datetime.now(UTC))
    with opened() as (_, snapshot):
        rows = [{"key": m.key, "case": m.ref, "to": m.address or m.role, "why": m.why} for m in snapshot.held()]
    if as_json:
        _print(rows)
    else:
        print("\n".join(f"{r['key']}  {r['case']}  {r['to']}: {r['why']}" for r in rows) or "Nothing is held.")
