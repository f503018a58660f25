"""Two withdraw one paper at the same moment, or one issues while another enters numbers used elsewhere: nothing is lost or given twice."""

import time
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from measurement.doors import voiding
from measurement.models import Appointment, NumberCounter, Person, VoidNumber
from measurement.papers import issue
from measurement.papers.numbering import number_faults
from measurement.record import audit
from measurement.rules.refusals import NotAtThisStep, Stale
from measurement.rules.sop import STEP_BY_KEY, Role
from tests.support.characters import office, open_cycle, person
from tests.support.racing import ROUNDS, alone, at_once, own_database, switch_locks_off

ORDER = STEP_BY_KEY["order"]
REASON = "Nama penanda tangan keliru."


def world() -> SimpleNamespace:
    """An office in which a Plh. acts beside the Camat, and its order."""
    made = office()
    cycle = open_cycle(made)
    acting = person("plh", made.unit)
    Appointment.objects.create(
        person=acting, unit=made.unit, role=Role.CAMAT, kind="plh", title="Camat", starts=timezone.localdate()
    )
    return SimpleNamespace(made=made, cycle=cycle, acting=Person.objects.get(username="plh"))


@pytest.fixture
def race(transactional_db, tmp_path, monkeypatch):
    """Between looking and writing there is time for somebody else."""
    check = voiding._check_reason
    monkeypatch.setattr(voiding, "_check_reason", lambda *args: (time.sleep(0.002), check(*args)))
    with own_database(tmp_path):
        yield alone(world)


def withdrawing(race, actor):
    """Withdraw the paper that stands now and issue it again."""

    def job(number: int):
        paper = race.cycle.papers.filter(kind=ORDER.output).last()
        return voiding.void(paper, actor, REASON, again=True)

    return job


def skipping(race):
    """Enter one number that was used elsewhere, as seen just now."""

    def job(number: int):
        seen = NumberCounter.objects.get(kind=ORDER.output).last
        return voiding.skip(race.made.unit, ORDER.output, seen + 1, seen, race.made.tim, REASON)

    return job


def issuing(race):
    def job(number: int):
        with transaction.atomic():
            return issue(race.cycle, ORDER.output, race.made.camat)

    return job


def both_withdraw(race) -> list[str]:
    """What went wrong where two withdraw the same papers."""
    results = sum(at_once(withdrawing(race, race.made.camat), withdrawing(race, race.acting)), [])
    done = [result for result in results if not isinstance(result, Exception)]
    wrong = [
        repr(result)
        for result in results
        if isinstance(result, Exception) and not isinstance(result, NotAtThisStep)
    ]
    if len(done) < ROUNDS or alone(VoidNumber.objects.count) != len(done):
        wrong.append(f"{len(done)} withdrawals")
    return wrong + alone(lambda: number_faults(race.made.unit) + audit.trail_faults(race.cycle))


def one_issues_one_skips(race) -> list[str]:
    """What went wrong where numbers are entered while papers are issued."""
    results = sum(at_once(issuing(race), skipping(race)), [])
    wrong = [
        repr(result) for result in results if isinstance(result, Exception) and not isinstance(result, Stale)
    ]
    return wrong + alone(lambda: number_faults(race.made.unit))


@pytest.mark.parametrize("run", [both_withdraw, one_issues_one_skips])
def test_the_lock_keeps_the_register_sound(race, run):
    assert run(race) == []


@pytest.mark.parametrize("run", [both_withdraw, one_issues_one_skips])
def test_without_the_lock_the_same_race_goes_wrong(race, run, monkeypatch):
    switch_locks_off(monkeypatch)
    assert run(race) != []
