"""The commands that look ahead and touch nothing: simulate, check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.looking import _print, opened
from bot.cli.root import Json, State, app


@app.command()
def simulate(
    references: Annotated[list[str] | None, typer.Argument(help="Cases, such as CME-2026-00042; none: all.")] = None,
    until: Annotated[str, typer.Option("--until", help="The last day, as 2026-12-31; without it, four weeks.")] = "",
    pack: Annotated[
        Path | None, typer.Option("--pack", help="A pack's folder: replay what happened under that pack, and compare.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="With --pack: draw the load of each role a day, in this .svg or .html."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the mails to come if nobody does anything; with --pack, what another policy would have made of the past.

    Example: cmebot -c config.toml simulate --until 2026-12-31
    """
    from bot.inspecting import replay
    from bot.inspecting import simulate as ahead
    from bot.running.times import BadTime

    try:
        last = date.fromisoformat(until) if until else None
    except ValueError as problem:
        raise BadTime(until) from problem
    with opened() as (office, snapshot):
        if pack is not None:
            compared = replay.compare(office, snapshot, pack, references or ())
        else:
            future = ahead.simulate(office, snapshot, references or (), last)
    if pack is None:
        _print(ahead.as_json(office, future)) if as_json else _say(ahead.lines(office, future))
        return
    if plot is not None:
        plot.write_text(replay.picture(office, compared, html=plot.suffix == ".html"), "utf-8")
    _print(replay.as_json(compared)) if as_json else _say(replay.lines(office, compared))


@app.command()
def check(
    connect: Annotated[bool, typer.Option("--connect", help="Also log in to mailboxes and mail server.")] = False,
    prove: Annotated[bool, typer.Option("--prove", help="Also walk what can become of a case under the pack.")] = False,
    seconds: Annotated[float, typer.Option("--seconds", help="With --prove: how long at most.")] = 60,
    states: Annotated[int, typer.Option("--states", help="With --prove: how many states at most.")] = 1_000_000,
    as_json: Json = False,
) -> None:
    """Check configuration, pack, directory and words; say what to mend. Changes nothing.

    Example: cmebot -c config.toml check --prove
    """
    from bot.inspecting import proof
    from bot.inspecting.checking import check_all
    from bot.running.startup import office_of
    from rules.packlines import places

    office = office_of(State.config)
    found = check_all(office, connect=connect)
    sound = not any(f.level == "error" for f in found)
    report = proof.prove_office(office, seconds=seconds, states=states) if prove and sound else None
    where = places(office.pack.name, office.packs)
    told = [{"level": f.level, "where": f.where, "problem": f.problem} for f in found]
    if as_json:
        _print({"findings": told, "proof": proof.as_json(report, where)} if report else told)
    else:
        print("\n".join(f"{f.level}: {f.where}: {f.problem}" for f in found) or "All is well.")
        if prove:
            _say(proof.told(office, report, where) if report else ["Not walked: mend the errors above first."])
    raise SystemExit(0 if sound and not (report and report.broken) else 1)


def _say(lines: Iterable[str]) -> None:
    print("\n".join(lines))
