from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dovecot import Dovecot, run_dovecot
from tests.mailboxes.ews_server import EwsServer, run_ews
from tests.mailboxes.graph_server import GraphServer, run_graph


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    yield from run_dovecot()


@pytest.fixture(scope="session")
def old_dovecot() -> Iterator[Dovecot]:
    """A server that knows neither MOVE nor more than it must, but UIDPLUS."""
    yield from run_dovecot("protocol imap {\n  imap_capability = IMAP4rev1 UIDPLUS\n}\n")


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    yield from run_graph()


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[EwsServer]:
    yield from run_ews(tmp_path)
