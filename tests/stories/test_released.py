"""A school whose mail server does not prove who writes answers in a thread: nothing comes of it until an officer has
rung them, and answers the digest with the word that stands there."""

from __future__ import annotations

import re
from email.message import EmailMessage

from tests.stories.story import SCHOOL, Story, plain

PTO = "tracking.officer@council.example"


def digest(story: Story, role: str = PTO) -> EmailMessage:
    found = [m for m in story.sent if m["X-CME-Rule"] == "digest" and role in str(m["To"])]
    assert found, f"{role} has had no digest"
    return found[-1]


def offered(mail: EmailMessage) -> list[str]:
    return re.findall(r"believe (\d+-[0-9A-Z]{4})", " ".join(plain(mail).split()))


def unproved_answer(story: Story, text: str = "He was born on 3 May 2003.") -> Story:
    """The school was asked for the birthday, and answers; nobody vouches for it."""
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    story.at("2014-11-12 11:00").reply("school", text, "missing-details", believed=False)
    return story


def birthday(story: Story) -> str:
    return str(story.cases[0]["child"]["date_of_birth"] or "")


def test_the_digest_says_who_wrote_whom_to_ring_and_what_to_answer(story: Story) -> None:
    unproved_answer(story)
    assert birthday(story) == "" and "reply.refused" in story.events()
    story.at("2014-11-13 07:00").look()
    said = " ".join(plain(digest(story)).split())
    assert f"From {SCHOOL}: CME-2014-00001: a reply from somebody whose word does not count there" in said
    assert "ring them on the number that you know, not on one in the mail" in said
    assert len(offered(digest(story))) == 1


def test_a_tap_lets_it_count(story: Story) -> None:
    unproved_answer(story).at("2014-11-13 07:00").look()
    (word,) = offered(digest(story))
    story.at("2014-11-13 09:30").mails(PTO, f"Believe {word.lower()}", answers=digest(story))
    assert birthday(story) == "2003-05-03"
    assert "counts as written by" in " ".join(plain(story.last(PTO)).split())
    (told,) = [e for e in story.case()["events"] if e["event"] == "details.given"]
    assert told["by"] == SCHOOL and told["values"]["fields"] == {"child.date_of_birth": "2003-05-03"}
    assert [e["by"] for e in story.case()["events"] if e["event"] == "note.added"] == [PTO]
    assert story.quarantine == []
    story.at("2014-11-14 07:00").look()
    assert offered(digest(story)) == []


def test_twice_is_once(story: Story) -> None:
    unproved_answer(story).at("2014-11-13 07:00").look()
    shown = digest(story)
    (word,) = offered(shown)
    story.at("2014-11-13 09:30").mails(PTO, f"believe {word}", answers=shown)
    events = story.events()
    story.at("2014-11-13 09:40").mails(PTO, f"believe {word}", answers=shown)
    assert story.events() == events
    assert "does not wait for this any more" in " ".join(plain(story.last(PTO)).split())


def test_only_the_two_officers_only_by_the_word_and_only_in_answer_to_the_digest(story: Story) -> None:
    unproved_answer(story).at("2014-11-13 07:00").look()
    shown = digest(story)
    (word,) = offered(shown)
    number, signs = word.split("-")
    story.at("2014-11-13 09:00").mails(PTO, f"believe {number}", answers=shown)
    story.mails(PTO, f"believe {number}-{signs[::-1] if signs != signs[::-1] else 'ZZZZ'}", answers=shown)
    story.mails(PTO, f"Should I believe {word}?", answers=shown)
    story.mails(PTO, f"believe {word}")
    story.mails(PTO, f"believe {word}", answers=shown, believed=False)
    story.mails("hub.manager.north@council.example", f"believe {word}", answers=shown)
    story.mails(SCHOOL, f"believe {word}", answers=shown)
    story.mails("evil@stranger.example", f"believe {word}", answers=shown)
    assert birthday(story) == "" and len(story.quarantine) >= 1
    story.mails("designated.officer@council.example", f"believe {word}", answers=digest(story, "designated.officer@"))
    assert birthday(story) == "2003-05-03"


def test_an_officers_own_name_is_not_to_be_had_by_ringing_up(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").reply("tracking-officer", "Nothing on Capita.", "database-check", believed=False)
    story.mails("evil@stranger.example", "close CME-2014-00001 returned", believed=False)
    story.at("2014-11-13 07:00").look()
    assert "whose word does not count there" in " ".join(plain(digest(story)).split())
    assert offered(digest(story)) == []


def test_what_speaks_of_a_concern_alarms_at_once_and_is_for_a_person(story: Story) -> None:
    unproved_answer(story, "He was born on 3 May 2003. He told his teacher that his uncle hits him.")
    assert any("hits him" in plain(m) for m in story.out)
    story.at("2014-11-13 07:00").look()
    assert offered(digest(story)) == []


def test_a_form_of_another_child_in_it_opens_its_case_when_the_school_is_believed(story: Story) -> None:
    from bot.demo.forms import memo
    from tests.stories.story import MEMO

    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    other = memo({**MEMO, "child.surname": "Zhang", "child.forenames": "Wei", "child.date_of_birth": "2 February 2005"})
    story.at("2014-11-12 11:00").reply("school", other, "missing-details", believed=False)
    assert len(story.cases) == 1
    story.at("2014-11-13 07:00").look()
    (word,) = offered(digest(story))
    story.at("2014-11-13 09:30").mails(PTO, f"believe {word}", answers=digest(story))
    assert [c["child"]["surname"] for c in story.cases] == ["Tregenza", "Zhang"]
