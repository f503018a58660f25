"""Everything moves to another database and back, and is the same; with PostgreSQL where the tests run on it, otherwise from file to file."""

import pytest
from django.db import connection

from tests.support.installations import spare_installation

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """SQLite, the kind of database that the tests run on, and SQLite again."""
    folder = tmp_path_factory.mktemp("move")
    with (
        spare_installation(folder / "first", "sqlite") as first,
        spare_installation(folder / "second", connection.vendor) as second,
        spare_installation(folder / "third", "sqlite") as third,
    ):
        yield first.filled(), second, third


def digests(said: str) -> list[str]:
    return [line for line in said.splitlines() if "_" in line and len(line.split()) == 3]


def test_there_and_back_everything_is_equal_and_sound(three):
    first, second, third = three
    there = first.manage("move_database", first.address, second.address, "--no-verify")
    back = first.manage("move_database", second.address, third.address)
    assert digests(there) == digests(back)
    assert len(digests(there)) > 50
    assert "1 siklus" in back
    assert "belum terpasang" not in first.manage("check", "--database", "default")


def test_a_database_with_content_is_no_target(three):
    first, second, third = three
    assert "tujuan harus kosong" in first.refused("move_database", third.address, first.address)
