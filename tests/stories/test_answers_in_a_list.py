"""Row C4: an agency answers many enquiries with one list, as a file or in the mail's own words (policy 4.1)."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

import pytest

from tests.stories.story import PTO, Story, plain
from tests.stories.test_tracking import enquiring, tracked

POLICE = "enquiries@police.example"
CHILDREN = {
    "Ottilie": ("Tregenza", "14 June 2003", "14/06/2003"),
    "Owen": ("Marchbank", "12 July 2001", "12/07/2001"),
    "Isla": ("Nunnery", "3 May 2002", "03/05/2002"),
}


def many_asked(story: Story) -> Story:
    """Three children, each with an enquiry to every agency."""
    for n, (first, (surname, born, _)) in enumerate(CHILDREN.items()):
        child = {"child.surname": surname, "child.forenames": first, "child.date_of_birth": born}
        child |= {"carers": f"Mrs Ann {surname}", "address.last_known": f"{n + 3} Quarry Steps, Banbury OX16 9ZZ"}
        tracked(story, f"2014-11-12 {10 + n}:00", **child)
        story.at(f"2014-11-12 {10 + n}:30").reply("tracking-officer", "Nothing on Capita.", "database-check")
    return story


def refs(story: Story) -> list[str]:
    return [case["case"] for case in story.cases]


def state(story: Story, which: int, role: str = "police") -> list[str]:
    return [a["state"] for a in story.case(which)["asks"] if a["of"] == role and a["question"] == "agency-enquiry"]


def csv(*rows: str, head: str = "Surname,Forename,DOB,Result,Address found") -> dict[str, bytes]:
    return {"results.csv": "\n".join([head, *rows]).encode()}


def answered(story: Story, files: dict[str, bytes], at: str = "2014-11-14 10:00", sender: str = POLICE) -> Story:
    return story.at(at).mails(sender, "Results attached.", subject="Your enquiries", files=files)


ALL = csv(
    "Tregenza,Ottilie,14/06/2003,No trace,",
    'Marchbank,Owen,12/07/2001,Known,"9 Fosse Lane, Leicester LE3 9ZZ"',
    "Nunnery,Isla,03/05/2002,No trace,",
)


def test_c4_each_row_of_a_file_is_the_answer_to_its_own_enquiry(story: Story) -> None:
    answered(many_asked(story), ALL)
    assert [state(story, n) for n in range(3)] == [["answered"]] * 3
    assert [e for n in range(3) for e in story.events(n) if e.startswith("agency.")] == [
        "agency.no-trace", "agency.trace", "agency.no-trace",
    ]  # fmt: skip
    assert len(story.to("police")) == 1
    told = " ".join(plain(story.bot_tells("police", "3 rows")).split())
    assert "Taken as your answers: 3" in told
    assert "Still open" not in told
    assert "Fosse Lane" in plain(story.bot_asks("tracking-officer", "conclude"))
    assert not story.asked("tracking-officer", "agency-enquiry"), "nothing is left to be explained"


@pytest.mark.parametrize(
    "text",
    [
        "1. Ottilie Tregenza 14/06/2003 - no trace\n2. Owen Marchbank (dob 12/07/2001): known at 9 Fosse Lane, "
        "Leicester LE3 9ZZ\n3. Isla Nunnery, 3 May 2002, no trace\n\nPC Alder",
        "Not known to us:\n- Ottilie Tregenza, 14/06/2003\n- Isla Nunnery, 03.05.2002\n\nKnown to us:\n"
        "- Owen Marchbank, 12/07/2001 - living at 9 Fosse Lane, Leicester LE3 9ZZ",
        "Name | DOB | Result\nOttilie Tregenza | 14/06/2003 | No trace\nOwen Marchbank | 12/07/2001 | Known at 9 Fosse "
        "Lane, Leicester LE3 9ZZ\nIsla Nunnery | 03/05/2002 | No trace",
    ],
    ids=["numbered", "headings", "table"],
)
@pytest.mark.parametrize("threaded", [True, False], ids=["reply", "fresh"])
def test_c4_so_is_each_line_of_a_mail(story: Story, text: str, threaded: bool) -> None:
    many_asked(story).at("2014-11-14 10:00")
    if threaded:
        story.reply("police", text, "agency-enquiry")
    else:
        story.mails(POLICE, text, subject="Your enquiries")
    assert [state(story, n) for n in range(3)] == [["answered"]] * 3
    assert "agency.trace" in story.events(1)
    assert len(story.to("police")) == 1 and len(story.cases) == 3


def test_c4_a_file_with_names_and_remarks_alone_is_known_by_whom_it_is_about(story: Story) -> None:
    rows = (
        "Ottilie Tregenza,14/06/2003,No trace",
        "Owen Marchbank,12/07/2001,Not known",
        "Isla Nunnery,03/05/2002,No trace",
    )
    answered(many_asked(story), csv(*rows, head="Name,DOB,Comments"))
    assert [state(story, n) for n in range(3)] == [["answered"]] * 3 and not story.quarantine


def test_c4_a_table_in_a_formatted_mail_keeps_its_empty_cells(story: Story) -> None:
    first, second, third = refs(many_asked(story))
    cells = [
        ("Your ref", "New address", "Result"), (first, "", "No trace"),
        (second, "9 Fosse Lane, Leicester LE3 9ZZ", "Known"), (third, "", "No trace"),
    ]  # fmt: skip
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    mail = EmailMessage(policy=policy.SMTP)
    mail["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=police.example"
    mail["From"], mail["To"], mail["Subject"] = POLICE, "missing.pupils@council.example", "Your enquiries"
    mail["Message-ID"] = "<table@police.example>"
    mail.set_content(f"<p>Good morning,</p><table>{rows}</table>", subtype="html")
    story.at("2014-11-14 10:00").drop(mail.as_bytes())
    assert [state(story, n) for n in range(3)] == [["answered"]] * 3
    assert "Fosse Lane" in plain(story.bot_asks("tracking-officer", "conclude"))


def test_c4_our_reference_is_enough_and_the_code_too(story: Story) -> None:
    first, second, third = refs(many_asked(story))
    code = str(story.last("police", "agency-enquiry")["Subject"]).split()[-1].strip("]") or ""
    found = next(
        word for word in str(story.last("police")["Subject"]).replace("]", " ").split() if word.count("-") == 2
    )
    assert code
    answered(story, csv(f"{first},no trace", f"{second},nothing known", f"{found},no trace", head="Your ref,Result"))
    assert third and [state(story, n) for n in range(3)] == [["answered"]] * 3


def test_c4_rows_in_doubt_go_to_the_officer_in_one_mail_and_the_police_hear_no_more_than_they_were_asked(
    story: Story,
) -> None:
    many_asked(story)
    rows = csv(
        "Tregenza,Otilie,14/06/2003,No trace,",
        "Marchbank,Owen,12/07/2001,Spoke to an uncle in 2012 who was rather vague,",
        "Whoever,Ivo,01/02/2003,No trace,",
        "Nunnery,Isla,03/05/2002,No trace,",
    )
    answered(story, rows)
    assert [state(story, n) for n in range(3)] == [["open"], ["open"], ["answered"]]
    told = plain(story.bot_tells("police", "4 rows", "not used"))
    assert told.count("we could not match it for certain") == 2, "the same of a child we know and of one we do not"
    assert refs(story)[0] in told and refs(story)[1] in told and refs(story)[2] not in told, "what is still open"
    mails = story.asked("tracking-officer", "same-child")
    assert len(mails) == 1
    said = " ".join(plain(mails[0]).split())
    assert "L2: Otilie Tregenza" in said and "rather vague" in said and "L4: Ivo Whoever" in said
    story.at("2014-11-14 10:30").reply("tracking-officer", "L3 same\nL4 same", "same-child")
    assert "L3: Owen" in plain(story.bot_tells("tracking-officer", "we do not guess", "what it means"))
    story.at("2014-11-14 11:00").reply("tracking-officer", "L2 same\nL3 no trace\nL4 different", "same-child")
    assert [state(story, n) for n in range(3)] == [["answered"]] * 3
    assert "agency.no-trace" in story.events(0) and "agency.no-trace" in story.events(1)


def test_c4_a_reference_with_another_childs_name_is_a_doubt(story: Story) -> None:
    first, second, _ = refs(many_asked(story))
    head = "Your ref,Surname,Forename,DOB,Result"
    answered(story, csv(f"{first},Marchbank,Owen,12/07/2001,no trace", f"{second},,,,no trace", head=head))
    assert state(story, 0) == ["open"] and state(story, 1) == ["answered"]


def test_c4_a_name_without_its_birthday_is_a_doubt(story: Story) -> None:
    answered(many_asked(story), csv("Tregenza,Ottilie,,No trace,", "Nunnery,Isla,03/05/2002,No trace,"))
    assert state(story, 0) == ["open"] and state(story, 2) == ["answered"]
    assert "L2: Ottilie Tregenza" in plain(story.bot_asks("tracking-officer", "same-child"))


def test_c4_a_child_whom_that_agency_was_not_asked_about_is_told_of_to_nobody(story: Story) -> None:
    many_asked(story)
    tracked(story, "2014-11-13 10:00", **{
        "child.surname": "Abery", "child.forenames": "Joss", "child.date_of_birth": "9 April 2003",
        "carers": "Mr Al Abery", "address.last_known": "70 High Street, Banbury OX16 9ZX",
    })  # fmt: skip
    joss = refs(story)[-1]
    answered(
        story,
        csv(
            "Abery,Joss,09/04/2003,No trace,", "Never,Nobody,01/01/2003,No trace,", "Nunnery,Isla,03/05/2002,No trace,"
        ),
    )
    told = plain(story.bot_tells("police", "3 rows"))
    assert joss not in told and told.count("we could not match it for certain") == 2
    assert "agency.no-trace" not in story.events(3)
    assert f"{joss}, of which its sender was asked nothing" in " ".join(
        plain(story.bot_asks("tracking-officer", "same-child")).split()
    )


def test_c4_nobody_answers_for_another_agency(story: Story) -> None:
    answered(many_asked(story), ALL, sender="enquiries@youth-offending.example")
    assert [state(story, n) for n in range(3)] == [["open"]] * 3
    assert [state(story, n, "youth-offending") for n in range(3)] == [["answered"]] * 3


def test_c4_an_unproved_sender_answers_nothing(story: Story) -> None:
    many_asked(story).at("2014-11-14 10:00").mails(POLICE, "Results.", files=ALL, believed=False)
    assert [state(story, n) for n in range(3)] == [["open"]] * 3
    assert not story.to("police") or "We have read your list" not in plain(story.to("police")[0])
    assert story.quarantine


def test_c4_the_same_list_again_changes_nothing(story: Story) -> None:
    answered(many_asked(story), ALL)
    before = [len(story.events(n)) for n in range(3)]
    story.at("2014-11-14 12:00").mails(POLICE, "Again, in case.", subject="Your enquiries", files=ALL)
    assert [len(story.events(n)) for n in range(3)] == before
    assert "Answered before: 3" in " ".join(plain(story.bot_tells("police", "3 rows")).split())


def test_c2_what_ends_something_waits_for_one_tap_for_all_rows(story: Story) -> None:
    many_asked(story)
    for _ in range(1):
        answered(story, csv(
            'Tregenza,Ottilie,14/06/2003,Known,"9 Fosse Lane, Leicester LE3 9ZZ"',
            'Marchbank,Owen,12/07/2001,Known,"11 Fosse Lane, Leicester LE3 9ZZ"',
        ))  # fmt: skip
    assert len(story.asked("other-authority", "place-confirmed")) == 2
    rows = csv(
        "Tregenza,Ottilie,14/06/2003,On roll at Willow Lane School since 10 November 2014",
        "Marchbank,Owen,12/07/2001,On roll at Willow Lane School since 11 November 2014",
        head="Surname,Forename,DOB,Result",
    )
    answered(story, rows, "2014-11-17 10:00", "cme@leicester.example")
    taps = story.asked("other-authority", "confirm")
    assert len(taps) == 1
    said = plain(taps[0])
    assert refs(story)[0] in said and refs(story)[1] in said and said.count("Willow Lane") >= 2
    assert all("place.confirmed" not in story.events(n) for n in (0, 1))
    story.at("2014-11-17 10:30").yes("other-authority")
    assert all("place.confirmed" in story.events(n) for n in (0, 1))
    assert len(story.asked("tracking-officer", "conclude")) == 2


def test_a2_words_of_harm_in_a_row_alarm_on_that_childs_case(story: Story) -> None:
    rows = csv(
        "Tregenza,Ottilie,14/06/2003,No trace,", "Nunnery,Isla,03/05/2002,Known: her stepfather has been beating her,"
    )
    answered(many_asked(story), rows)
    assert "concern.raised" in story.events(2) and "concern.raised" not in story.events(0)
    assert any(m["X-CME-Rule"] == "alarm" for m in story.to(PTO))


def test_a2_so_do_they_in_a_line_of_a_mail_and_no_case_is_opened_for_them(story: Story) -> None:
    harm = "known, her stepfather has been beating her"
    text = f"1. Ottilie Tregenza 14/06/2003 - no trace\n2. Isla Nunnery 03/05/2002 - {harm}"
    many_asked(story).at("2014-11-14 10:00").mails(POLICE, text, subject="Your enquiries")
    assert "concern.raised" in story.events(2) and len(story.cases) == 3


def test_c4_an_answer_that_names_others_is_still_an_answer_about_the_child(story: Story) -> None:
    friends = "1. Owen Marchbank 12/07/2001 - a friend\n2. Jo Bell 01/02/2002 - a friend"
    text = f"No trace of Isla.\nSeen with her last year:\n{friends}"
    many_asked(story).at("2014-11-14 10:00").reply("police", text, "agency-enquiry")
    assert state(story, 1) == ["open"] and not story.asked("tracking-officer", "same-child")


def test_c4_an_answer_about_one_child_with_its_parents_is_no_list(story: Story) -> None:
    enquiring(story).at("2014-11-13 10:00").reply(
        "police",
        "No trace of any of them:\n1. Maud Tregenza 01/02/1975 - no trace\n2. Alf Tregenza 03/04/1974 - no trace",
    )
    assert "list.received" not in story.events() and not story.asked("tracking-officer", "same-child")
