"""The commands about what is kept: backup, export, erase; and today's digest, to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.looking import Reference, opened
from bot.cli.root import Json, State, app


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")], as_json: Json = False) -> None:
    """Copy the whole register as of one moment, while work goes on.

    Example: cmebot -c config.toml backup /var/backups/cmebot-2026-11-25.db
    """
    from bot.inspecting.keeping import back_up
    from bot.running.startup import office_of

    size = back_up(office_of(State.config), file)
    print(json.dumps({"file": str(file), "bytes": size}) if as_json else f"The register was copied to {file}.")


@app.command()
def export(
    reference: Reference, folder: Annotated[Path, typer.Argument(help="A new folder.")], as_json: Json = False
) -> None:
    """Write down everything that is kept about one case, for whoever may have it (UK GDPR, article 15).

    Example: cmebot -c config.toml export CME-2026-00042 for-the-family
    """
    from bot.inspecting.keeping import export as export_case

    with opened() as (office, snapshot):
        made = export_case(office, snapshot, reference, folder)
    if as_json:
        print(json.dumps({"case": reference, "in": made.mails_in, "out": made.mails_out}))
    else:
        print(
            f"{folder} holds case.json, {made.mails_in} mails in and {made.mails_out} out. "
            "They speak of others too: read them before you hand them over."
        )


@app.command()
def erase(
    reference: Reference,
    yes: Annotated[str, typer.Option("--yes", help="The reference once more, so that no slip erases a case.")] = "",
    as_json: Json = False,
) -> None:
    """Erase a closed case for good: its events, its mails (UK GDPR, article 17). Stop the daemon first.

    Example: cmebot -c config.toml erase CME-2014-00042 --yes CME-2014-00042
    """
    from bot.inspecting.keeping import erase as erase_case
    from bot.running.startup import office_of

    if yes != reference:
        raise typer.BadParameter(f"nothing was erased: say the reference once more, --yes {reference}")
    erase_case(office_of(State.config), reference)
    if as_json:
        print(json.dumps({"erased": reference}))
    else:
        print(f"{reference} is erased. Backups and the mailboxes still hold its mails: see to those too.")


@app.command()
def digest(
    role: Annotated[str, typer.Argument(help="tracking-officer, designated-officer or hub-manager.")] = (
        "tracking-officer"
    ),
    area: Annotated[str, typer.Option("--area", help="The Hub of a hub-manager.")] = "",
    as_json: Json = False,
) -> None:
    """Show the digest as that reader would have it now. Nothing is sent.

    Example: cmebot -c config.toml digest hub-manager --area north
    """
    from bot.digests.digests import as_text

    with opened() as (office, snapshot):
        text = as_text(office, snapshot, role, area)
    print(json.dumps({"role": role, "area": area, "text": text}, ensure_ascii=False) if as_json else text)
