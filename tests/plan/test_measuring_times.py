"""When indicators are measured, in the plan's table: jadwal, quarters with and without targets, anggaran kas and bobot."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.models import Indicator, Pagu, PlanNode, Revision, Target
from measurement.plan import revising, table_import
from measurement.plan.revising import Basis
from tests.support.budget_changes import HEADINGS as BRANCH_HEADINGS
from tests.support.budget_changes import SECOND, plan_rows
from tests.support.characters import YEAR, cycle_at

from .test_plan_import import rows_table
from .test_plan_reading import KEGIATAN, PROGRAM, SUB, preview, read, workbook

QUARTERS = [f"TW {roman} 2027" for roman in ("I", "II", "III", "IV")]
BASIS = Basis("Perubahan anggaran tahun berjalan.", "Perbup 12 Tahun 2027", date(2026, 1, 6))
HEADINGS = [
    "Kode",
    "Program/Kegiatan/Sub Kegiatan",
    "Indikator Kinerja",
    "Satuan",
    "Target 2027",
    "Pagu 2027",
]


def table(quarters: list, schedule="", sub: list | None = None) -> list[list]:
    blank = [""] * 5
    return [
        [*HEADINGS, *QUARTERS, "Jadwal"],
        [*PROGRAM, *blank],
        [*KEGIATAN, *blank],
        [*(sub or SUB), *quarters, schedule],
    ]


def imported(plan, kecamatan, rows: list[list], basis: Basis | None = None) -> tuple[Indicator, Target]:
    table_import.apply(plan, read(workbook(rows)), kecamatan.tim, basis=basis)
    indicator = Indicator.objects.get(node__plan=plan, node__level="sub_kegiatan")
    return indicator, Target.objects.get(indicator=indicator)


def quarters_of(target: Target) -> list[Decimal | None]:
    return [target.p1, target.p2, target.p3, target.p4]


PERCENT = [*SUB[:2], "Persentase desa tertib", "%", 80, SUB[5]]


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("", ""),
        ("setiap periode", ""),
        ("Semester", "2,4"),
        ("tahunan", "4"),
        ("TW IV", "4"),
        ("TW II dan IV", "2,4"),
        ("triwulan 1, 3", "1,3"),
        ("semester (TW II dan IV)", "2,4"),
    ],
)
def test_a_schedule_is_read_as_people_write_it(empty, kecamatan, written, schedule):
    assert imported(empty, kecamatan, table([""] * 4, written))[0].schedule == schedule


def test_an_unknown_schedule_names_its_cell_and_what_to_write(empty):
    wrong = preview(empty, table([""] * 4, "kadang-kadang")).wrong

    assert [cell.cell for cell in wrong] == ["K4"]
    assert "semester, tahunan, TW IV" in wrong[0].sentence


def test_a_target_in_tw_iv_alone_is_measured_once_a_year(empty, kecamatan):
    rows = table(["", "", "", 80], sub=PERCENT)

    seen = preview(empty, rows)
    indicator, target = imported(empty, kecamatan, rows)

    assert not seen.wrong
    assert any("setahun sekali (TW IV)" in remark for remark in seen.remarks)
    assert (indicator.schedule, quarters_of(target)) == ("4", [None, None, None, 80])


def test_the_target_of_a_year_is_spread_over_the_quarters_that_are_due(empty, kecamatan):
    sub = [*SUB[:4], 13, SUB[5]]

    assert quarters_of(imported(empty, kecamatan, table([""] * 4, "semester", sub))[1]) == [None, 6, None, 7]
    assert quarters_of(imported(empty, kecamatan, table([""] * 4, "setiap periode", sub))[1]) == [3, 3, 3, 4]


def test_a_target_of_a_sum_where_it_is_not_due_is_asked_back(empty):
    wrong = preview(empty, table([1, 1, 0, 1], "semester")).wrong

    assert [cell.cell for cell in wrong] == ["G4"]
    assert "tidak diukur pada TW I" in wrong[0].sentence


def test_a_position_written_in_every_quarter_is_kept_where_it_is_due(empty, kecamatan):
    target = imported(empty, kecamatan, table([80] * 4, "tahunan", PERCENT))[1]

    assert quarters_of(target) == [None, None, None, 80]


def test_one_forgotten_quarter_is_asked_back(empty):
    assert [cell.cell for cell in preview(empty, table([1, "", 1, 1])).wrong] == ["H4"]


def test_what_is_exported_changes_nothing_when_it_comes_back(empty, kecamatan):
    imported(empty, kecamatan, with_money([10, 20, 30, 40], 2.5))
    content = table_import.plan_workbook(empty, 2027, filled=True)

    again = table_import.preview(
        empty, table_import.read_plan_table(SimpleUploadedFile("rencana.xlsx", content))
    )

    assert again.changes_nothing, (again.changed, again.wrong)


def test_a_changed_schedule_in_an_approved_year_is_a_revision(empty, kecamatan):
    imported(empty, kecamatan, table([""] * 4))
    revising.approve(empty, 2027, kecamatan.tim, "Perjanjian Kinerja 2027", date(2026, 1, 5))

    seen = preview(empty, table([""] * 4, "tahunan"))
    imported(empty, kecamatan, table([""] * 4, "tahunan"), BASIS)

    told = {change.label: (change.old, change.new) for change in seen.changed}
    assert told["jadwal"] == ("setiap periode", "setahun sekali (TW IV)")
    kept = Revision.objects.filter(plan=empty, label="jadwal pengukuran").get()
    assert (kept.year, kept.new) == (2027, "setahun sekali (TW IV)")


def with_money(cash: list, weight) -> list[list]:
    """The yearly indicator with anggaran kas and a weight."""
    head, program, kegiatan, sub = table(["", "", "", 80], sub=PERCENT)
    blank = [""] * 5
    return [
        [*head, *(f"Kas TW {roman} 2027" for roman in ("I", "II", "III", "IV")), "Bobot"],
        [*program, *blank],
        [*kegiatan, *blank],
        [*sub, *cash, weight],
    ]


def test_anggaran_kas_and_bobot_are_read_and_a_blank_changes_nothing(empty, kecamatan):
    imported(empty, kecamatan, with_money([10, 20, 30, 40], 2.5))
    imported(empty, kecamatan, with_money(["", "", "", 50], ""))

    assert Pagu.objects.get(node__plan=empty).cash == [10, 20, 30, 50]
    assert PlanNode.objects.get(plan=empty, level="sub_kegiatan").weight == Decimal("2.5")


def test_anggaran_kas_above_the_pagu_is_remarked(empty):
    remarks = preview(empty, with_money([75_000_000, 1, 0, 0], "")).remarks

    assert "Baris 4: anggaran kas 2027 berjumlah Rp75.000.001, pagu Rp75.000.000." in remarks


def test_a_bobot_that_is_no_weight_names_its_cell(empty):
    assert [cell.cell for cell in preview(empty, with_money([""] * 4, -1)).wrong] == ["P4"]


@pytest.mark.parametrize(("begun", "schedule"), [(3, ""), (1, "4")])
def test_a_new_indicator_whose_blank_quarters_are_archived_begins_after_them(kecamatan, begun, schedule):
    """A branch that comes with APBD-P; where an open quarter is blank too, it is measured once a year."""
    cycle_at(kecamatan, None, begun)
    rows = [[*row, "", "", "", ""] for row in plan_rows(kecamatan)]
    rows.append(
        [*("sub_kegiatan", SECOND, "Fasilitasi", "Jumlah fasilitasi", "Laporan", 2, 5_000_000), "", "", "", 2]
    )
    file = rows_table(rows, [*BRANCH_HEADINGS, *(f"tw{number}_{YEAR}" for number in (1, 2, 3, 4))])

    seen = table_import.preview(kecamatan.plan, file)
    table_import.apply(kecamatan.plan, file, kecamatan.tim)

    made = Indicator.objects.get(name="Jumlah fasilitasi")
    assert (made.schedule, quarters_of(made.targets.get())) == (schedule, [None, None, None, 2])
    assert ("dibaca mulai TW IV" in " ".join(seen.remarks)) is (begun == 3)
