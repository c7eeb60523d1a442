"""The configuration, `config.toml`: validated where it comes in, with errors that name the line and the mend."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BadConfig(ValueError):
    """The configuration cannot be used; the message names file, line and mend. The command exits with 2."""


Mode = Literal["shadow", "approve", "live"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MaildirBox(_Table):
    """A Maildir that the bot reads: the embedded default."""

    kind: Literal["maildir"]
    name: str
    address: str
    path: Path
    hub: str = ""


class ImapBox(_Table):
    """A mailbox on an IMAP server. The login and the mailbox's address are two settings; the password comes from the
    environment variable or the file that is named, never from here."""

    kind: Literal["imap"]
    name: str
    address: str
    host: str
    port: int = 993
    login: str
    password_env: str = ""
    password_file: Path | None = None
    security: Literal["tls", "starttls", "plain"] = "tls"
    ca_file: Path | None = None
    folder: str = "INBOX"
    done: str = "Done"
    quarantine: str = "Quarantine"
    hub: str = ""


class MaildirTransport(_Table):
    """All mail is put into a Maildir: for the sandbox and the demo."""

    kind: Literal["maildir"]
    path: Path


class SmtpTransport(_Table):
    """A mail server that takes our mail. TLS is required, unless it is on this machine and `security = "plain"`."""

    kind: Literal["smtp"]
    host: str
    port: int = 587
    security: Literal["tls", "starttls", "plain"] = "starttls"
    login: str = ""
    password_env: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None


class TrustSettings(_Table):
    """Whose word on a sender is believed: `authserv` takes the topmost Authentication-Results of our own server."""

    profile: Literal["authserv", "none"] = "none"
    authserv_id: str = ""


class DigestSettings(_Table):
    """When the daily digest leaves, on working days."""

    at: time = time(7)


Box = Annotated[MaildirBox | ImapBox, Field(discriminator="kind")]
TransportSettings = Annotated[MaildirTransport | SmtpTransport, Field(discriminator="kind")]


class ListSettings(_Table):
    keep_unmatched_days: int = Field(default=28, ge=0, le=400)


class Config(_Table):
    """The whole of `config.toml`. Paths are taken from the folder of the file."""

    pack: str
    packs: Path | None = None
    mode: Mode = "live"
    modes: dict[str, Mode] = {}
    shadow_at: time = time(17)
    start_from: date | Literal["all", "first-day"] = "first-day"
    register_path: Path = Field(alias="register", default=Path("register.db"))
    directory: Path = Path("directory")
    team: str = "CME team"
    own_domains: tuple[str, ...] = ()
    show_case_headers: Literal["own-domains", "everywhere"] = "own-domains"
    most_an_hour: int = Field(default=12, ge=3, le=1000)
    poll_seconds: int = Field(default=60, ge=5, le=3600)
    trust: TrustSettings = TrustSettings()
    digest: DigestSettings = DigestSettings()
    lists: ListSettings = ListSettings()
    mailbox: tuple[Box, ...]
    transport: TransportSettings

    @property
    def embedded(self) -> bool:
        """Whether every mailbox and the transport are Maildirs, so that `--at` may set the clock."""
        return self.transport.kind == "maildir" and all(box.kind == "maildir" for box in self.mailbox)

    def box(self, address: str) -> Box | None:
        return next((b for b in self.mailbox if b.address == address), None)

    def main_box(self) -> Box:
        """The mailbox of tracking: the first that is not a Hub's."""
        return next((b for b in self.mailbox if not b.hub), self.mailbox[0])

    def hub_box(self, hub: str) -> Box:
        return next((b for b in self.mailbox if b.hub and b.hub == hub), self.main_box())


_SECRET = re.compile(r"^\s*(password|secret|token|client_secret)\s*=", re.MULTILINE | re.IGNORECASE)


def load_config(path: Path) -> Config:
    """Reads `config.toml`. Raises BadConfig."""
    if not path.is_file():
        raise BadConfig(f"there is no configuration at {path}: write one with 'cmebot init DIR', or name it with -c")
    text = path.read_text("utf-8")
    if secret := _SECRET.search(text):
        line = text.count("\n", 0, secret.start(1)) + 1
        raise BadConfig(
            f"{path}, line {line}: a {secret[1]} must not stand in the configuration: put it into the environment or a "
            f"file that only the bot can read, and name that with {secret[1]}_env or {secret[1]}_file"
        )
    try:
        config = Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise BadConfig(f"{path}: {problem}") from problem
    except ValidationError as problem:
        raise BadConfig(_explain(path, text, problem)) from problem
    return _rooted(config, path.resolve().parent)


def _explain(path: Path, text: str, problem: ValidationError) -> str:
    lines = []
    for error in problem.errors():
        place = [
            str(part) for part in error["loc"] if isinstance(part, str) and part not in ("maildir", "imap", "smtp")
        ]
        lines.append(f"{path}{_line_of(text, place)}: {'.'.join(place) or 'the file'}: {error['msg']}")
    return "\n".join(lines)


def _line_of(text: str, place: Sequence[str]) -> str:
    for name in reversed(place):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(rf"\s*(\[+)?\s*{re.escape(name)}\b", line):
                return f", line {number}"
    return ""


def _rooted(config: Config, home: Path) -> Config:
    def root(value: Any) -> Any:
        return home / value if isinstance(value, Path) else value

    def table(item: Any) -> Any:
        return item.model_copy(update={name: root(value) for name, value in item})

    boxes = tuple(table(box) for box in config.mailbox)
    top = {name: root(getattr(config, name)) for name in ("register_path", "directory", "packs")}
    return config.model_copy(update={**top, "mailbox": boxes, "transport": table(config.transport)})


def secret(env: str, file: Path | None, what: str) -> str:
    """A password from the environment or a file. Raises BadConfig when it is not there."""
    if env and (value := os.environ.get(env)):
        return value
    if file is not None and file.is_file():
        return file.read_text("utf-8").strip()
    raise BadConfig(
        f"the password for {what} is not there: set {env or 'password_env'} in the environment, or password_file"
    )
