"""`check --prove`: each promise can be broken by a pack or by the engine, and the walk finds it and tells its story."""

import sys
from datetime import date
from pathlib import Path

import pytest

from bot.council.office import Office
from bot.inspecting.proof import as_json, prove_office, reach, told
from rules.history import Record
from rules.pack import Pack
from rules.packlines import places
from rules.plan import Plan
from rules.proving.starts import Start, starts
from tests.bot.packs import office_with

NOW, SUMMER_2024 = date(2026, 11, 4), date(2024, 6, 20)


def begin(office: Office, name: str, day: date = NOW) -> list[Start]:
    found = [start for start in starts(office.pack, (day,)) if start.name == name]
    assert found, [start.name for start in starts(office.pack, (day,))]
    return found


def found(office: Office, name: str, day: date = NOW, states: int = 1500, broken: int = 1) -> list[tuple[str, str]]:
    """The first law broken in the cases that begin so, with the rule that did it."""
    report = prove_office(office, seconds=60, states=states, broken=broken, begin=begin(office, name, day))
    assert report.states
    return [(one.law, one.rule) for one in report.broken]


@pytest.mark.parametrize(
    "name", ["hub-referral, complete", "hub-referral, address protected", "cme-referral, complete"]
)
def test_our_own_pack_breaks_none_as_far_as_it_is_walked(tmp_path: Path, name: str) -> None:
    assert found(office_with(tmp_path), name, states=400) == []


def test_our_own_pack_keeps_the_law_that_changes_under_an_open_case(tmp_path: Path) -> None:
    """Asked for a roll date in July 2024, and answered in September: nothing is backdated any more."""
    assert found(office_with(tmp_path), "cme-referral, complete", SUMMER_2024, states=1200) == []


def test_a_case_that_no_rule_takes_up_has_no_next_step_but_for_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(tmp_path, '[drop]\nrules = ["hub.open"]\n')
    assert found(office, "hub-referral, complete", states=30) == []
    monkeypatch.setattr(sys.modules["rules.step"], "_next_step", lambda pack, plan: None)
    assert ("next-step", "") in found(office, "hub-referral, complete", states=30)


def test_a_case_closed_by_an_answer_that_ends_nothing(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "ours.hasty"\ncite = "9.9"\nwhen = "worker.allocated"\nclose = "not-cme"\n'
    assert ("closed-unasked", "ours.hasty") in found(office_with(tmp_path, rule), "hub-referral, complete")


def test_a_case_of_concern_closed_by_a_visit(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "at-address.close"\ncite = "3.7"\nwhen = "visit.at-address"\nclose = "at-address"\n'
    office = office_with(tmp_path, rule)
    assert ("closed-unasked", "at-address.close") in found(office, "hub-referral, complete", states=14_000)


def test_a_question_after_which_nobody_follows_up(tmp_path: Path) -> None:
    rule = '[question.why-early]\ncite = "3.5"\ndue = "2 school days"\npasses = false\n'
    rule += '[question.why-early.answer]\n"early.explained" = {}\n'
    office = office_with(tmp_path, rule)
    assert ("waits-for-ever", "tracking.early") in found(
        office, "cme-referral, young, early, from outside, school not known", SUMMER_2024
    )


def test_a_reminder_that_comes_after_years(tmp_path: Path) -> None:
    role = '[role.admissions]\nthen = "tracking-officer"\nchase = { every = "900 working days", times = 3 }\n'
    rule = '[[rule]]\nid = "ours.only"\ncite = "9.9"\nwhen = "referral.received"\n'
    rule += 'ask = "on-roll-elsewhere"\nof = "admissions"\n'
    rule += '[drop]\nrules = ["hub.open", "tracking.open"]\n'
    assert ("waits-for-ever", "ours.only") in found(
        office_with(tmp_path, rule + role), "hub-referral, complete", states=30
    )


WHEREABOUTS = """
[question.s2s-message]
cite = "4.2"
due  = "1 working day"
[question.s2s-message.answer]
"s2s.posted" = { must = ["whereabouts"] }
[[rule]]
id      = "ours.posted"
cite    = "9.9"
when    = "s2s.posted"
tell    = "tracking-officer"
wording = "ours-posted"
"""
POSTED = """
[fact]
whereabouts = "Whereabouts"
[wording.ours-posted]
subject = "The message is posted"
say     = "It is posted."
details = ["whereabouts"]
"""


def test_a_protected_address_under_a_name_that_nobody_knows_for_one(tmp_path: Path) -> None:
    office = office_with(tmp_path, WHEREABOUTS, POSTED)
    assert ("protected", "ours.posted") in found(office, "cme-referral, address protected", states=4000)


def test_a_question_that_the_law_forbids_by_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine keeps it back, whatever the rule says; without that, the walk finds it."""
    rule = '[[pathway.tracking.rule]]\nid = "tracking.roll-date"\ncite = "3.5"\nwhen = { closed = "agency-enquiry" }\n'
    rule += 'once = true\nask = "roll-date"\nof = "tracking-officer"\n'
    office = office_with(tmp_path, rule)
    assert found(office, "cme-referral, complete", states=400) == []
    monkeypatch.setattr(Pack, "forbids", lambda *_: False)
    assert ("law", "tracking.roll-date") in found(office, "cme-referral, complete")


def test_words_that_the_law_forbids_by_now(tmp_path: Path) -> None:
    words = '[wording.referral-accepted]\nsubject = "Accepted"\nsay = "You may take {{ who }} off your roll."\n'
    assert ("law", "tracking.accepted") in found(office_with(tmp_path, "", words), "cme-referral, complete")


def test_what_is_done_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules withdraw the same question: once is enough."""

    def record(self: Plan, key: str, kind: str, **values: object) -> None:
        if key not in self.case.done:
            (self.closing if kind == "closed" else self.records).append(Record(key, kind, {**values, "key": key}))

    rule = '[[rule]]\nid = "ours.back"\ncite = "9.9"\nwhen = "child.returned"\nwithdraw = "all"\n'
    office = office_with(tmp_path, rule)
    assert "twice" not in {law for law, _ in found(office, "hub-referral, complete", states=400)}
    monkeypatch.setattr(Plan, "record", record)
    assert "twice" in {law for law, _ in found(office, "hub-referral, complete", states=400)}


def test_rules_that_never_come_to_rest(tmp_path: Path) -> None:
    rule = (
        '[[rule]]\nid = "ours.echo"\ncite = "9.9"\nwhen = ["child.returned", "ours.echoed"]\nrecord = "ours.echoed"\n'
    )
    assert ("never-rests", "ours.echo") in found(office_with(tmp_path, rule), "hub-referral, complete", states=400)


def test_a_mail_that_cannot_be_written(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "ours.mute"\ncite = "9.9"\nwhen = "referral.received"\ntell = "tracking-officer"\n'
    assert ("unwritten", "ours.mute") in found(office_with(tmp_path, rule), "hub-referral, complete", states=30)


def test_a_counter_example_is_a_story_of_mails(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "ours.hasty"\ncite = "9.9"\nwhen = "worker.allocated"\nclose = "not-cme"\n'
    office = office_with(tmp_path, rule)
    report = prove_office(office, seconds=60, states=1500, begin=begin(office, "hub-referral, complete"))
    where = places(office.pack.name, office.packs)
    story = "\n".join(told(office, report, where))
    assert "ours/pack.toml:4: ours.hasty: A case is closed without an officer's yes" in story
    assert (
        "school writes: hub-referral, complete" in story
        and "the bot asks hub-manager: Please choose a Hub worker" in story
    )
    assert "hub-manager answers allocate-worker" in story and "the case is closed as not-cme" in story
    assert as_json(report, where)["broken"][0]["where"].startswith("ours/pack.toml:4")


def test_the_walk_says_how_far_it_went_and_goes_the_same_way_each_time(tmp_path: Path) -> None:
    office = office_with(tmp_path)
    first, again = (prove_office(office, states=300, begin=begin(office, "letter")) for _ in range(2))
    assert (first.states, first.steps, first.mails) == (again.states, again.steps, again.mails)
    assert "states from 1 beginning up to" in reach(first) and "states were left" in reach(first)
    assert prove_office(office, seconds=0).states <= len(starts(office.pack))


def test_all_that_one_act_leads_to_is_seen_before_anybody_acts_twice(tmp_path: Path) -> None:
    office = office_with(tmp_path)
    report = prove_office(office, seconds=60, states=600, begin=begin(office, "letter"))
    assert report.whole >= 1 and report.begun > report.whole and report.broken == []
    assert "at any moment, and what silence then leads to, was seen" in reach(report)


def test_a_case_begins_with_whatever_a_rule_opens_a_pathway_on(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "ours.moved"\ncite = "5.1"\nwhen = "moved-in.reported"\nopen = "tracking"\n'
    names = {start.name for start in starts(office_with(tmp_path, rule).pack, (NOW,))}
    assert "moved-in.reported, address protected" in names and len(names) > 11
