"""`check` says what a provider has announced, and proves what the application may not see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config.exchange import Microsoft
from bot.config.sandbox import write_sandbox
from bot.config.settings import Config, load_config
from bot.inspecting.checking import check_all
from bot.inspecting.checking_mail import reach, warnings
from bot.running.startup import make_register, office_of
from tests.bot.test_health import with_graph
from tests.mailboxes.graph_server import CLIENT, TENANT, GraphServer, run_graph
from tests.mailboxes.graph_world import error

EWS = 'kind = "ews"\nname = "x"\naddress = "x@council.example"\nlogin = "svc"\npassword_file = "secret"\n'
SMTP = '[transport]\nkind = "smtp"\nhost = "smtp.office365.com"\nlogin = "svc"\npassword_env = "X"\n'
IMAP = 'kind = "imap"\nname = "x"\naddress = "x@council.example"\nlogin = "svc"\npassword_env = "X"\n'
HOME = '[transport]\nkind = "maildir"\npath = "sent"\n'


def config(tmp_path: Path, mailbox: str, transport: str = HOME) -> Config:
    (tmp_path / "config.toml").write_text(f'pack = "oxfordshire"\n[[mailbox]]\n{mailbox}\n{transport}', "utf-8")
    return load_config(tmp_path / "config.toml")


def said(found: Config) -> str:
    return "\n".join(f"{where}: {problem}" for where, problem in warnings(found))


def test_exchange_online_by_ews_is_warned_of_with_the_dates(tmp_path: Path) -> None:
    told = said(config(tmp_path, EWS + 'url = "https://outlook.office365.com/EWS/Exchange.asmx"'))
    assert "mailbox x: " in told and "1 October 2026" in told and "1 April 2027" in told and '"graph"' in told


def test_an_exchange_of_the_councils_own_is_not(tmp_path: Path) -> None:
    assert said(config(tmp_path, EWS + 'url = "https://mail.council.example/EWS/Exchange.asmx"')) == ""


def test_passwords_for_exchange_online_are_warned_of(tmp_path: Path) -> None:
    told = said(config(tmp_path, IMAP + 'host = "outlook.office365.com"', SMTP))
    assert 'set login_by = "oauth"' in told
    assert "end of December 2026" in told and "second half of 2027" in told


def test_a_secret_that_others_may_read_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2", "utf-8")
    (tmp_path / "secret").chmod(0o644)
    assert "chmod 600" in said(config(tmp_path, EWS + 'url = "https://mail.council.example/EWS/Exchange.asmx"'))


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    yield from run_graph()


def application(tmp_path: Path, graph: GraphServer, must_not_see: str, monkeypatch: pytest.MonkeyPatch) -> Microsoft:
    (tmp_path / "ca.pem").write_bytes(graph.ca)
    monkeypatch.setenv("CMEBOT_SECRET", "correct-horse")
    return Microsoft(
        tenant=TENANT, client_id=CLIENT, secret_env="CMEBOT_SECRET", ca_file=tmp_path / "ca.pem", login_url=graph.url,
        graph_url=graph.url, must_not_see=must_not_see,
    )  # fmt: skip


def test_an_application_that_sees_too_much_is_found(
    tmp_path: Path, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = "chief.executive@council.example"
    microsoft = application(tmp_path, graph, chief, monkeypatch)
    assert list(reach(microsoft)) == []
    graph.account(chief)
    ((_, problem),) = reach(microsoft)
    assert f"can read {chief}" in problem and "RBAC for Applications" in problem


def test_a_mailbox_that_is_not_there_proves_nothing(
    tmp_path: Path, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.play("mailFolders/inbox", error(404, "ErrorInvalidUser", "The requested user is invalid."))
    ((_, problem),) = reach(application(tmp_path, graph, "nobody@council.example", monkeypatch))
    assert "it is not known" in problem and "404" in problem


def test_without_a_mailbox_to_try_nothing_is_proved(
    tmp_path: Path, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((_, problem),) = reach(application(tmp_path, graph, "", monkeypatch))
    assert "must_not_see is missing" in problem


def test_check_connect_logs_in_everywhere_and_tells_what_fails(tmp_path: Path, graph: GraphServer) -> None:
    write_sandbox(tmp_path / "county")
    path = tmp_path / "county" / "config.toml"
    make_register(path)
    with_graph(path, graph)
    assert [found.problem for found in check_all(office_of(path), connect=True) if found.level == "error"] == []
    graph.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    (found,) = [found for found in check_all(office_of(path), connect=True) if found.level == "error"]
    assert found.where == "mailbox hub.city" and "AADSTS7000222" in found.problem
    (path.parent / "secret").unlink()
    (found,) = [found for found in check_all(office_of(path), connect=True) if found.level == "error"]
    assert "secret, which only the bot may read" in found.problem


def test_check_connect_tries_each_mailbox_that_mails_leave_from(tmp_path: Path, graph: GraphServer) -> None:
    write_sandbox(tmp_path / "county")
    path = tmp_path / "county" / "config.toml"
    make_register(path)
    with_graph(path, graph)
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("[transport]")] + '[transport]\nkind = "graph"\n', "utf-8")
    for name in ("missing.pupils", "hub.north", "hub.city"):
        graph.account(f"{name}@council.example")
    (found,) = [found for found in check_all(office_of(path), connect=True) if found.level == "error"]
    assert found.where == "transport, from hub.south@council.example" and "403" in found.problem
