"""The command line. Only typer is imported before a command runs, so that `cmebot --help` answers at once."""

from __future__ import annotations

import sys

import typer


def all_commands() -> typer.Typer:
    """The whole command line: each module adds its commands."""
    import bot.cli.asking
    import bot.cli.foreseeing
    import bot.cli.importing
    import bot.cli.keeping
    import bot.cli.looking
    import bot.cli.working  # noqa: F401
    from bot.cli.root import app

    return app


def main() -> None:
    """Runs the command; what an operator can mend is one sentence on stderr, never a traceback. Exit codes: 0 done, 1
    something must be retried or mended, 2 wrong usage or configuration."""
    try:
        all_commands()()
    except Exception as problem:  # noqa: BLE001 - told to the operator by its class, or raised on as a fault of ours
        raise SystemExit(_told(problem)) from (None if _known(problem) else problem)


_USAGE = frozenset(
    {
        "BadConfig",
        "BadImport",
        "BadDirectory",
        "BadPack",
        "ClockWentBack",
        "WordingError",
        "NotEmbedded",
        "BadTime",
        "BadLine",
        "UnknownQuestion",
    }
)
_RETRY = frozenset({
    "RegisterBusy", "RegisterMissing", "RegisterOutdated", "RegisterError", "MailboxBusy", "MailboxError",
    "UnknownCase", "InsecureTransport", "NeverWritten", "StillOpen", "NotEmpty", "NobodyThere",
})  # fmt: skip


def _known(problem: Exception) -> bool:
    return type(problem).__name__ in _USAGE | _RETRY or (isinstance(problem, OSError) and bool(problem.filename))


def _told(problem: Exception) -> int:
    if isinstance(problem, OSError) and problem.filename:
        print(f"cmebot: {problem.filename}: {problem.strerror}", file=sys.stderr)
        return 1
    if not _known(problem):
        raise problem
    print(f"cmebot: {problem}", file=sys.stderr)
    return 2 if type(problem).__name__ in _USAGE else 1
