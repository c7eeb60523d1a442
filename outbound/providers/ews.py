"""Exchange on the council's own premises: EWS (https://learn.microsoft.com/exchange/client-developer), by exchangelib.

The library would try again also what must not be sent twice. So it is told to fail at once; the waiting is done here.
Nor are its own ways with tokens taken: it loses a connection for good where a new token is refused amid a request, and
keeps an old one for as long as the server is down. And it shares connections among all that have one login, where a
thread may wait for ever for another's: here each account has its own.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
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
from exchangelib.protocol import BaseProtocol, Protocol
from exchangelib.transport import AUTH_TYPE_MAP
from exchangelib.version import EXCHANGE_2013_SP1

from outbound.providers.oauth import TokenLater, TokenRefused, Tokens
from outbound.providers.trouble import Trouble, asked_again, of_the_address

T = TypeVar("T")

_VERSION = Version(build=EXCHANGE_2013_SP1)
"""What is asked for in these words, every later Exchange understands (RequestServerVersion)."""
_CONNECTIONS = 4
"""At most, and made when needed, of one account: it is used by one thread. Exchange allows 27 requests at once of one
login as it is installed (EWSMaxConcurrency)."""
_TOKEN = "token of msal"
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


class _Own(Credentials):  # type: ignore[misc]
    """By which the library keeps its connections: no two accounts are alike."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class _ByToken(requests.auth.AuthBase):
    """Shows with each request a token that is good then (the cache of msal knows). The library hands on a name and a
    password: the scope, and who issues."""

    def __init__(self, username: str, password: Tokens) -> None:
        self._scope, self._tokens = username, password

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._tokens.token(self._scope)}"
        request.register_hook("response", self._anew)
        return request

    def _anew(self, answer: requests.Response, **how: Any) -> requests.Response:
        """Revoked, or expired on the way: one new token, once."""
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            return answer
        answer.close()
        self._tokens.forget()
        again = answer.request.copy()
        again.headers["Authorization"] = f"Bearer {self._tokens.token(self._scope)}"
        second: requests.Response = answer.connection.send(again, **how)
        return second


AUTH_TYPE_MAP[_TOKEN] = _ByToken


def open_account(settings: EwsSettings, address: str) -> Account:
    """Connects at the first use; `close_account` gives its connections up."""
    if not settings.url.startswith("https://"):
        raise EwsTrouble(f"Exchange is asked over TLS alone: write {settings.url} with https://")
    if settings.ca_file is not None:
        _TRUST.load_verify_locations(settings.ca_file)
    BaseProtocol.HTTP_ADAPTER_CLS = _Adapter
    BaseProtocol.TIMEOUT = settings.timeout
    configuration = Configuration(
        service_endpoint=settings.url,
        credentials=_credentials(settings),
        auth_type={"ntlm": NTLM, "basic": BASIC, "oauth": _TOKEN}[settings.login_by],
        version=_VERSION,
        retry_policy=FailFast(),
        max_connections=_CONNECTIONS,
    )
    # A token is the application's own: it always acts as the mailbox's owner.
    acts = settings.access == "impersonate" or settings.login_by == "oauth"
    access = IMPERSONATION if acts else DELEGATE
    return Account(address, access_type=access, config=configuration, locale="en_GB", default_timezone=UTC)


def _credentials(settings: EwsSettings) -> Credentials:
    if settings.login_by != "oauth":
        return _Own(settings.login, settings.password)
    if settings.tokens is None:
        raise EwsTrouble('login_by = "oauth" needs the application of [microsoft]')
    scope = settings.url.partition("/EWS")[0].partition("/ews")[0].rstrip("/") + "/.default"
    return _Own(scope, settings.tokens)


def close_account(account: Account) -> None:
    """The library keeps each for as long as the process lives, unless it is told not to."""
    account.protocol.close()
    with suppress(KeyError):
        del Protocol[account.protocol.config]


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
    """The library puts the whole answer into some of its errors, and calls one that never came a busy server."""
    under = _of_the_line(trouble)
    if isinstance(under, ssl.SSLCertVerificationError):
        return f"Exchange has a certificate that cannot be trusted: {under.verify_message}. Check its name, and ca_file"
    if under is not None:
        return f"Exchange cannot be reached: {under}. Check its address, and the network"
    return f"Exchange answered {type(trouble).__name__}: {str(trouble).splitlines()[0][:200] if str(trouble) else ''}"


def _of_the_line(trouble: BaseException | None) -> OSError | None:
    """What a socket said, from which the others came."""
    found = None
    while trouble is not None:
        if isinstance(trouble, OSError) and not isinstance(trouble, requests.RequestException):
            found = trouble
        trouble = trouble.__cause__ or trouble.__context__
    return found
