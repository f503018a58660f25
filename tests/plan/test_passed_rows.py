"""Rows of a plan's table that are no branch: headings once more, subtotals, accounts."""

import pytest

from measurement.models import Pagu, PlanNode
from measurement.plan import table_import
from tests.plan.test_plan_import import rows_table

LIST = ["Kode", "Uraian", "Indikator", "Satuan", "Target TA 2026", "Pagu T.A. 2026"]
BRANCHES = [
    ["7.01.06", "PROGRAM", "Persentase", "%", 90, ""],
    ["7.01.06.2.01", "Fasilitasi", "Jumlah desa", "Desa", 9, ""],
    ["7.01.06.2.01.0001", "Penyusunan", "Jumlah dokumen", "Dokumen", 3, 75],
]


@pytest.mark.parametrize(
    "between",
    [
        LIST,
        ["Sub Total", "", "", "", "", 75],
        ["Subtotal", "", "", "", "", 75],
        ["5.1.02", "Belanja Barang dan Jasa", "", "", "", 75],
        ["5.1.02.01.01.0024", "Belanja Alat Tulis Kantor", "", "", "", 25],
    ],
)
def test_rows_that_are_no_branch_are_passed_over(empty, kecamatan, between):
    seen = table_import.apply(empty, rows_table([*BRANCHES, between], LIST), kecamatan.tim)

    assert seen.wrong == []
    codes = PlanNode.objects.filter(plan=empty).values_list("code", flat=True)
    assert sorted(codes) == [row[0] for row in BRANCHES]
    assert Pagu.objects.get(node__plan=empty).amount == 75
