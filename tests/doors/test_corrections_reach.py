"""A correction of an archived period goes on into the cycles after it: taken over by those under way, told on those that are archived."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring, withdrawing, workflow
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.models import CorrectionEffect, MeasurementCycle, PlanNode
from measurement.record.audit import trail_faults
from measurement.rules.numbers import show_percent
from measurement.rules.refusals import Incomplete
from tests.support.budget_changes import SUB, measure
from tests.support.characters import Office, fresh, open_cycle, row_values, walk
from tests.support.pages import logged_in, words


def shares(cycle: MeasurementCycle) -> set[str]:
    return {show_percent(figures.capaian.value) for figures in calculate(fresh(cycle)).rows.values()}


def fill_with(made: Office, cycle: MeasurementCycle, realised: int) -> None:
    rows = measuring.movable(cycle, "save", made.asn)
    changes = [SheetChange(row.pk, row.version, row_values(realised)) for row in rows]
    money = [
        SheetChange(node.pk, node.version, {"spent": Decimal(1)})
        for node in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, changes, money)
    measuring.send(cycle.pk, made.asn)


@pytest.fixture
def second(kecamatan) -> MeasurementCycle:
    """TW II measured and waiting for the recap, after an archived TW I."""
    measure(kecamatan, 1, spent={SUB: 1_000_000})
    return measure(kecamatan, 2, until="recapitulate", spent={SUB: 1_000_000})


def test_a_correction_reaches_the_cycle_under_way(kecamatan, second):
    assert shares(second) == {"100,00 %"}

    measure(kecamatan, 1, realised=1, spent={SUB: 2_000_000})

    assert shares(second) == {"66,67 %"}
    assert calculate(fresh(second)).office.spent_to_date == 3_000_000
    assert second.nodes.get(code=SUB).spent_earlier == ["2000000"]


def test_it_leaves_a_trail_and_makes_open_pages_stale(kecamatan, second):
    seen = fresh(second).version

    correction = measure(kecamatan, 1, realised=1)

    entry = second.audit.get(action="correction_taken_over")
    assert (entry.data["correction"], len(entry.data["changes"])) == (correction.pk, 2)
    assert (entry.actor, trail_faults(fresh(second))) == (kecamatan.tim, [])
    assert fresh(second).version == seen + 1


def test_its_pages_say_so(kecamatan, second):
    measure(kecamatan, 1, realised=1)
    client = logged_in(kecamatan.tim)
    for url in (
        reverse("cycle", args=[second.pk]),
        reverse("worksheet", args=[second.pk]),
        reverse("step", args=[second.pk, 7]),
    ):
        assert "dihitung lagi menurut koreksi Pengukuran TW I 2026" in words(client.get(url)), url


def test_its_report_says_so(kecamatan, second):
    measure(kecamatan, 1, realised=1)
    archived = walk(kecamatan, fresh(second))
    report = archived.valid_report
    assert "dihitung lagi menurut koreksi Pengukuran TW I 2026" in str(report.content)


def test_pagu_is_checked_anew(kecamatan, second):
    measure(kecamatan, 1, spent={SUB: 9_500_000})
    at_decision = walk(kecamatan, fresh(second), "approve")
    with pytest.raises(Incomplete, match="7.01.02.2.01.0001 melebihi pagu tanpa alasan"):
        workflow.perform(at_decision, "approve", kecamatan.sekcam)


def test_an_archived_cycle_is_named_as_to_be_corrected(kecamatan):
    measure(kecamatan, 1)
    second = measure(kecamatan, 2)

    correction = measure(kecamatan, 1, realised=1)

    assert shares(second) == {"100,00 %"}
    client = logged_in(kecamatan.tim)
    assert "Pengukuran TW II 2026 perlu dikoreksi" in words(
        client.get(reverse("cycle", args=[correction.pk]))
    )
    assert "perlu dikoreksi" in words(client.get(reverse("cycle", args=[second.pk])))
    assert "Perlu dikoreksi" in words(client.get(reverse("archive")))
    assert "Mintakan koreksi" in words(client.get(reverse("inbox")))


def test_its_own_correction_settles_it(kecamatan):
    measure(kecamatan, 1)
    measure(kecamatan, 2)
    measure(kecamatan, 1, realised=1)

    again = measure(kecamatan, 2)

    assert shares(again) == {"66,67 %"}
    assert not CorrectionEffect.objects.still_to_correct().exists()
    assert "Mintakan koreksi" not in words(logged_in(kecamatan.tim).get(reverse("inbox")))


def test_a_correction_that_changes_no_figure_reaches_nothing(kecamatan, second):
    measure(kecamatan, 1, spent={SUB: 1_000_000})
    assert not CorrectionEffect.objects.exists()
    assert not second.audit.filter(action="correction_taken_over").exists()


def test_only_the_last_correction_of_a_period_goes_on(kecamatan, second):
    measure(kecamatan, 1, realised=1)
    measure(kecamatan, 1, realised=2)
    assert shares(second) == {"83,33 %"}


def test_it_reaches_the_year_after(kecamatan):
    kecamatan.plan.end_year = 2027
    kecamatan.plan.save()
    for quarter in (1, 2, 3, 4):
        measure(kecamatan, quarter)
    first_of_next = next_year(kecamatan)

    measure(kecamatan, 4, realised=1, spent={SUB: 3_000_000})

    row = first_of_next.rows.first()
    assert Decimal(row.years_before["2026"]) == 10
    assert first_of_next.nodes.get(code=SUB).spent_years == {"2026": "6000000"}


def next_year(made) -> MeasurementCycle:
    for indicator in made.plan.nodes.get(code=SUB).indicators.all():
        indicator.targets.create(year=2027, annual=12, p1=3, p2=3, p3=3, p4=3)
    PlanNode.objects.get(code=SUB, plan=made.plan).pagu.create(year=2027, amount=1_000_000)
    cycle = workflow.open_cycle(made.unit, made.plan, 2027, 1, made.camat, "Laksanakan pengukuran kinerja.")
    return walk(made, cycle, "measure")


def test_a_correction_and_the_present_quarter_run_beside_each_other(kecamatan):
    """The present one reckons with the archive until the correction is archived, and with the correction from then on."""
    measure(kecamatan, 1)
    correction = walk(kecamatan, open_cycle(kecamatan, 1), "measure")

    second = measure(kecamatan, 2, until="approve")

    assert shares(second) == {"100,00 %"}
    fill_with(kecamatan, correction, realised=1)
    walk(kecamatan, fresh(correction))
    assert shares(fresh(second)) == {"66,67 %"}


def test_the_present_quarter_may_be_archived_first_and_is_named_as_to_be_corrected(kecamatan):
    measure(kecamatan, 1)
    correction = walk(kecamatan, open_cycle(kecamatan, 1), "measure")
    second = measure(kecamatan, 2)
    fill_with(kecamatan, correction, realised=1)
    walk(kecamatan, fresh(correction))
    assert [effect.cycle for effect in CorrectionEffect.objects.still_to_correct()] == [second]


def test_a_withdrawn_correction_reaches_nothing_and_the_question_stays(kecamatan):
    measure(kecamatan, 1)
    second = measure(kecamatan, 2)
    measure(kecamatan, 1, realised=1)
    begun = open_cycle(kecamatan, 2)
    assert "Mintakan koreksi" not in words(logged_in(kecamatan.tim).get(reverse("inbox")))

    withdrawing.withdraw_order(begun.pk, kecamatan.camat, "Koreksinya belum diperlukan.")

    assert "Mintakan koreksi" in words(logged_in(kecamatan.tim).get(reverse("inbox")))
    assert shares(second) == {"100,00 %"}
