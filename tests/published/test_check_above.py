"""Rows that are sums or means of the rows above, held against them."""

import pytest

from tests.published.test_check_table import check

MONEY = "Uraian;Pagu (Rp);Realisasi (Rp);Serapan (%)\nA;1000;900;90\nB;3000;1500;50\n"
WORK = "No;Indikator;Target;Realisasi;Capaian\n1;A;4;3;75\n2;B;2;2;100\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Jumlah;4000;2400;60", ""),
        ("JUMLAH TOTAL;4000;2400;60", ""),
        ("Total Anggaran;4100;2400;58,54", "jumlah pagu: dicetak 4100, dihitung 4000,00: beda (selisih 100 dari baris di atasnya)"),
        ("Jumlah;4000;2400;70", "dicetak 70, dihitung 60,00: beda (cocok dengan rata-rata serapan = 70,00; serapan induk"),
        ("Jumlah;;;60", ""),
        ("Jumlah;;;62", "dicetak 62, dihitung 60,00: beda"),
        ("Rata-rata;;;70", ""),
        ("Rata-rata;;;60", "jumlah realisasi ÷ jumlah pagu"),
        ("Rata-rata;;;65", "dicetak 65, dihitung 70,00: beda"),
    ],
)  # fmt: skip
def test_sums_of_money_and_their_serapan(tmp_path, row, said):
    lines = check(tmp_path, f"{MONEY}{row}\n")

    assert any(said in line for line in lines)
    assert said or " 0 beda, 0 tidak" in lines[-1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Rata-rata;;;87,5", ""),
        (";Rata-rata Capaian Kinerja (%);;;87,5", ""),
        ("Rata-rata capaian kinerja s.d. Triwulan IV 2025;;;;87,50", ""),
        (";Rerata;;;90", "dicetak 90, dihitung 87,50: beda"),
        (";Jumlah;6;5;83,33", ""),
        (";Jumlah;6;5;87,5", ""),
        (";Jumlah;;;175", "jumlah persentase"),
        (";Jumlah;7;5;71,43", "jumlah target: dicetak 7, dihitung 6,00: beda"),
        (";Jumlah/Rata-rata;6;5;87,5", ""),
    ],
)
def test_sums_and_means_of_capaian(tmp_path, row, said):
    lines = check(tmp_path, f"{WORK}{row}\n")

    assert any(said in line for line in lines)
    assert said or " 0 beda, 0 tidak" in lines[-1]


def test_an_indicator_that_is_called_a_sum_is_no_sum(tmp_path):
    lines = check(tmp_path, f"{WORK}3;Jumlah kegiatan;10;5;50\n;Jumlah dokumen perencanaan;10;4;40\n")

    assert lines[-1].startswith("4 diperiksa, 4 sesuai")


def test_sums_in_between_and_the_sum_of_all(tmp_path):
    rows = "Uraian;Pagu;Realisasi Anggaran;Serapan\nA;100;50;50\nB;100;100;100\nJumlah I;200;150;75\nC;300;150;50\nJumlah II;300;150;50\nTotal;500;300;60\n"

    assert check(tmp_path, rows)[-1].startswith("12 diperiksa, 12 sesuai")


def test_parents_are_not_added_to_their_children(tmp_path):
    rows = (
        "Kode;Uraian;Pagu;Realisasi Anggaran;Serapan\n7.01.02;Program;300;150;50\n7.01.02.2.01;Kegiatan;300;150;50\n7.01.02.2.01.0001;Sub;100;50;50\n"
        "7.01.02.2.01.0002;Sub;200;100;50\n7.01.03;Program;100;100;100\nJumlah;;400;250;62,5\n"
    )

    assert check(tmp_path, rows)[-1].startswith("8 diperiksa, 8 sesuai")


def test_blanks_that_count_as_nought_and_caps_explain_a_mean(tmp_path):
    rows = "Indikator;Target;Realisasi;Capaian\nA;4;3;75\nB;0;0;-\nC;1;2;200\n"
    nought = check(tmp_path, f"{rows}Rata-rata;;;91,67\n")
    capped = check(tmp_path, f"{rows}Rata-rata;;;97,5\n")

    assert any("baris kosong sebagai 0 = 91,67" in line for line in nought)
    assert any("dibatasi 120 per baris = 97,50" in line for line in capped)


def test_a_mean_of_printed_figures_says_so(tmp_path):
    lines = check(tmp_path, "Indikator;Target;Realisasi;Capaian\nA;90;86;95\nB;90;88;97\nRata-rata;;;96\n")

    assert any("rata-rata dari angka yang dicetak" in line for line in lines)


def test_a_sum_with_nothing_above_is_not_checked(tmp_path):
    lines = check(tmp_path, "Uraian;Pagu;Realisasi Anggaran;Serapan\nJumlah;;;60\nA;100;60;60\n")

    assert lines[-1] == "2 diperiksa, 1 sesuai, 0 pembulatan, 0 beda, 1 tidak_dapat_dihitung"


def test_thousands_of_sum_rows_take_no_longer_than_they_may(tmp_path):
    rows = "Uraian;Pagu;Realisasi Anggaran;Serapan\nA;100;60;60\n" + "Jumlah;100;60;60\n" * 3000
    lines = check(tmp_path, rows)

    assert "2800 tidak_dapat_dihitung" in lines[-1]


@pytest.mark.parametrize(
    "rows",
    [
        "1;PROGRAM A;150;135;90\n;Kegiatan 1;100;90;90\n;Kegiatan 2;50;45;90\n2;PROGRAM B;20;10;50\n;Kegiatan 3;20;10;50\n",
        "I;Belanja Operasi;150;135;90\n1;Pegawai;100;90;90\n2;Barang;50;45;90\nII;Belanja Modal;20;10;50\n1;Alat;20;10;50\n",
        ";A. Belanja Operasi;150;135;90\n;1. Pegawai;100;90;90\n;2. Barang;50;45;90\n;B. Belanja Modal;20;10;50\n;1. Alat;20;10;50\n",
    ],
)
def test_parents_and_children_are_told_apart_by_their_numbers(tmp_path, rows):
    lines = check(tmp_path, f"No;Uraian;Pagu;Realisasi;%\n{rows};JUMLAH;170;145;85,29\n")

    assert lines[-1] == "8 diperiksa, 8 sesuai, 0 pembulatan, 0 beda, 0 tidak_dapat_dihitung"


def test_sums_within_sections_and_the_sums_of_sections(tmp_path):
    rows = (
        "A;10;5;50\nSub Total 1;10;5;50\nB;20;5;25\nSub Total 2;20;5;25\nJumlah I;30;10;33,33\nC;5;5;100\nSub Total 1;5;5;100\n"
        "D;5;0;0\nSub Total 2;5;0;0\nJumlah II;10;5;50\nTotal;40;15;37,5\n"
    )

    assert check(tmp_path, f"Uraian;Pagu;Realisasi;%\n{rows}")[-1].startswith("25 diperiksa, 25 sesuai")


def test_money_is_summed_up_below_a_mean_of_capaian(tmp_path):
    head = "Indikator;Target;Realisasi;Capaian;Pagu;Realisasi Anggaran;Serapan\n"
    rows = "A;4;3;75;1000;900;90\nB;2;2;100;2000;1900;95\nRata-rata Capaian Kinerja;;;87,5;3000;2800;93,33\n"

    assert check(tmp_path, head + rows)[-1].startswith("8 diperiksa, 8 sesuai")


def test_a_sum_of_rounded_millions_may_be_off_by_what_was_rounded(tmp_path):
    head = "(dalam juta rupiah);;;\nUraian;Pagu;Realisasi;%\n"
    lines = check(tmp_path, f"{head}A;1,4;1,4;100\nB;1,4;1,4;100\nC;1,4;1,4;100\nJumlah;4,3;4,3;100\n")
    wrong = check(tmp_path, f"{head}A;1,4;1,4;100\nB;1,4;1,4;100\nC;1,4;1,4;100\nJumlah;5,3;4,3;100\n")

    assert " 0 beda, 0 tidak" in lines[-1]
    assert any("jumlah pagu: dicetak 5,3, dihitung 4,20: beda" in line for line in wrong)


def test_branches_that_print_only_their_figures_are_not_called_different(tmp_path):
    """As the tables of the report do: own indicators of a sasaran lead, and stand elsewhere."""
    rows = (
        "Uraian;Pagu;Realisasi s.d. TW;Serapan;Capaian\nS1 Meningkatnya layanan;100;50;50 %;104,63 %\n7.01.02 Program;100;50;50 %;100 %\n"
        "S2 Meningkatnya akuntabilitas;300;150;50 %;91,67 %\n7.01.01 Program;300;150;50 %;100 %\nSeluruh perangkat daerah;400;200;50 %;98,15 %\n"
    )
    lines = check(tmp_path, rows)
    wrong = check(tmp_path, rows.replace("98,15", "96,15"))

    assert lines[-1] == "12 diperiksa, 8 sesuai, 0 pembulatan, 0 beda, 4 tidak_dapat_dihitung"
    assert any("capaian: dicetak 96,15 %, dihitung 98,15: beda" in line for line in wrong)


@pytest.mark.parametrize(
    "rows",
    [
        "1;S1;A;4;4;100\n;;B;4;2;50\n2;S2;C;4;1;25\n",
        ";Sasaran 1: layanan;;;;\n1;;A;4;4;100\n2;;B;4;2;50\n;Sasaran 2: kinerja;;;;\n1;;C;4;1;25\n",
        ";S1 layanan;;;;\n1;;A;4;4;100\n2;;B;4;2;50\n;7.01.02 Program;;;;\n1;;D;4;0;0\n;S2 kinerja;;;;\n1;;C;4;1;25\n",
    ],
)
def test_a_headline_may_be_the_mean_of_the_sasaran(tmp_path, rows):
    head = "No;Sasaran;Indikator;Target;Realisasi;Capaian\n"
    lines = check(tmp_path, f"{head}{rows};Rata-rata Capaian Sasaran;;;;50\n")
    wrong = check(tmp_path, f"{head}{rows};Rata-rata Capaian Sasaran;;;;57\n")

    assert any("dihitung 50,00: sesuai (rata-rata dari rata-rata tiap bagian)" in line for line in lines)
    assert any("dicetak 57," in line and "beda" in line for line in wrong)
