"""The police list that stands in the mail itself (policy 8.2)."""

from datetime import date

from parsers.rosters.lines import read_lines

WRITTEN = date(2014, 11, 12)
TEXT = """\
Dear all,

These young people were reported missing this week:

1. Isla Nunn, dob 03/05/2003, missing since 10/11/2014 23:40, returned 11/11/2014 at 7.30am
2. Owen TREGARTH (12.07.2001) - missing from 9 Nov, still outstanding
* Kit Marsh, born 31 Feb 2001
Call 101 and quote 4412 if you know more of what happened on 3 May 2014.

PC Alder
"""


def test_a_line_for_each_young_person() -> None:
    roster = read_lines(TEXT, "Weekly list", WRITTEN)
    assert roster is not None and roster.kind == "police"
    told = [(r.n, r.sure("child.surname"), r.sure("child.date_of_birth"), r.usable) for r in roster.rows]
    assert told == [(5, "Nunn", "2003-05-03", True), (6, "TREGARTH", "2001-07-12", True), (7, "Marsh", "", False)]
    assert roster.rows[0].sure("returned-at") == "2014-11-11T07:30+00:00"
    assert roster.rows[1].sure("missing-since") == "2014-11-09" and not roster.rows[1].sure("returned-at")


def test_a_letter_about_one_child_is_no_list() -> None:
    letter = "Isla Nunn, born 3 May 2003, has not been at school since Monday. Please look into it."
    assert read_lines(letter, "A pupil", WRITTEN) is None


def test_several_in_one_line_after_a_colon() -> None:
    text = "Reported missing this week: Isla Nunn, 03/05/2003, back 11/11/2014 07:30; Owen Tregarth, born 12 July 2001."
    roster = read_lines(text, "", WRITTEN)
    assert roster is not None
    assert [r.sure("child.surname") for r in roster.rows] == ["Nunn", "Tregarth"]
    assert roster.rows[0].sure("returned-at") == "2014-11-11T07:30+00:00"


def test_a_sentence_for_each() -> None:
    text = "Reported to us as missing:\nIsla Nunn (DOB 03/05/2003) was reported missing on 10 November 2014"
    roster = read_lines(f"{text} and returned on 11 November 2014 at 7.30am.", "", WRITTEN)
    assert roster is not None and len(roster.rows) == 1
    row = roster.rows[0]
    assert (row.sure("missing-since"), row.sure("returned-at")) == ("2014-11-10", "2014-11-11T07:30+00:00")
