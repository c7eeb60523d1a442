"""Lists of children as files: whatever the order of the columns, their heads, the sign between them, the encoding."""

import random
import struct
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.documents.layout import Unreadable
from parsers.reading import Roster, RosterRow
from parsers.rosters.reader import read_list
from tests.documents.made import compound
from tests.rosters.made import csv_bytes, xlsx_bytes

WRITTEN = date(2014, 11, 12)
HEADS = {
    "child.surname": ["Surname", "LEGAL SURNAME", "Last name", "Pupil's Surname", "Surnmae"],
    "child.forenames": ["Forename", "First Name(s)", "Legal Forename", "Given names"],
    "child.date_of_birth": ["DOB", "Date of birth", "D.O.B", "Birth date (dd/mm/yyyy)"],
    "school.last_attended": ["School", "Base Name", "School left"],
    "attendance.last_day": ["Date left", "Leaving Date", "DOL"],
    "destination": ["Destination", "New school"],
}
CHILDREN = [
    ("Ogunbanjo", "Temi", "14/06/2003", "Larkmead Vale Primary School", "03/10/2014", ""),
    ("Łukasik-Ó Briain", "Zoë", "1 Sept 2005", "The Thornbury Free School", "10.10.2014", "Not known"),
    ("d'Abreu", "Jean-Luc", "2004-02-09", 'Our "Lady" of Grace, Primary', "10 October 2014", "Ridgeway Junior School"),
]
BORN = ["2003-06-14", "2005-09-01", "2004-02-09"]


def the(found: tuple[Roster, ...]) -> Roster:
    assert len(found) == 1
    return found[0]


def value(row: RosterRow, name: str) -> str | None:
    return row.fields[name].value


def shuffled(seed: int, title: bool) -> list[list[str]]:
    """The same children under heads of other words, in another order, with columns that mean nothing to us."""
    luck = random.Random(seed)
    columns = [(luck.choice(words), [child[at] for child in CHILDREN]) for at, words in enumerate(HEADS.values())]
    columns += [("Adviser", ["JB"] * 3), ("", ["x", "", ""])]
    luck.shuffle(columns)
    table = [[head for head, _ in columns], *(list(row) for row in zip(*(c for _, c in columns), strict=True))]
    return [["Report run 12/11/2014"], [], *table] if title else table


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.booleans(),
)  # fmt: skip
def test_any_order_any_sign_any_encoding(seed: int, sign: str, encoding: str, title: bool) -> None:
    roster = the(read_list(csv_bytes(shuffled(seed, title), sign, encoding), "report.csv", written=WRITTEN))
    assert roster.kind == "leavers"
    assert [value(r, "child.surname") for r in roster.rows] == [child[0] for child in CHILDREN]
    assert [value(r, "child.forenames") for r in roster.rows] == [child[1] for child in CHILDREN]
    assert [value(r, "child.date_of_birth") for r in roster.rows] == BORN
    assert [value(r, "attendance.last_day") for r in roster.rows] == ["2014-10-03", "2014-10-10", "2014-10-10"]
    assert all(r.usable for r in roster.rows)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "cp1250"])
def test_the_encodings_of_old_programs(encoding: str) -> None:
    names = ["Zoë", "André", "Müller"] if encoding != "cp1250" else ["Müller", "Jiří", "Łukasz"]
    rows = [["Surname", "Forename", "DOB", "Date left"], *([name, "Kit", "3/5/2003", "3/10/2014"] for name in names)]
    roster = the(read_list(csv_bytes(rows, ";", encoding), "leavers.csv", written=WRITTEN))
    assert [value(r, "child.surname") for r in roster.rows] == names


def test_a_spreadsheet_with_its_dates_as_numbers() -> None:
    rows = [
        ["Leavers without destination"],
        ["UPN", "Name", "Born", "Left on", "LA/Estab"],
        ["X931400023001", "OGUNBANJO, Temi", date(2003, 6, 14), date(2014, 10, 3), 9319007],
    ]
    roster = the(read_list(xlsx_bytes({"Sheet1": rows}), "autumn.xlsx", written=WRITTEN))
    row = roster.rows[0]
    assert roster.kind == "leavers" and row.n == 3 and row.usable
    assert (value(row, "child.surname"), value(row, "child.forenames")) == ("OGUNBANJO", "Temi")
    assert (value(row, "child.date_of_birth"), value(row, "laestab")) == ("2003-06-14", "931/9007")
    assert value(row, "attendance.last_day") == "2014-10-03"


def test_each_sheet_is_a_list_of_its_own() -> None:
    leavers = [["Surname", "Forename", "Date left"], ["Nunn", "Isla", date(2014, 10, 3)]]
    roll = [["Surname", "Forename", "DOB", "Admission date"], ["Marsh", "Kit", date(2003, 1, 9), date(2010, 9, 2)]]
    found = read_list(xlsx_bytes({"Leavers": leavers, "Notes": [["ring Jo"]], "Roll": roll}), "x.xlsx", written=WRITTEN)
    assert [(r.kind, len(r.rows)) for r in found] == [("leavers", 1), ("on-roll", 1)]


@pytest.mark.parametrize(
    ("head", "file", "kind"),
    [
        ("Surname,Forename,DOB,NHS number", "list.csv", "rising-fives"),
        ("Surname,Forename,DOB,Postcode", "Rising 5s 2014.csv", "rising-fives"),
        ("Surname,Forename,DOB,Missing since,Returned", "list.csv", "police"),
        ("Surname,Forename,DOB,School,Admission date", "list.csv", "on-roll"),
        ("Surname,Forename,DOB,School,Leaving date", "list.csv", "leavers"),
        ("Surname,Forename,DOB", "list.csv", ""),
    ],
)
def test_the_kind_is_known_by_columns_then_by_title(head: str, file: str, kind: str) -> None:
    data = f"{head}\nNunn,Isla,3/5/2010\n".encode()
    assert the(read_list(data, file, written=WRITTEN)).kind == kind


def test_the_mail_says_what_a_list_without_a_title_is() -> None:
    data = b"Surname,Forename,DOB\nNunn,Isla,3/5/2010\n"
    assert the(read_list(data, "list.csv", written=WRITTEN, hint="Pupils on roll, November")).kind == "on-roll"


def test_a_bad_row_is_its_own_problem() -> None:
    rows = [
        ["Surname", "Forename", "DOB", "Date left"],
        ["Nunn", "Isla", "31/02/2004", "3/10/2014"],
        ["", "", "3/5/2003", "3/10/2014"],
        ["Marsh", "Kit", "3/5/1961", "3/10/2014"],
        ["Marsh", "Kit", "3 May", "3/10/2014"],
        ["Vane", "Ada", "", "last week some time"],
        ["Vane", "Bea", "3/5/2003", "3/10/2014"],
    ]
    roster = the(read_list(csv_bytes(rows), "leavers.csv", written=WRITTEN))
    assert [(r.n, r.usable) for r in roster.rows] == [
        (2, False), (3, False), (4, False), (5, False), (6, True), (7, True),
    ]  # fmt: skip
    assert [bool(r.problems) for r in roster.rows] == [True, True, True, True, True, False]
    assert "31/02/2004" in roster.rows[0].problems[0].problem


def test_dates_of_an_american_program_are_not_guessed() -> None:
    rows = [
        ["Surname", "Forename", "DOB", "Date left"],
        ["Nunn", "Isla", "12/25/2003", "10/03/2014"],
        ["Marsh", "Kit", "05/03/2003", "10/31/2014"],
    ]
    roster = the(read_list(csv_bytes(rows), "leavers.csv", written=WRITTEN))
    assert not any(r.usable for r in roster.rows)


def test_what_is_passed_over_is_said() -> None:
    data = b"Surname,Forename,Date left\nNunn,Isla,3/10/2014\nSurname,Forename,Date left\n,,\nTotal: 1,,\n"
    roster = the(read_list(data, "leavers.csv", written=WRITTEN))
    assert len(roster.rows) == 1 and "Total: 1" in roster.remarks[0]


def test_columns_without_a_head_are_known_by_what_stands_in_them() -> None:
    data = b"Surname,Forename,xx,Date left\nNunn,Isla,14/06/2003,3/10/2014\nVane,Ada,2/1/2004,3/10/2014\n"
    roster = the(read_list(data, "leavers.csv", written=WRITTEN))
    assert value(roster.rows[0], "child.date_of_birth") == "2003-06-14" and "column 3" in roster.remarks[0]


def test_a_refuge_in_the_notes_protects_the_address() -> None:
    data = b"Surname,Forename,Date left,Notes\nNunn,Isla,3/10/2014,Mum and Isla are in a refuge\n"
    assert value(the(read_list(data, "leavers.csv", written=WRITTEN)).rows[0], "address.protected") == "yes"


@pytest.mark.parametrize(
    "data",
    [b"", b"hello there\n", b"PK\x03\x04 no zip at all", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", b'a,b\n"c'],
)
def test_what_is_no_list_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_list(data, "list.csv", written=WRITTEN)


def test_a_bomb_is_not_opened() -> None:
    rows = [["Surname", "Forename", "DOB"], *([["Nunn", "Isla", " " * 2000]] * 20_000)]
    with pytest.raises(Unreadable, match="not opened"):
        read_list(xlsx_bytes({"A": rows}), "list.xlsx", written=WRITTEN)


def test_a_workbook_whose_header_names_more_sectors_than_it_has_is_not_searched() -> None:
    """Sectors that lie in a ring ([MS-CFB] 2.5): whoever follows them as often as the header says, is lost."""
    data = bytearray(compound({"Workbook": b"x" * 8_000}))
    ring, tables = len(data) // 512 - 1, 20_000
    data += struct.pack("<127II", *[0] * 127, ring)
    struct.pack_into("<I", data, 0x2C, tables)
    struct.pack_into("<II", data, 0x44, ring, -(-(tables - 109) // 127))
    began = time.process_time()
    with pytest.raises(Unreadable, match="spreadsheet is damaged"):
        read_list(bytes(data), "leavers.xls", written=WRITTEN)
    assert time.process_time() - began < 1


def record(kind: int, data: bytes) -> bytes:
    """[MS-XLS] 2.1.4: its kind, its size, what it holds."""
    return struct.pack("<HH", kind, len(data)) + data


BOF = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 1996, 0x41, 6))
BOF_95 = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0x096C, 1993))
WRITE_PROTECT, EOF = record(0x0086, b""), record(0x000A, b"")
RC4 = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(range(48)))
XOR = record(0x002F, struct.pack("<HHH", 0, 0x4F2D, 0x97B1))
XOR_95 = record(0x002F, struct.pack("<HH", 0x4F2D, 0x97B1))
SCRAMBLED = record(0x0085, bytes((n * 37 + 11) % 256 for n in range(40))) + bytes((n * 91) % 256 for n in range(5000))


@pytest.mark.parametrize(
    ("stream", "start"),
    [
        ("Workbook", BOF + RC4),
        ("Workbook", BOF + WRITE_PROTECT + XOR),
        ("Book", BOF_95 + XOR_95),
        ("Book", BOF_95 + RC4),
    ],
)
def test_an_old_workbook_with_a_password_is_locked_and_not_damaged(stream: str, start: bytes) -> None:
    with pytest.raises(Unreadable, match="locked with a password"):
        read_list(compound({stream: start + SCRAMBLED}), "leavers.xls", written=WRITTEN)


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(BOF + SCRAMBLED, id="scrambled"),
        pytest.param(BOF + EOF + RC4 + bytes(5000), id="a password behind the end"),
        pytest.param(BOF + record(0x00E1, RC4) + SCRAMBLED, id="a password within another record"),
        pytest.param(record(0x0055, b"ab") + RC4 + bytes(5000), id="no beginning"),
        pytest.param(BOF + RC4[:3] + b"\xff" * 5000, id="a record that ends nowhere"),
        pytest.param(BOF[:9] + bytes(5000), id="a beginning that breaks off"),
    ],
)
def test_an_old_workbook_that_is_damaged_is_not_called_locked(stream: bytes) -> None:
    with pytest.raises(Unreadable, match=r"spreadsheet is damaged|No row of it names"):
        read_list(compound({"Workbook": stream}), "leavers.xls", written=WRITTEN)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_beat_the_reader(data: bytes) -> None:
    for head in (b"", b"Surname,Forename,DOB,Date left\n", xlsx_bytes({"A": [["Surname", "Forename"]]})[:300]):
        try:
            read_list(head + data, "list.csv", written=WRITTEN)
        except Unreadable:
            continue
