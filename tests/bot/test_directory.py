"""Who is who, and whose postcode it is."""

from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.council.directory import Directory, load_directory
from bot.council.directory_rows import BadDirectory
from rules import Party


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    folder = tmp_path_factory.mktemp("county") / "s"
    write_sandbox(folder)
    return load_directory(folder / "directory")


def test_anyone_at_a_schools_domain_writes_for_that_school(directory: Directory) -> None:
    person = directory.who_is("head@ridgeway.example")
    assert person and (person.role, person.which, person.officer) == ("school", "931/9006", False)


def test_a_stranger_is_nobody(directory: Directory) -> None:
    assert directory.who_is("dad@webmail.example") is None
    assert directory.who_is("someone@council.example") is None


@pytest.mark.parametrize(
    ("party", "address"),
    [
        (Party("hub-manager", "north"), "hub.manager.north@council.example"),
        (Party("housing", "vale"), "enquiries@housing-vale.example"),
        (Party("other-authority", "leicester"), "cme@leicester.example"),
        (Party("school", "931/9005"), "office@olog.example"),
        (Party("tracking-officer", "deputy"), "deputy.tracking.officer@council.example"),
        (Party("assessment-teams", "city"), "assessment.teams@council.example"),
        (Party("hub-worker", "hub.worker2.south"), "hub.worker2.south@council.example"),
    ],
)
def test_a_role_is_held_by(directory: Directory, party: Party, address: str) -> None:
    holder = directory.holder(party)
    assert holder and holder.address == address


def test_a_role_that_nobody_holds(directory: Directory) -> None:
    assert directory.holder(Party("housing", "")) is None
    assert directory.holder(Party("hub-worker", "Mr Nobody")) is None


@pytest.mark.parametrize("name", ["ridgeway junior school", "Ridgeway Junior", "931-9006", "9319006"])
def test_a_school_is_known_as_people_write_it(directory: Directory, name: str) -> None:
    school = directory.school(name)
    assert school and school.name == "Ridgeway Junior School"


def test_a_postcode_lies_somewhere(directory: Directory) -> None:
    here, there = directory.area("1 Elm Row, Didcot OX11 7AA"), directory.area("9 Sea Road, Leicester LE2 1AA")
    assert here and (here.district, here.hub) == ("vale", "south")
    assert there and there.authority == "leicester"
    assert directory.area("Gdansk, Poland") is None


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    write_sandbox(tmp_path / "s")
    people = tmp_path / "s" / "directory" / "people.csv"
    people.write_text(people.read_text("utf-8").replace("deputy", "stand-in", 1), "utf-8")
    with pytest.raises(BadDirectory, match=r"people.csv, line 1: the column 'deputy' is missing"):
        load_directory(tmp_path / "s" / "directory")
