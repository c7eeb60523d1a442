"""Microsoft Graph as far as a mailbox needs it, on loopback over TLS: what it publishes, and how it is on bad days.

A folder is what its log says; a delta token is a place in the log. `lag` hides the end of the log from listings, as the
real one does for a while.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

import trustme

from tests.mailboxes.graph_shapes import faults
from tests.mailboxes.graph_world import (
    Account,
    Answer,
    Request,
    addressee,
    changes,
    error,
    folder_told,
    message,
    missing,
)

TENANT, CLIENT, SECRET = "borough.example", "0d5a1c1e-1111-4222-8333-444455556666", "correct-horse"
_AS_TEXT = 'outlook.body-content-type="text"'
IMMUTABLE = 'IdType="ImmutableId"'


class GraphServer:
    """`plays`: answers for the next requests whose path matches; each is played once. `faults`: what the client, or
    this server, did that is not as Microsoft says. `unresolved`: recipients that it does not send to, and its words."""

    def __init__(self) -> None:
        authority = trustme.CA()
        self.ca = authority.cert_pem.bytes()
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)
        self.accounts: dict[str, Account] = {}
        self.requests: list[Request] = []
        self.plays: list[tuple[re.Pattern[str], Answer | Callable[[], Answer]]] = []
        self.faults: list[str] = []
        self.page = 200
        self.lag = 0
        self.largest = 4_000_000
        self.new_ids = False
        self.unresolved: dict[str, str] = {}
        self.shows_headers = True
        self.login_refused = ""
        self.expires_in = 3599
        self.tokens: set[str] = set()
        self.too_old = 0
        self.busy_for = 0.0
        self.most_at_once = 0
        self._count = itertools.count(1)
        self._turn = threading.Lock()
        self._at_once = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def account(self, address: str) -> Account:
        return self.accounts.setdefault(address, Account())

    def play(self, path: str, *answers: Answer | Callable[[], Answer]) -> None:
        self.plays += [(re.compile(path), answer) for answer in answers]

    def forget_tokens(self) -> None:
        """Delta tokens given so far are too old (410)."""
        self.too_old = next(self._count)

    def asked(self, pattern: str) -> list[Request]:
        return [r for r in self.requests if re.search(pattern, f"{r.method} {r.path}")]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What it answers.

    def answer(self, request: Request) -> Answer:
        with self._turn:
            self.requests.append(request)
            for n, (pattern, played) in enumerate(self.plays):
                if pattern.search(f"{request.method} {request.path}"):
                    del self.plays[n]
                    return played() if callable(played) else played
        if request.path.startswith(f"/{TENANT}/"):
            return self._login(request)
        with self._counted(), self._turn:
            return self._graph(request)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._turn:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        time.sleep(self.busy_for)
        yield
        with self._turn:
            self._at_once -= 1

    def _login(self, request: Request) -> Answer:
        if request.path.endswith("openid-configuration"):
            base = f"{self.url}/{TENANT}"
            told = {
                "issuer": f"{base}/v2.0",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            }
            return Answer(200, told)
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if self.login_refused:
            return Answer(401, {"error": "invalid_client", "error_description": self.login_refused})
        right = form.get("client_secret") == SECRET or "client_assertion" in form
        if not right or form.get("client_id") != CLIENT or form.get("grant_type") != "client_credentials":
            return Answer(401, {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret"})
        token = f"token-{next(self._count)}"
        self.tokens.add(token)
        return Answer(200, {"token_type": "Bearer", "expires_in": self.expires_in, "access_token": token})

    def _graph(self, request: Request) -> Answer:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
        if IMMUTABLE not in request.headers.get("prefer", ""):
            self.faults.append(f"{request.method} {request.path} without Prefer: {IMMUTABLE}")
        parts = [unquote(part) for part in request.path.removeprefix("/v1.0/users/").split("/")]
        account = self.accounts.get(parts[0])
        if account is None:
            return error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        match (request.method, *parts[1:]):
            case ("GET", "mailFolders", folder, "messages", "delta"):
                return self._delta(account, folder, request)
            case ("GET", "mailFolders", folder, "messages"):
                return self._listing(account, folder, request)
            case ("GET", "mailFolders", folder):
                return Answer(200, folder_told(account, folder), "mailFolder")
            case ("GET", "mailFolders", above, "childFolders"):
                wanted = re.fullmatch(r"displayName eq '(.*)'", request.query["$filter"])
                assert wanted, request.query
                name = wanted[1].replace("''", "'")
                found = [i for i, (called, on) in account.folders.items() if (called, on) == (name, above)]
                return Answer(200, {"value": [folder_told(account, id_) for id_ in found]}, "mailFolder")
            case ("POST", "mailFolders", above, "childFolders"):
                return Answer(
                    201,
                    folder_told(account, account.make(json.loads(request.body)["displayName"], above)),
                    "mailFolder",
                )
            case ("GET", "messages", id_):
                mail = account.mails.get(id_)
                return Answer(200, message(mail, ["parentFolderId"]), "message") if mail else missing()
            case ("GET", "messages", id_, "$value"):
                mail = account.mails.get(id_)
                return Answer(200, mail.raw, headers={"Content-Type": "text/plain"}) if mail else missing()
            case ("POST", "messages", id_, "move"):
                if id_ not in account.mails or json.loads(request.body)["destinationId"] not in account.folders:
                    return missing()
                account.move(id_, json.loads(request.body)["destinationId"])
                return Answer(201, {"@odata.context": "x", "id": id_}, "message")
            case ("POST", "sendMail"):
                return self._send(account, request)
        return error(400, "BadRequest", f"nothing is served at {request.method} {request.path}")

    def _delta(self, account: Account, folder: str, request: Request) -> Answer:
        if folder not in account.folders:
            return missing()
        end = len(account.log) - self.lag
        token = request.query.get("$deltatoken") or request.query.get("$skiptoken") or ""
        made, start, skip, until = map(int, token.split(".")) if token else (next(self._count), -1, 0, end)
        if token and made < self.too_old:
            return error(410, "syncStateNotFound", "The sync state generation is not found; continue with a full sync.")
        if "$deltatoken" in request.query:
            until = end
        rows = list(changes(account, folder, start, until))
        there = rows[skip : skip + self.page]
        here = f"{self.url}{request.path}"
        if skip + self.page < len(rows):
            link = {"@odata.nextLink": f"{here}?$skiptoken={made}.{start}.{skip + self.page}.{until}"}
        else:
            link = {"@odata.deltaLink": f"{here}?$deltatoken={made}.{until}.0.{until}"}
        return Answer(200, {"@odata.context": "x", **link, "value": there}, "message")

    def _listing(self, account: Account, folder: str, request: Request) -> Answer:
        """With `$filter` on the times and on the internetMessageId."""
        shown = {id_ for at, id_, came in account.log[: len(account.log) - self.lag] if at == folder and came}
        mails = [m for m in account.mails.values() if m.folder == folder and m.id in shown]
        wanted = request.query.get("$filter", "")
        if by_id := re.fullmatch(r"internetMessageId eq '(.*)'", wanted):
            mails = [m for m in mails if m.header("Message-ID") == by_id[1].replace("''", "'")]
        elif since := re.fullmatch(r"(?:sent|received)DateTime ge (\S+)", wanted):
            mails = [m for m in mails if m.received >= datetime.fromisoformat(since[1])]
        else:
            assert not wanted, wanted
        if request.query.get("$orderby") == "receivedDateTime":
            mails.sort(key=lambda mail: mail.received)
        skip = int(request.query.get("$skip", "0"))
        if "body" in request.query.get("$select", "") and _AS_TEXT not in request.headers.get("prefer", ""):
            self.faults.append("a body was asked for without saying that it is to be text")
        select = request.query.get("$select", "").split(",")
        if not self.shows_headers:
            select = [name for name in select if name != "internetMessageHeaders"]
        told: dict[str, Any] = {"value": [message(m, select) for m in mails[skip : skip + self.page]]}
        if skip + self.page < len(mails):
            rest = "&".join(f"{k}={quote(v)}" for k, v in request.query.items() if k != "$skip")
            told["@odata.nextLink"] = f"{self.url}{request.path}?{rest}&$skip={skip + self.page}"
        return Answer(200, told, "message")

    def _send(self, account: Account, request: Request) -> Answer:
        if request.headers.get("content-type") != "text/plain":
            return error(415, "UnsupportedMediaType", "only MIME is served here")
        if len(request.body) > self.largest:
            return Answer(200)  # microsoft-graph-docs-contrib#13979: and it is not sent.
        raw = base64.b64decode(request.body, validate=True)
        if words := self.unresolved.get(addressee(raw)):
            return error(400, "ErrorInvalidRecipients", words)
        if self.new_ids:
            new = f"<{next(self._count)}@eurprd01.prod.outlook.example>".encode()
            raw = re.sub(rb"(?im)^Message-ID:[^\r\n]*", b"Message-ID: " + new, raw, count=1)
        account.put(raw, "sentitems").received = datetime.now(UTC)
        return Answer(202)


def _handler(server: GraphServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version: ClassVar = "HTTP/1.1"
        disable_nagle_algorithm: ClassVar = True

        def _serve(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                answer = server.answer(Request(self.command, url.path, query, headers, body))
            except ConnectionError:  # Played: the line is cut.
                self.close_connection = True
                self.connection.close()
                return
            if answer.kind:
                server.faults += faults(answer.body, answer.kind)
            raw = (
                answer.body
                if isinstance(answer.body, bytes)
                else b""
                if answer.body is None
                else json.dumps(answer.body).encode()
            )
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(raw)),
                **answer.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


def cut() -> Answer:
    """For `play`: the line is cut before an answer comes."""
    raise ConnectionError("cut")


def run_graph() -> Iterator[GraphServer]:
    """For a fixture."""
    server = GraphServer()
    yield server
    server.stop()
    assert server.faults == []
