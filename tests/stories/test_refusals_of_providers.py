"""An address that Microsoft 365 or Exchange does not send to: the question goes on, as after a refusal over SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config.sandbox import BOXES
from outbound.transports.maildir import MaildirTransport
from outbound.transports.port import Delivery, Transport
from tests.stories.story import SCHOOL, Story, plain
from tests.stories.test_refusals import ADMISSIONS, BRUISES, DEPUTY, OFFICER, bounced, held
from tests.transports.providers import Provider, exchange, microsoft365

NOT_RESOLVED = (
    "At least one recipient is not valid., Recipient '{}' is not resolved. "
    "All recipients must be resolved before a message can be submitted."
)


@dataclass
class Shown:
    """Sends by the provider; what that has taken lies in the story's Maildir too."""

    through: Transport
    copies: MaildirTransport

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        delivery = self.through.send(raw, sender, recipient)
        return self.copies.send(raw, sender, recipient) if delivery.state == "sent" else delivery

    def check(self) -> str:
        return self.through.check()

    def close(self) -> None:
        self.through.close()


@pytest.fixture(params=["graph", "ews"])
def provider(
    request: pytest.FixtureRequest, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    copies = MaildirTransport(story.folder / "mail" / "sent")
    for made in microsoft365() if request.param == "graph" else exchange(tmp_path):
        for box in BOXES:
            made.serves(f"{box}@council.example")
        start = made.start
        monkeypatch.setattr("bot.running.opening.open_transport", lambda *_, start=start: Shown(start(), copies))
        yield made


def test_the_question_goes_on_and_who_keeps_the_directory_is_asked(story: Story, provider: Provider) -> None:
    provider.does_not_know(ADMISSIONS, NOT_RESOLVED.format(ADMISSIONS))
    story.at("2014-11-26 10:00").hub_referral()
    assert [(b["meaning"], b["address"]) for b in bounced(story)] == [("dead", ADMISSIONS)]
    assert "is not resolved" in plain(story.bot_tells("tracking-officer", "another address", ADMISSIONS))
    story.bot_asks("tracking-officer", "on-roll-elsewhere")
    (waits,) = held(story)
    assert waits.why.startswith("refused, there is no such address: mend the directory")
    story.look()
    assert len(bounced(story)) == 1 and not story.out, "once"


def test_a_refused_alarm_goes_to_the_deputy_at_once(story: Story, provider: Provider) -> None:
    provider.does_not_know(OFFICER, NOT_RESOLVED.format(OFFICER))
    story.at("2014-11-29 22:00").mails(SCHOOL, BRUISES)
    assert story.bot_tells(DEPUTY, "bruises")["X-CME-Rule"] == "alarm"
