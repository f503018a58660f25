"""Everything moves to another database and back, and is the same; with PostgreSQL where the tests run on it, otherwise from file to file."""

import pytest

from tests.support.installations import spare_installation

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def three(home, tmp_path_factory, django_db_blocker):
    """The kind of database that the tests run on, SQLite without any table, and the first kind again."""
    folder = tmp_path_factory.mktemp("move")
    with (
        django_db_blocker.unblock(),
        spare_installation(folder / "second", "sqlite") as second,
        spare_installation(folder / "third", migrated=True) as third,
    ):
        yield home, second, third


def digests(said: str) -> list[str]:
    return [line for line in said.splitlines() if "_" in line and len(line.split()) == 3]


def test_there_and_back_everything_is_equal_and_sound(three):
    first, second, third = three
    there = first.manage("move_database", first.address, second.address, "--no-verify")
    back = first.manage("move_database", second.address, third.address)
    assert digests(there) == digests(back)
    assert len(digests(there)) > 50
    assert "2 siklus" in back
    assert "belum terpasang" not in first.manage("check", "--database", "default")


def test_a_database_with_content_is_no_target(three):
    first, second, third = three
    assert "tujuan harus kosong" in first.refused("move_database", third.address, first.address)
