"""Exchange on the council's own premises: EWS (https://learn.microsoft.com/exchange/client-developer), by exchangelib.

The library would try again also what must not be sent twice. So it is told to fail at once; the waiting is done here.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import requests
from exchangelib import (
    BASIC,
    DELEGATE,
    IMPERSONATION,
    NTLM,
    UTC,
    Account,
    Configuration,
    Credentials,
    FailFast,
    Identity,
    OAuth2AuthorizationCodeCredentials,
    Version,
)
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorExceededConnectionCount,
    ErrorFolderNotFound,
    ErrorImpersonateUserDenied,
    ErrorInternalServerTransientError,
    ErrorInvalidRecipients,
    ErrorItemNotFound,
    ErrorMessageSizeExceeded,
    ErrorMimeContentInvalid,
    ErrorMimeContentInvalidBase64String,
    ErrorNonExistentMailbox,
    ErrorSendAsDenied,
    ErrorServerBusy,
    ErrorSyncFolderNotFound,
    ErrorTimeoutExpired,
    EWSError,
    UnauthorizedError,
)
from exchangelib.protocol import BaseProtocol
from exchangelib.version import EXCHANGE_2013_SP1

from outbound.providers.oauth import TokenLater, TokenRefused, Tokens
from outbound.providers.trouble import Trouble, asked_again, of_the_address

T = TypeVar("T")

_VERSION = Version(build=EXCHANGE_2013_SP1)
"""What is asked for in these words, every later Exchange understands (RequestServerVersion)."""
_CONNECTIONS = 12
"""At most, and made when needed: for reading, for what is sent meanwhile, and one for each mailbox that is listened to.
Exchange allows 27 of one account as it is installed (EWSMaxConcurrency)."""
_TRIES = 4
_FIRST_PAUSE = 2.0
_BUSY = (ErrorServerBusy, ErrorTimeoutExpired, ErrorInternalServerTransientError, ErrorExceededConnectionCount)
_WRONG = (
    ErrorInvalidRecipients,
    ErrorMessageSizeExceeded,
    ErrorMimeContentInvalid,
    ErrorMimeContentInvalidBase64String,
    ErrorSendAsDenied,
)
_UNREAD = (AttributeError, KeyError, TypeError, ValueError)
"""What the library raises on an answer that is not what it expects."""
_OF_ONE_THING = (ErrorFolderNotFound, ErrorSyncFolderNotFound, ErrorItemNotFound)
_TRUST = ssl.create_default_context()

logging.getLogger("exchangelib").setLevel(logging.CRITICAL + 1)  # It would log whole mails with its errors.


@dataclass(frozen=True, slots=True)
class EwsSettings:
    """`url` is the whole address of the service (`https://mail.council.example/EWS/Exchange.asmx`). `access`: the login
    has rights to the mailbox ("delegate"), or acts as its owner ("impersonate"). `tokens` with `login_by` "oauth".
    `timeout` in seconds for each answer, `patience` in seconds for all the waiting in one piece of work."""

    url: str
    login: str = ""
    password: str = field(default="", repr=False)
    login_by: Literal["ntlm", "basic", "oauth"] = "ntlm"
    access: Literal["delegate", "impersonate"] = "delegate"
    ca_file: Path | None = None
    tokens: Tokens | None = field(default=None, repr=False)
    timeout: float = 60.0
    patience: float = 60.0


class EwsTrouble(Trouble):
    """What Exchange refuses, or does not answer."""


class _Adapter(requests.adapters.HTTPAdapter):
    """Trusts what this computer trusts, and the council's own authority."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=_TRUST)


class _Issued(OAuth2AuthorizationCodeCredentials):  # type: ignore[misc]
    """Tokens that are fetched by msal."""

    def __init__(self, tokens: Tokens, scope: str, owner: str) -> None:
        super().__init__(client_id=None, identity=Identity(primary_smtp_address=owner))
        self._tokens, self._scope = tokens, scope

    def refresh(self, session: object = None) -> None:
        token = self._tokens.token(self._scope)
        # Asked for anew each time: the cache of msal knows when it expires.
        self.access_token = {"access_token": token, "token_type": "Bearer", "expires_in": 300}


def open_account(settings: EwsSettings, address: str) -> Account:
    """Connects at the first use. The library keeps one pool for each server and login."""
    if not settings.url.startswith("https://"):
        raise EwsTrouble(f"Exchange is asked over TLS alone: write {settings.url} with https://")
    if settings.ca_file is not None:
        _TRUST.load_verify_locations(settings.ca_file)
    BaseProtocol.HTTP_ADAPTER_CLS = _Adapter
    BaseProtocol.TIMEOUT = settings.timeout
    configuration = Configuration(
        service_endpoint=settings.url,
        credentials=_credentials(settings, address),
        auth_type={"ntlm": NTLM, "basic": BASIC}.get(settings.login_by),
        version=_VERSION,
        retry_policy=FailFast(),
        max_connections=_CONNECTIONS,
    )
    access = IMPERSONATION if settings.access == "impersonate" else DELEGATE
    return Account(address, access_type=access, config=configuration, locale="en_GB", default_timezone=UTC)


def _credentials(settings: EwsSettings, address: str) -> Any:
    if settings.login_by != "oauth":
        return Credentials(settings.login, settings.password)
    if settings.tokens is None:
        raise EwsTrouble('login_by = "oauth" needs the application of [microsoft]')
    scope = settings.url.partition("/EWS")[0].partition("/ews")[0].rstrip("/") + "/.default"
    issued = _Issued(settings.tokens, scope, address)
    asked(issued.refresh)
    return issued


def asked(work: Callable[[], T], patience: float = 0.0) -> T:
    """Does `work`, told again with growing pauses while Exchange is busy and patience (seconds) lasts. Raises
    EwsTrouble; what Exchange says of one folder or item comes as it is."""
    return asked_again(lambda: _told(work), patience=patience, tries=_TRIES, first_pause=_FIRST_PAUSE)


def _told(work: Callable[[], T]) -> T:
    try:
        return work()
    except _OF_ONE_THING:
        raise
    except TokenRefused as refused:
        raise EwsTrouble(str(refused), login=True) from refused
    except TokenLater as later:
        raise EwsTrouble(str(later), passing=True) from later
    except UnauthorizedError as refused:
        raise EwsTrouble("Exchange refuses the login. Check name and password", login=True) from refused
    except (ErrorAccessDenied, ErrorImpersonateUserDenied) as refused:
        raise EwsTrouble(
            f"Exchange denies access: {refused}. Check the rights of the login to the mailbox"
        ) from refused
    except ErrorNonExistentMailbox as refused:
        raise EwsTrouble(f"Exchange knows no such mailbox: {refused}. Check its address") from refused
    except _WRONG as refused:
        unwanted = of_the_address(type(refused).__name__, str(refused))
        raise EwsTrouble(_sentence(refused), refused=True, unwanted=unwanted) from refused
    except _BUSY as busy:
        after = float(getattr(busy, "back_off", None) or 0.0)
        raise EwsTrouble(_sentence(busy), passing=True, doubtful=True, after=after) from busy
    except (EWSError, requests.RequestException, OSError, *_UNREAD) as trouble:
        raise EwsTrouble(_sentence(trouble), doubtful=True) from trouble


def _sentence(trouble: Exception) -> str:
    """The library puts the whole answer into some of its errors: a line is enough."""
    return f"Exchange answered {type(trouble).__name__}: {str(trouble).splitlines()[0][:200] if str(trouble) else ''}"
