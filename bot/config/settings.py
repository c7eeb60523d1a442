"""The configuration, `config.toml`: validated where it comes in, with errors that name the line and the mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.config.exchange import EwsBox, EwsTransport, GraphBox, GraphTransport, Microsoft
from bot.config.mailbox import MailboxTable, ServerMailboxTable
from bot.config.secrets import BadConfig, CredentialName, EnvName, Table, named_secrets
from bot.config.trust import TrustSettings

Mode = Literal["shadow", "approve", "live"]


class MaildirBox(MailboxTable):
    """A Maildir that the bot reads: the embedded default."""

    kind: Literal["maildir"]
    path: Path


class ImapBox(ServerMailboxTable):
    """A mailbox on an IMAP server. The login and the mailbox's address are two settings; the password comes from the
    environment variable, the file or the systemd credential that is named, never from here."""

    kind: Literal["imap"]
    folder: str = "INBOX"
    host: str
    port: int = 993
    login: str
    login_by: Literal["password", "oauth"] = "password"
    password_env: EnvName = ""
    password_file: Path | None = None
    password_credential: CredentialName = ""
    security: Literal["tls", "starttls", "plain"] = "tls"
    ca_file: Path | None = None
    idle: bool = True


class MaildirTransport(Table):
    """All mail is put into a Maildir: for the sandbox and the demo."""

    kind: Literal["maildir"]
    path: Path


class SmtpTransport(Table):
    """A mail server that takes our mail. TLS is required, unless it is on this machine and `security = "plain"`."""

    kind: Literal["smtp"]
    host: str
    port: int = 587
    security: Literal["tls", "starttls", "plain"] = "starttls"
    login: str = ""
    password_env: EnvName = ""
    password_file: Path | None = None
    password_credential: CredentialName = ""
    ca_file: Path | None = None


class DigestSettings(Table):
    """When the daily digest leaves, on working days."""

    at: time = time(7)


class LimitSettings(Table):
    """How many mails may leave, so that a runaway is stopped and told of. An alarm is never kept back. A Maildir as
    transport has no limits."""

    domain_a_minute: int = Field(default=30, ge=1)
    outside_a_day: int = Field(default=50, ge=1)
    inside_a_day: int = Field(default=500, ge=1)


Box = Annotated[MaildirBox | ImapBox | GraphBox | EwsBox, Field(discriminator="kind")]
TransportSettings = Annotated[
    MaildirTransport | SmtpTransport | GraphTransport | EwsTransport, Field(discriminator="kind")
]


class ListSettings(Table):
    keep_unmatched_days: int = Field(default=28, ge=0, le=400)


class Config(Table):
    """The whole of `config.toml`. Paths are taken from the folder of the file."""

    pack: str
    packs: Path | None = None
    mode: Mode = "live"
    modes: dict[str, Mode] = Field(default={})
    shadow_at: time = time(17)
    start_from: date | Literal["all", "first-day"] = "first-day"
    register_path: Path = Field(alias="register", default=Path("register.db"))
    directory: Path = Path("directory")
    team: str = "CME team"
    operator: str = ""
    own_domains: tuple[str, ...] = ()
    show_case_headers: Literal["own-domains", "everywhere"] = "own-domains"
    most_an_hour: int = Field(default=12, ge=3, le=1000)
    poll_seconds: int = Field(default=60, ge=5, le=3600)
    trust: TrustSettings = TrustSettings()
    digest: DigestSettings = DigestSettings()
    lists: ListSettings = ListSettings()
    limits: LimitSettings = LimitSettings()
    microsoft: Microsoft | None = None
    mailbox: tuple[Box, ...]
    transport: TransportSettings

    @model_validator(mode="after")
    def _has_its_application(self) -> Self:
        for table in (*self.mailbox, self.transport):
            by_token = table.kind == "graph" or getattr(table, "login_by", "") == "oauth"
            if by_token and self.microsoft is None:
                raise ValueError("a mailbox or the transport needs a token: add a table [microsoft]")
        return self

    @property
    def embedded(self) -> bool:
        """Whether every mailbox and the transport are Maildirs, so that `--at` may set the clock."""
        return self.transport.kind == "maildir" and all(box.kind == "maildir" for box in self.mailbox)

    def box(self, address: str) -> Box | None:
        return next((b for b in self.mailbox if b.address == address), None)

    def trust_at(self, address: str) -> TrustSettings:
        """How the senders of what came to that mailbox are believed."""
        box = self.box(address)
        return box.trust if box is not None and box.trust is not None else self.trust

    def main_box(self) -> Box:
        """The mailbox of tracking: the first that is not a Hub's."""
        return next((b for b in self.mailbox if not b.hub), self.mailbox[0])

    def hub_box(self, hub: str) -> Box:
        return next((b for b in self.mailbox if b.hub and b.hub == hub), self.main_box())


def load_config(path: Path) -> Config:
    """Reads `config.toml`. Raises BadConfig."""
    if not path.is_file():
        raise BadConfig(f"there is no configuration at {path}: write one with 'cmebot init DIR', or name it with -c")
    text = path.read_text("utf-8")
    try:
        tree = tomllib.loads(text)
        if odd := named_secrets(tree):
            raise BadConfig(_secret_found(path, text, odd[0]))
        config = Config.model_validate(tree)
    except tomllib.TOMLDecodeError as problem:
        raise BadConfig(f"{path}: {problem}") from problem
    except ValidationError as problem:
        raise BadConfig(_explain(path, text, problem)) from problem
    return _rooted(config, path.resolve().parent)


def _secret_found(path: Path, text: str, key: str) -> str:
    return (
        f"{path}{_line_of(text, [key])}: a {key} must not stand in the configuration: put it into the environment, a "
        f"file that only the bot can read, or a credential of systemd, and name that with {key}_env, {key}_file or "
        f"{key}_credential"
    )


def _explain(path: Path, text: str, problem: ValidationError) -> str:
    lines = []
    for error in problem.errors():
        place = [str(part) for part in error["loc"] if isinstance(part, str) and part not in _KINDS]
        lines.append(f"{path}{_line_of(text, place)}: {'.'.join(place) or 'the file'}: {_meaning(error)}")
    return "\n".join(lines)


def _meaning(error: ErrorDetails) -> str:
    """Pydantic's words, but for the two slips that are made most."""
    if error["type"] == "extra_forbidden":
        keys = [field.alias or name for name, field in Config.model_fields.items()]
        known = get_close_matches(str(error["loc"][0]), keys, 1) if len(error["loc"]) == 1 else []
        hint = f": do you mean {known[0]!r}?" if known else ": docs/reference/config.md lists those there are"
        return f"there is no such key{hint}"
    if error["type"] == "missing":
        return "this is needed and is not there: docs/reference/config.md says how it is written"
    return str(error["msg"])


def _within(line: str, name: str) -> bool:
    """A key in quotes, after a dot, or in a table that stands on one line."""
    return re.search(rf"[.{{,\"']\s*{re.escape(name)}[\"']?\s*=", line) is not None


_KINDS = frozenset({"maildir", "imap", "smtp", "graph", "ews"})


def _line_of(text: str, place: Sequence[str]) -> str:
    for name in reversed(place):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(rf"\s*(\[+)?\s*{re.escape(name)}\b", line) or _within(line, name):
                return f", line {number}"
    return ""


def _rooted(config: Config, home: Path) -> Config:
    def root(value: Any) -> Any:
        return home / value if isinstance(value, Path) else value

    def table(item: Any) -> Any:
        return item.model_copy(update={name: root(value) for name, value in item})

    boxes = tuple(table(box) for box in config.mailbox)
    top = {name: root(getattr(config, name)) for name in ("register_path", "directory", "packs")}
    top["microsoft"] = config.microsoft and table(config.microsoft)
    return config.model_copy(update={**top, "mailbox": boxes, "transport": table(config.transport)})
