"""What `check` says of a pack without walking it: each fault with its file and line."""

from pathlib import Path

import pytest

from bot.inspecting.checking import check_all
from bot.inspecting.finding import Finding
from bot.running.startup import office_of
from tests.bot.packs import county_with, office_with

RULE = '[[rule]]\nid = "x.rule"\ncite = "9.9"\n'
TELLS = 'tell = "school"\nwording = "ack"\n'
ASKS = (
    f'{RULE}when = "child.returned"\nask = "x-question"\nof = "school"\n'
    '[question.x-question]\ncite = "9.9"\ndue = "1 day"\n'
)
ANSWERS = '[question.x-question.answer]\n"x.yes" = {}\n'
ROLE = "[role.admissions]\n"
ECHO = '[[rule]]\nid = "x.first"\ncite = "9"\nwhen = "query"\nrecord = "x.echo"\nonce = true\n'


def tells(when: str, more: str = "") -> str:
    return f"{RULE}when = {when}\n{more}\n{TELLS}"


def tells_on(pathway: str, more: str = "") -> str:
    return tells('"query"', more).replace("[[rule]]", f"[[pathway.{pathway}.rule]]")


def findings(folder: Path, rules: str = "", wording: str = "") -> list[Finding]:
    return [
        f for f in check_all(office_with(folder, rules, wording)) if f.where.startswith(("ours/", "rule", "question"))
    ]


@pytest.mark.parametrize(
    ("rules", "line", "told"),
    [
        (tells('"moon.full"'), 4, "can never be set off: nothing brings about moon.full"),
        (tells('{ closed = "moon" }'), 4, "nothing brings about closed:moon"),
        (tells('{ event = "pathway.opened", pathway = "moon" }'), 4, "{pathway = moon}"),
        (tells_on("moon"), 4, "no rule opens the pathway moon"),
        (tells('"query"', "in_force = { from = 2024-01-02, until = 2024-01-01 }"), 4, "is never in force"),
        (f'{RULE}when = "query"\nask = "roll-date"\nof = "tracking-officer"\n', 4, "removal-backdated forbids it"),
        (tells('"query"', 'if = { risk = "dire" }'), 4, "compares risk with 'dire'"),
        (tells('"query"', 'if = { concern = "yes" }'), 4, "concern with 'yes': it is true or false"),
        (tells_on("hub", 'if = { pathway = "tracking" }'), 4, "its `if` wants another"),
        (tells('"query"', 'unless = ["moon.full"]'), 4, "`unless` waits for 'moon.full'"),
        (tells('"query"', 'after = "2 days from moon"'), 4, "`after` counts from 'moon'"),
        (tells('"query"').replace('"school"', '"astronomer"'), 4, "writes to 'astronomer', which is no role"),
        (f'{RULE}when = "query"\nask = "moon"\nof = "school"\n', 4, "asks 'moon', which is no question"),
        (tells('"query"').replace('"ack"', '"moon"'), 4, "there is no wording 'moon'"),
        (f"{ASKS}{ANSWERS}", 9, "x.yes has no consequence"),
        (f"{ASKS}passes = false\n", 9, "nothing says what silence means"),
        (f'{ASKS}on_silence = {{ event = "x.silent" }}\n', 9, "silence counts as x.silent, and nothing follows"),
        (ASKS, 9, "nobody can answer it, for it has no answers"),
        (f'{ASKS}unclear = "astronomer"\n', 9, "what is unclear goes to 'astronomer', which is no role"),
        (f'events = ["x.yes"]\n{ASKS}{ANSWERS}', 10, "says.toml does not say what people write"),
        (f'{ROLE}then = "hub-manager"\n[role.hub-manager]\nthen = "admissions"\n', 3, "goes round in a circle"),
        (f'{ROLE}then = "astronomer"\n', 3, "the next to be asked is 'astronomer'"),
        (f'{ROLE}chase = {{ every = "1 day", times = 3 }}\n', 3, "the chain ends with admissions"),
        (f'{ROLE}then = "ehe"\nchase = {{ every = "0 days", times = 3 }}\n', 3, "chased without a pause"),
        (f'{ROLE}then = "ehe"\nchase = {{ every = "1 day", times = 900 }}\n', 3, "chased 900 times"),
        (f'{RULE}when = "x.echo"\nrecord = "x.echo"\n{ECHO}', 4, "sets itself off without a pause"),
    ],
)  # fmt: skip
def test_what_is_not_sound_is_told_with_its_place(tmp_path: Path, rules: str, line: int, told: str) -> None:
    found = findings(tmp_path, rules)
    assert any(told in f.problem and f.where == f"ours/pack.toml:{line}" for f in found), found


def test_a_wording_that_is_missing_for_a_part_of_the_time(tmp_path: Path) -> None:
    words = '[[wording.x-late]]\nfrom = 2020-01-01\nsubject = "Late"\nsay = "It is late."\n'
    rule = f'{RULE}when = "query"\ntell = "school"\nwording = "x-late"\n'
    assert "there is no wording 'x-late' on 2013-09-01" in findings(tmp_path, rule, words)[0].problem


def test_a_rule_that_begins_later_needs_its_words_only_then(tmp_path: Path) -> None:
    words = '[[wording.x-late]]\nfrom = 2020-01-01\nsubject = "Late"\nsay = "It is late."\n'
    rule = f'{RULE}when = "query"\ntell = "school"\nwording = "x-late"\nin_force = {{ from = 2020-01-01 }}\n'
    assert findings(tmp_path, rule, words) == []


def test_our_pack_has_nothing_to_mend(tmp_path: Path) -> None:
    assert [f for f in check_all(office_with(tmp_path)) if f.level == "error"] == []


def test_what_nobody_has_found_a_source_for_waits_for_the_council(tmp_path: Path) -> None:
    config = county_with(tmp_path)
    before = [f for f in check_all(office_of(config)) if f.level == "unverified"]
    assert any("health-body" in f.problem and "tracking.enquiries" in f.problem for f in before)
    assert all(f.where.startswith("england/unverified.toml:") for f in before)
    signed = config.parent / "directory" / "signed-off.csv"
    signed.write_text("fact,by,on\nhealth-body,J. Okonjo,2026-11-20\nmoon,J. Okonjo,2026-11-20\n", "utf-8")
    after = check_all(office_of(config))
    assert len([f for f in after if f.level == "unverified"]) == len(before) - 1
    assert any("no unverified fact of that name" in f.problem for f in after)
