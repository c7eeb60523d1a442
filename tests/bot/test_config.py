"""The configuration says what is wrong, where, and what to do."""

from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.config.secrets import BadConfig, secret
from bot.config.settings import Config, load_config

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_can_be_used_as_it_is() -> None:
    config = load_config(EXAMPLE)
    assert config.hub_box("north").name == "hub.north" and config.main_box().name == "missing.pupils"
    assert not config.embedded


def test_a_password_in_the_configuration_is_an_error_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('pack = "oxfordshire"\n[transport]\npassword = "hunter2"\n', "utf-8")
    with pytest.raises(BadConfig, match=r"line 3: a password must not stand in the configuration"):
        load_config(file)


def test_an_unknown_setting_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(EXAMPLE.read_text("utf-8").replace("poll_seconds ", "pol_seconds "), "utf-8")
    with pytest.raises(BadConfig, match=r"line \d+: pol_seconds"):
        load_config(file)


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="cmebot init"):
        load_config(tmp_path / "nowhere.toml")


def test_a_sandbox_is_never_written_over_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(BadConfig, match="not empty"):
        write_sandbox(tmp_path)


def test_the_sandbox_is_whole(tmp_path: Path) -> None:
    write_sandbox(tmp_path / "s")
    config = load_config(tmp_path / "s" / "config.toml")
    assert config.embedded and [b.name for b in config.mailbox] == [
        "missing.pupils",
        "hub.north",
        "hub.south",
        "hub.city",
    ]


CLOUD = """\
pack = "oxfordshire"
[microsoft]
tenant = "council.example"
client_id = "0d5a1c1e-1111-4222-8333-444455556666"
secret_env = "CMEBOT_SECRET"
[[mailbox]]
kind = "graph"
name = "missing.pupils"
address = "missing.pupils@council.example"
[transport]
kind = "graph"
"""


def config_of(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    return load_config(file)


def test_microsoft_365_takes_a_few_lines(tmp_path: Path) -> None:
    config = config_of(tmp_path, CLOUD)
    assert config.microsoft is not None and config.microsoft.graph_url == "https://graph.microsoft.com"
    assert (config.mailbox[0].kind, config.transport.kind, config.embedded) == ("graph", "graph", False)


def test_a_mailbox_that_needs_a_token_needs_an_application(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"add a table \[microsoft\]"):
        config_of(tmp_path, CLOUD.replace(CLOUD[CLOUD.index("[microsoft]") : CLOUD.index("[[mailbox]]")], ""))


@pytest.mark.parametrize(
    "line",
    [
        'client_secret = "hunter2"',
        '"secret" = "hunter2"',
        "proof = { token = 'hunter2' }",
        'proof.password = "hunter2"',
        'imap_password = "hunter2"',
        'Graph-Secret = "hunter2"',
        'smtp_pwd = "hunter2"',
        'secret_key = "hunter2"',
    ],
)
def test_a_secret_is_found_wherever_it_stands_and_not_repeated(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadConfig, match=r"line 6: a .* must not stand in the configuration") as told:
        config_of(tmp_path, CLOUD.replace("[[mailbox]]", f"{line}\n[[mailbox]]"))
    assert "hunter2" not in str(told.value)


def test_a_password_in_the_place_of_a_name_is_no_name_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"line 5: microsoft.secret_env: .*name of an environment variable") as told:
        config_of(tmp_path, CLOUD.replace("CMEBOT_SECRET", "hunter2!~"))
    assert "hunter2" not in str(told.value)


def test_a_password_within_an_address_is_an_error_and_not_repeated(tmp_path: Path) -> None:
    address = 'graph_url = "https://svc:hunter2@graph.council.example"'
    with pytest.raises(BadConfig, match=r"line 6: microsoft.graph_url: .*must not stand in an address") as told:
        config_of(tmp_path, CLOUD.replace("[[mailbox]]", f"{address}\n[[mailbox]]"))
    assert "hunter2" not in str(told.value)


def test_nothing_is_asked_in_clear(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"line 6: microsoft.graph_url: .*https://"):
        config_of(tmp_path, CLOUD.replace("[[mailbox]]", 'graph_url = "http://graph.council.example"\n[[mailbox]]'))


def test_secrets_come_from_the_environment_a_file_or_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("from the file\n", "utf-8")
    (tmp_path / "credential").write_text("from systemd\n", "utf-8")
    monkeypatch.setenv("CMEBOT_X", "from the environment")
    assert secret("CMEBOT_X", tmp_path / "file", "credential", "x") == "from the environment"
    monkeypatch.delenv("CMEBOT_X")
    assert secret("CMEBOT_X", tmp_path / "file", "credential", "x") == "from the file"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert secret("", None, "credential", "x") == "from systemd"


@pytest.mark.parametrize(
    ("where", "mend"),
    [
        (("CMEBOT_X", None, ""), "set CMEBOT_X in the environment"),
        (("", Path("/nowhere/x"), ""), "write it into /nowhere/x"),
        (("", None, "graph"), "by systemd, with LoadCredential=graph"),
        (("", None, ""), "_env, _file or _credential"),
    ],
)
def test_a_missing_secret_is_told_with_the_mend(
    where: tuple[str, Path | None, str], mend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(BadConfig, match=mend):
        secret(*where, "password for the mailbox x")
