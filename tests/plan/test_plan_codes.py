"""Plans whose branches are told only in part: codes as numbers or in several columns, rows per account, names from the nomenclature."""

import pytest

from measurement.models import Indicator, Pagu, PlanNode
from measurement.plan import table_import
from measurement.plan.table_import.nomenclature import full_code, name_of_code, parent_code
from tests.plan.test_plan_reading import HEADINGS, KEGIATAN, PROGRAM, SUB, kept, preview, read, workbook


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("70106", "7.01.06"),
        ("70106201", "7.01.06.2.01"),
        ("701062010001", "7.01.06.2.01.0001"),
        ("7.1.6", "7.01.06"),
        ("7.1.6.2.1.1", "7.01.06.2.01.0001"),
        ("7.01.06.2.01.01", "7.01.06.2.01.01"),
        ("S1", "S1"),
        ("X.XX.01", "X.XX.01"),
        ("2026", "2026"),
    ],
)
def test_a_code_has_its_dots_and_noughts(written, code):
    assert full_code(written) == code


def test_the_nomenclature_knows_names_and_parents():
    assert name_of_code("7.01.01").startswith("PROGRAM PENUNJANG")
    assert name_of_code("7.01.06").startswith("PROGRAM")
    assert name_of_code("9.99.99") == ""
    assert [parent_code("7.01.06.2.01.0001"), parent_code("7.01.06")] == ["7.01.06.2.01", ""]


def test_codes_as_numbers_and_with_blanks_are_read(empty, kecamatan):
    rows = [HEADINGS, [70106, *PROGRAM[1:]], [70106201, *KEGIATAN[1:]], [" 7.01.06.2.01.0001. ", *SUB[1:]]]

    assert kept(empty, kecamatan, rows) == (3, 75_000_000)
    assert PlanNode.objects.get(plan=empty, level="sub_kegiatan").parent.code == "7.01.06.2.01"


def test_pieces_of_a_code_below_a_merged_heading_are_joined(empty, kecamatan):
    rows = [
        ["Kode", "", "", "", "", *HEADINGS[1:]],
        ["7", "01", "06", "", "", *PROGRAM[1:]],
        ["7", "01", "06", "2.01", "", *KEGIATAN[1:]],
        ["7", "01", "06", "2.01", "0001", *SUB[1:]],
    ]
    book = workbook(rows)
    book.active.merge_cells("A1:E1")
    table_import.apply(empty, read(book), kecamatan.tim)

    codes = PlanNode.objects.filter(plan=empty).values_list("code", flat=True)
    assert sorted(codes) == ["7.01.06", "7.01.06.2.01", "7.01.06.2.01.0001"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_code_column_per_level_beside_one_name_column(empty, kecamatan, whole):
    kegiatan, sub = ("7.01.06.2.01", "7.01.06.2.01.0001") if whole else ("2.01", "0001")
    rows = [
        ["Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan", "Uraian", *HEADINGS[2:]],
        ["7.01.06", "", "", *PROGRAM[1:]],
        ["", kegiatan, "", *KEGIATAN[1:]],
        ["", "", sub, *SUB[1:]],
        ["", "", "", "", "Jumlah rapat", "Kali", 2, ""],
    ]

    assert kept(empty, kecamatan, rows) == (3, 75_000_000)
    assert Indicator.objects.filter(node__plan=empty, node__code="7.01.06.2.01.0001").count() == 2


def test_rows_per_account_are_summed_by_the_deepest_code(empty, kecamatan):
    headings = [
        "Tahun", "Kode Program", "Nama Program", "Kode Kegiatan", "Nama Kegiatan", "Kode Sub Kegiatan",
        "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Pagu",
    ]  # fmt: skip
    branch = ["2027", "7.01.06", "PROGRAM", "7.01.06.2.01", "Fasilitasi"]
    rows = [
        headings,
        [*branch, "7.01.06.2.01.0001", "Satu", "5.1.02.01", "ATK", "1.250.000"],
        [*branch, "7.01.06.2.01.0001", "Satu", "5.1.02.02", "Cetak", 750_000],
        [*branch, "7.01.06.2.01.0002", "Dua", "5.1.02.01", "ATK", 500_000],
        ["", "", "", "", "", "", "", "", "Total", 2_500_000],
    ]
    table_import.apply(empty, read(workbook(rows)), kecamatan.tim)

    paid = {pagu.node.code: pagu.amount for pagu in Pagu.objects.filter(node__plan=empty)}
    assert paid == {"7.01.06.2.01.0001": 2_000_000, "7.01.06.2.01.0002": 500_000}
    assert "3 baris per rekening dijumlahkan menjadi 2 sub kegiatan." in preview(empty, rows).remarks


def test_names_parents_and_units_are_found_where_a_table_has_no_columns_for_them(empty, kecamatan):
    rows = [
        ["sub_kegiatan_kode", "indikator", "target", "pagu_indikatif"],
        ["7.01.06.2.01.0001", "Jumlah", "7 dokumen", 900],
    ]

    assert kept(empty, kecamatan, rows, 2027) == (7, 900)
    node = PlanNode.objects.get(plan=empty, level="sub_kegiatan")
    assert (node.name, node.parent.parent.code) == (name_of_code("7.01.06.2.01.0001"), "7.01.06")
    assert Indicator.objects.get(node=node).measure == "dokumen"


def test_a_cascade_with_level_words_and_codes_only_at_the_bottom(empty, kecamatan):
    headings = [
        "Level",
        "Teks / Nomenklatur",
        "Indikator",
        "Satuan",
        "Tipe Target",
        "Target 2027",
        "Anggaran 2027",
        "Kode Master",
    ]
    rows = [
        headings,
        ["Tujuan", "Tata kelola", "Indeks", "Indeks", "", "0.8", "", ""],
        ["Sasaran", "Mutu layanan", "Survei", "Nilai", "Kondisi Akhir Naik", "86", "", ""],
        ["", "", "Waktu tunggu", "Menit", "Kondisi Akhir Menurun", "25", "", ""],
        ["Program", "PROGRAM PEMBINAAN", "Persentase", "%", "Kondisi Akhir Naik", "91", "", ""],
        ["Kegiatan", "Fasilitasi", "Jumlah", "Desa", "Akumulatif", "9", "", ""],
        ["Sub Kegiatan", "Penyusunan", "Dokumen", "Dokumen", "Akumulatif", "3", "5000000", "7.01.06.2.01.0001"],
    ]  # fmt: skip

    assert kept(empty, kecamatan, rows) == (3, 5_000_000)
    nodes = {
        node.code: node.parent.code if node.parent else "" for node in PlanNode.objects.filter(plan=empty)
    }
    assert nodes == {
        "S1": "",
        "7.01.06": "S1",
        "7.01.06.2.01": "7.01.06",
        "7.01.06.2.01.0001": "7.01.06.2.01",
    }
    waiting = Indicator.objects.get(node__plan=empty, name="Waktu tunggu")
    assert (waiting.method, waiting.accumulation) == ("minimum", "posisi_akhir")
    assert not table_import.preview(empty, read(workbook(rows))).new, "the same cascade again finds its codes"


def test_a_column_for_each_piece_of_a_code_has_a_heading_of_its_own(empty, kecamatan):
    rows = [
        ["Kode Urusan", "Kode Bidang Urusan", "Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan", *HEADINGS[1:]],
        ["7", "01", "06", "", "", *PROGRAM[1:]],
        ["7", "01", "06", "2.01", "", *KEGIATAN[1:]],
        ["7", "01", "06", "2.01", "0001", *SUB[1:]],
    ]  # fmt: skip

    assert kept(empty, kecamatan, rows) == (3, 75_000_000)
    codes = PlanNode.objects.filter(plan=empty).values_list("code", flat=True)
    assert sorted(codes) == ["7.01.06", "7.01.06.2.01", "7.01.06.2.01.0001"]


def test_pieces_with_names_beside_them_are_joined_too(empty, kecamatan):
    headings = ["Kode Urusan", "Kode Bidang", "Kode Program", "Nama Program", "Kode Kegiatan", "Nama Kegiatan",
                "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Indikator", "Satuan", "Target", "Pagu"]  # fmt: skip
    row = [
        "7",
        "01",
        "06",
        "PROGRAM",
        "2.01",
        "Fasilitasi",
        "0001",
        "Penyusunan",
        "Dokumen",
        "Dokumen",
        3,
        75,
    ]

    assert kept(empty, kecamatan, [headings, row], 2027) == (3, 75)
    codes = PlanNode.objects.filter(plan=empty).values_list("code", flat=True)
    assert sorted(codes) == ["7.01.06", "7.01.06.2.01", "7.01.06.2.01.0001"]


def test_the_tenth_kegiatan_as_a_number_is_not_the_first(empty, kecamatan):
    rows = [
        ["Kode", "", "", "", *HEADINGS[1:]],
        [7.01, 1, "", "", *PROGRAM[1:]],
        [7.01, 1, 2.01, "", *KEGIATAN[1:]],
        [7.01, 1, 2.1, "", *KEGIATAN[1:]],
        [7.01, 1, 2.1, 1, *SUB[1:]],
    ]

    assert kept(empty, kecamatan, rows) == (3, 75_000_000)
    assert PlanNode.objects.get(plan=empty, level="sub_kegiatan").code == "7.01.01.2.10.0001"


def test_units_behind_targets_stand_for_a_column_of_units(empty, kecamatan):
    rows = [[*row[:3], f"{row[4]} {row[3]}", row[5]] for row in (PROGRAM, KEGIATAN, SUB)]

    assert kept(empty, kecamatan, [[*HEADINGS[:3], *HEADINGS[4:]], *rows]) == (3, 75_000_000)
    assert Indicator.objects.get(node__plan=empty, node__level="sub_kegiatan").measure == "Dokumen"
