"""Reminders: each has its own number, also where a question of the mail is open again."""

from __future__ import annotations

from pathlib import Path

from rules import load_pack
from tests.rules.tale import Tale, hub_tale

WORKER = "hub.worker.north@council.example"


def asked_two_things() -> Tale:
    """The worker is asked for the referral and about the discussion, in one mail of Tuesday 2 December at 9am."""
    tale = hub_tale()
    tale.answer("2014-11-26T11:00", "on-roll-elsewhere", "roll.nowhere")
    tale.answer("2014-11-26T15:00", "allocate-worker", "worker.allocated", worker=WORKER)
    said = {"visit.date": "2014-11-27", "card-left": "yes", "neighbours": "yes"}
    tale.answer("2014-11-27T15:00", "home-visit", "visit.no-response", **said)
    tale.until("2014-12-02T12:00")
    assert tale.sent[-1][1].questions == ("cme-referral", "safeguarding-discussion")
    return tale


def test_a_question_that_is_open_again_has_no_reminder_that_its_mail_had() -> None:
    tale = asked_two_things()
    agreed = {"with": "Social Care", "action": "none", "is-safeguarding": "no"}
    tale.answer("2014-12-02T13:00", "safeguarding-discussion", "safeguarding.agreed", **agreed)
    answered = next(e.seq for e in tale.history if e.values.get("answer") == "safeguarding.agreed")
    tale.answer("2014-12-05T13:00", "cme-referral", "hub.referred")  # After two reminders of it alone.
    tale.tell("2014-12-05T14:00", "undone", event=answered)
    tale.until("2014-12-19T12:00")
    mails = [mail for _, mail in tale.sent if mail.kind == "chase" and mail.to.role == "hub-worker"]
    asked = [(mail.questions, mail.chase) for mail in mails if mail.trigger == mails[-1].trigger]
    assert asked == [(("cme-referral",), 1), (("cme-referral",), 2), (("safeguarding-discussion",), 3)]
    assert len({mail.key for _, mail in tale.sent}) == len(tale.sent)


def test_a_question_that_the_council_has_taken_out_of_its_pack_is_asked_no_more(tmp_path: Path) -> None:
    """The case that waits for it goes on: who was asked hears that nothing more is needed."""
    (tmp_path / "mine").mkdir()
    own = tmp_path / "mine" / "pack.toml"
    own.write_text('extends = "oxfordshire"\n' + OWN, "utf-8")
    tale = Tale(load_pack("mine", folder=tmp_path))
    tale.tell("2014-11-26T10:00", "letter.received", "police", **{"in-county": True, "form": "letter", "hub": "north"})
    assert tale.asked("gran")
    own.write_text('extends = "oxfordshire"\n', "utf-8")
    tale.pack = load_pack("mine", folder=tmp_path)
    tale.until("2015-01-26T10:00")
    ask = next(ask for ask in tale.case.asks.values() if ask.question == "gran")
    assert (ask.state, ask.ended_by) == ("withdrawn", "lapsed")
    assert [mail.asks for _, mail in tale.sent if mail.wording == "nothing-more"] == [(ask.id,)]


OWN = """
[[rule]]
id = "ask-the-gran"
cite = "our own"
when = "letter.received"
ask = "gran"
of = "attendance"

[question.gran]
cite = "our own"
due = "2 working days"
[question.gran.answer]
"gran.knows" = {}
"""
