"""Pagu murni where a year was approved only after its first quarters were archived."""

from datetime import date

from django.utils import timezone

from measurement.figures.calculation import calculate
from measurement.models import Pagu, PlanApproval
from measurement.plan import table_import
from measurement.plan.revising import Basis
from tests.plan.test_plan_import import rows_table
from tests.support.budget_changes import HEADINGS, measure, plan_rows
from tests.support.characters import YEAR, fresh


def test_a_change_before_the_approval_is_known_by_the_first_archived_cycle(kecamatan):
    measure(kecamatan, 1)
    Pagu.objects.filter(node=kecamatan.sub).update(amount=12_000_000)
    PlanApproval.objects.create(
        plan=kecamatan.plan, year=YEAR, document="DPA 1", dated=date(YEAR, 1, 5), recorded_by=kecamatan.tim,
        recorded_at=timezone.now(),
    )  # fmt: skip
    rows = [[*row[:-1], row[-1] and 15_000_000] for row in plan_rows(kecamatan)]
    basis = Basis("Perubahan anggaran tahun ini.", "Perda APBD-P", date(YEAR, 7, 1))
    table_import.apply(kecamatan.plan, rows_table(rows, HEADINGS), kecamatan.tim, basis=basis)

    office = calculate(fresh(measure(kecamatan, 2))).office

    assert (office.pagu, office.pagu_first) == (15_000_000, 10_000_000)
