from __future__ import annotations

from pathlib import Path

import pytest

from bot.register.errors import RegisterError
from bot.register.register import Register
from tests.register.rows import case, event, letter, mail

REF, OTHER = "CME-2026-00001", "CME-2026-00002"
NAME = "Quillfeather"


def test_an_erased_case_leaves_no_name_in_the_file(register: Register, path: Path) -> None:
    with register.begin() as unit:
        for _ in range(2):
            unit.new_reference(2026)
        own = unit.add_mail(mail("one", subject=NAME))
        shared = unit.add_mail(mail("two"))
        unit.append(REF, [event(1, mail=own, values={"surname": NAME}), event(2, mail=shared)])
        unit.append(OTHER, [event(1, mail=shared)])
        unit.store_case(case(REF, surname=NAME))
        unit.store_case(case(OTHER))
        unit.queue(letter("k", subject=NAME))
    register.erase(REF)
    with register.read() as past:
        assert past.history(REF) == ()
        assert [row.ref for row in past.cases()] == [OTHER]
        assert past.outbox_of(REF) == []
        assert past.raw_mail(own) == b""
        assert past.raw_mail(shared) == b"two"
        assert past.mail_by_identity("one") is not None
    for file in path.parent.iterdir():
        assert NAME.encode() not in file.read_bytes(), file
    with register.begin() as unit:
        assert unit.new_reference(2026) == "CME-2026-00003"


def test_afterwards_history_stands_again(register: Register) -> None:
    with register.begin() as unit:
        unit.append(REF, [event(1)])
    register.erase(REF)
    with register.begin() as unit:
        unit.append(REF, [event(1)])
    with pytest.raises(Exception, match="never deleted"), register.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM event")


def test_a_copy_is_a_register(register: Register, tmp_path: Path) -> None:
    with register.begin() as unit:
        unit.store_case(case(REF))
    copy = tmp_path / "copy.db"
    register.copy_to(copy)
    with Register.open(copy) as reader, reader.read() as past:
        assert [row.ref for row in past.cases()] == [REF]
    with pytest.raises(RegisterError, match="already"):
        register.copy_to(copy)
