"""Row E2: an officer orders by reply that two cases are linked, become one, or become two again; and takes it back."""

from bot.inspecting.explain import explanation
from bot.register.register import Register
from bot.running.startup import office_of
from tests.stories.story import PTO, SCHOOL, Story, plain

RIDGEWAY = "office@ridgeway.example"
BROTHER = {"child.forenames": "Jory", "child.date_of_birth": "2 May 2005"}


def two(story: Story, **second: str) -> tuple[str, str]:
    """Two open cases; the officer has been asked about each."""
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").memo({"child.surname": "Angove", "address.last_known": "3 Weir Lane, Oxford OX4 9ZZ",
                                       **BROTHER, **second}, sender=RIDGEWAY)  # fmt: skip
    one, other = (case["case"] for case in story.cases)
    return one, other


def order(story: Story, words: str, when: str = "2014-11-13 11:00", sender: str = PTO) -> Story:
    """In the thread of the last mail that the officer had."""
    return story.at(when).reply("tracking-officer", words, sender=sender)


def told(story: Story, ref: str) -> str:
    office = office_of(story.config)
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        return "\n".join(explanation(office, snapshot, ref))


def test_e2_linked_cases_name_each_other_to_officers_alone(story: Story) -> None:
    one, other = two(story)
    order(story, f"Please link this with {one}")
    assert f"{other} and {one} are linked" in " ".join(plain(story.last("tracking-officer")).split())
    assert story.case(0)["linked"]["cases"] == [other] and story.case(1)["linked"]["cases"] == [one]
    assert f"linked with {other}" in told(story, one)
    story.at("2014-11-14 10:00").mails(SCHOOL, "Jory Angove is back in school today.")
    assert f"{one}: Ottilie Tregenza" in plain(story.bot_asks("tracking-officer", "conclude"))
    assert not [m for m in story.to(RIDGEWAY, ever=True) if one in plain(m)]


def test_e2_a_link_withholds_the_address_that_either_protects(story: Story) -> None:
    refuge = "Last attended 3 October 2014. They are in a refuge, address confidential."
    one, _ = two(story, **{"information.other": refuge})
    order(story, f"link with {one}")
    assert "fact.corrected" in story.events(0)
    assert "Quarry" not in plain(story.last("tracking-officer"))


def test_e2_a_link_is_taken_back_on_both(story: Story) -> None:
    one, _ = two(story)
    order(story, f"link with {one}")
    order(story, "undo", "2014-11-13 11:05")
    assert not story.case(0)["linked"]["cases"] and not story.case(1)["linked"]["cases"]


def test_e2_merge_shows_both_children_and_waits_for_one_tap(story: Story) -> None:
    one, other = two(story)
    order(story, f"merge with {one}")
    assert [c["state"] for c in story.cases] == ["waiting", "waiting"]
    shown = plain(story.bot_asks("tracking-officer", "confirm"))
    assert "Jory" in shown and "Ottilie" in shown and one in shown and "Weir Lane" in shown and "Quarry" in shown
    story.at("2014-11-13 11:05").yes("tracking-officer")
    first, second = story.cases
    assert (second["state"], second["outcome"]) == ("closed", "duplicate") and first["state"] != "closed"
    assert "referral.joined" in story.events(0)
    assert f"the same child as in {one}" in told(story, other)
    assert not [m for m in story.out if one in str(m["Subject"]) and "Jory" in plain(m) and m["To"] == SCHOOL]


def test_e2_no_to_the_tap_merges_nothing(story: Story) -> None:
    one, _ = two(story)
    order(story, f"merge with {one}")
    story.at("2014-11-13 11:05").reply("tracking-officer", "No", "confirm")
    assert "merge" not in story.events(1) and "referral.joined" not in story.events(0)


def test_e2_a_merge_is_taken_back_and_both_cases_go_on(story: Story) -> None:
    one, other = two(story)
    order(story, f"{other} is a duplicate of {one}")
    story.at("2014-11-13 11:05").yes("tracking-officer")
    assert story.case(1)["state"] == "closed"
    before = story.case(0)["child"]
    story.at("2014-11-13 12:00").reply("tracking-officer", "Undo", "confirm")
    assert story.case(1)["state"] == "waiting" and story.case(0)["child"] == before
    assert not story.case(0)["linked"]["cases"]
    story.at("2014-11-13 13:00").look()
    open_asks = [a["question"] for a in story.case(1)["asks"] if a["state"] == "open"]
    assert "database-check" in open_asks, "what the close had withdrawn is asked anew"
    assert "taken back that" in told(story, other)


def test_e2_split_parts_what_was_merged(story: Story) -> None:
    one, other = two(story)
    order(story, f"merge with {one}")
    story.at("2014-11-13 11:05").yes("tracking-officer")
    story.at("2014-11-14 10:00").mails(PTO, "split", subject=f"[{one}]")
    assert story.case(1)["state"] == "waiting"
    assert "split" in story.events(0) and "split" in story.events(1)
    assert f"{other} is another child's case" in told(story, one)
    story.at("2014-11-14 10:10").mails(PTO, "undo", subject=f"[{one}]")
    assert story.case(1)["outcome"] == "duplicate"


def test_e2_a_twin_who_joined_in_silence_becomes_a_case(story: Story) -> None:
    """Two schools refer what looks like one child: the officer knows better."""
    story.at("2014-11-12 10:00").memo({"child.upn": "P207000016049"})
    story.at("2014-11-13 10:00").memo({"school.last_attended": "", "child.upn": "P207000016049"}, sender=RIDGEWAY)
    assert len(story.cases) == 1
    ref = story.cases[0]["case"]
    story.at("2014-11-13 11:00").mails(PTO, f"Two children here. Split {ref} please", subject=f"[{ref}]")
    assert len(story.cases) == 2 and story.case(1)["child"]["surname"] == "Tregenza"
    assert story.case(0)["linked"]["referrers"] == [SCHOOL] and story.case(1)["linked"]["referrers"] == [RIDGEWAY]
    assert story.case(1)["pathway"] == "tracking"
    story.at("2014-11-13 11:10").mails(PTO, "undo", subject=f"[{ref}]")
    assert story.case(1)["outcome"] == "duplicate"


def test_e2_nothing_to_split_says_so(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    order(story, "split", "2014-11-12 11:00")
    story.bot_tells("tracking-officer", "nothing to split")


def test_e2_merge_with_a_closed_case_or_with_itself_is_refused(story: Story) -> None:
    one, other = two(story)
    story.at("2014-11-13 10:30").mails(PTO, f"close {one} not-cme, moved", subject=f"[{one}]").yes("tracking-officer")
    order(story, f"merge {other} with {one}")
    story.bot_tells("tracking-officer", "nothing to merge")
    story.at("2014-11-13 11:10").mails(PTO, f"merge {other} with {other}", subject=f"[{other}]")
    assert "merge" not in story.events(1) and "answer.proposed" not in story.events(1)


def test_e2_another_hubs_manager_merges_nothing(story: Story) -> None:
    one, other = two(story)
    city = "hub.manager.city@council.example"
    story.at("2014-11-13 11:00").mails(city, f"merge {other} with {one}", subject=f"[{other}]")
    assert "answer.proposed" not in story.events(1)


def test_a_concern_goes_on_with_the_case_that_goes_on(story: Story) -> None:
    one, _ = two(story, **{"information.other": "She told her teacher that her uncle beats her."})
    assert story.cases[1]["concern"] and not story.cases[0]["concern"]
    order(story, f"merge with {one}")
    story.at("2014-11-13 11:05").yes("tracking-officer")
    assert story.cases[0]["concern"]


def test_e2_a_close_that_is_taken_back_is_open_again(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    story.at("2014-11-12 11:00").mails(PTO, f"close {ref} not-cme, moved", subject=f"[{ref}]").yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    story.at("2014-11-12 12:00").reply("tracking-officer", "Undo, wrong case", "confirm")
    assert story.cases[0]["state"] != "closed"


def test_e2_what_cannot_be_taken_back_is_named(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    words = "New address: 9 Fosse Lane, Leicester LE3 9ZZ"
    story.at("2014-11-12 11:00").reply("tracking-officer", words, "database-check")
    story.bot_asks("other-authority", "place-confirmed")
    story.at("2014-11-12 11:30").reply("tracking-officer", "Undo", "database-check")
    told = " ".join(plain(story.bot_tells("tracking-officer", "taken back")).split())
    assert "cannot be undone: our mail of Wednesday 12 November 2014 to" in told
    story.bot_tells("other-authority", "nothing more")
