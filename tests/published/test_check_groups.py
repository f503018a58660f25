"""Tables whose columns come again: years, quarters or versions of the budget side by side, and headings that span rows."""

import openpyxl
import pytest

from tests.published.test_check_table import as_xlsx, check, table

TRIPLE = ["Target", "Realisasi", "Capaian (%)"]
ONE_GOOD_ONE_WRONG = [80, 82, 102.5, 81, 80, 99.99]


@pytest.mark.parametrize(
    "rows",
    [
        [["Indikator", "2024", "", "", "2025", "", ""], ["", *TRIPLE, *TRIPLE]],
        [["Capaian Kinerja Kecamatan"], ["Indikator", "Tahun 2024", "", "", "Tahun 2025", "", ""], ["", *TRIPLE, *TRIPLE]],
        [["Indikator", *(f"{name} 2024" for name in TRIPLE), *(f"{name} 2025" for name in TRIPLE)]],
        [["Indikator", "2024", "2024", "2024", "2025", "2025", "2025"], ["", *TRIPLE, *TRIPLE], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]],
        [["Indikator", *TRIPLE, *TRIPLE], ["", "2024", "2024", "2024", "2025", "2025", "2025"]],
    ],
)  # fmt: skip
def test_two_years_side_by_side_are_both_checked_and_named(tmp_path, rows):
    content = as_xlsx([*rows, ["Indeks layanan", *ONE_GOOD_ONE_WRONG]])
    lines = check(tmp_path, content, "dua.xlsx", "hasil.csv")

    assert lines[-1] == "2 diperiksa, 1 sesuai, 0 pembulatan, 1 beda, 0 tidak_dapat_dihitung"
    assert lines[0] == "Perlu dilihat: 1 beda tanpa penjelasan."
    assert any("capaian 2025: dicetak 99,99, dihitung 98,77: beda" in line for line in lines)
    assert "Capaian 2025: dicetak 99,99, dihitung 98,77: beda" in (tmp_path / "hasil.csv").read_text()


def test_years_below_each_heading_are_groups_of_years(tmp_path):
    rows = [["Indikator", "Target", "", "Realisasi", "", "Capaian", ""], ["", 2024, 2025, 2024, 2025, 2024, 2025], ["IKM", 80, 81, 82, 80, 102.5, 99.99]]  # fmt: skip

    assert any("capaian 2025: dicetak 99,99" in line for line in check(tmp_path, as_xlsx(rows), "t.xlsx"))


def test_further_groups_get_columns_with_their_year(tmp_path):
    (row,) = table(
        tmp_path,
        as_xlsx([["Indikator", *(f"{n} {y}" for y in (2024, 2025) for n in TRIPLE)], ["IKM", *ONE_GOOD_ONE_WRONG]]),
        "t.xlsx",
    )  # fmt: skip

    assert (row["capaian_computed"], row["capaian_verdict"]) == ("102,50", "sesuai")
    assert (row["capaian_computed_2025"], row["capaian_verdict_2025"]) == ("98,77", "beda")
    assert "catatan_periksa" in row


def test_a_table_of_groups_checked_again_changes_nothing(tmp_path):
    content = f"Indikator;{';'.join(f'{n} {y}' for y in (2024, 2025) for n in TRIPLE)}\nIKM;80;82;102,5;81;80;99,99\n"
    check(tmp_path, content, out="satu.csv")
    check(tmp_path, (tmp_path / "satu.csv").read_bytes(), "satu.csv", "dua.csv")

    assert (tmp_path / "satu.csv").read_bytes() == (tmp_path / "dua.csv").read_bytes()


def test_three_years_with_their_means(tmp_path):
    head = [["No", "Indikator", "2023", "", "", "2024", "", "", "2025", "", ""], ["", "", *TRIPLE * 3]]
    rows = [[1, "A", 80, 82, 102.5, 80, 80, 100, 50, 40, 80], [2, "B", 4, 3, 75, 4, 4, 100, 10, 9, 90]]
    means = ["", "Rata-rata", "", "", 88.75, "", "", 100, "", "", 88]
    lines = check(tmp_path, as_xlsx([*head, *rows, means]), "t.xlsx")

    assert lines[-1].startswith("9 diperiksa, 8 sesuai, 0 pembulatan, 1 beda")
    assert any("baris 5, capaian 2025: dicetak 88, dihitung 85,00: beda" in line for line in lines)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Murni", "Perubahan"),
        ("Triwulan I", "Triwulan II"),
        ("Semester I", "Semester II"),
        ("Kelurahan A", "Kelurahan B"),
    ],
)
def test_other_groups_are_named_by_what_stands_above(tmp_path, first, second):
    rows = [["Indikator", first, "", "", second, "", ""], ["", *TRIPLE, *TRIPLE], ["A", 10, 9, 90, 12, 9, 80]]

    assert any(
        f"capaian {second}: dicetak 80, dihitung 75,00: beda" in line
        for line in check(tmp_path, as_xlsx(rows), "t.xlsx")
    )


def test_groups_that_nothing_names_are_counted(tmp_path):
    lines = check(tmp_path, f"Indikator;{';'.join(TRIPLE * 2)}\nA;10;9;90;12;9;80\n")

    assert any("capaian kelompok 2: dicetak 80" in line for line in lines)


def test_work_and_money_below_their_headings_are_one_group(tmp_path):
    head = [["Program", "Kinerja", "", "", "Anggaran", "", ""], ["", "Target", "Realisasi", "%", "Target", "Realisasi", "%"]]  # fmt: skip
    lines = check(tmp_path, as_xlsx([*head, ["A", 4, 3, 75, 1_000_000, 900_000, 92]]), "t.xlsx")

    assert lines[-1].startswith("2 diperiksa, 1 sesuai, 0 pembulatan, 1 beda")
    assert "baris 3, serapan: dicetak 92, dihitung 90,00: beda" in lines


def test_realisasi_in_rupiah_and_in_percent(tmp_path):
    lines = check(tmp_path, "Program;Pagu;Realisasi (Rp);Realisasi (%)\nA;1000;500;55\n")

    assert "baris 2, serapan: dicetak 55, dihitung 50,00: beda" in lines


def test_one_target_for_the_realisasi_of_two_years(tmp_path):
    rows = [["Indikator", "Target", "2023", "", "2024", ""], ["", "", "Realisasi", "Capaian", "Realisasi", "Capaian"], ["A", 10, 9, 90, 8, 85]]  # fmt: skip

    assert any("capaian 2024: dicetak 85, dihitung 80,00: beda" in one for one in check(tmp_path, as_xlsx(rows), "t.xlsx"))  # fmt: skip


@pytest.mark.parametrize("heading", ["Capaian Tahun Lalu", "Capaian terhadap Target Akhir Renstra (%)", "Capaian 2023"])  # fmt: skip
def test_a_percentage_without_its_own_figures_is_counted_as_not_checked(tmp_path, heading):
    lines = check(tmp_path, f"Indikator;Target;Realisasi;Capaian;{heading}\nA;10;9;90;85\nB;10;9;90;82\n")

    assert lines[:2] == [
        "Perlu dilihat: 2 tidak diperiksa.",
        f"kolom “{heading}” tidak diperiksa: 2 angka; target dan realisasinya tidak dikenali",
    ]
    assert lines[-1].startswith("2 diperiksa, 2 sesuai")


def test_the_year_of_a_capaian_without_a_year_is_that_of_target_and_realisasi(tmp_path):
    headings = "Indikator;Realisasi 2023;Target 2024;Realisasi 2024;Capaian;Target Akhir Renstra"

    assert check(tmp_path, f"{headings}\nA;7;10;9;90;12\n")[-1].startswith("1 diperiksa, 1 sesuai")


def test_a_workbook_with_groups_keeps_its_cells(tmp_path):
    rows = [
        ["Indikator", "2024", "", "", "2025", "", ""],
        ["", *TRIPLE, *TRIPLE],
        ["IKM", *ONE_GOOD_ONE_WRONG],
    ]
    check(tmp_path, as_xlsx(rows), "t.xlsx", "h.xlsx")

    cells = [cell.value for cell in openpyxl.load_workbook(tmp_path / "h.xlsx").active[3]]
    assert cells[1:7] == ONE_GOOD_ONE_WRONG
    assert "beda" in cells


def test_work_and_money_of_two_years(tmp_path):
    names = ["Target", "Realisasi", "Capaian", "Pagu (Rp)", "Realisasi (Rp)", "Serapan (%)"]
    rows = [["Program", "2024", *[""] * 5, "2025", *[""] * 5], ["", *names, *names], ["A", 4, 3, 75, 200, 100, 50, 4, 4, 100, 200, 50, 30]]  # fmt: skip
    lines = check(tmp_path, as_xlsx(rows), "t.xlsx")

    assert "baris 3, serapan 2025: dicetak 30, dihitung 25,00: beda" in lines
    assert lines[-1].startswith("4 diperiksa, 3 sesuai")


def test_money_of_three_years(tmp_path):
    names = ";".join(f"Pagu {year};Realisasi Anggaran {year};Serapan {year}" for year in (2023, 2024, 2025))
    lines = check(
        tmp_path, f"Uraian;{names}\nA;100;50;50;100;60;60;100;70;77\nJumlah;100;50;50;100;60;60;100;70;70\n"
    )

    assert "baris 2, serapan 2025: dicetak 77, dihitung 70,00: beda" in lines
    assert lines[-1].startswith("12 diperiksa, 11 sesuai")


@pytest.mark.parametrize(
    "table_text",
    [
        "Uraian;Pagu;Realisasi Anggaran (Rp);% Realisasi Anggaran\nA;100;50;55\n",
        "Uraian;Pagu;Realisasi Anggaran;Persentase Realisasi Anggaran\nA;100;50;55\n",
        "Indikator;Target;Realisasi;Tingkat Pencapaian (%)\nA;100;50;55\n",
        "Indikator;Target;Realisasi;Prosentase Capaian\nRata-rata nilai;100;50;55\n",
        "Indikator;Target;Realisasi;%\nA;100;50;55\n",
    ],
)
def test_percentages_of_many_names_are_checked(tmp_path, table_text):
    assert "dicetak 55, dihitung 50,00: beda" in check(tmp_path, table_text)[-2]


def test_headings_of_three_rows(tmp_path):
    head = [["LAPORAN KINERJA", "", "TAHUN 2024"], ["No", "Indikator Kinerja Utama", "Satuan", "Capaian Kinerja", *[""] * 5]]  # fmt: skip
    years = [["", "", "", "2023", "", "", "2024", "", ""], ["", "", "", *["Target", "Realisasi", "%"] * 2]]
    lines = check(tmp_path, as_xlsx([*head, *years, [1, "IKM", "Nilai", *ONE_GOOD_ONE_WRONG]]), "t.xlsx")

    assert any("baris 5, capaian 2024: dicetak 99,99, dihitung 98,77: beda" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Uraian;Anggaran;Realisasi;Capaian (%)\nA;100;50;55\n", "serapan: dicetak 55, dihitung 50,00: beda"),
        ("Uraian;Anggaran Murni;Anggaran Perubahan;Realisasi;%\nA;80;100;50;55\n", "serapan: dicetak 55, dihitung 50,00"),
        ("Uraian;Anggaran Setelah Perubahan;Realisasi;Lebih/(Kurang);%\nA;100;50;50;55\n", "serapan: dicetak 55, dihitung 50,00"),
        ("Uraian;Pagu;Realisasi s.d. TW II;Serapan\nA;100;50;55\n", "serapan: dicetak 55, dihitung 50,00"),
        ("Indikator;Target;Capaian;%\nA;100;50;55\n", "capaian: dicetak 55, dihitung 50,00"),
        ("Indikator;Target (T);Realisasi (R);Capaian = R/T x 100%\nA;100;50;55\n", "capaian: dicetak 55, dihitung 50,00"),
        ("Indikator;Target PK;Realisasi s.d. TW IV;Persentase Capaian Kinerja\nA;100;50;55\n", "capaian: dicetak 55, dihitung 50,00"),
        ("Uraian;Pagu Anggaran;Realisasi Keuangan;;Realisasi Fisik\n;;Rp;%;%\nA;100;50;55;60\n", "serapan: dicetak 55, dihitung 50,00"),
    ],
)  # fmt: skip
def test_columns_as_reports_name_them(tmp_path, text, said):
    assert any(said in line for line in check(tmp_path, text))


@pytest.mark.parametrize("heading", ["Tingkat Kemajuan (%)", "%"])
def test_a_percentage_of_nothing_that_is_known_counts_as_not_checked(tmp_path, heading):
    lines = check(tmp_path, f"Indikator;{heading};Target;Realisasi;Capaian\nA;85;10;9;90\n")

    assert lines[0] == "Perlu dilihat: 1 tidak diperiksa."


def test_one_realisasi_of_money_is_counted_once(tmp_path):
    lines = check(tmp_path, "Uraian;Pagu;Realisasi;%\nA;100;50;50\nJumlah;100;50;50\n")

    assert lines == ["4 diperiksa, 4 sesuai, 0 pembulatan, 0 beda, 0 tidak_dapat_dihitung"]


def test_names_of_columns_below_merged_headings_are_no_data(tmp_path):
    head = [["Kode", "Uraian", "Capaian", "", "Pagu", "Realisasi", "Serapan"], ["", "", "Capaian", "Dihitung", "", "", ""]]  # fmt: skip
    row = ["7.01.02", "Program", "–", "0 dari 1", 100, 50, 50]

    assert check(tmp_path, as_xlsx([*head, row]), "t.xlsx")[-1].startswith("1 diperiksa, 1 sesuai")
