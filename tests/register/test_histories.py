from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.matching import Child, sought
from bot.register.errors import HistoryConflict
from bot.register.register import Register
from bot.register.rows import CaseRow
from tests.register.rows import LATER, NOW, case, event, mail

REF = "CME-2026-00001"


def test_references_count_up_within_their_year(register: Register) -> None:
    with register.begin() as unit:
        assert [unit.new_reference(year) for year in (2026, 2026, 2027, 2026)] == [
            "CME-2026-00001",
            "CME-2026-00002",
            "CME-2027-00001",
            "CME-2026-00003",
        ]


def test_events_come_back_as_they_were(register: Register) -> None:
    with register.begin() as unit:
        number = unit.add_mail(mail("one"))
        written = [
            event(1, happened=date(2026, 3, 3), by="office@primary.example", role="school", mail=number),
            event(2, happened=datetime(2026, 3, 3, 15, 30, tzinfo=timezone(timedelta(hours=1)))),
            event(3, "told", values={"of": ["police"], "n": 2, "deep": {"ä": None}}),
        ]
        unit.append(REF, written)
    with register.read() as past:
        assert past.history(REF) == tuple(written)
        assert past.history(REF, after=2) == tuple(written[2:])
        assert past.history("CME-2026-00002") == ()
        assert past.subjects_of_mail(number) == [REF]


def test_one_number_is_one_event(register: Register) -> None:
    with register.begin() as unit:
        unit.append(REF, [event(1), event(2)])
    with pytest.raises(HistoryConflict, match="Read the history again"), register.begin() as unit:
        unit.append(REF, [event(2, "told"), event(3)])
    with register.read() as past:
        assert [found.kind for found in past.history(REF)] == ["referral.received"] * 2


def test_a_refusal_tells_nothing_of_a_child(register: Register) -> None:
    """Errors are written into logs, with their causes."""
    with pytest.raises(HistoryConflict) as conflict, register.begin() as unit:
        unit.append(REF, [event(1), event(1, values={"child.surname": "Oakley"})])
    told = f"{conflict.value} {conflict.value.__cause__}"
    assert "UNIQUE" in told and "Oakley" not in told


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event"])
def test_history_cannot_be_rewritten(register: Register, statement: str) -> None:
    with register.begin() as unit:
        unit.append(REF, [event(1)])
    with pytest.raises(Exception, match="An event is never"), register.begin() as unit:
        unit._connection.exec_driver_sql(statement)


def test_a_case_is_stored_over_what_it_was(register: Register) -> None:
    full = case(
        REF,
        pathway="hub",
        concern=True,
        next_due=LATER,
        surname_key="oakley",
        forename_key="wren",
        surname="Oakley",
        forenames="Wren",
        date_of_birth=date(2015, 2, 3),
        upn="A999000115002",
        school="999/9001",
        hub="north",
        fold=b"\x00fold",
        fold_version=3,
        seq=7,
    )
    with register.begin() as unit:
        unit.store_case(full)
        assert unit.case(REF) == full
        unit.store_case(case(REF, state="closed", outcome="traced"))
        assert unit.case(REF) == case(REF, state="closed", outcome="traced")
        assert unit.case("CME-2026-00002") is None


def test_cases_newest_first_and_only_children(register: Register) -> None:
    with register.begin() as unit:
        for n, opened in ((1, NOW), (2, LATER), (3, NOW)):
            unit.store_case(case(f"CME-2026-{n:05d}", opened=opened))
        unit.store_case(case("council", kind="council"))
        assert [row.ref[-1] for row in unit.cases()] == ["2", "3", "1"]


def test_what_is_due_longest_first(register: Register) -> None:
    moments = {"a": NOW, "b": NOW - timedelta(days=1), "c": LATER, "d": None}
    with register.begin() as unit:
        assert unit.next_due() is None
        for ref, due in moments.items():
            unit.store_case(case(ref, next_due=due))
        assert unit.due(NOW) == ["b", "a"]
        assert unit.due(NOW, limit=1) == ["b"]
        assert unit.next_due() == datetime(2026, 3, 3, 10, 0, 0, 123456, tzinfo=UTC)


def test_the_scan_for_what_is_due_reads_no_case(register: Register) -> None:
    from bot.register.histories import _DUE

    with register.begin() as unit:
        plan = _DUE.plan(unit._connection, {"now": 1, "most": 1})
    assert plan == ["SEARCH cases USING COVERING INDEX cases_due (next_due>? AND next_due<?)"]


@pytest.mark.parametrize("born", [date(2015, 2, 3), None])
def test_a_case_is_stored_again_whether_its_child_changed_or_not(register: Register, born: date | None) -> None:
    one = case(REF, surname_key="oakley", forename_key="ivo", surname="Oakley", date_of_birth=born)
    others = [
        replace(one, state="closed", seq=2, fold=b"more", next_due=LATER, surname="OAKLEY", carers="Maud Elm"),
        *(
            replace(one, **{name: "another"})  # type: ignore[arg-type]
            for name in ("surname_key", "forename_key", "other_surnames", "upn", "house", "postcode")
        ),
        replace(one, date_of_birth=date(2016, 2, 3)),
        replace(one, date_of_birth=None),
    ]
    with register.begin() as unit:
        unit.store_case(one)
        for other in others:
            unit.store_case(other)
            assert unit.case(REF) == other
            unit.store_case(one)
            assert unit.case(REF) == one


def test_candidates_share_one_thing_that_is_known(register: Register) -> None:
    born, swapped = date(2015, 2, 3), date(2015, 3, 2)
    with register.begin() as unit:
        unit.store_case(case("name", surname_key="oakley", date_of_birth=swapped))
        unit.store_case(case("older", surname_key="oakley", date_of_birth=date(2011, 1, 1)))
        unit.store_case(case("birth", surname_key="elm", forename_key="ivan", date_of_birth=born))
        unit.store_case(case("number", upn="A999000115002"))
        unit.store_case(case("nothing"))
        unit.store_case(case("roster", kind="roster", surname_key="oakley"))
        child = Child("Oakley", "Ivo", born, "A999000115002")
        assert {row.ref for row in unit.candidates(sought(child))} == {"name", "birth", "number"}
        assert [row.ref for row in unit.candidates(sought(Child("Elm-Oakley", "Ivo")))] == ["older", "name", "birth"]
        assert unit.candidates(sought(Child())) == []


def test_of_those_born_at_about_that_time_both_names_are_alike(register: Register) -> None:
    def born_then(ref: str, surname: str, forename: str) -> CaseRow:
        return case(ref, surname_key=surname, forename_key=forename, date_of_birth=date(2015, 3, 2))

    with register.begin() as unit:
        unit.store_case(born_then("both", "oakly", "ivor"))
        unit.store_case(born_then("wrong boxes", "ivo", "oakley"))
        unit.store_case(born_then("forename", "ogden", "ivo"))
        unit.store_case(born_then("another forename", "ogden", "ivy"))
        unit.store_case(born_then("surname", "oakham", "zara"))
        unit.store_case(born_then("nobody", "elm", "zara"))
        found = unit.candidates(sought(Child("Oakley", "Ivo", date(2015, 2, 3))))
    assert {row.ref for row in found} == {"both", "wrong boxes", "forename"}


def test_a_family_is_found_by_its_home_whatever_the_birthdays(register: Register) -> None:
    home = {"house": "8quarrysteps", "postcode": "OX16 9ZZ"}
    child = Child("Oakley", "Ivo", date(2015, 2, 3), address="8 Quarry Steps, Banbury OX16 9ZZ")
    with register.begin() as unit:
        unit.store_case(case("sister", surname_key="oakley", date_of_birth=date(2008, 9, 9), **home))
        unit.store_case(case("no postcode", surname_key="oakley", date_of_birth=date(2009, 9, 9), house="8quarrysteps"))
        unit.store_case(case("neighbour", surname_key="elm", date_of_birth=date(2008, 9, 9), **home))
        other = {**home, "postcode": "OX1 1AA"}
        unit.store_case(case("elsewhere", surname_key="oakley", date_of_birth=date(2008, 9, 9), **other))
        assert {row.ref for row in unit.candidates(sought(child))} == {"sister", "no postcode"}
        bare = replace(child, address="8 Quarry Steps, Banbury")
        assert {row.ref for row in unit.candidates(sought(bare))} == {"sister", "no postcode", "elsewhere"}


def test_without_a_birthday_a_surname_need_only_begin_alike(register: Register) -> None:
    with register.begin() as unit:
        unit.store_case(case("dated", surname_key="oakley", date_of_birth=date(2011, 1, 1)))
        unit.store_case(case("undated", surname_key="oakleigh"))
        unit.store_case(case("other", surname_key="elm"))
        assert {row.ref for row in unit.candidates(sought(Child("Oaklay")))} == {"dated", "undated"}
        later = Child("Oaklay", date_of_birth=date(2001, 1, 1))
        assert {row.ref for row in unit.candidates(sought(later))} == {"undated"}


def test_a_name_may_have_a_slip_in_its_first_letters(register: Register) -> None:
    born, nearly = date(2015, 2, 3), date(2015, 2, 4)
    with register.begin() as unit:
        unit.store_case(case("both", surname_key="oakley", forename_key="barnaby", date_of_birth=born))
        unit.store_case(case("surname", surname_key="aokley", forename_key="ivo", date_of_birth=nearly))
        unit.store_case(case("half", surname_key="elmoakley", forename_key="ivo", date_of_birth=nearly))
        unit.store_case(
            case("formerly", surname_key="elm", forename_key="ivo", date_of_birth=nearly, other_surnames="x")
        )
        unit.store_case(case("forename", surname_key="oakley", forename_key="barnaby", date_of_birth=nearly))
        unit.store_case(case("nobody", surname_key="elm", forename_key="ivo", date_of_birth=nearly))
        assert {row.ref for row in unit.candidates(sought(Child("Aokley", "Abrnaby", born)))} == {"both"}
        found = {row.ref for row in unit.candidates(sought(Child("Oakley", "Ivo", born)))}
        assert found == {"both", "surname", "half", "formerly"}
        found = {row.ref for row in unit.candidates(sought(Child("Oakley", "Abrnaby", born)))}
        assert found == {"both", "forename"}


def test_a_twin_needs_no_name_like_it_but_a_surname(register: Register) -> None:
    born = date(2015, 2, 3)
    with register.begin() as unit:
        unit.store_case(case("twin", surname_key="oakley", forename_key="zara", date_of_birth=born))
        unit.store_case(case("another", surname_key="elm", forename_key="zara", date_of_birth=born))
        unit.store_case(case("younger", surname_key="oakley", forename_key="zara", date_of_birth=date(2015, 2, 4)))
        assert [row.ref for row in unit.candidates(sought(Child("Oaklye", "Ivo", born)))] == ["twin"]


def test_at_home_a_birthday_is_enough_whatever_the_names(register: Register) -> None:
    born, home = date(2015, 2, 3), "OX16 9ZZ"
    with register.begin() as unit:
        unit.store_case(case("home", surname_key="elm", forename_key="zara", date_of_birth=born, postcode=home))
        unit.store_case(case("away", surname_key="elm", forename_key="zara", date_of_birth=born, postcode="OX1 1AA"))
        assert [row.ref for row in unit.candidates(sought(Child("Oakley", "Ivo", born, postcode=home)))] == ["home"]


def test_without_a_birthday_both_names_are_alike(register: Register) -> None:
    with register.begin() as unit:
        for ref, forename in (("short", "tilly"), ("other", "ivo")):
            unit.store_case(case(ref, surname_key="oakley", forename_key=forename, date_of_birth=date(2011, 1, 1)))
        unit.store_case(case("typo", surname_key="oaklye", forename_key="matilda", date_of_birth=date(2011, 1, 1)))
        unit.store_case(case("undated", surname_key="oaklye", forename_key="tilly"))
        found = {row.ref for row in unit.candidates(sought(Child("Oakley", "Matilda")))}
        assert found == {"short", "typo", "undated"}
        unit.store_case(case("half", surname_key="elm", forename_key="tilly"))
        assert [row.ref for row in unit.candidates(sought(Child("Elm-Marlowe", "Tilly", date(2006, 5, 9))))] == ["half"]
        dated = Child("Oakley", "Matilda", date(2006, 5, 9))
        assert [row.ref for row in unit.candidates(sought(dated))] == ["undated"]


def test_candidates_are_searched_for_in_indexes_alone(register: Register) -> None:
    from bot.register.alike import _CANDIDATES, _LISTS

    known = {**dict.fromkeys((*_LISTS, "undated_begins"), '["a"]'), "undated": False, "nameless": False}
    known |= {name: name for name in ("born", "upn", "low", "high", "postcode", "house")}
    with register.begin() as unit:
        steps = [step for step in _CANDIDATES.plan(unit._connection, known) if " cases" in step]
    by_number, *others = steps
    assert by_number == "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)"
    assert len(others) == 15 and all(step.startswith("SEARCH cases USING COVERING INDEX") for step in others)
    near = [step for step in others if "LEFT-JOIN" in step]
    surname, forename = "(date_of_birth=? AND surname_key>", "(date_of_birth=? AND forename_key>"
    equal = [surname, forename, *("(surname_key=? AND forename_key>",) * 2]
    assert len(near) == 4 and all(begun in step for begun, step in zip(equal, near, strict=True))
