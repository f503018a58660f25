"""Numbers of papers are unique and without a gap, whoever issues at the same time and whatever fails; patterns can't break that."""

import time
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from measurement.doors import workflow
from measurement.models import NumberCounter, Paper, PaperSetting, PaperSigner
from measurement.models.patterns import validate_own_pattern, validate_pattern
from measurement.papers import KINDS, issue
from measurement.papers.numbering import number_faults, printed_number, register
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import STEP_BY_KEY, Output
from tests.support.characters import cycle_at, office, open_cycle, prepare
from tests.support.database import without
from tests.support.racing import ROUNDS, alone, at_once, own_database, switch_locks_off

ORDER = STEP_BY_KEY["order"].output
EVERY_THIRD = 3


class Broken(Exception):
    """Something that goes wrong after the number was taken."""


@pytest.fixture
def race(transactional_db, tmp_path, monkeypatch):
    """Two cycles of one office. Between reading and writing the counter there is time for somebody else."""
    save = NumberCounter.save
    monkeypatch.setattr(
        NumberCounter, "save", lambda *args, **options: (time.sleep(0.002), save(*args, **options))
    )
    with own_database(tmp_path):
        yield alone(two_cycles)


def two_cycles():
    made = office()
    return made, open_cycle(made, 1), open_cycle(made, 2)


def issuing(made, cycle, fails: bool):
    """Issue one paper after the other; every third of one person fails after it took its number."""

    def job(number: int) -> int:
        with transaction.atomic():
            paper = issue(cycle, ORDER, made.camat)
            if fails and number % EVERY_THIRD == 0:
                raise Broken
        return paper.sequence

    return job


def two_issue(race) -> tuple[list, list[int]]:
    """What came of it, without what was meant to fail, and the numbers of all papers."""
    made, first, second = race
    results = [
        result
        for results in at_once(issuing(made, first, True), issuing(made, second, False))
        for result in results
    ]
    numbers = alone(lambda: sorted(Paper.objects.filter(kind=ORDER).values_list("sequence", flat=True)))
    return [result for result in results if not isinstance(result, Broken)], numbers


def test_two_who_issue_at_once_get_numbers_without_a_gap(race):
    results, numbers = two_issue(race)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert numbers == list(range(1, 2 + 2 * ROUNDS - ROUNDS // EVERY_THIRD + 1))
    assert alone(lambda: number_faults(race[0].unit)) == []


def test_without_the_lock_the_same_race_goes_wrong(race, monkeypatch):
    switch_locks_off(monkeypatch)
    results, _ = two_issue(race)
    assert any(isinstance(result, Exception) for result in results)


def test_a_step_that_fails_gives_its_number_back(kecamatan, monkeypatch):
    cycle = cycle_at(kecamatan, "recapitulate")
    prepare(kecamatan, cycle)

    def fail(*args, **options):
        raise Broken

    with monkeypatch.context() as broken:
        broken.setattr(workflow, "_leave", fail)
        with pytest.raises(Broken), transaction.atomic():
            workflow.perform(cycle, "recapitulate", kecamatan.tim)
    workflow.perform(cycle, "recapitulate", kecamatan.tim)
    assert cycle.papers.get(kind=Output.REKAP).sequence == 1
    assert number_faults(kecamatan.unit) == []


def test_every_kind_and_office_counts_for_itself(kecamatan, neighbour):
    for made in (kecamatan, neighbour):
        open_cycle(made, 1)
        open_cycle(made, 2)
    found = [(p.unit_id, p.sequence) for p in Paper.objects.filter(kind=ORDER).order_by("unit", "pk")]
    assert found == [
        (kecamatan.unit.pk, 1),
        (kecamatan.unit.pk, 2),
        (neighbour.unit.pk, 1),
        (neighbour.unit.pk, 2),
    ]


def test_a_new_year_begins_with_one(kecamatan, time_machine):
    time_machine.move_to("2026-12-31T23:59:30+07:00", tick=False)
    cycle = open_cycle(kecamatan)
    time_machine.move_to("2027-01-01T00:00:30+07:00", tick=False)
    issue(cycle, ORDER, kecamatan.camat)
    assert list(cycle.papers.values_list("year", "sequence")) == [(2026, 1), (2027, 1)]


def test_a_kind_has_its_own_pattern(kecamatan):
    PaperSetting.objects.create(
        unit=kecamatan.unit, kind=ORDER, number_pattern="{urut:03}/{unit}/{bulan}/{tahun}"
    )
    setting = PaperSetting.objects.get()
    assert printed_number(kecamatan.unit, setting, 7, date(2026, 8, 3)) == "007/416-317/VIII/2026"


def test_two_kinds_may_print_the_same_number(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    for kind in (Output.NOTULEN, Output.METODOLOGI):
        PaperSetting.objects.create(unit=kecamatan.unit, kind=kind, number_pattern="{urut}/{tahun}")
    printed = {
        issue(cycle, STEP_BY_KEY[key].output, kecamatan.tim).number
        for key in ("plan_activities", "prepare_method")
    }
    assert len(printed) == 1


def test_a_pattern_changed_in_mid_year_never_prints_a_number_twice(kecamatan):
    """After 1/2026 to 11/2026 a pattern that begins with another digit would print 11/2026 again."""
    setting = PaperSetting.objects.create(unit=kecamatan.unit, kind=ORDER, number_pattern="1{urut}/{tahun}")
    year = open_cycle(kecamatan).papers.get().year
    PaperSetting.objects.filter(pk=setting.pk).update(number_pattern="{urut}/{tahun}")
    NumberCounter.objects.filter(kind=ORDER).update(last=10)
    with pytest.raises(Incomplete, match=f"Nomor 11/{year} sudah dipakai"), transaction.atomic():
        open_cycle(kecamatan, 2)
    assert NumberCounter.objects.get(kind=ORDER).last == 10


@pytest.mark.parametrize(
    "pattern",
    [
        "{{urut}}/{{jenis}}/{{tahun}}", "{urut!s:.1}/{jenis}/{tahun}", "{urut.__class__}/{jenis}/{tahun}", "{urut:.0f}/{jenis}/{tahun}",
        "{urut:c}/{jenis}/{tahun}", "{urut:0{tahun}}/{jenis}/{tahun}", "{tahun:.2}/{urut}/{jenis}", "{urut}/{jenis}/{tahun}\n", "{urut",
        "{urut:0999999999}/{jenis}/{tahun}", "{0}/{urut}/{jenis}/{tahun}", "{urut}/{jenis}/{tahun}/" + "x" * 90, "{jenis}/{tahun}",
    ],
)  # fmt: skip
def test_a_pattern_that_could_print_one_number_twice_is_refused(pattern):
    with pytest.raises(ValidationError):
        validate_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["{urut}/{tahun}", "{urut:03d}.{bulan}/{tahun}", "{klasifikasi}/{urut:04}/{unit}/{tahun}"]
)
def test_a_pattern_of_one_kind_need_not_name_it(pattern):
    validate_own_pattern(pattern)


def test_the_longest_number_of_the_usual_pattern_fits(kecamatan):
    validate_pattern(kecamatan.unit.number_pattern)
    assert max(len(kind.code) for kind in KINDS.values()) == 3


def test_a_sound_register_has_no_faults(kecamatan):
    cycle_at(kecamatan, None)
    assert number_faults(kecamatan.unit) == []
    assert [series.kind for series in register(kecamatan.unit)] == list(KINDS)


def test_a_paper_taken_out_leaves_a_gap_that_is_named(kecamatan):
    for quarter in (1, 2, 3):
        open_cycle(kecamatan, quarter)
    without("fixed_paper_delete")
    without("fixed_papersigner_delete")
    PaperSigner.objects.filter(paper__sequence=2).delete()
    Paper.objects.filter(sequence=2).delete()
    [series] = register(kecamatan.unit)
    assert series.missing == [2]
    assert number_faults(kecamatan.unit) == [
        f"{kecamatan.unit}: Nota Dinas Perintah Pengukuran Data Kinerja tahun {series.year}: nomor urut 2 hilang."
    ]


def test_a_counter_set_back_is_noticed(kecamatan):
    open_cycle(kecamatan)
    NumberCounter.objects.update(last=0)
    assert "nomor urut 1 melampaui penghitung (0)" in number_faults(kecamatan.unit)[0]
