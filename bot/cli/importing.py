"""The commands that take lists in: import cases, schools, postcodes, directory."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.root import Json, State, app

if TYPE_CHECKING:
    from bot.council.directory import Directory

group = typer.Typer(help="Take in lists.", no_args_is_help=True)
app.add_typer(group, name="import")


@group.command()
def cases(
    file: Annotated[
        Path, typer.Argument(help="A spreadsheet (XLSX, XLS, ODS) or CSV: one open case a row, with a heading.")
    ],
    column: Annotated[
        list[str] | None, typer.Option("--column", help="What a column holds: 'Family name=child.surname'.")
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Which sheet, where the spreadsheet has several.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each line; change nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in the open cases of today, with what was last asked of whom. Columns are asked for once and remembered.

    Example: cmebot -c config.toml import cases open-cases.xlsx --dry-run
    """
    from datetime import UTC, datetime

    from bot.cases import importing
    from bot.cases.importing_table import read_table
    from bot.register.register import Register
    from bot.rosters.desk import casework
    from bot.running.startup import office_of

    office = office_of(State.config)
    with Register.open(office.config.register_path, write=True) as register:
        with register.read() as snapshot:
            known = json.loads(snapshot.meta(importing.MAPPING) or "{}")
        known |= dict(_pair(one) for one in column or ())
        table = read_table(file, lambda heading: importing.is_heading(heading, known), sheet)
        mapping = _asked(importing.guess(table.headings, known), list(importing.FIELDS))
        try:
            with register.begin() as unit:
                told = importing.take_in(casework(office, unit, datetime.now(UTC)), importing.lines(table, mapping))
                unit.set_meta(importing.MAPPING, json.dumps({**known, **mapping}))
                if dry_run:
                    raise _Undone
        except _Undone:
            pass
    if as_json:
        print(json.dumps([{"line": t.number, "case": t.ref, "why": t.why} for t in told]))
    else:
        print("\n".join(f"line {t.number}: {t.ref}{f' ({t.why})' if t.why else ''}" for t in told))


@group.command()
def schools(
    file: Annotated[Path, typer.Argument(help="A CSV file: name,office,laestab,hub,postcode.")], as_json: Json = False
) -> None:
    """Replace the list of schools, when the new one can be read. Restart the daemon after it.

    Example: cmebot -c config.toml import schools schools.csv
    """
    _replace({"schools.csv": file}, as_json)


@group.command()
def postcodes(
    file: Annotated[Path, typer.Argument(help="A CSV file: outward,district,hub,authority.")], as_json: Json = False
) -> None:
    """Replace the list of postcodes, when the new one can be read. Restart the daemon after it.

    Example: cmebot -c config.toml import postcodes postcodes.csv
    """
    _replace({"postcodes.csv": file}, as_json)


@group.command()
def directory(
    folder: Annotated[Path, typer.Argument(help="A folder with people.csv, schools.csv and so on.")],
    as_json: Json = False,
) -> None:
    """Replace those files of the directory that lie in the folder. Restart the daemon after it.

    Example: cmebot -c config.toml import directory new-directory
    """
    from bot.council.directory_import import files_in

    _replace(files_in(folder), as_json)


def _replace(new: dict[str, Path], as_json: bool) -> None:
    from bot.config.settings import load_config
    from bot.council.directory import load_directory
    from bot.council.directory_import import take_in
    from bot.council.directory_rows import BadDirectory

    folder = load_config(State.config).directory
    try:
        before = _counts(load_directory(folder))
    except BadDirectory:
        before = {}  # Mended by what is taken in now.
    count = _counts(take_in(folder, new))
    if as_json:
        print(json.dumps({"files": list(new), **count}))
        return
    has = ", ".join(
        f"{number} {name}" + (f" (it had {before[name]})" if before.get(name, number) != number else "")
        for name, number in count.items()
    )
    print(f"{', '.join(new)} taken in. The directory has {has}. Run `cmebot check`, and restart the daemon.")


def _counts(whole: Directory) -> dict[str, int]:
    return {
        "people": len(whole.people), "bodies": len(whole.bodies), "schools": len(whole.schools),
        "postcodes": len(whole.areas),
    }  # fmt: skip


class _Undone(Exception):
    """Nothing is to be kept."""


def _pair(text: str) -> tuple[str, str]:
    heading, _, field = text.partition("=")
    return heading.strip(), field.strip()


def _asked(mapping: dict[str, str], fields: list[str]) -> dict[str, str]:
    """Columns that nobody knows are asked for, where somebody is there to ask; else they are left out, and named."""
    for heading in [h for h, field in mapping.items() if not field]:
        if sys.stdin.isatty():
            mapping[heading] = typer.prompt(
                f"What is in the column {heading!r}? ({', '.join(fields)}, or - )", default="-"
            )
        if mapping[heading] not in fields:
            mapping[heading] = ""
            typer.echo(f"The column {heading!r} is left out.", err=True)
    return mapping
