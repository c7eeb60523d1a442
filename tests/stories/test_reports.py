"""Rows A3, C9, C11: the definition, and what the calendar brings (policy 2.2, 4.5, 4.8, 9)."""

import json
from email.message import EmailMessage
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import all_commands
from tests.stories.story import SCHOOL, Story, plain
from tests.stories.test_other_ways import EXCLUDED, told

DESIGNATED, BOARD = "designated-officer", "board@council.example"


def of_rule(mails: list[EmailMessage], rule: str) -> list[EmailMessage]:
    return [m for m in mails if m["X-CME-Rule"] == rule]


def document(mail: EmailMessage) -> str:
    files = list(mail.iter_attachments())
    assert len(files) == 1 and str(files[0].get_filename()).endswith(".html")
    return files[0].get_content()  # type: ignore[no-any-return]


# C9.


def test_c9_every_month_the_designated_officer_has_all_cases_with_the_excluded_first(story: Story) -> None:
    told(story, EXCLUDED).at("2014-11-13 10:00").memo({"child.surname": "Penhale", "child.forenames": "Jory"})
    assert not of_rule(story.until("2014-12-01 08:00", 24).out, "report.designated-officer")
    (mail,) = of_rule(story.at("2014-12-01 09:00").look().out, "report.designated-officer")
    page = document(mail)
    assert "designated.officer" in str(mail["To"]) and "Open cases: 2" in plain(mail)
    assert page.index("Permanently excluded, no") < page.index("Tregenza, Ottilie") < page.index("Penhale, Jory")
    assert "Quarry Steps" not in page and "Tregenza" not in str(mail["Subject"])


def test_c9_confirmed_provision_takes_the_child_out_of_that_part(story: Story) -> None:
    inclusion = "social.inclusion@council.example"
    told(story, EXCLUDED).at("2014-11-17 10:00").reply(inclusion, "Attending the PRU since 17 November 2014")
    (mail,) = of_rule(story.until("2014-12-01 09:00", 24).out, "report.designated-officer")
    assert document(mail).index("None.") < document(mail).index("Tregenza")


def test_c9_once_also_when_the_bot_was_off_that_day_and_of_two_months_the_last(story: Story) -> None:
    told(story, EXCLUDED).at("2015-01-08 11:00").look()
    assert len(of_rule(story.out, "report.designated-officer")) == 1
    assert not of_rule(story.until("2015-01-31 09:00", 24).out, "report.designated-officer")


def test_c9_never_for_a_day_before_the_register_began(story: Story) -> None:
    told(story, EXCLUDED, "2014-12-01 10:00")
    assert not of_rule(story.until("2014-12-05 10:00", 12).out, "report.designated-officer")


def test_c9_figures_for_the_directorate_name_nobody_and_hide_small_numbers(story: Story) -> None:
    told(story, EXCLUDED)
    mails = of_rule(story.until("2015-01-02 12:00", 24).out, "report.data")
    assert sorted(str(m["To"]).rpartition("<")[2] for m in mails) == [
        "directorate@council.example>",
        "quality@council.example>",
    ]
    for mail in mails:
        assert "Open cases: fewer than 5" in plain(mail)
        assert "Tregenza" not in document(mail) and "CME-2014" not in document(mail) and "<svg" in document(mail)


def test_c9_once_a_year_the_board_has_a_report_with_plots(story: Story) -> None:
    told(story, EXCLUDED, "2015-06-10 10:00")
    assert not of_rule(story.at("2015-09-30 10:00").look().out, "report.annual")
    (mail,) = of_rule(story.at("2015-10-01 09:00").look().out, "report.annual")
    page = document(mail)
    assert BOARD in str(mail["To"]) and "1 September 2014 to" in page and page.count("<svg") == 6
    assert "Cases opened in the year: fewer than 5" in plain(mail) and "Tregenza" not in page


def test_c9_the_same_report_by_hand(story: Story, tmp_path: Path) -> None:
    told(story, EXCLUDED)
    command = ["-c", str(story.config), "report", "--out", str(tmp_path / "report.html"), "--json"]
    result = CliRunner().invoke(all_commands(), command)
    assert result.exit_code == 0 and json.loads(result.stdout)["figures"]["Open cases"] == 1
    assert "Tregenza" in (tmp_path / "report.html").read_text("utf-8")
    assert CliRunner().invoke(all_commands(), ["-c", str(story.config), "report", "--kind", "weekly"]).exit_code == 2


# C11.


def test_c11_at_the_start_of_each_term_everybody_is_reminded_once(story: Story) -> None:
    story.at("2014-12-10 10:00").memo()
    assert not of_rule(story.until("2015-01-05 17:00", 24).out, "duties.reminder")
    mails = of_rule(story.until("2015-01-06 09:00").out, "duties.reminder")
    addresses = [str(m["To"]) for m in mails]
    assert len(addresses) == len(set(addresses)) == 8 + 8 + 1
    mail = next(m for m in mails if SCHOOL in str(m["To"]))
    assert "roll" in plain(mail) and "CME-" not in str(mail["Subject"]) and "Tregenza" not in mail.as_string()
    assert not of_rule(story.until("2015-03-27 09:00", 72).out, "duties.reminder")  # Half term is no new term.


def test_c11_a_bot_that_was_off_reminds_a_school_on_the_next_school_day(story: Story) -> None:
    story.at("2014-12-10 10:00").memo()
    assert not of_rule(story.at("2015-01-10 11:00").look().out, "duties.reminder")  # A Saturday.
    assert of_rule(story.at("2015-01-12 09:00").look().out, "duties.reminder")


def test_c11_an_answer_about_a_child_is_a_case_of_its_own(story: Story) -> None:
    story.at("2014-12-10 10:00").memo()
    mail = next(
        m for m in of_rule(story.at("2015-01-06 09:00").look().out, "duties.reminder") if SCHOOL in str(m["To"])
    )
    words = "Thank you. Jory Penhale, born 2 May 2004, was permanently excluded on 5 January 2015."
    story.at("2015-01-07 10:00").mails(SCHOOL, words, answers=mail)
    assert [c["pathway"] for c in story.cases] == ["tracking", "exclusion"]


# A3.


def test_a3_four_weeks_out_of_provision_and_then_the_definition_is_met(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"information.other": "Last attended 31 October 2014."})
    assert story.standing() == {"state": "not-yet", "since": "2014-11-28", "cite": "2.2"}
    story.at("2014-11-28 10:00").look()
    assert story.standing()["state"] == "meets"


def test_a3_a_hub_child_is_on_a_roll_and_not_yet(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    assert story.standing() == {"state": "not-yet", "since": None, "cite": "2.2"}


def test_a3_a_child_who_is_not_of_school_age_yet_and_one_who_is_no_longer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "14 January 2010"})
    assert story.standing() == {"state": "not-yet", "since": "2015-03-31", "cite": "2.2"}
    story.memo({"child.forenames": "Jory", "child.surname": "Penhale", "child.date_of_birth": "1 March 1998"})
    assert story.standing() == {"state": "no-longer", "since": "2014-06-27", "cite": "2.2"}


def test_a3_closed_it_is_met_no_longer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    assert story.standing()["state"] == "meets"
    story.at("2014-11-13 10:00").reply("tracking-officer", "On roll at Windrush Community College", "database-check")
    story.at("2014-11-13 11:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["state"] == "closed", story.shown()
    assert story.standing()["state"] == "no-longer" and story.standing()["since"] == "2014-11-13"


def test_a3_today_there_is_no_least_time(story: Story) -> None:
    story.at("2026-11-11 10:00").memo(
        {"child.date_of_birth": "14 June 2015", "information.other": "Last attended 6 November 2026."}
    )
    assert story.standing()["state"] == "meets" and story.standing()["since"] == "2026-11-06"
