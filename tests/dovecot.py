"""A real Dovecot for tests: its own configuration, on loopback, with TLS by a CA made for the occasion."""

from __future__ import annotations

import contextlib
import getpass
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from imapclient import IMAPClient

INSTALL = "apt-get install -y --no-install-recommends dovecot-imapd"
PASSWORD = "correct-horse"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {clear}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
{more}
"""


class Dovecot:
    """Any user name may log in, with PASSWORD; each has a mailbox of its own. `ports`: with TLS, and for STARTTLS."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self._folder = folder
        self.tls_port, self.clear_port = free_port(), free_port()
        self._make_keys()
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        owner = pwd.getpwnam("mail" if os.getuid() == 0 else getpass.getuser())
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
        root = os.getuid() == 0
        text = _CONFIGURATION.format(
            folder=folder,
            internal="dovecot" if root else owner.pw_name,
            login="dovenull" if root else owner.pw_name,
            group="dovecot" if root else owner.pw_gid,
            owner=owner.pw_uid,
            owner_group=owner.pw_gid,
            password=PASSWORD,
            clear=self.clear_port,
            tls=self.tls_port,
            more=more,
        )
        (folder / "dovecot.conf").write_text(text)
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.DEVNULL
        )
        self._await()

    def _make_keys(self) -> None:
        authority = trustme.CA()
        server = authority.issue_cert("127.0.0.1", "localhost")
        server.private_key_pem.write_to_path(self._folder / "server.key")
        for n, part in enumerate(server.cert_chain_pems):
            part.write_to_path(self._folder / "server.pem", append=n > 0)
        self.ca_file = self._folder / "ca.pem"
        authority.cert_pem.write_to_path(self.ca_file)
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)

    def _await(self) -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.tls_port), 1).close()
                return
            time.sleep(0.05)
        raise RuntimeError(f"Dovecot did not start: {(self._folder / 'log').read_text()}")

    @contextlib.contextmanager
    def as_user(self, user: str) -> Iterator[IMAPClient]:
        """What a person's mail program would be."""
        with IMAPClient("127.0.0.1", port=self.tls_port, ssl=True, ssl_context=self.trust, timeout=10) as client:
            client.login(user, PASSWORD)
            yield client

    def home(self, user: str) -> Path:
        return self._folder / "mail" / user

    def files(self, user: str) -> list[Path]:
        """The mails of a user as they lie on the server's disk."""
        lying = (self._folder / "mail" / user).rglob("*")
        return sorted(file for file in lying if file.parent.name in ("new", "cur") and file.is_file())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


class Relay:
    """Stands between a client and a server on loopback, and can cut every connection, as a network does. `at`: the port
    at which it listens, where that must be known before."""

    def __init__(self, port: int, at: int = 0) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", at))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self.connections = 0
        self.sent = 0
        self.mute = False
        """What anybody says is lost from now on, and the line looks alive."""
        self.cut_after: int | None = None
        """Cuts once, when the client has sent so many more packets: in the middle of what it does."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to), 10)
            except OSError:
                return
            self.connections += 1
            self._open += [client, server]
            threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, ours: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.mute:
                    continue
                sink.sendall(data)
                if ours:
                    self.sent += 1
                    self._maybe_cut()
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _maybe_cut(self) -> None:
        if self.cut_after is not None:
            self.cut_after -= 1
            if self.cut_after <= 0:
                self.cut_after = None
                self.cut()

    def cut(self) -> None:
        ends, self._open = self._open, []  # A client that comes back at once is not cut with them.
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()


def run_dovecot(more: str = "") -> Iterator[Dovecot]:
    """For a fixture: starts one, and stops it. Its folder is its own, since the users that it runs as must reach it."""
    if shutil.which("dovecot") is None:
        pytest.skip(f"There is no Dovecot on this computer. As root: {INSTALL}")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder, more)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
