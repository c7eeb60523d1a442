"""Who is believed, and what nobody can do by mail: each of these was once done by a forged or a clumsy one."""

from bot.demo.forms import hub_form
from tests.stories.story import HUB, MEMO, PTO, SCHOOL, Story, plain

STRANGER = "evil@stranger.example"
OTHER_SCHOOL = "office@ridgeway.example"
FORGED = "mx.council.example; dmarc=pass"


def everything(story: Story) -> str:
    return "\n".join(m.as_string() for m in story.sent)


def test_a_strangers_form_never_changes_an_open_case(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 10:05").memo({"address.last_known": "13 Trap Street, Oxford OX4 1ZZ"}, sender=STRANGER)
    assert len(story.cases) == 2
    story.bot_asks("tracking-officer", "same-child")
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", f"{'database-check'}")
    first = story.case(0)
    assert "Trap Street" not in str(first)


def test_a_form_by_another_school_does_not_make_the_child_theirs(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 10:05").memo({"school.last_attended": "Ridgeway Junior School"}, sender=OTHER_SCHOOL)
    assert len(story.cases) == 1
    story.at("2014-11-12 11:00").mails(OTHER_SCHOOL, f"Ottilie is back in school today, ref {story.cases[0]['case']}")
    assert "child.returned" not in story.events()
    story.at("2014-11-12 11:05").mails(SCHOOL, "Ottilie Tregenza is back in school today.")
    assert "child.returned" in story.events()


def test_the_schools_news_in_a_new_mail_reaches_its_case(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").mails(SCHOOL, "Ottilie Tregenza is back in school today.")
    assert len(story.cases) == 1 and "child.returned" in story.events()
    story.bot_asks("hub-manager", "conclude")


def test_what_a_machine_forwards_is_read_and_never_answered(story: Story) -> None:
    words = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."
    story.at("2014-11-12 10:00").mails(SCHOOL, words, headers=[("Auto-Submitted", "auto-generated")])
    story.bot_tells("designated-officer", "bruises")
    assert not story.to("school")


def test_a_form_in_reply_to_a_mail_that_is_on_no_case(story: Story) -> None:
    story.at("2014-11-26 09:00").mails(SCHOOL, "Hello, is this the right address?")
    receipt = story.last("school")
    story.at("2014-11-26 10:00").mails(SCHOOL, "Here it is.", "hub.north", form=hub_form(HUB), answers=receipt)
    assert len(story.cases) == 1
    story.bot_asks("admissions", "on-roll-elsewhere")


def test_another_childs_form_in_an_old_thread_is_another_case(story: Story) -> None:
    from bot.demo.forms import memo

    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    other = memo({**MEMO, "child.surname": "Zhang", "child.forenames": "Wei", "child.date_of_birth": "2 February 2005"})
    story.at("2014-11-12 11:00").reply("school", other, "missing-details")
    assert [c["child"]["surname"] for c in story.cases] == ["Tregenza", "Zhang"]


def test_a_colleague_who_writes_from_a_shared_mailbox_is_heard(story: Story) -> None:
    story.at("2014-11-12 10:00").mails(
        "hub.south@council.example", "Ines Carvalho told her teacher that her uncle hits her."
    )
    story.bot_tells("designated-officer", "hits her")
    assert not story.to("hub.south@council.example")


def test_only_the_officer_in_charge_closes(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    for who in ("partners@council.example", "hub.worker.south@council.example", "hub.manager.south@council.example"):
        story.at(story.now).mails(who, f"close {ref} returned")
        assert "answer.proposed" not in story.events()
    story.mails(PTO, f"close {ref} returned")
    story.yes("tracking-officer")
    assert story.cases[0]["outcome"] == "returned"


def test_another_hub_does_not_answer(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere")
    asked = story.last("hub-manager", "allocate-worker")
    story.at("2014-11-26 11:30").mails(
        "hub.manager.south@council.example", "hub.worker.south@council.example", answers=asked
    )
    assert "worker.allocated" not in story.events()
    story.mails("deputy.hub.manager.north@council.example", "hub.worker.north@council.example", answers=asked)
    assert "worker.allocated" in story.events()


def test_an_authentication_that_names_no_domain_is_none(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    for word in (FORGED, f"{FORGED} header.from=evil", f'{FORGED} header.from="evil.example"'):
        header = [("Authentication-Results", word)]
        story.mails(PTO, "Nothing on the database", answers=asked, believed=False, headers=header)
        assert "database.nothing" not in story.events(), word


def test_a_stranger_learns_not_even_whether_a_reference_exists(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    there, nowhere = story.cases[0]["case"], "CME-2014-09999"
    story.at("2014-11-12 11:00").mails("a@stranger.example", f"What about {there}?")
    one = plain(story.bot_tells("a@stranger.example", "thank you"))
    story.at("2014-11-12 11:00").mails("b@stranger.example", f"What about {nowhere}?")
    assert plain(story.bot_tells("b@stranger.example", "thank you")) == one


def test_a_protected_address_that_has_a_name_is_in_no_mail(story: Story) -> None:
    story.at("2014-11-12 10:00").memo(
        {"information.other": "Last attended 3 October 2014. They are in a refuge, address confidential."}
    )
    said = "New address: Haven House, Station Approach, Reading RG1 1AA"
    story.at("2014-11-12 12:00").reply("tracking-officer", said, "database-check")
    story.at("2014-11-12 12:30").mails(
        SCHOOL, "They are at Haven House now, the uncle hits her.", answers=story.last("school")
    )
    assert "Haven House" not in everything(story)


def test_a_refuge_named_in_a_letter_is_in_no_mail(story: Story) -> None:
    words = "A boy, Ned Quillfeather, does not go to school. He is in a refuge at 77 Hidden Close, "
    words += "OX16 7ZZ, address confidential."
    story.at("2014-11-12 10:00").mails("enquiries@housing-cherwell.example", words)
    assert len(story.cases) == 1 and "Hidden Close" not in everything(story)


def test_a_close_in_a_mail_that_raises_a_concern_is_refused(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    story.at("2014-11-12 11:00").mails(PTO, f"close {ref} not-cme. By the way, her uncle hits her with a belt.")
    story.bot_tells("designated-officer", "belt")
    story.bot_tells("tracking-officer", "not closed")
    assert "answer.proposed" not in story.events()


def test_that_is_wrong_takes_back_the_last_word(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").reply("tracking-officer", "Nothing on the database", "database-check")
    story.at("2014-11-12 11:10").reply(
        "tracking-officer", "That's wrong: new address 5 Commercial Road, Reading RG1 1AA"
    )
    story.bot_asks("cme@reading.example", "place-confirmed")
    story.bot_tells("police", "nothing more is needed")


def test_a_question_reaches_the_officer_with_its_words_and_the_writer_is_told(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").reply("school", "Who is dealing with this? Please ring me on 01632 960417.")
    story.bot_tells("tracking-officer", "who is dealing with this")
    story.bot_tells("school", "passed it to")


def test_a_robot_is_not_answered_for_ever(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    for n in range(8):
        story.at(f"2014-11-26 11:0{n}").mails("admissions@council.example", f"Custard and bananas {n}", answers=asked)
    again = [m for m in story.to("admissions", ever=True) if m["X-CME-Rule"] == "reply"]
    assert len(again) == 4


def test_what_comes_back_is_shown_to_a_person(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    report = [("Auto-Submitted", "auto-replied"), ("Return-Path", "<>")]
    story.mails(
        "MAILER-DAEMON@council.example", "550 5.1.1 no such user", answers=asked, headers=report, believed=False
    )
    assert story.quarantine or "auto-replied" in story.events()


def test_close_by_number_closes_as_proposed(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").mails(SCHOOL, "Ottilie is back in school today.", answers=story.last("school"))
    mail = story.bot_asks("hub-manager", "conclude")
    assert "close it as returned" in plain(mail)
    story.at("2014-11-26 12:00").reply("hub-manager", "1", "conclude")
    assert story.cases[0]["outcome"] == "returned"


def test_news_while_a_conclusion_is_open_reaches_the_officer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").reply("tracking-officer", "Nothing on the database", "database-check")
    story.at("2014-11-12 12:00").reply("police", "Family now at 9 Fosse Lane, Leicester LE3 9ZZ.")
    story.at("2014-11-12 13:00").reply("health", "Registered with a GP in Reading: 4 Kings Road, Reading RG1 2ZZ.")
    assert "Kings Road" in plain(story.bot_asks("tracking-officer", "conclude"))


def test_a_forged_answer_that_knows_the_reference_is_no_answer(story: Story) -> None:
    """The school knows the reference too: with it, and an officer's address in From, nobody answers for him."""
    story.at("2014-11-12 10:00").memo()
    subject = f"Re: {story.cases[0]['case']}"
    story.at("2014-11-12 11:00").mails(PTO, "Nothing on the database.", believed=False, subject=subject)
    assert "database.nothing" not in story.events() and not story.out and story.quarantine
    story.at("2014-11-12 11:30").mails(PTO, "Nothing on the database.", subject=subject)
    assert "database.nothing" in story.events()
