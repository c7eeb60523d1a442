"""The packs' wordings: sound when they are read, and one for whatever a rule may send."""

import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from outbound.compose import compose
from outbound.errors import CannotRender, WordingError
from outbound.sheet import lay_out
from outbound.wording import FRAMES, LETTER_WORDS, load_wording
from tests.outbound.samples import FACTS, at, letter, names, wording

TODAY = date(2014, 11, 26)
DAYS = ("2014-11-12T10:00", "2019-03-04T10:00", "2022-03-04T10:00", "2026-11-25T10:00")


def minimal(**entry: object) -> dict[str, object]:
    return {"wording": {"x": {"subject": "A visit", "say": "Hello.", **entry}}, "disclose": {"school": ["*"]}}


@pytest.mark.parametrize("facts", [{}, FACTS], ids=["nothing known", "all known"])
@pytest.mark.parametrize("moment", DAYS)
def test_every_wording_can_be_written_at_every_time_to_every_role(facts: dict[str, object], moment: str) -> None:
    for name in names() - set(FRAMES):
        for role in wording().disclose:
            for due in (None, at("2014-11-28T17:00")):
                made = letter(name, role, questions=tuple(name.split("+")), facts=facts, date=at(moment), due=due)
                assert lay_out(made, wording()).sections


def test_every_word_that_a_sentence_may_use_is_given() -> None:
    for word in LETTER_WORDS:
        table = minimal(say=f"{{{{ {word} or 'nothing' }}}}.")
        lay_out(letter("x", "school", questions=()), load_wording([table]))


def test_every_question_and_every_wording_that_a_rule_names_is_there() -> None:
    packs = files("rules") / "packs"
    assert isinstance(packs, Path)
    for file in packs.rglob("*.toml"):
        if file.stem.partition("-")[0] in ("wording", "says", "calendar"):
            continue
        table = tomllib.loads(file.read_text("utf-8"))
        rules = [*table.get("rule", []), *(r for p in table.get("pathway", {}).values() for r in p.get("rule", []))]
        wanted = {*table.get("question", {}), *(r["wording"] for r in rules if "wording" in r)}
        wanted |= {r["id"] for r in rules if "tell" in r and "wording" not in r and "ask" not in r}
        assert not wanted - names(), file


def test_no_fact_can_stand_in_a_subject() -> None:
    with pytest.raises(WordingError, match="without facts"):
        load_wording([minimal(subject="Visit {{ child_surname }}")])


def test_a_slip_is_found_when_the_pack_is_read() -> None:
    slips: list[tuple[dict[str, object], str]] = [
        ({"say": "{{ chidl_name }}"}, "chidl_name"),
        ({"say": "{% if %}"}, r"wording\.x"),
        ({"silense": "We go on."}, "silense"),
        ({"details": ["child.shoe_size"]}, "shoe_size"),
        ({"say": "", "ask": "Please do it."}, "what happens if nothing is done"),
        ({"basis": "whim"}, "whim"),
        ({"subject": "x" * 60}, "at most"),
    ]
    for bad, said in slips:
        with pytest.raises(WordingError, match=said):
            load_wording([minimal(**bad)])


def test_a_sentence_that_would_leave_a_hole_stops_the_mail() -> None:
    table = {**minimal(say="The visit was on {{ visit_date }}."), "fact": {"visit.date": "Date"}}
    with pytest.raises(CannotRender, match="this case does not have"):
        lay_out(letter("x", "school", questions=(), facts={}), load_wording([table]))


def said(name: str, role: str, **more: Any) -> str:
    """The words of a mail, without its facts."""
    sheet = lay_out(letter(name, role, **{"questions": (name,), **more}), wording())
    parts = [text for part in sheet.sections for text in (part.lead, *part.more, part.silence)]
    return " ".join([*parts, *sheet.frame, *sheet.after])


@pytest.mark.parametrize("role", ["hub-worker", "tracking-officer", "school", "police", "designated-officer"])
def test_a_reminder_does_not_announce_what_has_happened_by_now(role: str) -> None:
    """The deputy has been asked, the enquiries are out; and after the last reminder there is none."""
    for name in sorted(n for n in names() - set(FRAMES) if wording().choose(n, (n,), role, TODAY)[0].asks):
        late = {"kind": "chase", "chase": 3, "date": at("2014-12-03T09:00"), "facts": {}}
        words = said("chase", role, questions=tuple(name.split("+")), **late)
        first = wording().choose(name, (name,), role, TODAY)[0].silence.source
        assert first not in words, name
        assert not re.search(r"remind you|ask you again|ask your deputy|send enquiries|by then", words), name
        assert re.search(r"go on asking|still need your answer|not acted on it", words), name


def test_the_next_person_reads_by_when_the_first_was_asked() -> None:
    """Not by the deadline that the next person has."""
    words = said("home-visit", "hub-manager", escalated=True, due=at("2014-12-03T17:00"), date=at("2014-12-02T09:00"))
    assert "Please get an answer by 5pm on Wednesday 3 December" in words
    assert "by 5pm on Friday 28 November and tell us what you find" in words


def test_a_reminder_says_who_is_asked_next_and_only_where_somebody_is() -> None:
    late = {"kind": "chase", "chase": 2, "date": at("2014-12-03T09:00")}
    manager = said("chase", "hub-worker", questions=("home-visit",), then="the Hub manager", **late)
    assert "If we hear nothing, we will ask the Hub manager." in manager
    for role, question in (("hub-worker", "home-visit"), ("police", "agency-enquiry")):
        alone = said("chase", role, questions=(question,), **late)
        assert "We still need your answer" in alone and "we will ask" not in alone


def test_a_receipt_says_who_looks_at_the_referral() -> None:
    for role in ("school", "writer"):
        hub = said("ack", role, questions=(), facts={"pathway": "hub"})
        assert "School Admissions" in hub and "the Hub" in hub and "Pupil Tracking Officer" not in hub
        for facts in ({"pathway": "tracking"}, {}):
            tracking = said("ack", role, questions=(), facts=facts)
            assert "Pupil Tracking Officer" in tracking and "Hub" not in tracking


def test_a_new_school_is_above_only_where_there_is_one() -> None:
    assert "above" not in said("traced-school", "school", questions=(), facts={})
    assert "above" in said("traced-school", "school", questions=(), facts={"new-school": "Tolmers School"})


def test_an_agency_that_was_asked_before_is_asked_to_look_again() -> None:
    for role in ("police", "health", "housing", "youth-offending", "assessment-teams"):
        assert "again" in said("agency-enquiry", role, facts={"recheck": "yes"}).split(".")[0], role
        assert "asked you before" in said("agency-enquiry", role, facts={"recheck": "yes"}), role
        assert "again" not in said("agency-enquiry", role, facts={}).split(".")[0], role


def test_the_council_gives_a_roll_date_until_the_regulations_of_2024() -> None:
    assert "roll date" in said("conclude", "tracking-officer", date=at("2024-08-18T10:00"))
    assert "roll date" not in said("conclude", "tracking-officer", date=at("2024-08-19T10:00"))


def test_of_two_facts_the_first_that_the_case_has_is_listed() -> None:
    table = {**minimal(details=["a|b", "a|c"]), "fact": {"a": "A", "b": "B", "c": "C"}}

    def rows(**facts: str) -> tuple[tuple[str, str], ...]:
        return lay_out(letter("x", "school", questions=(), facts=facts), load_wording([table])).sections[0].rows

    assert rows(a="1", b="2", c="3") == (("A", "1"),)
    assert rows(b="2", c="3") == (("B", "2"), ("C", "3"))
    with pytest.raises(WordingError, match="no label"):
        load_wording([minimal(details=["a|b"])])


def test_what_people_write_is_never_run_as_a_template() -> None:
    table = {**minimal(say="They said: {{ quote }}."), "fact": {"quote": "What they wrote"}}
    made = letter("x", "school", questions=(), facts={"quote": "{{ 7 * 7 }}{% raw %}"})
    assert lay_out(made, load_wording([table])).sections[0].lead == "They said: {{ 7 * 7 }}{% raw %}."


def test_a_sentence_cannot_reach_python() -> None:
    with pytest.raises(CannotRender):
        lay_out(letter("x", "school", questions=()), load_wording([minimal(say="{{ who.__class__.__mro__ }}")]))


def test_the_law_is_that_of_the_day() -> None:
    def basis(moment: str) -> str:
        return lay_out(letter("agency-enquiry", "police", date=at(moment)), wording()).sections[0].basis

    assert "Data Protection Act 1998" in basis("2018-05-24T12:00")
    assert "Data Protection Act 2018" in basis("2018-05-25T12:00")
    assert "UK GDPR" in basis("2026-11-25T12:00")


def test_since_the_regulations_of_2024_no_school_is_told_that_it_may_delete() -> None:
    for name in names() - set(FRAMES) - {"roll-date", "roll-date-school"}:
        sheet = lay_out(
            letter(name, "school", questions=tuple(name.split("+")), date=at("2026-11-25T10:00")), wording()
        )
        words = " ".join(text for part in sheet.sections for text in (part.lead, *part.more))
        assert not re.search(r"you (may|can) (delete|take .* off)|advise when|can come off the roll", words), name


def test_later_packs_lie_over_earlier_ones_and_numbers_add_up() -> None:
    first = {**minimal(), "council": {"name": "A"}, "number": [{"name": "N", "number": "999", "hours": "always"}]}
    second = {"wording": {"x": {"subject": "Other", "say": "Bye."}}, "number": first["number"]}
    both = load_wording([first, second])
    entry = both.find("x", "", date(2014, 1, 1))
    assert entry is not None
    assert (entry.subject, both.council, len(both.numbers)) == ("Other", "A", 2)


def test_no_request_is_headed_as_done() -> None:
    """The strip is read first: on a mail that asks for a deed, "Done" or "For your information" would hide it."""
    for name in ("traced-s2s", "query-passed", "ctf-refused", "roll-reminder"):
        assert lay_out(letter(name, "tracking-officer", questions=()), wording()).strip.startswith("Please do this")
    assert lay_out(letter("nothing-more", "police", questions=()), wording()).strip == "No reply is needed"


def test_the_foot_names_paragraphs_as_a_reader_looks_for_them() -> None:
    def foot(cite: str) -> str:
        return lay_out(letter("home-visit", "hub-worker", cite=cite), wording()).foot[0]

    assert "policy, paragraphs 4.1 and 4.4)" in foot("4.1, 4.4")
    assert "policy, paragraph 3.7; pathway, day 5)" in foot("3.7; Pathway, day 5")
    assert "policy, pathway, day 5)" in foot("Pathway, day 5")
    assert "(" not in foot("card")


def test_an_address_has_its_postcode_once() -> None:
    def told(address: str) -> str:
        facts = {"address.last_known": address, "address.postcode": "OX16 9ZZ"}
        rows = lay_out(letter("agency-enquiry", "police", facts=facts), wording()).sections[0].rows
        return dict(rows)["Last known address"]

    assert told("8 Quarry Steps,\nBanbury") == "8 Quarry Steps, Banbury OX16 9ZZ"
    assert told("8 Quarry Steps, Banbury OX169ZZ") == "8 Quarry Steps, Banbury OX169ZZ"


def test_a_wording_may_call_a_fact_by_another_label() -> None:
    facts = {**FACTS, "new-school": "Bardwell Hill School", "date": "2014-11-20"}
    mail = compose(letter("on-roll-found", "tracking-officer", facts=facts), wording()).decode()
    assert "On the roll of:" in mail and "Last school:" in mail and "New school:" not in mail
