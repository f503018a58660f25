"""Several tables in one file: one below another, beside titles and a change of columns, and on several sheets."""

import io

import openpyxl
import pytest

from tests.published.test_check_table import as_xlsx, check

IKU = [["No", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)"], [1, "IKM", "Nilai", 80, 82, 102.5], [2, "SAKIP", "Nilai", 70, 63, 95]]  # fmt: skip
MONEY = [["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%"], [1, "A", 1000, 900, 92], [2, "B", 2000, 1900, 95], ["", "Jumlah", 3000, 2800, 93.33]]  # fmt: skip
FOUND = [
    "capaian: dicetak 95, dihitung 90,00: beda",
    "serapan: dicetak 92, dihitung 90,00: beda",
]


def as_csv(rows: list[list]) -> str:
    return "\n".join(";".join(str(cell).replace(".", ",") for cell in row) for row in rows)


def sheets(*tables: list[list]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for number, rows in enumerate(tables, 1):
        sheet = book.create_sheet(f"Tabel {number}")
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "between", [[], [[]], [[], ["Tabel 2 Realisasi Anggaran"]], [["", "Sumber: SIPD"], []]]
)
@pytest.mark.parametrize("tables", [(IKU, MONEY), (MONEY, IKU)])
def test_a_further_table_is_checked_by_its_own_headings(tmp_path, tables, between):
    first, second = tables
    for content, name in ((as_xlsx([*first, *between, *second]), "t.xlsx"), (as_csv([*first, *between, *second]), "t.csv")):  # fmt: skip
        lines = check(tmp_path, content, name)

        assert lines[-1] == "7 diperiksa, 5 sesuai, 0 pembulatan, 2 beda, 0 tidak_dapat_dihitung"
        assert all(any(said.split(" (")[0] in line for line in lines) for said in FOUND)


def test_a_further_table_of_other_years_has_headings_of_two_rows(tmp_path):
    years = [["No", "Program", "2024", "", "", "2025", "", ""], ["", "", *["Pagu", "Realisasi", "%"] * 2]]
    rows = [*IKU, ["Tabel 2"], *years, [1, "A", 1000, 900, 90, 1000, 900, 91.5]]
    lines = check(tmp_path, as_xlsx(rows), "t.xlsx")

    assert "baris 7, serapan 2025: dicetak 91,5, dihitung 90,00: beda" in lines
    assert lines[-1].startswith("4 diperiksa, 2 sesuai, 0 pembulatan, 2 beda")


def test_headings_of_two_rows_that_come_again_do_not_begin_another_table(tmp_path):
    head = [["No", "Indikator", *["2023"] * 3, *["2024"] * 3], ["", "", *["Target", "Realisasi", "%"] * 2]]
    first, second = [1, "A", 4, 3, 75, 4, 4, 100], [2, "B", 4, 4, 100, 4, 2, 50]
    lines = check(tmp_path, as_xlsx([*head, first, *head, second, ["", "Rata-rata", "", "", 87.5, "", "", 75]]), "t.xlsx")  # fmt: skip

    assert lines[-1] == "6 diperiksa, 6 sesuai, 0 pembulatan, 0 beda, 0 tidak_dapat_dihitung"


def test_every_sheet_with_percentages_is_checked_and_named(tmp_path):
    lines = check(tmp_path, sheets([["Sampul"]], IKU, [["Nama", "Target"], ["A", 5]], MONEY), "t.xlsx")

    assert "lembar “Tabel 4” baris 2, serapan: dicetak 92, dihitung 90,00: beda" in lines
    assert any(line.startswith("lembar “Tabel 2” baris 3, capaian: dicetak 95") for line in lines)
    assert lines[-1].startswith("7 diperiksa, 5 sesuai")


@pytest.mark.parametrize("content", [as_xlsx([*IKU, [], *MONEY]), sheets(IKU, MONEY), sheets(IKU, IKU)])
def test_several_tables_checked_again_change_nothing(tmp_path, content):
    first = check(tmp_path, content, "t.xlsx", "satu.csv")
    again = check(tmp_path, (tmp_path / "satu.csv").read_bytes(), "satu.csv", "dua.csv")

    assert (tmp_path / "satu.csv").read_bytes() == (tmp_path / "dua.csv").read_bytes()
    assert again[-1] == first[-1]


def test_a_heading_above_may_be_wider_than_the_last_row_of_headings(tmp_path):
    head = [["Indikator", "Pagu", "Realisasi Anggaran", "Serapan", "Kinerja"], ["Nama"]]
    lines = check(tmp_path, as_xlsx([*head, ["A", 100, 50, 55], ["B", 100, 50, 50]]), "t.xlsx")

    assert lines[-1].startswith("2 diperiksa, 1 sesuai, 0 pembulatan, 1 beda")
