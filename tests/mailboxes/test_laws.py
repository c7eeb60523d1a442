"""One mail, one effect: whatever arrives, whoever moves it, whenever the bot dies, and however late a server tells."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from imapclient import IMAPClient

from bot.mailboxes.port import Mailbox
from bot.register.register import Register
from tests.dovecot import Dovecot, Relay
from tests.mailboxes.boxes import Box, EwsBox, GraphBox, ImapBox, MaildirBox, letter
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.graph_server import GraphServer
from tests.mailboxes.test_contract import take_in


class Hands:
    """What a person, and a server on a bad day, do to a mailbox."""

    def take_away(self) -> bytes | None:
        """Moves a mail from the inbox to a folder of her own, for good; which one."""

    def put_back(self) -> None:
        """Moves one that is done back to the inbox."""

    def tell_late(self, lag: int) -> None:
        """The server hides the newest changes."""

    def forget(self) -> None:
        """The server no longer knows where we were."""


class OfMaildir(Hands):
    def __init__(self, box: MaildirBox) -> None:
        self._path = box._path

    def take_away(self) -> bytes | None:
        for file in sorted((self._path / "new").iterdir()):
            raw = file.read_bytes()
            file.unlink()
            return raw
        return None

    def put_back(self) -> None:
        for file in sorted((self._path / ".Done" / "cur").iterdir()):
            file.rename(self._path / "cur" / f"{file.name.partition(':')[0]}:2,S")
            return


class OfImap(Hands):
    """A person's mail program, and a server that cuts the line."""

    def __init__(self, box: ImapBox) -> None:
        self._box = box

    def _first(self, folder: str, to: str) -> bytes | None:
        with self._box.server.as_user(self._box.user) as client:
            client.select_folder(folder)
            for uid in client.search(["ALL"])[:1]:
                raw: bytes = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
                _move(client, [uid], to)
                return raw
        return None

    def take_away(self) -> bytes | None:
        return self._first(self._box.FOLDERS["inbox"], HERS)

    def put_back(self) -> None:
        self._first(self._box.FOLDERS["done"], self._box.FOLDERS["inbox"])

    def tell_late(self, lag: int) -> None:
        """An IMAP server tells at once, and may cut the line amid what it is told."""
        self._box.relay.cut_after = lag or None

    def forget(self) -> None:
        """The folder is another one of the same name, with the same mails: restored from a backup, say. Dovecot takes
        its UIDVALIDITY from the clock's seconds, and never one that it has given before."""
        names = self._box.FOLDERS
        with self._box.server.as_user(self._box.user) as client:
            client.rename_folder(names["inbox"], "old")
            client.create_folder(names["inbox"])
            client.select_folder("old")
            if uids := client.search(["ALL"]):
                _move(client, uids, names["inbox"])
            client.close_folder()
            client.delete_folder("old")


def _move(client: IMAPClient, uids: list[int], to: str) -> None:
    """As every server lets one."""
    client.copy(uids, to)
    client.delete_messages(uids)
    client.expunge(uids)


class OfGraph(Hands):
    def __init__(self, box: GraphBox) -> None:
        self._box = box

    def take_away(self) -> bytes | None:
        for mail in list(self._box.account.mails.values()):
            if mail.folder == self._box.folder:
                self._box.account.move(mail.id, "hers")
                return mail.raw
        return None

    def put_back(self) -> None:
        folders = self._box.account.folders
        for mail in list(self._box.account.mails.values()):
            if folders.get(mail.folder, ("", ""))[0] == self._box.FOLDERS["done"]:
                self._box.account.move(mail.id, self._box.folder)
                return

    def tell_late(self, lag: int) -> None:
        self._box.server.lag = lag

    def forget(self) -> None:
        self._box.server.forget_tokens()


class OfExchange(Hands):
    def __init__(self, box: EwsBox) -> None:
        self._box = box

    def take_away(self) -> bytes | None:
        for item in list(self._box.account.items.values()):
            if item.folder == self._box.folder:
                self._box.account.move(item.id, "hers")
                return item.raw
        return None

    def put_back(self) -> None:
        folders = self._box.account.folders
        for item in list(self._box.account.items.values()):
            if folders.get(item.folder, ("", ""))[0] == self._box.FOLDERS["done"]:
                self._box.account.move(item.id, self._box.folder)
                return

    def forget(self) -> None:
        self._box.server.state_from = len(self._box.account.log)


HERS = "Pat"
World = Callable[[Path], tuple[Box, Hands]]


class OneMailOneEffect(RuleBasedStateMachine):
    """`arrived` and `taken_away` are what a person knows; the register is what the bot does."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self._home = tempfile.TemporaryDirectory(prefix="law-")
        home = Path(self._home.name)
        self.box, self.hands = type(self).world(home)
        self.register = Register.open(home / "register.db", write=True)
        self.register.upgrade()
        self.arrived: list[bytes] = []
        self.taken_away: list[bytes] = []
        self.mailbox: Mailbox | None = None

    @rule()
    def a_mail_arrives(self) -> None:
        self.arrived.append(letter(len(self.arrived)))
        self.box.put(self.arrived[-1])

    @rule()
    def the_bot_polls(self) -> None:
        take_in(self.register, self._opened())

    @rule(after=st.integers(1, 3))
    def the_bot_dies_amid_a_poll(self, after: int) -> None:
        take_in(self.register, self._opened(), die_after=after)
        self._closed()

    @rule()
    def the_bot_starts_anew(self) -> None:
        self._closed()

    @precondition(lambda self: self.arrived)
    @rule()
    def a_person_takes_one_away(self) -> None:
        if (raw := self.hands.take_away()) is not None:
            self.taken_away.append(raw)

    @rule()
    def a_person_puts_one_back(self) -> None:
        self.hands.put_back()

    @rule(lag=st.integers(0, 4))
    def the_server_tells_late(self, lag: int) -> None:
        self.hands.tell_late(lag)

    @rule()
    def the_server_forgets_where_we_were(self) -> None:
        self.hands.forget()

    @invariant()
    def no_mail_has_two_effects(self) -> None:
        known = self._known()
        assert len(known) == len(set(known))

    def _known(self) -> list[bytes]:
        with self.register.read() as past:
            numbers = range(1, len(self.arrived) + 2)
            return [past.raw_mail(n) for n in numbers if past.mail(n) is not None]

    def _opened(self) -> Mailbox:
        if self.mailbox is None:
            self.mailbox = self.box.open()
        return self.mailbox

    def _closed(self) -> None:
        if self.mailbox is not None:
            self.mailbox.close()
            self.mailbox = None

    def teardown(self) -> None:
        """In the end every mail that nobody took away is known, once, and none is left in the inbox."""
        try:
            self.hands.tell_late(0)
            self._closed()
            for _ in range(2):
                take_in(self.register, self._opened())
            self._closed()
            known = self._known()
            assert sorted(known) == sorted(set(known))
            assert set(self.arrived) - set(known) <= set(self.taken_away)
            assert self.box.lying("inbox") == []
        finally:
            self._closed()
            self.register.close()
            self._home.cleanup()


def hold(world: World) -> None:
    machine = type("Law", (OneMailOneEffect,), {"world": staticmethod(world)})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_maildir_keeps_the_law() -> None:
    def world(home: Path) -> tuple[Box, Hands]:
        box = MaildirBox(home / "mail")
        return box, OfMaildir(box)

    hold(world)


@pytest.mark.parametrize("server", ["dovecot", "old_dovecot"])
def test_imap_keeps_the_law(request: pytest.FixtureRequest, server: str) -> None:
    dovecot: Dovecot = request.getfixturevalue(server)
    relays: list[Relay] = []

    def world(home: Path) -> tuple[Box, Hands]:
        box = ImapBox(dovecot, home / "lease")
        relays.append(box.relay)
        with dovecot.as_user(box.user) as client:
            for folder in (HERS, box.FOLDERS["done"]):
                client.create_folder(folder)
        return box, OfImap(box)

    try:
        hold(world)
    finally:
        for relay in relays:
            relay.stop()


def test_microsoft_365_keeps_the_law(graph: GraphServer) -> None:
    def world(home: Path) -> tuple[Box, Hands]:
        graph.lag = 0
        box = GraphBox(graph, home / "lease")
        return box, OfGraph(box)

    hold(world)


def test_exchange_keeps_the_law(exchange: EwsServer) -> None:
    def world(home: Path) -> tuple[Box, Hands]:
        exchange.state_from = 0
        box = EwsBox(exchange, home / "lease")
        return box, OfExchange(box)

    hold(world)
