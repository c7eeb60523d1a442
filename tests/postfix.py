"""A real Postfix for tests: its own configuration, on loopback, with TLS by a CA made for the occasion. Needs root."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.dovecot import free_port

INSTALL = "apt-get install -y --no-install-recommends postfix"
DOMAIN = "school.example"

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.{domain}
mydestination =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {{office@{domain}=office/}}, {{busy@{domain}=busy/}} }}
virtual_minimum_uid = 1
virtual_uid_maps = static:8
virtual_gid_maps = static:8
message_size_limit = 20000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_recipient_restrictions =
  check_recipient_access inline:{{ {{busy@{domain}=450 4.2.1 come later}} }},
  permit_mynetworks,
  reject
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
retry unix - - n - - error
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Takes mail for `office@school.example`; `busy@` is put off; nobody else is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        authority = trustme.CA()
        server = authority.issue_cert("127.0.0.1")
        server.private_key_pem.write_to_path(folder / "server.key")
        for n, part in enumerate(server.cert_chain_pems):
            part.write_to_path(folder / "server.pem", append=n > 0)
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)
        for name in ("config", "queue", "data", "mail"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        os.chown(folder / "mail", 8, 8)
        (folder / "config" / "main.cf").write_text(_MAIN.format(folder=folder, domain=DOMAIN))
        (folder / "config" / "master.cf").write_text(_MASTER.format(port=self.port))
        self._run("start")
        self._await()

    def _run(self, what: str) -> None:
        subprocess.run(
            ["postfix", "-c", str(self._folder / "config"), what], capture_output=True, timeout=30, check=False
        )

    def _await(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.1)
        log = self._folder / "log"
        raise RuntimeError(f"Postfix did not start: {log.read_text() if log.exists() else 'no log'}")

    def delivered(self, who: str, count: int = 1) -> list[bytes]:
        """Waits until so many mails lie in that Maildir."""
        new = self._folder / "mail" / who / "new"
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if new.is_dir() and len(list(new.iterdir())) >= count:
                break
            time.sleep(0.1)
        return [file.read_bytes() for file in new.iterdir()] if new.is_dir() else []

    def stop(self) -> None:
        self._run("stop")


def run_postfix() -> Iterator[Postfix]:
    """For a fixture: starts one, and stops it."""
    if shutil.which("postfix") is None or os.getuid() != 0:
        pytest.skip(f"There is no Postfix here, or this is not root. As root: {INSTALL}")
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    folder.chmod(0o755)
    server = Postfix(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
