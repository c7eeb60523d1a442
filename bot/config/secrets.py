"""Passwords and keys: from the environment, from a file, or from systemd; never from the configuration itself."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

_ENV = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CREDENTIAL = re.compile(r"[A-Za-z0-9._-]+")
_FORBIDDEN = re.compile(r"(?:.*[_.-])?(?:password|passwd|passphrase|pass|pwd|secret|token|key|apikey)", re.IGNORECASE)


class BadConfig(ValueError):
    """The configuration cannot be used; the message names file, line and mend. The command exits with 2."""


class Table(BaseModel):
    """A table of config.toml: every key is known, or it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _env(name: str) -> str:
    if name and not _ENV.fullmatch(name):
        raise ValueError("this is to be the name of an environment variable (letters, digits, _), not its value")
    return name


def _credential(name: str) -> str:
    if name and not _CREDENTIAL.fullmatch(name):
        raise ValueError("this is to be the name of a systemd credential (LoadCredential=NAME:...)")
    return name


def _https(url: str) -> str:
    if not url.startswith("https://"):
        raise ValueError("an address that begins with https:// is needed: nothing goes out in clear")
    if "@" in url:
        raise ValueError("a name or a password must not stand in an address: name them by login and password_env")
    return url


HttpsUrl = Annotated[str, AfterValidator(_https)]
EnvName = Annotated[str, AfterValidator(_env)]
CredentialName = Annotated[str, AfterValidator(_credential)]


def secret(env: str, file: Path | None, credential: str, what: str) -> str:
    """From the first of these that is named. `credential` is a file under $CREDENTIALS_DIRECTORY, which systemd makes
    for LoadCredential= and LoadCredentialEncrypted=. Raises BadConfig when it is not there."""
    if env and (value := os.environ.get(env)):
        return value
    if file is not None and file.is_file():
        return file.read_text("utf-8").strip()
    home = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if credential and home and (Path(home) / credential).is_file():
        return (Path(home) / credential).read_text("utf-8").strip()
    raise BadConfig(f"the {what} is not there: {_mend(env, file, credential, home)}")


def _mend(env: str, file: Path | None, credential: str, home: str) -> str:
    if env:
        return f"set {env} in the environment"
    if file is not None:
        return f"write it into {file}, which only the bot may read"
    if credential and not home:
        return f"start the bot by systemd, with LoadCredential={credential}:FILE in its unit"
    if credential:
        return f"the unit of systemd needs LoadCredential={credential}:FILE"
    return "name in the configuration where it stands, by a key that ends in _env, _file or _credential"


def named_secrets(tree: object) -> list[str]:
    """The keys of a configuration that hold what may not stand there, also in tables within tables."""
    if isinstance(tree, list):
        return [key for item in tree for key in named_secrets(item)]
    if not isinstance(tree, dict):
        return []
    found = [key for key, value in tree.items() if _FORBIDDEN.fullmatch(key) and not isinstance(value, dict)]
    return found + [key for value in tree.values() for key in named_secrets(value)]
