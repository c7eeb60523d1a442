"""Zip packages: what an entry says of its size is weighed before it is unpacked."""

import zipfile

import pytest

from parsers.documents.package import swells


@pytest.mark.parametrize(
    ("size", "packed", "swelled"),
    [
        (200_000, 3, False),
        (200_001, 3, True),
        (2_000_000, 10_000, False),
        (2_000_001, 10_000, True),
        (5_000_000, 5_000_000, False),
        (5_000_001, 5_000_001, True),
    ],
)
def test_an_entry_swells_beyond_its_bound_or_two_hundred_times_its_size(size: int, packed: int, swelled: bool) -> None:
    info = zipfile.ZipInfo("word/document.xml")
    info.file_size, info.compress_size = size, packed
    assert swells(info, 5_000_000) is swelled
