"""Plans as offices write them: numbers with units, percentages, money in thousands, hidden rows; codes are in test_plan_codes."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.models import Pagu, Target
from measurement.plan import table_import
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
        ("Sangat Baik (88,25)", "Nilai", "88.25"),
        ("0.7", "Indeks", "0.7"),
    ],
)
def test_a_target_as_people_write_it_is_read(empty, kecamatan, written, measure, target):
    assert kept(empty, kecamatan, with_cell(4, written, measure))[0] == Decimal(target)


@pytest.mark.parametrize(
    "written",
    [
        "75.000.000 (tujuh puluh lima juta rupiah)",
        "Rp 75.000.000",
        "Rp. 75.000.000,-",
        "75.000.000,00",
        "Rp75.000.000.",
        "75 000 000",
        75_000_000,
    ],
)
def test_money_as_people_write_it_is_read(empty, kecamatan, written):
    assert kept(empty, kecamatan, with_cell(5, written))[1] == 75_000_000


@pytest.mark.parametrize(
    ("column", "written", "measure", "words"),
    [
        (5, "500,000", None, "Rp500.000 atau Rp500"),
        (5, "75,000,000", None, "75.000.000"),
        (5, "DAK (500.000)", None, "Tulis 500.000."),
        (5, "(75.000.000)", None, "tidak negatif"),
        (4, "1,157", "Dokumen", "1157 atau 1,157"),
        (4, "1.157", "%", "1157 atau 1,157"),
        (4, "1,157", "Indeks", "1157 atau 1,157"),
        (4, 0.95, "%", "0,95 % atau 95 %"),
        (4, "0,95", "Persen", "0,95 % atau 95 %"),
        (4, "17%", "Dokumen", "bukan angka"),
        (4, "100.000", "%", "tulis 100000 atau 100."),
        (4, "3,250", "Indeks", "3250 atau 3,25"),
        (
            4,
            datetime(2026, 8, 7, tzinfo=UTC).replace(tzinfo=None),
            "Hari",
            "format selnya menjadi Teks, lalu tulis lagi, misalnya 7–8",
        ),
        (4, "7-Agu", "Hari", "format selnya menjadi Teks"),
        (4, "WTP", "Opini", "tulis predikat pada kolom arah dan skalanya pada kolom skala_skor"),
        (4, "Ya", "Kegiatan", "Tulis ya_tidak pada kolom arah"),
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
    [
        (0.88, '[>1]0"%";0%', 88),
        (88, '[>1]0"%";0%', 88),
        (1, "[<=1]0%;0\\%", 100),
        (88, '0"%"', 88),
        (88, "0\\%", 88),
        (0.88, "0%", 88),
        (0.4, '0.0"%"', "0.4"),
        (0.004, "0.0%", "0.4"),
    ],
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


@pytest.mark.parametrize(
    ("above", "below", "note", "factor"),
    [
        ("", "(Rp. 000)", "", 1000),
        ("", "(Juta Rp)", "", 1_000_000),
        ("(Dalam Rp. 1.000,-)", "", "", 1000),
        ("(dlm ribu Rp)", "", "", 1000),
        ("(000 rupiah)", "", "", 1000),
        ("", "", "*) dalam ribuan rupiah", 1000),
        ("Batas (Rp1.000.000)", "", "", 1),
        ("", "(Rp)", "", 1),
    ],
)
def test_money_in_thousands_is_noticed_wherever_a_table_says_it(empty, kecamatan, above, below, note, factor):
    scales = [["", "", "", "", "(%)", below]] if below else []
    rows = [["RENCANA"], [above], HEADINGS, *scales, PROGRAM, KEGIATAN, [*SUB[:5], "75"], [note]]

    assert kept(empty, kecamatan, rows) == (3, 75 * factor)


def test_a_percentage_is_no_money(empty):
    assert [wrong.cell for wrong in preview(empty, with_cell(5, 0.75), F4="0%").wrong] == ["F4"]
