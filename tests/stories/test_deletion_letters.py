"""Row B13: a letter about a deletion that gives what the law asks is not asked for it (regulation 13(4))."""

from __future__ import annotations

import pytest

from tests.stories.story import SCHOOL, Story, plain

OFF = "We have deleted Ottilie Tregenza, born 14 June 2017, from our admission register on 9 November 2026, ground (a)."
NEXT = "She started at Ridgeway Junior School (931/9006) on 10 November 2026."
HOME = "She lived at 8 Quarry Steps, Banbury OX16 9ZZ with her mother, Mrs Maud Tregenza, whose number is 07700 900417."


def told(story: Story, *sentences: str) -> Story:
    text = " ".join((OFF, *sentences))
    return story.at("2026-11-12 10:00").mails(SCHOOL, text, subject="Deletion from our register")


def test_b13_what_the_letter_gives_is_not_asked_for(story: Story) -> None:
    told(story, HOME, NEXT)
    story.bot_asks_nothing("school", "removal-details")
    asked = plain(story.bot_asks("tracking-officer", "conclude"))
    assert "Ridgeway Junior School" in asked


def test_b13_what_it_leaves_out_is_asked_for_alone(story: Story) -> None:
    told(story, "Her address was 8 Quarry Steps, Banbury OX16 9ZZ.", NEXT)
    asked = plain(story.bot_asks("school", "removal-details"))
    assert "phone" in asked and "names of the parents" in asked and "address" not in asked.partition("\n")[0]


@pytest.mark.parametrize(
    "words",
    [
        "Her nan at 5 Long Row, Banbury OX16 7ZZ told us that they left. Our office: 01632 960417.",
        "Ring me on 01632 960417. Bardwell Hill Academy, 1 School Lane, Banbury OX16 8ZZ.",
        "They moved to 3 Abbey Park Road, Leicester LE4 5ZZ.",
        "She lived at 8 Quarry Steps, Banbury OX16 9ZZ. Last year she lived at 2 Mill Lane, Banbury OX16 4ZZ.",
    ],
)
def test_b13_what_is_somebody_elses_or_not_plain_is_still_asked_for(story: Story, words: str) -> None:
    told(story, words, NEXT)
    first = plain(story.bot_asks("school", "removal-details"))
    assert "address" in first and "phone" in first


def test_b13_a_letter_overwrites_nothing_that_a_form_has_told(story: Story) -> None:
    old = {"child.date_of_birth": "14 June 2017", "address.last_known": "1 Old Row, Banbury"}
    story.at("2026-11-11 10:00").memo(old)
    told(story, HOME, NEXT)
    (event,) = [e for e in story.case(0)["events"] if e["event"] == "removal.reported"]
    assert "address.last_known" not in event["values"].get("fields", {})
