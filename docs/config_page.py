"""docs/reference/config.md, from the tables of bot/config/settings.py and the example."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from bot.config import settings as config
from bot.config import trust as config_trust
from docs.tables import HOME, MADE, default_words, grid, meanings, type_words

_TABLES: dict[type[BaseModel], str] = {
    config.Config: "Top of the file",
    config.GraphBox: '[[mailbox]] with kind = "graph"',
    config.EwsBox: '[[mailbox]] with kind = "ews"',
    config.ImapBox: '[[mailbox]] with kind = "imap"',
    config.MaildirBox: '[[mailbox]] with kind = "maildir"',
    config.GraphTransport: '[transport] with kind = "graph"',
    config.EwsTransport: '[transport] with kind = "ews"',
    config.SmtpTransport: '[transport] with kind = "smtp"',
    config.MaildirTransport: '[transport] with kind = "maildir"',
    config.Microsoft: "[microsoft]",
    config.LimitSettings: "[limits]",
    config_trust.TrustSettings: "[trust]",
    config.DigestSettings: "[digest]",
    config.ListSettings: "[lists]",
}
_LINKED: dict[Any, str] = dict.fromkeys(_TABLES, "table")


def model_keys(model: type[BaseModel], linked: dict[Any, str]) -> str:
    """The keys of a table: what each takes, its default, and what it means."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    told = meanings(model.__name__, fields)
    rows = [
        (
            f"`{key}`",
            type_words(field.annotation, linked),
            "required" if field.is_required() else default_words(field.default),
            told[key],
        )
        for key, field in fields.items()
    ]
    return grid(("key", "takes", "default", "means"), rows)


def page() -> str:
    parts = [MADE, "# config.toml\n", _INTRO]
    for model, title in _TABLES.items():
        parts += [f"## {title}\n", " ".join((model.__doc__ or "").split()) + "\n", model_keys(model, _LINKED)]
    example = (HOME.parent / "config.example.toml").read_text("utf-8")
    parts += ["## A whole example\n", f"This is `config.example.toml`.\n\n```toml\n{example.rstrip()}\n```\n"]
    return "\n".join(parts)


_INTRO = """\
The one file that a council writes. Name it with `cmebot -c FILE`; without that, `config.toml` in the current folder
is read. Paths are taken from the folder of the file. A key that is not known, or a value of the wrong kind, is
refused with the file, the line and what to mend (exit code 2). A `password`, `secret` or `token` in the file is
refused too: it stands in an environment variable, a file or a systemd credential, and the configuration names that.
"""
