"""What is asked after an answer that lacked it: a card, the neighbours, the day of the visit."""

from __future__ import annotations

from tests.answers.conftest import Ask


def test_the_values_stand_beside_one_another(ask: Ask) -> None:
    (given,) = ask("visit-details", "Card through the door on Tuesday, neighbours not in").answers
    assert (given.event, given.values) == (
        "details.given",
        {"visit.date": "2016-03-08", "card-left": "yes", "neighbours": "yes"},
    )


def test_it_has_no_choices_and_a_promise_is_no_answer(ask: Ask) -> None:
    for reply in ("1", "2 card", "ok will do", "Yes"):
        assert (ask("visit-details", reply).verdict, ask("visit-details", reply).answers) == ("ask", ()), reply


def test_beside_another_question_each_gets_its_own(ask: Ask) -> None:
    found = ask("visit-details cme-referral", "Card left. Please treat this as the CME referral.")
    assert (found.verdict, [a.event for a in found.answers]) == ("understood", ["hub.referred", "details.given"])


def test_what_another_answer_says_is_no_detail_of_the_visit(ask: Ask) -> None:
    found = ask("visit-details", "He is back in school today")
    assert [(a.event, a.values) for a in found.answers] == [("child.returned", {"date": "2016-03-10"})]
