"""The commands that try the reading and touch nothing: read, understand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.root import Json, app


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Mails (.eml) or documents.")],
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also write the pages, every value boxed, to this .png file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the bot makes of mails or documents, touching nothing.

    Example: cmebot read referral.pdf --picture seen.png
    """
    from bot.inspecting.reading import print_reading, readings

    for told in readings(files):
        if as_json:
            print(json.dumps(told, ensure_ascii=False), flush=True)
        else:
            print_reading(told)
    if picture is not None:
        _draw(files[0], picture)


def _draw(file: Path, out: Path) -> None:
    from bot.inspecting.picture import NoPage
    from bot.inspecting.picture import picture as draw

    try:
        boxed = draw(file, out)
    except NoPage as why:
        print(why, file=sys.stderr)
        raise SystemExit(1) from None
    print(f"{out}: {boxed} values boxed, the doubtful ones amber.", file=sys.stderr)


@app.command()
def understand(
    question: Annotated[str, typer.Argument(help='A question\'s name, several with blanks between, or "".')] = "",
    file: Annotated[Path | None, typer.Argument(help="The answer's text; - or nothing: standard input.")] = None,
    at: Annotated[str, typer.Option("--at", help="When it was written: 2014-11-06T10:00 (London).")] = "",
    role: Annotated[str, typer.Option("--role", help="In which role the writer answers.")] = "",
    child: Annotated[str, typer.Option("--child", help="The child's name.")] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help="Read questions and replies from a JSONL file.")] = None,
    as_json: Json = False,
) -> None:
    """Show what the bot makes of an answer to a question, touching nothing.

    Example: echo "No response, card left" | cmebot understand home-visit --at 2014-11-27T15:30
    """
    from bot.inspecting.understanding import item_of, understood

    if batch is not None:
        for number, line in enumerate(batch.read_text("utf-8").splitlines(), 1):
            if line.strip():
                _say(understood(item_of(line, f"{batch}, line {number}")), as_json=True)
        return
    text = sys.stdin.read() if file is None or str(file) == "-" else file.read_text("utf-8")
    _say(understood({"question": question, "role": role, "at": at, "child": child, "reply": text}), as_json)


def _say(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    print(told["verdict"])
    for answer in told["answers"]:
        values = ", ".join(f"{name}: {value}" for name, value in answer["values"].items())
        print(f"  {answer['event']}  {values}")
