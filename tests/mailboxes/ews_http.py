"""How the test server of Exchange is let in and answers by HTTP: Basic, Bearer, and NTLM bound to a connection."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar

import spnego

if TYPE_CHECKING:
    from tests.mailboxes.ews_server import EwsServer

LOGIN, PASSWORD = "svc-cmebot", "correct-horse"


def handler_of(server: EwsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One connection, to which NTLM binds its login."""

        protocol_version: ClassVar = "HTTP/1.1"
        disable_nagle_algorithm: ClassVar = True
        ntlm: Any = None

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if server.instead is not None:
                status, page = server.instead
                self._tell(status, page, [("Content-Type", "text/html")])
                return
            challenge = self._let_in(self.headers.get("Authorization", ""))
            if challenge is not None:
                self._tell(401, b"", [("WWW-Authenticate", way) for way in challenge])
                return
            if (stream := server.stream(body)) is not None:
                self._stream(stream)
                return
            try:
                status, answer = server.answer(body)
            except ConnectionError:  # Played: the line is cut.
                self.close_connection = True
                self.connection.close()
                return
            self._tell(status, answer, [("Content-Type", "text/xml; charset=utf-8")])

        def _stream(self, parts: Iterator[bytes]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in parts:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")

        def _let_in(self, authorization: str) -> list[str] | None:
            """None, or what is asked for."""
            way, _, told = authorization.partition(" ")
            if way == "Basic" and base64.b64decode(told).decode() == f"{LOGIN}:{PASSWORD}":
                server.logins.add("basic")
                return None
            if way == "Bearer" and told in server.tokens:
                server.logins.add("oauth")
                return None
            if way in ("NTLM", "Negotiate"):
                return self._ntlm(told)
            if self.ntlm is not None and self.ntlm.complete:
                return None
            server.refused_logins += way in ("Basic", "Bearer")
            return ["NTLM", "Basic", "Bearer"]

        def _ntlm(self, told: str) -> list[str] | None:
            if self.ntlm is None:
                self.ntlm = spnego.server(protocol="ntlm")
            try:
                token = self.ntlm.step(base64.b64decode(told))
            except spnego.exceptions.SpnegoError:
                self.ntlm = None
                return ["NTLM"]
            if self.ntlm.complete:
                server.logins.add("ntlm")
                return None
            return [f"NTLM {base64.b64encode(token).decode()}"]

        def _tell(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
            self.send_response(status)
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler
