"""The same mail twice is one; another mail with its Message-ID is not."""

from __future__ import annotations

from parsers.mail.identity import identity


def test_white_space_and_the_order_of_attachments_do_not_count() -> None:
    assert identity("<1@a.example>", "x@a.example", "one\r\n two", ["aa", "bb"]) == identity(
        "<1@a.example>", "x@a.example", "one two\n", ["bb", "aa"]
    )


def test_words_attachments_and_sender_count() -> None:
    same = identity("<1@a.example>", "x@a.example", "one", [])
    assert same != identity("<1@a.example>", "x@a.example", "two", [])
    assert same != identity("<1@a.example>", "x@a.example", "one", ["aa"])
    assert same != identity("<1@a.example>", "y@a.example", "one", [])
    assert same != identity("<2@a.example>", "x@a.example", "one", [])


def test_without_a_message_id_the_subject_the_date_and_what_is_answered_count() -> None:
    one = identity("", "x@a.example", "No trace.", [], ("Re: [CME-2014-00001]", "2014-11-13"))
    assert one != identity("", "x@a.example", "No trace.", [], ("Re: [CME-2014-00002]", "2014-11-13"))
    assert one == identity("", "x@a.example", "No  trace.\n", [], ("Re: [CME-2014-00001]", "2014-11-13"))
    known = identity("<1@a.example>", "x@a.example", "No trace.", [], ("Re: [CME-2014-00001]",))
    assert known == identity("<1@a.example>", "x@a.example", "No trace.", [], ("RE: [EXTERNAL] [CME-2014-00001]",))
