"""An officer keeps a case open in which nothing happened by itself any more: the search begins, and the officer is not
asked the same again at once."""

from __future__ import annotations

from pathlib import Path

from rules import Pack, load_pack
from tests.rules.tale import HUB_FORM, PACK, Tale


def resting(pathway: str, pack: Pack = PACK, **facts: object) -> Tale:
    """A case of which nothing is waited for: it was under way before."""
    tale = Tale(pack)
    fields = {**HUB_FORM, "in-county": True}
    tale.tell("2014-11-26T10:00", "case.imported", pathway=pathway, fields=fields, school="931/4000", **facts)
    assert [mail.questions for _, mail in tale.sent] == [("conclude",)]
    return tale


def asked(tale: Tale) -> set[tuple[str, str]]:
    return {(question, mail.to.role) for _, mail in tale.sent for question in mail.questions}


def test_c3_on_tracking_the_agencies_are_asked() -> None:
    tale = resting("tracking")
    tale.answer("2014-11-26T11:00", "conclude", "not-so", rule="next-step")
    assert {("agency-enquiry", "police"), ("agency-enquiry", "health")} <= asked(tale)


def test_b5_on_the_hub_a_worker_is_asked_for() -> None:
    tale = resting("hub", hub="north")
    tale.answer("2014-11-26T11:00", "conclude", "not-so", rule="next-step")
    assert ("allocate-worker", "hub-manager") in asked(tale)


def test_elsewhere_the_officer_is_asked_again_in_ten_working_days_and_not_at_once() -> None:
    tale = resting("exclusion")
    tale.answer("2014-11-26T11:00", "conclude", "not-so", rule="next-step")
    assert len(tale.sent) == 1
    tale.until("2014-12-10T17:00")
    assert len(tale.sent) == 1
    tale.until("2014-12-11T12:00")
    assert [mail.rule for _, mail in tale.sent] == ["next-step", "next-step"]


def test_a_council_says_itself_after_how_long(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.toml").write_text('extends = "oxfordshire"\nkept_open = "4 weeks"\n', "utf-8")
    tale = resting("exclusion", load_pack("mine", folder=tmp_path))
    tale.answer("2014-11-26T11:00", "conclude", "not-so", rule="next-step")
    tale.until("2014-12-24T17:00")
    assert len(tale.sent) == 1
    tale.until("2014-12-29T12:00")
    assert [mail.rule for _, mail in tale.sent] == ["next-step", "next-step"]
