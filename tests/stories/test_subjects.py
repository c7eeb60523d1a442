"""What stands in the subject of a mail is said too: many a school writes the child, or the worry, there alone."""

from __future__ import annotations

from tests.stories.story import PTO, SCHOOL, Story

STRANGER = "neighbour@post.example"


def test_a2_a_concern_in_the_subject_alone_raises_the_alarm(story: Story) -> None:
    story.at("2026-11-10 11:00").mails(
        SCHOOL,
        "Please call us back about Odile Fenwick, DOB 17/09/2015. Thanks.",
        subject="URGENT child at risk of harm - dad has threatened to hurt her",
    )
    for role in ("tracking-officer", "designated-officer"):
        story.bot_tells(role, "dad has threatened to hurt her")
    story.bot_tells("school", "0345 050 7666")
    assert story.cases[0]["concern"] is True


def test_a2_a_concern_in_the_subject_of_a_strangers_mail_with_hardly_a_word(story: Story) -> None:
    story.at("2026-11-14 23:00").mails(STRANGER, "Please ring me.", subject="the boy next door is being beaten")
    story.bot_tells("tracking-officer", "being beaten")
    story.bot_tells(STRANGER, "0800 833 408")


def test_a2_our_own_subject_that_comes_back_raises_no_second_alarm(story: Story) -> None:
    story.at("2026-11-10 11:00").mails(SCHOOL, "Odile Fenwick, DOB 17/09/2015, was hit by her uncle.", subject="Odile")
    story.at("2026-11-10 11:20").reply("tracking-officer", "Thank you, I have rung the school.")
    assert not [m for m in story.out if m["X-CME-Rule"] == "alarm"]


def test_a1_a_child_named_in_the_subject_alone_is_a_case_and_the_officer_reads_both(story: Story) -> None:
    text = "Not been in since last Monday and nobody answers the phone or the door. Can you help?"
    story.at("2026-11-10 10:00").mails(SCHOOL, text, subject="Odile Fenwick DOB 17/09/2015")
    child = story.cases[0]["child"]
    assert (child["surname"], child["forenames"], child["date_of_birth"]) == ("Fenwick", "Odile", "2015-09-17")
    story.bot_tells("tracking-officer", "Odile Fenwick DOB 17/09/2015", "nobody answers the phone")
    assert not story.quarantine and not any("Fenwick" in str(m["Subject"]) for m in story.sent)


def test_a1_a_subject_that_names_no_child_opens_no_case(story: Story) -> None:
    story.at("2026-11-10 10:00").mails(SCHOOL, "Thanks for your help with this one.", subject="Cherwell Meadow School")
    assert not story.cases and story.quarantine


def test_b15_a_school_tells_by_the_subject_who_is_back(story: Story) -> None:
    story.at("2026-11-10 10:00").mails(SCHOOL, "Odile Fenwick, DOB 17/09/2015, has not been in school since Monday.")
    story.at("2026-11-11 09:30").mails(
        SCHOOL, "She is back at school this morning.", subject="Odile Fenwick 17/09/2015"
    )
    assert len(story.cases) == 1 and "child.returned" in story.events()


def test_a4_the_officer_hears_that_an_address_must_not_be_told_and_may_lift_it(story: Story) -> None:
    story.at("2026-11-10 10:00").memo({"child.date_of_birth": "", "referral.date": "10 November 2026"})
    story.at("2026-11-10 14:00").reply(
        "school", "3 May 2014. The family is in a refuge now, please give the address to nobody.", "missing-details"
    )
    story.bot_tells("tracking-officer", "must not be told", "correct protected address: no")
    story.at("2026-11-10 15:00").mails(PTO, f"{story.cases[0]['case']} correct protected address: no", subject="Order")
    facts = [e["values"] for e in story.case()["events"] if e["event"] == "fact.corrected"]
    assert [f["to"] for f in facts if f["field"] == "address.protected"] == ["yes", "no"]
    assert "address.last_known" not in {f["field"] for f in facts}


def test_a4_the_officer_who_says_it_is_not_told_it(story: Story) -> None:
    story.at("2026-11-10 10:00").memo({"referral.date": "10 November 2026"})
    story.at("2026-11-10 12:00").reply("tracking-officer", "Nothing found. They are in a refuge.")
    assert not [m for m in story.out if m["X-CME-Rule"] == "protected.heard"]
