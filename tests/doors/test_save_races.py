"""One person saves the same rows from two tabs at the same moment: no value is written over one that its tab did not know."""

import time
from types import SimpleNamespace

import pytest

from measurement.doors import measuring
from measurement.models import WorksheetRow, conditional_update
from measurement.models.conditional_update import SheetChange
from tests.support.characters import cycle_at, office
from tests.support.racing import ROUNDS, alone, at_once, own_database

VERSION = "AND {table}.version = given.seen"


@pytest.fixture
def race(transactional_db, tmp_path):
    with own_database(tmp_path):
        yield alone(world)


def world() -> SimpleNamespace:
    made = office()
    return SimpleNamespace(made=made, cycle=cycle_at(made, "measure"))


def own_rows(race) -> list[WorksheetRow]:
    return list(race.cycle.rows.filter(owner=race.made.asn))


def counting(race):
    """Count one more in all own rows; between looking and writing there is time for somebody else."""

    def job(number: int) -> list[int]:
        rows = own_rows(race)
        time.sleep(0.002)
        changes = [SheetChange(row.pk, row.version, {"realised": (row.realised or 0) + 1}) for row in rows]
        return measuring.save_while_typing(race.cycle.pk, race.made.asn, changes, []).done

    return job


def lost(race) -> int:
    """How many of the writes that were told to be done are not in the counts."""
    results = sum(at_once(counting(race), counting(race)), [])
    assert not [result for result in results if isinstance(result, Exception)]
    told, rows = sum(map(len, results)), alone(lambda: own_rows(race))
    assert told >= ROUNDS * len(rows)
    return told - int(sum(row.realised for row in rows))


def test_nothing_that_was_told_to_be_saved_is_lost(race):
    assert lost(race) == 0


def test_without_the_version_the_same_race_goes_wrong(race, monkeypatch):
    assert VERSION in conditional_update.STATEMENT
    monkeypatch.setattr(conditional_update, "STATEMENT", conditional_update.STATEMENT.replace(VERSION, ""))
    assert lost(race) > 0
