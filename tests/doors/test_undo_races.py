"""Somebody takes back an act at the very moment at which another acts on it, or presses the button twice: one of the two wins, and the trail is sound."""

import time
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import pytest

from measurement.doors import measuring, undoing
from measurement.models import Person, WorksheetRow
from measurement.record import audit
from measurement.rules.refusals import NotAtThisStep, Stale
from measurement.rules.sop import Role, RowState
from tests.support.characters import cycle_at, office, person
from tests.support.racing import ROUNDS, alone, at_once, own_database, switch_locks_off, switch_versions_off

pytestmark = pytest.mark.long
REASON = "Bukti tidak terbaca."


def world() -> SimpleNamespace:
    """An evaluation with two members of the team."""
    made = office()
    cycle = cycle_at(made, "evaluate")
    person("rekan", made.unit, Role.TIM_SAKIP)
    return SimpleNamespace(made=made, cycle=cycle, colleague=Person.objects.get(username="rekan"))


@pytest.fixture
def race(transactional_db, tmp_path, monkeypatch):
    """Between looking and writing there is time for somebody else."""
    for module, name in ((undoing, "_still_stands"), (measuring, "is_said")):
        check = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args, check=check: (time.sleep(0.002), check(*args))[1])
    with own_database(tmp_path):
        yield alone(world)


def accepted(race) -> tuple[WorksheetRow, int]:
    """A row that was accepted just now, and the act."""
    race.cycle.rows.filter(pk=race.cycle.rows.first().pk).update(state=RowState.TERKIRIM)
    row = race.cycle.rows.first()
    measuring.accept(race.cycle.pk, race.made.tim, {row.pk: row.version})
    return race.cycle.rows.first(), race.cycle.audit.filter(action="row_accept").latest("sequence").pk


def raced(race, *jobs) -> Iterator[list]:
    """What came of the jobs, round by round, each on a row accepted anew."""
    for _ in range(ROUNDS):
        row, act = alone(lambda: accepted(race))
        results = at_once(*(partial(_on, job, row, act) for job in jobs), rounds=1)
        state = alone(lambda pk=row.pk: WorksheetRow.objects.get(pk=pk).state)
        yield [state, *(result for [result] in results)]


def _on(job, row: WorksheetRow, act: int, number: int):
    return job(row, act)


def one_undoes_one_returns(race) -> Iterator:
    """What went wrong where a colleague returns the row that is being taken back."""
    cycle, tim = race.cycle, race.made.tim
    rounds = raced(
        race,
        lambda row, act: undoing.undo(cycle.pk, tim, act),
        lambda row, act: measuring.give_back(cycle.pk, race.colleague, row.pk, row.version, REASON),
    )
    yield from (each for each in rounds if not _one_won(*each))
    yield from alone(lambda: audit.trail_faults(cycle))


def _one_won(state: str, undone, returned) -> bool:
    if isinstance(undone, NotAtThisStep):
        return returned is None and state == RowState.DIKEMBALIKAN
    return not isinstance(undone, Exception) and isinstance(returned, Stale | NotAtThisStep)


def pressed_twice(race) -> Iterator:
    """What went wrong where the same undo is asked for twice at once."""
    cycle, tim = race.cycle, race.made.tim
    rounds = raced(race, *[lambda row, act: undoing.undo(cycle.pk, tim, act)] * 2)
    yield from (
        each
        for each in rounds
        if any(isinstance(one, Exception) for one in each) or {each[1].again, each[2].again} != {True, False}
    )
    yield from alone(lambda: audit.trail_faults(cycle))


@pytest.mark.parametrize("run", [one_undoes_one_returns, pressed_twice])
def test_one_of_two_wins(race, run):
    assert list(run(race)) == []


@pytest.mark.parametrize("run", [one_undoes_one_returns, pressed_twice])
def test_without_lock_and_versions_the_same_race_goes_wrong(race, run, monkeypatch):
    """The version of a row alone is enough on PostgreSQL, so it is switched off as well. The first wrong round says it."""
    switch_locks_off(monkeypatch)
    switch_versions_off(monkeypatch)
    assert next(run(race), None) is not None
