"""`check --connect` hands forged mails to the boundary, and says what that did with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.config.sandbox import write_sandbox
from bot.inspecting.finding import Finding
from bot.inspecting.forgeries import try_boundary
from bot.running.startup import make_register, office_of
from tests.dovecot import free_port
from tests.stories.story import Story

AUTHSERV = 'profile     = "authserv"\nauthserv_id = "mx.council.example"'
OURS = b"Authentication-Results: mx.council.example; dmarc=fail header.from=council.example\r\n"
MICROSOFTS = (
    b"X-MS-Exchange-Organization-AuthAs: Anonymous\r\n"
    b"Authentication-Results: spf=none smtp.mailfrom=; dmarc=fail action=none header.from=council.example;"
    b"compauth=fail reason=000\r\n"
)


@dataclass
class Boundary:
    """Takes mail for the council: `done` is what it makes of one, None for one that it keeps."""

    inbox: Path
    done: Callable[[bytes], bytes | None]
    refuses: str = ""
    taken: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes) and envelope.mail_from == "<>"
        self.taken.append(envelope.original_content)
        made = self.done(envelope.original_content)
        if made is not None and not self.refuses:
            (self.inbox / f"{len(self.taken)}.boundary").write_bytes(made)
        return self.refuses or "250 taken"


@pytest.fixture
def tried(tmp_path: Path) -> Iterator[Callable[..., list[Finding]]]:
    running: list[Controller] = []

    def run(
        done: Callable[[bytes], bytes | None],
        profile: str = AUTHSERV,
        refuses: str = "",
        mailbox: tuple[str, str] = ("hub.north", ""),
    ) -> list[Finding]:
        county = tmp_path / "county"
        write_sandbox(county)
        boundary = Boundary(county / "mail" / "missing.pupils" / "new", done, refuses)
        controller: Any = Controller(boundary, hostname="127.0.0.1", port=free_port())
        controller.start()
        running.append(controller)
        config = county / "config.toml"
        text = config.read_text("utf-8")
        assert AUTHSERV in text
        lines = f'{profile}\nboundary = "127.0.0.1"\nboundary_port = {controller.port}'
        name = f'name    = "{mailbox[0]}"\n'
        config.write_text(text.replace(AUTHSERV, lines).replace(name, f"{name}{mailbox[1]}\n"), "utf-8")
        make_register(config)
        return list(try_boundary(office_of(config), wait=0.2))

    yield run
    for controller in running:
        controller.stop()


def strips(raw: bytes) -> bytes:
    """Puts its own word on top, and takes off what only Exchange may say."""
    kept = b"".join(line for line in raw.splitlines(keepends=True) if not line.startswith(b"X-MS-Exchange-Org"))
    return MICROSOFTS + OURS + kept


def test_a_boundary_that_lets_a_forged_result_in_is_an_error(tried: Callable[..., list[Finding]]) -> None:
    (found,) = tried(lambda raw: raw)
    assert found.level == "error" and "Authentication-Results: mx.council.example" in found.problem


def test_a_boundary_that_puts_its_own_word_on_top_is_proved(tried: Callable[..., list[Finding]]) -> None:
    (found,) = tried(lambda raw: OURS + raw)
    assert found.level == "proved" and "is not believed" in found.problem


@pytest.mark.parametrize("profile", ["m365", "exchange-onprem"])
def test_the_lies_of_a_profile_are_told_one_by_one(tried: Callable[..., list[Finding]], profile: str) -> None:
    found = tried(lambda raw: raw, f'profile = "{profile}"')
    assert [f.level for f in found] == ["error"] * (2 if profile == "m365" else 1)
    assert "AuthAs: Internal" in found[0].problem


def test_microsofts_boundary_takes_both_off(tried: Callable[..., list[Finding]]) -> None:
    assert [f.level for f in tried(strips, 'profile = "m365"')] == ["proved", "proved"]


def test_a_mailbox_behind_another_server_is_tried_by_its_own_boundary(
    tmp_path: Path, tried: Callable[..., list[Finding]]
) -> None:
    boundary = Boundary(tmp_path / "county" / "mail" / "hub.north" / "new", lambda raw: raw)
    controller: Any = Controller(boundary, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        lines = f'boundary = "127.0.0.1", boundary_port = {controller.port}'
        own = f'trust = {{ profile = "authserv", authserv_id = "mx.google.com", {lines} }}'
        found = tried(lambda raw: OURS + raw, mailbox=("hub.north", own))
    finally:
        controller.stop()
    assert [f.level for f in found] == ["proved", "error"]
    assert "mx.google.com" in found[1].problem and b"To: hub.north@council.example" in boundary.taken[0]


def test_a_boundary_that_refuses_is_proved_and_says_how(tried: Callable[..., list[Finding]]) -> None:
    (found,) = tried(lambda raw: raw, refuses="550 5.7.1 spoofed")
    assert found.level == "proved" and found.problem.endswith("550 5.7.1 spoofed")


def test_a_refusal_that_may_have_another_reason_proves_nothing(tried: Callable[..., list[Finding]]) -> None:
    (found,) = tried(lambda raw: raw, refuses="451 4.7.1 greylisted")
    assert found.level == "warning" and "nothing is proved" in found.problem


def test_what_does_not_arrive_proves_nothing(tried: Callable[..., list[Finding]]) -> None:
    (found,) = tried(lambda raw: None)
    assert found.level == "warning" and "has not arrived" in found.problem


def test_a_boundary_that_is_not_there_proves_nothing(tmp_path: Path) -> None:
    write_sandbox(tmp_path / "county")
    config = tmp_path / "county" / "config.toml"
    lines = f'{AUTHSERV}\nboundary = "127.0.0.1"\nboundary_port = {free_port()}'
    config.write_text(config.read_text("utf-8").replace(AUTHSERV, lines), "utf-8")
    make_register(config)
    (found,) = try_boundary(office_of(config), wait=0.2)
    assert found.level == "warning" and "nothing is proved" in found.problem


def test_a_forged_mail_that_comes_late_is_no_intake(story: Story) -> None:
    """Nor is it answered, though it is believed."""
    from bot.inspecting.forgeries import forge

    office = office_of(story.config)
    (forgery,) = forge(office, office.config.main_box())
    assert message_from_bytes(forgery.raw)["From"].endswith("@council.example")
    story.at("2014-11-26 10:00").drop(forgery.raw)
    assert not story.cases and not story.out and not story.quarantine


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")
