"""The layouts in which people have their plan: our template, the Renstra table with headings in several rows, and the export of SIPD."""

import pytest

from measurement.models import Indicator, Pagu, Plan, PlanNode, Target
from measurement.plan import table_import
from measurement.plan.table_import.heading_keys import heading_key
from tests.plan.test_plan_import import HEADINGS, PUBLISHED, rows_table, tree
from tests.spreadsheets.test_table_reading import as_xlsx, table
from tests.support.characters import Office

SIPD = ["Kode Urusan", "Urusan", "Kode Program", "Program", "Kode Kegiatan", "Kegiatan", "Kode Sub Kegiatan", "Sub Kegiatan",
        "Kinerja", "Indikator", "Satuan", "Target", "Pagu Validasi"]  # fmt: skip
PROGRAM, KEGIATAN = ["7.01.02", "PROGRAM"], ["7.01.02.2.01", "Koordinasi"]


def sipd_row(sub: int, indicator: str = "Jumlah Laporan", pagu: int | str = 1000, above: bool = True) -> list:
    ancestors = [*PROGRAM, *KEGIATAN] if above else [""] * 4
    named = [f"7.01.02.2.01.{sub:04}", f"Sub {sub}"] if sub else ["", ""]
    return [
        "7.01",
        "KECAMATAN",
        *ancestors,
        *named,
        "Terlaksananya",
        indicator,
        "Laporan" if indicator else "",
        4 if indicator else "",
        pagu,
    ]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Target 2026", "target_2026"),
        ("2026 Pagu (Rp)", "pagu_2026"),
        ("Target Tahun 2027", "target_2027"),
        ("TW III 2026", "tw3_2026"),
        ("Baseline Tahun 2024", "baseline"),
        ("Nama Sub Kegiatan", "sub_kegiatan.name"),
        ("Indikator Program", "program.indicator"),
        ("Pagu Validasi", "pagu"),
        ("Bidang Urusan/Program/Outcome/Kegiatan/Subkegiatan/Output", "name"),
        ("Indikator Outcome/Output", "indicator"),
        ("Keterangan", ""),
    ],
)
def test_headings_in_use_are_known(heading, key):
    assert heading_key(heading) == key


def test_layout_is_named(empty):
    layouts = [
        table_import.preview(empty, found).layout
        for found in (rows_table(tree(1)), table(PUBLISHED), rows_table([sipd_row(1)], SIPD))
    ]  # fmt: skip

    assert layouts == ["templat aplikasi ini", "tabel Renstra (Tabel 4.3)", "sub kegiatan SIPD"]


def test_sipd_rows_become_a_tree_whose_branches_need_no_indicator(empty, kecamatan):
    done = table_import.apply(empty, rows_table([sipd_row(1), sipd_row(2)], SIPD), kecamatan.tim, 2026)

    sub = PlanNode.objects.get(plan=empty, code="7.01.02.2.01.0002")
    assert (sub.parent.code, sub.parent.parent.code, sub.outcome) == (
        "7.01.02.2.01",
        "7.01.02",
        "Terlaksananya",
    )
    assert [named.code for named in done.branches] == ["7.01.02", "7.01.02.2.01"]
    assert Target.objects.get(indicator__node=sub).annual == 4
    assert sum(Pagu.objects.filter(node__plan=empty, year=2026).values_list("amount", flat=True)) == 2000


def test_sipd_without_a_year_asks_for_it(empty):
    wrong = table_import.preview(empty, rows_table([sipd_row(1)], SIPD)).wrong

    assert [(cell.cell, cell.value) for cell in wrong] == [("L1", "Target")]
    assert "Pilih tahunnya" in wrong[0].sentence


def test_sipd_year_stands_in_its_own_column(empty):
    preview = table_import.preview(empty, rows_table([["2027", *sipd_row(1)]], ["Tahun", *SIPD]), 2026)

    assert (preview.wrong, preview.years) == ([], [2027])


def test_sipd_of_a_year_outside_the_plan_is_refused(empty):
    wrong = table_import.preview(empty, rows_table([["2031", *sipd_row(1)]], ["Tahun", *SIPD])).wrong

    assert [cell.sentence for cell in wrong] == ["Tahun 2031 tidak termasuk rencana 2025–2030."]


def test_sipd_with_two_years_is_refused(empty):
    preview = table_import.preview(
        empty, rows_table([["2027", *sipd_row(1)], ["2028", *sipd_row(2)]], ["Tahun", *SIPD])
    )

    assert [cell.cell for cell in preview.wrong] == ["A1"]


def test_sipd_wrong_cell_is_that_of_the_file(empty):
    rows = [sipd_row(1), sipd_row(2)]
    rows[0][4], rows[1][7], rows[1][11] = "x" * 31, "", "banyak"

    preview = table_import.preview(empty, rows_table(rows, SIPD), 2026)

    assert {cell.cell for cell in preview.wrong} >= {"E2", "H3", "L3"}


def test_merged_cells_hold_for_the_rows_below(empty, kecamatan):
    rows = [sipd_row(1), sipd_row(0, "Jumlah Dokumen", "", above=False), sipd_row(2, above=False)]

    table_import.apply(empty, rows_table(rows, SIPD), kecamatan.tim, 2026)

    found = (
        Indicator.objects.filter(node__plan=empty)
        .order_by("pk")
        .values_list("node__code", "name", "node__parent__code")
    )
    assert list(found) == [
        ("7.01.02.2.01.0001", "Jumlah Laporan", "7.01.02.2.01"),
        ("7.01.02.2.01.0001", "Jumlah Dokumen", "7.01.02.2.01"),
        ("7.01.02.2.01.0002", "Jumlah Laporan", "7.01.02.2.01"),
    ]


def test_pagu_below_a_merged_cell_is_not_taken_for_that_of_the_row_above(empty):
    preview = table_import.preview(
        empty, rows_table([sipd_row(1), sipd_row(0, "", 500, above=False)], SIPD), 2026
    )

    assert [cell.cell for cell in preview.wrong] == ["G3", "H3"]


def test_total_row_of_an_export_is_passed_over(empty):
    preview = table_import.preview(empty, rows_table([sipd_row(1), ["TOTAL", *[""] * 11, 1000]], SIPD), 2026)

    assert preview.wrong == []
    assert "Baris jumlah atau urusan dilewati: 3." in preview.remarks


def test_sub_kegiatan_without_indicator_needs_pagu(empty):
    preview = table_import.preview(empty, rows_table([sipd_row(1, ""), sipd_row(2, "", "")], SIPD), 2026)

    assert [(cell.cell, cell.sentence) for cell in preview.wrong] == [
        ("J3", "Sub kegiatan tanpa indikator harus memiliki pagu.")
    ]


def test_sipd_leaves_what_it_cannot_hold(empty, kecamatan):
    table_import.apply(empty, rows_table(tree(2)), kecamatan.tim)

    done = table_import.apply(empty, rows_table([sipd_row(1, "Jumlah laporan 1")], SIPD), kecamatan.tim, 2026)

    assert [gone.name for gone in done.gone] == ["Jumlah laporan 2"]
    assert list(PlanNode.objects.filter(plan=empty).values_list("code", flat=True))[:3] == [
        "7.01.02",
        "7.01.02.2.01",
        "7.01.02.2.01.0001",
    ]


def test_indicator_with_a_target_in_another_year_stays(empty, kecamatan):
    years = [[*row, row[5]] for row in tree(2)]
    table_import.apply(empty, rows_table(years, [*HEADINGS, "target_2027"]), kecamatan.tim)

    done = table_import.apply(empty, rows_table(tree(1)), kecamatan.tim)

    assert done.gone == []
    assert (
        "1 indikator tidak ada di berkas, tetapi punya target pada tahun lain; tidak diubah." in done.remarks
    )


RENSTRA = [
    ["Tabel 4.3"],
    ["Rencana Program, Kegiatan, dan Pagu Indikatif"],
    [
        "PROGRAM/KEGIATAN/SUB KEGIATAN",
        "INDIKATOR OUTCOME/OUTPUT",
        "SATUAN",
        "TARGET DAN PAGU INDIKATIF TAHUN",
        "",
        "",
        "",
    ],
    ["", "", "", 2026, "", 2027, ""],
    ["", "", "", "TARGET", "PAGU", "TARGET", "PAGU"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["7.01 - KECAMATAN", "", "", "", "", "", ""],
    ["7.01.02 - PROGRAM PENYELENGGARAAN", "Persentase", "%", 90, 1000, 95, 2000],
    ["7.01.02.2.01 Koordinasi", "Jumlah dokumen", "Dokumen", 1, 1000, 1, 2000],
    ["7.01.02.2.01.0001 Sinergi", "Jumlah laporan", "Laporan", 4, 1000, 4, 2000],
    ["", "Jumlah rapat", "Kali", 12, "", 12, ""],
]


def test_renstra_with_titles_and_three_rows_of_headings(empty, kecamatan):
    done = table_import.apply(empty, table(as_xlsx(RENSTRA), "renstra.xlsx"), kecamatan.tim)

    assert (done.wrong, done.years, done.layout) == ([], [2026, 2027], "tabel Renstra (Tabel 4.3)")
    assert [(named.row, named.code) for named in done.new][-2:] == [
        (10, "7.01.02.2.01.0001"),
        (11, "7.01.02.2.01.0001"),
    ]
    assert PlanNode.objects.get(plan=empty, code="7.01.02").name == "PROGRAM PENYELENGGARAAN"
    assert done.remarks == ["Baris jumlah atau urusan dilewati: 7."]


def test_wrong_cell_below_titles_has_its_own_address(empty):
    rows = [*RENSTRA[:-1], ["", "Jumlah rapat", "Kali", "banyak", "", 12, ""]]

    assert [
        cell.cell for cell in table_import.preview(empty, table(as_xlsx(rows), "renstra.xlsx")).wrong
    ] == ["D11"]


def test_delimiter_is_found_below_a_title():
    assert table("Rencana, tahun 2026\nkode;nama;satuan\n1;2;3\n").headers[0] == "Rencana, tahun 2026"


def test_predicate_target_is_written_as_its_word(empty: Plan, kecamatan: Office):
    headings = [*HEADINGS, "arah", "skala_skor"]
    rows = [[*tree(0)[0], "predikat", "AA=7, A=6, BB=5, B=4"]]
    rows[0][5] = "bb"

    table_import.apply(empty, rows_table(rows, headings), kecamatan.tim)
    rows[0][5], rows[0][8] = "A", ""
    table_import.apply(empty, rows_table(rows, headings), kecamatan.tim)

    target = Target.objects.get(indicator__node__plan=empty)
    assert (target.annual, target.indicator.score_scale) == (6, "AA=7, A=6, BB=5, B=4")


@pytest.mark.parametrize(
    ("method", "scale", "cell"),
    [("predikat", "AA tujuh", "I2"), ("maksimum", "AA=7", "I2"), ("predikat", "A=6", "F2")],
)
def test_wrong_scale_or_word_is_said(empty, method, scale, cell):
    rows = [[*tree(0)[0], method, scale]]
    rows[0][5] = 7 if cell != "F2" else "BB"

    assert cell in [
        wrong.cell
        for wrong in table_import.preview(empty, rows_table(rows, [*HEADINGS, "arah", "skala_skor"])).wrong
    ]


def test_branch_that_rises_leaves_its_old_parent(empty, kecamatan):
    def with_branch(level: str, parent: str):
        return rows_table(
            [*([*row, ""] for row in tree(0)), [level, "9.01", "Lain", "Jumlah", "Dokumen", 1, "", parent]],
            [*HEADINGS, "induk"],
        )

    table_import.apply(empty, with_branch("kegiatan", "7.01.02"), kecamatan.tim)
    table_import.apply(empty, with_branch("program", ""), kecamatan.tim)

    assert PlanNode.objects.get(plan=empty, code="9.01").parent is None


def test_a_title_above_the_headings_does_not_hide_the_layout(empty):
    rows = [["Laporan Sub Kegiatan SIPD", *[""] * 12], [""] * 13, SIPD, sipd_row(1)]
    preview = table_import.preview(empty, table(as_xlsx(rows), "sipd.xlsx"), 2026)
    assert preview.layout == "sub kegiatan SIPD"
    assert [named.code for named in preview.new] == ["7.01.02.2.01.0001"]


def test_a_file_with_some_sub_kegiatan_leaves_the_pagu_of_the_others(empty, kecamatan):
    years = [[*row, 8] for row in tree(3)]
    table_import.apply(empty, rows_table(years, [*HEADINGS, "target_2027"]), kecamatan.tim)
    done = table_import.apply(
        empty, rows_table([sipd_row(1, "Jumlah laporan 1", 500)], SIPD), kecamatan.tim, 2026
    )
    assert done.pagu == {2026: 2500}
    assert Pagu.objects.filter(node__plan=empty, year=2026).count() == 3
