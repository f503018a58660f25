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
