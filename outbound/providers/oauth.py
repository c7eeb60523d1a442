"""Tokens for an application of its own (OAuth 2.0 client credentials, RFC 6749 section 4.4), by msal.

One registration of the council's serves Graph and IMAP alike; no person logs in, so no person's password ends it.
"""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from typing import Any

import httpx
import msal
from jwt.exceptions import PyJWTError
from msal.exceptions import MsalServiceError

_WORDS = 300
"""So much of what the login server says is told on: the cause comes first (AADSTS7000222: the secret has expired)."""


class TokenRefused(Exception):
    """The login server gives no token, and will not of its own accord: a person must mend the registration."""


class TokenLater(Exception):
    """The login server cannot be reached just now."""


@dataclass(frozen=True, slots=True)
class AppLogin:
    """An application registered with Entra ID. `authority` and tenant make the login's URL, which a national cloud has
    of its own. Either `secret` or `key` (PEM) with the `certificate` (PEM) that was uploaded. `tls` as the context that
    verifies; None trusts what the system trusts."""

    tenant: str
    client_id: str
    secret: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    certificate: str = ""
    authority: str = "https://login.microsoftonline.com"
    tls: ssl.SSLContext | None = None
    timeout: float = 30.0

    @property
    def credential(self) -> str | dict[str, str]:
        """As msal wants it; it reckons the certificate's thumbprint itself."""
        return {"private_key": self.key, "public_certificate": self.certificate} if self.key else self.secret


class Tokens:
    """One cache of tokens; msal renews a token before it expires, and keeps the old one while that fails."""

    def __init__(self, login: AppLogin) -> None:
        self._login = login
        self._http = httpx.Client(verify=login.tls or ssl.create_default_context(), timeout=login.timeout)
        self._turn = threading.Lock()
        self._app: Any = None

    def token(self, scope: str) -> str:
        """A token that is good now. Raises TokenRefused, TokenLater."""
        with self._turn:
            told = self._asked(scope)
        if "access_token" in told:
            return str(told["access_token"])
        why = str(told.get("error_description") or told.get("error") or "no reason given").partition("\r")[0][:_WORDS]
        if told.get("error") in ("temporarily_unavailable", "server_error"):
            raise TokenLater(f"The login server cannot serve just now: {why}")
        raise TokenRefused(
            f"The login server refuses the application {self._login.client_id}: {why}. Renew its secret or "
            "certificate, put it where the configuration says, and restart"
        )

    def _asked(self, scope: str) -> dict[str, Any]:
        try:
            told: dict[str, Any] = self._application().acquire_token_for_client([scope])
        except (httpx.HTTPError, MsalServiceError, OSError) as trouble:
            raise TokenLater(f"The login server {self._login.authority} cannot be reached: {trouble}") from trouble
        except (ValueError, PyJWTError) as trouble:  # A tenant that is not there; a key that is none, or not RSA.
            raise TokenRefused(f"The application cannot log in: {str(trouble)[:_WORDS]}") from trouble
        return told

    def forget(self) -> None:
        """The server no longer takes the token: the next one is fetched anew."""
        with self._turn:
            self._app = None

    def _application(self) -> Any:
        if self._app is None:
            login = self._login
            self._app = msal.ConfidentialClientApplication(
                login.client_id,
                client_credential=login.credential,
                authority=f"{login.authority.rstrip('/')}/{login.tenant}",
                http_client=self._http,
                # The authority comes from the council's own configuration: nobody needs to vouch for it.
                instance_discovery=False,
            )
        return self._app

    def close(self) -> None:
        self._http.close()
