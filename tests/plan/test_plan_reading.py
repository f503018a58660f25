"""Plans as offices write them: numbers with units, percentages, money in thousands, codes in several columns, rows per account."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.models import Indicator, Pagu, PlanNode, Target
from measurement.plan import table_import
from measurement.plan.table_import.nomenclature import full_code, name_of_code, parent_code
from tests.spreadsheets.test_table_reading import saved

HEADINGS = [
    "Kode",
    "Program/Kegiatan/Sub Kegiatan",
    "Indikator Kinerja",
    "Satuan",
    "Target 2027",
    "Pagu 2027",
]
PROGRAM = ["7.01.06", "PROGRAM PEMBINAAN", "Persentase desa tertib", "%", 90, ""]
KEGIATAN = ["7.01.06.2.01", "Fasilitasi", "Jumlah desa", "Desa", 9, ""]
SUB = ["7.01.06.2.01.0001", "Fasilitasi Penyusunan", "Jumlah dokumen", "Dokumen", 3, 75_000_000]


def workbook(
    rows: list[list], formats: dict[str, str] | None = None, title: str = "Sheet"
) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for address, number_format in (formats or {}).items():
        book.active[address].number_format = number_format
    return book


def read(book: openpyxl.Workbook):
    return table_import.read_plan_table(SimpleUploadedFile("rencana.xlsx", saved(book)))


def preview(plan, rows: list[list], year: int | None = None, **formats):
    return table_import.preview(plan, read(workbook(rows, formats)), year)


def with_cell(column: int, value, measure: str | None = None) -> list[list]:
    sub = [*SUB]
    sub[column] = value
    sub[3] = measure or sub[3]
    return [HEADINGS, PROGRAM, KEGIATAN, sub]


def kept(plan, kecamatan, rows: list[list], year: int | None = None, **formats) -> tuple[Decimal, Decimal]:
    """Target and pagu of the sub kegiatan after the import."""
    table_import.apply(plan, read(workbook(rows, formats)), kecamatan.tim, year)
    target = Target.objects.filter(indicator__node__plan=plan, indicator__node__level="sub_kegiatan").first()
    pagu = Pagu.objects.filter(node__plan=plan).first()
    return target.annual if target else Decimal(0), pagu.amount if pagu else Decimal(0)


@pytest.mark.parametrize(
    ("written", "measure", "target"),
    [
        ("100%", "%", 100),
        ("97,5 %", "%", "97.5"),
        ("17 Dokumen", "Dokumen", 17),
        ("17 dok", "Dokumen", 17),
        ("\u00a017\u00a0", "Dokumen", 17),
        ("17.", "Dokumen", 17),
        ("17 (tujuh belas) Dokumen", "Dokumen", 17),
        ("−5", "Nilai", -5),
        ("88,25 (A)", "Nilai", "88.25"),
        ("0.7", "Indeks", "0.7"),
    ],
)
def test_a_target_as_people_write_it_is_read(empty, kecamatan, written, measure, target):
    assert kept(empty, kecamatan, with_cell(4, written, measure))[0] == Decimal(target)


@pytest.mark.parametrize(
    "written",
    ["Rp 75.000.000", "Rp. 75.000.000,-", "75.000.000,00", "Rp75.000.000.", "75 000 000", 75_000_000],
)
def test_money_as_people_write_it_is_read(empty, kecamatan, written):
    assert kept(empty, kecamatan, with_cell(5, written))[1] == 75_000_000


@pytest.mark.parametrize(
    ("column", "written", "measure", "words"),
    [
        (5, "500,000", None, "Rp500.000 atau Rp500"),
        (5, "75,000,000", None, "75.000.000"),
        (4, "1,157", "Dokumen", "1157 atau 1,157"),
        (4, "1.157", "%", "1157 atau 1,157"),
        (4, "1,157", "Indeks", "1157 atau 1,157"),
        (4, 0.95, "%", "0,95 % atau 95 %"),
        (4, "0,95", "Persen", "0,95 % atau 95 %"),
        (4, "17%", "Dokumen", "bukan angka"),
    ],
)
def test_what_has_two_readings_is_asked(empty, column, written, measure, words):
    seen = preview(empty, with_cell(column, written, measure))

    assert [wrong.cell for wrong in seen.wrong] == [f"{'ABCDEF'[column]}4"]
    assert words in seen.wrong[0].sentence


def test_a_unit_that_does_not_agree_is_read_with_a_remark(empty):
    seen = preview(empty, with_cell(4, "17 Laporan"))

    assert not seen.wrong
    assert any("bersatuan “Laporan”, sedangkan satuannya Dokumen" in remark for remark in seen.remarks)


def test_one_beside_fractions_is_asked_too(empty):
    rows = [[*HEADINGS, "Target 2028"], *([*row, 1] for row in (PROGRAM, KEGIATAN, SUB))]
    rows[1][4] = 0.9

    assert [wrong.cell for wrong in preview(empty, rows).wrong] == ["E2", "G2"]


@pytest.mark.parametrize(
    ("value", "number_format", "target"),
    [(88, '0"%"', 88), (88, "0\\%", 88), (0.88, "0%", 88), (0.4, '0.0"%"', "0.4"), (0.004, "0.0%", "0.4")],
)
def test_a_percent_sign_of_the_format_is_the_answer(empty, kecamatan, value, number_format, target):
    found = kept(empty, kecamatan, with_cell(4, value, "%"), E4=number_format)

    assert found[0] == Decimal(target)


@pytest.mark.parametrize(
    ("title", "heading", "factor"),
    [
        ("(dalam ribuan rupiah)", "Pagu 2027", 1000),
        ("Pagu dalam jutaan rupiah", "Pagu 2027", 1_000_000),
        ("(Rp. 000)", "Pagu 2027", 1000),
        ("", "Pagu 2027 (Rp. 000)", 1000),
        ("", "Pagu 2027 (dalam ribuan)", 1000),
        ("", "Pagu 2027 (Rp juta)", 1_000_000),
        ("Tahun 2027", "Pagu 2027 (Rp)", 1),
    ],
)
def test_money_in_thousands_is_multiplied_and_said(empty, kecamatan, title, heading, factor):
    sub = [*SUB[:5], "75"]
    rows = [["RENCANA KERJA"], [title], [*HEADINGS[:5], heading], PROGRAM, KEGIATAN, sub]

    said = [remark for remark in preview(empty, rows).remarks if "dikalikan" in remark]

    assert bool(said) == (factor > 1)
    assert kept(empty, kecamatan, rows) == (3, 75 * factor)


def test_thousands_with_decimals_are_whole_rupiah(empty, kecamatan):
    rows = [["(dalam ribuan rupiah)"], HEADINGS, PROGRAM, KEGIATAN, [*SUB[:5], "194.281,4"]]

    assert kept(empty, kecamatan, rows)[1] == 194_281_400


def test_the_sheet_with_the_headings_is_read_and_hidden_rows_are_said(empty):
    book = workbook([["Petunjuk pengisian"], ["kode", "lihat lembar lain", "x", "y"]], title="Petunjuk")
    sheet = book.create_sheet("Renja")
    for row in [HEADINGS, PROGRAM, KEGIATAN, SUB]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True

    seen = table_import.preview(empty, read(book))

    assert (seen.wrong, seen.counts["new"]) == ([], 3)
    assert seen.remarks[:3] == [
        "Yang dibaca lembar “Renja”.",
        "Baris yang tersembunyi ikut dibaca: 3.",
        "Kolom yang tersembunyi ikut dibaca: D.",
    ]


# Codes


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


def test_headings_in_two_rows_blank_lines_and_totals(empty, kecamatan):
    rows = [
        ["RENCANA KERJA TAHUN 2027"],
        [],
        ["Kode", "Uraian", "Indikator", "Satuan", "Tahun 2027", ""],
        ["", "", "", "", "Target", "Pagu (Rp)"],
        ["1", "2", "3", "4", "5", "6 = 5 x 1"],
        PROGRAM,
        [],
        KEGIATAN,
        [*SUB[:1], f"{SUB[1]}  ", *SUB[2:]],
        ["", "JUMLAH", "", "", "", 75_000_000],
    ]

    assert kept(empty, kecamatan, rows) == (3, 75_000_000)


def test_an_export_with_a_fraction_of_a_percentage_comes_back_unchanged(empty, kecamatan):
    table_import.apply(empty, read(workbook(with_cell(4, "0,5%", "%"))), kecamatan.tim)
    content = table_import.plan_workbook(empty, 2027, True)

    again = table_import.preview(
        empty, table_import.read_plan_table(SimpleUploadedFile("a.xlsx", io.BytesIO(content).read()))
    )

    assert (again.wrong, again.changed) == ([], [])
