"""What a mailbox held before the bot came is no intake, unless it is asked for."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.mailboxes.imap import ImapMailbox
from tests.dovecot import Dovecot
from tests.mailboxes.boxes import ImapBox, letter


@pytest.mark.parametrize(("since", "taken"), [(date(2026, 11, 2), [2, 3]), (None, [1, 2, 3])])
def test_mails_of_earlier_days_stay_where_they_lie(
    dovecot: Dovecot, tmp_path: Path, since: date | None, taken: list[int]
) -> None:
    box = ImapBox(dovecot, tmp_path / "lease")
    with dovecot.as_user(box.user) as client:
        for n, day in ((1, 1), (2, 2), (3, 20)):
            arrived = datetime(2026, 11, day, 12, tzinfo=UTC)
            client.append(box.FOLDERS["inbox"], letter(n), msg_time=arrived)
    mailbox = ImapMailbox(box.settings(since=since))
    assert [arrived.raw for arrived in mailbox.fetch(1)] == [letter(taken[0])], "the old ones take nobody's place"
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(n) for n in taken]
    assert mailbox.left_alone == (3 - len(taken) if since else None)
    mailbox.close()
    assert len(box.lying("inbox")) == 3
