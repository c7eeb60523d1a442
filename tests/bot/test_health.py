"""What fails is told within the hour, again every day, and once when it is mended."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.register.register import Register
from bot.running.opening import open_rounds
from bot.running.startup import office_of
from bot.running.ticks import Rounds
from bot.views.digestview import view
from bot.views.health import Health, troubles
from bot.views.show import status_json
from outbound.transports.port import Delivery
from rules import Party
from tests.mailboxes.graph_server import CLIENT, SECRET, TENANT, GraphServer, run_graph

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)


@pytest.fixture
def register(config: Path) -> Iterator[Register]:
    with Register.open(config.parent / "register.db", write=True) as opened:
        yield opened


def told(register: Register) -> list[EmailMessage]:
    with register.read() as snapshot:
        rows = snapshot.sendable(NOW + timedelta(days=30), 100)
    return [message_from_bytes(row.raw, policy=policy.default) for row in rows if row.rule == "operator"]


def test_lesson_15_half_an_hour_of_failing_is_told_once_a_day_and_when_it_is_mended(
    config: Path, register: Register
) -> None:
    health = Health(office_of(config), register.begin)
    for minute in range(31):
        assert told(register) == []
        health.failed("hub.north", "AADSTS7000222: the secret has expired", NOW + minute * MINUTES)
    (mail,) = told(register)
    assert mail["To"] == "it@council.example" and mail["Subject"] == "CME Bot cannot read the mailbox hub.north"
    assert "AADSTS7000222" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for hour in range(1, 25):
        health.failed("hub.north", "the same", NOW + timedelta(hours=hour))
    assert len(told(register)) == 1
    health.failed("hub.north", "the same", NOW + timedelta(hours=25))
    health.works("hub.north", NOW + timedelta(hours=26))
    health.works("hub.north", NOW + timedelta(hours=27))
    assert [m["Subject"] for m in told(register)][2:] == ["The mailbox hub.north is read again"]


def test_a_failure_that_passes_is_not_told(config: Path, register: Register) -> None:
    health = Health(office_of(config), register.begin)
    for hour in range(5):
        health.failed("hub.north", "timeout", NOW + timedelta(hours=hour))
        health.works("hub.north", NOW + timedelta(hours=hour, minutes=5))
    assert told(register) == []


def test_it_outlives_a_restart_and_stands_in_status_and_digest(config: Path, register: Register) -> None:
    office = office_of(config)
    Health(office, register.begin).failed("hub.north", "cannot be reached", NOW)
    Health(office, register.begin).failed("sending", "refuses the login", NOW)
    Health(office, register.begin).failed("hub.north", "cannot be reached", NOW + 40 * MINUTES)
    assert len(told(register)) == 1
    with register.read() as snapshot:
        (box, sending) = status_json(snapshot)["troubles"]
        seen = view(office, snapshot, Party("tracking-officer"), NOW - timedelta(days=1), NOW)
    assert box == "The mailbox hub.north cannot be read since 10am on Thursday 10 September 2026: cannot be reached"
    assert sending.startswith("No mail of ours can leave since 10am")
    assert [row.what for row in (*seen.unread, *seen.held)] == [box, sending]


def test_without_an_operator_the_tracking_officer_hears_of_it(config: Path, register: Register) -> None:
    config.write_text(config.read_text("utf-8").replace('operator = "it@council.example"\n', ""), "utf-8")
    health = Health(office_of(config), register.begin)
    for minute in (0, 30):
        health.failed("hub.north", "gone", NOW + minute * MINUTES)
    assert told(register)[0]["To"].addresses[0].addr_spec == "tracking.officer@council.example"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    yield from run_graph()


def with_graph(config: Path, graph: GraphServer) -> str:
    """The mailbox hub.city is in Microsoft 365; gives its address."""
    (config.parent / "ca.pem").write_bytes(graph.ca)
    (config.parent / "secret").write_text(SECRET, "utf-8")
    (config.parent / "secret").chmod(0o600)
    text = config.read_text("utf-8")
    before, _, after = text.rpartition("[[mailbox]]")
    transport = after[after.index("[transport]") :]
    address = "hub.city@council.example"
    config.write_text(
        f'{before}[[mailbox]]\nkind = "graph"\nname = "hub.city"\naddress = "{address}"\nhub = "city"\n'
        f'[microsoft]\ntenant = "{TENANT}"\nclient_id = "{CLIENT}"\nsecret_file = "secret"\nca_file = "ca.pem"\n'
        f'login_url = "{graph.url}"\ngraph_url = "{graph.url}"\n{transport}',
        "utf-8",
    )
    graph.account(address)
    return address


def test_what_the_sandbox_reads_from_microsoft_365_is_taken_in_and_moved(config: Path, graph: GraphServer) -> None:
    address = with_graph(config, graph)
    raw = b"From: office@windrush.example\r\nMessage-ID: <1@w.example>\r\nSubject: x\r\n\r\nOur pupil Ines is away.\r\n"
    graph.account(address).put(raw, "inbox").received = datetime.now(UTC)  # What came before is no intake.
    with ExitStack() as stack:
        rounds = open_rounds(office_of(config), stack, inline=True)
        rounds.start(NOW)
        rounds.to_rest(NOW)
        assert (rounds.taken, rounds.troubles) == (1, [])
    names = {name for name, _ in graph.account(address).folders.values()}
    assert {"Done", "Quarantine"} & names
    assert not [mail for mail in graph.account(address).mails.values() if mail.folder == "inbox"]


class Shut:
    """A way out that is barred, or open."""

    barred = True

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        return Delivery("later", "refuses the login", shut=True) if self.barred else Delivery("sent")

    def check(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is open."""


def test_mails_that_cannot_leave_are_told_when_they_can_again(config: Path) -> None:
    letter = "From: tracking.officer@council.example\nMessage-ID: <1@w.example>\nSubject: status\n\nOur pupil Ines.\n"
    (config.parent / "mail" / "missing.pupils" / "new" / "1").write_text(letter, "utf-8")
    with ExitStack() as stack:
        rounds: Rounds = open_rounds(office_of(config), stack, inline=True)
        rounds.transport = way = Shut()
        rounds.start(NOW)
        for minute in range(0, 121, 5):
            rounds.once_round(NOW + minute * MINUTES)
        with rounds.register.read() as snapshot:
            assert [trouble.why for trouble in troubles(snapshot)] == ["refuses the login"]
        assert told(rounds.register) == []
        way.barred = False
        for minute in range(121, 400, 30):
            rounds.once_round(NOW + minute * MINUTES)
        with rounds.register.read() as snapshot:
            assert troubles(snapshot) == []
            sent = [row for row in snapshot.sent_between(NOW, NOW + timedelta(days=1)) if row.rule == "operator"]
    assert [message_from_bytes(row.raw)["Subject"] for row in sent] == ["CME Bot can send mails again"]
