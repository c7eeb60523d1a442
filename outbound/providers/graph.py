"""Microsoft Graph over HTTPS: let in by a token, told to wait by 429 and 503, and never asked for more than it allows.

Shapes and codes: https://learn.microsoft.com/graph/api/resources/mail-api-overview and .../graph/throttling-limits.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import quote

import httpx

from outbound.providers.oauth import TokenLater, TokenRefused, Tokens
from outbound.providers.trouble import Trouble, asked_again, of_the_address

IMMUTABLE = 'IdType="ImmutableId"'
"""On every request: one without it gives ids of the other kind, which change when a mail is moved."""
AT_ONCE = 4
"""Requests at once that one application may have in one mailbox (MailboxConcurrency)."""
_TRIES = 5
_FIRST_PAUSE = 1.0
_WAIT = frozenset({429, 503, 504})
_WRONG = frozenset({400, 413, 415, 422})


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """`url` is that of the cloud (`https://graph.microsoft.com`, or a national one). `timeout` in seconds for each
    answer; `patience` in seconds for all the waiting that the server may ask for in one piece of work."""

    url: str = "https://graph.microsoft.com"
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    timeout: float = 30.0
    patience: float = 60.0


class GraphError(Trouble):
    """What Graph refuses, or does not answer."""


class GraphClient:
    """One connection pool for a mailbox or a transport; may be used by several threads."""

    def __init__(self, settings: GraphSettings, tokens: Tokens) -> None:
        self._settings = settings
        self._tokens = tokens
        self._base = settings.url.rstrip("/") + "/"
        if not self._base.startswith("https://"):
            raise GraphError(f"Graph is asked over TLS alone: write {settings.url} with https://")
        self._http = httpx.Client(
            verify=settings.tls or ssl.create_default_context(),
            timeout=settings.timeout,
            limits=httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE),
        )

    def get(self, path: str, prefer: str = "", **query: str) -> dict[str, Any]:
        """An object. What else comes is no answer of Graph's: a proxy's page, perhaps."""
        answer = self.ask("GET", path, prefer=prefer, query=query)
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise GraphError("Graph's answer cannot be read: is there a proxy in between?")
        return told

    def rows(self, path: str, prefer: str = "", **query: str) -> list[dict[str, Any]]:
        """The first page of a collection."""
        return values(self.get(path, prefer, **query))

    def pages(self, path: str, prefer: str = "", **query: str) -> Iterator[dict[str, Any]]:
        """Each page of a collection; a link to the next one is whole, and is asked as it stands."""
        page = self.get(path, prefer, **query)
        yield page
        while link := page.get("@odata.nextLink"):
            page = self.get(link, prefer)
            yield page

    def ask(
        self,
        method: Literal["GET", "POST"],
        path: str,
        *,
        prefer: str = "",
        query: Mapping[str, str] | None = None,
        json: object = None,
    ) -> httpx.Response:
        """An answer that is not a refusal; waits where the server says so. Only for what may be asked twice."""
        return asked_again(
            lambda: self._once(method, path, prefer, query=query, json=json),
            patience=self._settings.patience, tries=_TRIES, first_pause=_FIRST_PAUSE,
        )  # fmt: skip

    def post_once(self, path: str, content: bytes, content_type: str) -> httpx.Response:
        """For what must not be done twice: asked once, whatever comes (a token that has just expired excepted)."""
        return self._once("POST", path, "", content=content, content_type=content_type)

    def _once(self, method: str, path: str, prefer: str, **what: Any) -> httpx.Response:
        answer = self._sent(method, path, prefer, **what)
        if answer.status_code == 401:  # Revoked, or expired on the way: one new token, once.
            self._tokens.forget()
            answer = self._sent(method, path, prefer, **what)
        if answer.is_success:
            return answer
        raise _refusal(answer)

    def _sent(
        self,
        method: str,
        path: str,
        prefer: str,
        query: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | None = None,
        content_type: str = "",
    ) -> httpx.Response:
        headers = self._headers(prefer) | ({"Content-Type": content_type} if content_type else {})
        try:
            return self._http.request(
                method, self._url(path), params=query or None, json=json, content=content, headers=headers
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as trouble:
            raise GraphError(f"Graph cannot be reached: {trouble or type(trouble).__name__}", passing=True) from trouble
        except httpx.HTTPError as trouble:
            what = f"Graph broke off: {trouble or type(trouble).__name__}"
            raise GraphError(what, passing=True, doubtful=True) from trouble

    def _headers(self, prefer: str = "") -> dict[str, str]:
        try:
            token = self._tokens.token(f"{self._base}.default")
        except TokenRefused as refused:
            raise GraphError(str(refused), login=True) from refused
        except TokenLater as later:
            raise GraphError(str(later), passing=True) from later
        return {"Authorization": f"Bearer {token}", "Prefer": ", ".join(filter(None, (IMMUTABLE, prefer)))}

    def _url(self, path: str) -> str:
        """A whole link comes from the server; the token goes nowhere but to the server."""
        if "://" not in path:
            return f"{self._base}v1.0/{path}"
        if not path.startswith(self._base):
            raise GraphError("Graph gave a link that leads to another server. It was not followed")
        return path

    def close(self) -> None:
        self._http.close()


def values(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = page.get("value")
    if not isinstance(found, list) or not all(isinstance(item, dict) and "id" in item for item in found):
        raise GraphError("Graph's answer is no list of things with ids")
    return found


def user(address: str) -> str:
    """The path of a mailbox."""
    return f"users/{quote(address, safe='@')}"


def _refusal(answer: httpx.Response) -> GraphError:
    status, told = answer.status_code, _told(answer)
    return GraphError(
        f"Graph answered {status} {told}",
        status,
        after=_seconds(answer.headers.get("Retry-After", "")),
        passing=status in _WAIT,
        doubtful=status >= 500,
        refused=status in _WRONG,
        unwanted=status in _WRONG and of_the_address(*told.partition(": ")[::2]),
        login=status == 401,
    )


def _told(answer: httpx.Response) -> str:
    """The code and the words of https://learn.microsoft.com/graph/errors; a proxy's page says less."""
    try:
        error = answer.json()["error"]
        return f"{error['code']}: {error['message']}"[:300]
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase


def _seconds(retry_after: str) -> float:
    """Seconds or a date (RFC 9110, section 10.2.3)."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return 0.0
