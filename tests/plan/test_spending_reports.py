"""Laporan realisasi anggaran as they are printed: deepest codes, sums that don't count twice, periods, scales, and what is asked or refused."""

import pytest

from measurement.rules.refusals import BadFile
from tests.support.spending_files import OTHER, SUB, amounts, asked, book, spending_of

TITLES = [
    ["PEMERINTAH KABUPATEN CONTOH"],
    ["LAPORAN REALISASI ANGGARAN TAHUN ANGGARAN 2026"],
    ["Periode 1 Januari 2026 s.d. 31 Maret 2026"],
    [],
]
HEADINGS = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%", "Lebih/(Kurang)"]
REPORT = [
    ["7.01.02", "PROGRAM PELAYANAN", 9_000_000, 3_000_000, 33.3, 6_000_000],
    ["7.01.02.2.01", "Koordinasi", 9_000_000, 3_000_000, 33.3, 6_000_000],
    [SUB, "Koordinasi Perencanaan", 6_000_000, 2_000_000, 33.3, 4_000_000],
    ["5", "BELANJA", 6_000_000, 2_000_000, 33.3, 4_000_000],
    ["5.1", "BELANJA OPERASI", 6_000_000, 2_000_000, 33.3, 4_000_000],
    ["5.1.02", "Belanja Barang dan Jasa", 6_000_000, 2_000_000, 33.3, 4_000_000],
    ["5.1.02.01.01.0024", "Belanja Alat Tulis Kantor", 4_000_000, 1_500_000, 37.5, 2_500_000],
    ["5.1.02.01.01.0026", "Belanja Bahan Cetak", 2_000_000, 500_000, 25, 1_500_000],
    [OTHER, "Fasilitasi", 3_000_000, 1_000_000, 33.3, 2_000_000],
    ["5.1.02.01.01.0024", "Belanja Alat Tulis Kantor", 3_000_000, 1_000_000, 33.3, 2_000_000],
    ["Jumlah", "", 9_000_000, 3_000_000, 33.3, 6_000_000],
    [],
    ["", "", "", "Mojokerto, 5 April 2026", "", ""],
    ["", "", "", "NIP. 19700626 199003 1 006", "", ""],
]


def test_accounts_below_each_other_are_added_up_and_no_sum_counts_twice():
    found = spending_of(book([*TITLES, HEADINGS, *REPORT]))

    assert amounts(found) == {SUB: 2_000_000, OTHER: 1_000_000}
    assert [item.pagu for item in found.spent] == [6_000_000, 3_000_000]
    assert (found.remarks, found.wrong, asked(found)) == ([], [], set())


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (0, "Baris 6: 7.01.02 tertulis Rp4.000.000, jumlah barisnya Rp3.000.000"),
        (2, f"Baris 8: {SUB} tertulis Rp4.000.000, jumlah rekeningnya Rp2.000.000"),
        (10, "Baris 16: Jumlah tertulis Rp4.000.000, jumlah barisnya Rp3.000.000"),
    ],
)
def test_a_printed_sum_that_differs_is_said_and_the_rows_count(place, told):
    rows = [list(row) for row in REPORT]
    rows[place][3] = 4_000_000
    found = spending_of(book([*TITLES, HEADINGS, *rows]))

    assert amounts(found)[SUB] == 2_000_000
    assert [remark for remark in found.remarks if told in remark]


def test_sums_that_stand_in_front_and_between_are_fitting_too():
    rows = [
        ["Total", "", 9_000_000, 3_000_000],
        *(row[:4] for row in REPORT[:8]),
        ["Sub Total", "", 6_000_000, 2_000_000],
        *(row[:4] for row in REPORT[8:10]),
    ]
    found = spending_of(book([*TITLES, HEADINGS[:4], *rows]))

    assert (amounts(found), found.remarks) == ({SUB: 2_000_000, OTHER: 1_000_000}, [])


@pytest.mark.parametrize(
    "ends",
    [SUB + ".", "7.1.2.2.1.1", "70102201" + "0001", " 7.01.02.2.01.0001 ", "7.01.0.00.0.00.01.0000." + SUB],
)
def test_a_code_is_known_however_it_is_written(ends):
    found = spending_of(book([*TITLES, HEADINGS[:4], [ends, "Koordinasi", 6_000_000, 2_000_000]]))
    assert amounts(found) == {SUB: 2_000_000}


def test_a_code_of_two_digits_stays_as_it_is_written():
    found = spending_of(book([*TITLES, HEADINGS[:4], ["7.01.02.2.01.01", "Koordinasi", 6, 2]]))
    assert amounts(found) == {"7.01.02.2.01.01": 2}


def test_codes_in_one_cell_with_the_account_and_with_the_name():
    rows = [
        [f"{SUB}.5.1.02.01.01.0024", "Belanja ATK", 4, 2],
        [f"{SUB}.5.1.02.01.01.0026", "Belanja Cetak", 2, 1],
    ]
    named = [[f"{OTHER} Fasilitasi", 4, 2]]
    assert amounts(spending_of(book([*TITLES, HEADINGS[:4], *rows]))) == {SUB: 3}
    assert amounts(
        spending_of(book([*TITLES, ["Program/Kegiatan/Sub Kegiatan", "Anggaran", "Realisasi"], *named]))
    ) == {OTHER: 2}


def test_codes_split_into_columns_below_a_merged_heading():
    head = ["Kode", "", "", "", "", "", "Uraian", "Anggaran", "Realisasi"]
    rows = [
        ["7", "01", "02", "", "", "", "Program", 9, 3],
        ["7", "01", "02", "2.01", "", "", "Kegiatan", 9, 3],
        ["7", "01", "02", "2.01", "0001", "", "Koordinasi", 9, 3],
    ]
    found = spending_of(book([*TITLES, head, *rows], merged=("A5:F5",)))
    assert (amounts(found), found.remarks) == ({SUB: 3}, [])


def test_side_by_side_codes_of_program_kegiatan_and_sub_kegiatan():
    head = [
        "Kode Program",
        "Nama Program",
        "Kode Kegiatan",
        "Kode Sub Kegiatan",
        "Nama Sub Kegiatan",
        "Kode Rekening",
        "Nama Rekening",
        "Pagu",
        "Realisasi",
    ]
    rows = [
        [
            "7.01.02",
            "P",
            "7.01.02.2.01",
            SUB,
            "Koordinasi",
            "5.1.02.01.01.0024",
            "ATK",
            "Rp 4.000.000",
            "Rp 1.500.000,00",
        ],
        ["", "", "", "", "", "5.1.02.01.01.0026", "Cetak", "2.000.000", "500.000"],
        ["7.01.02", "P", "7.01.02.2.01", OTHER, "Fasilitasi", "5.1.02.01.01.0024", "ATK", "3.000.000", "-"],
    ]
    found = spending_of(book([*TITLES, head, *rows]))
    assert (amounts(found), [item.pagu for item in found.spent]) == (
        {SUB: 2_000_000, OTHER: 0},
        [6_000_000, 3_000_000],
    )


PERIODS = ["Kode", "Uraian", "Anggaran", "Realisasi", "", "", "%"]
BELOW = ["", "", "", "s.d. Triwulan Lalu", "Triwulan Ini", "s.d. Triwulan Ini", ""]


def test_the_column_of_this_quarter_goes_before_the_one_to_date():
    rows = [
        ["LAPORAN REALISASI BELANJA S.D. TRIWULAN II 2026"],
        PERIODS,
        BELOW,
        [1, 2, 3, 4, 5, 6, 7],
        [SUB, "Koordinasi", 9, 2, 3, 5, 55],
    ]
    found = spending_of(book(rows, merged=("D2:F2",)), quarter=2)
    assert (amounts(found), found.is_to_date, found.spent[0].before) == ({SUB: 3}, False, 2)


def test_by_month_only_the_column_to_date_gives_the_quarter():
    head = [
        "Kode",
        "Uraian",
        "Anggaran",
        "Realisasi s/d Bulan Lalu",
        "Realisasi Bulan Ini",
        "Realisasi s/d Bulan Ini",
    ]
    rows = [["Bulan: Juni 2026"], head, [SUB, "Koordinasi", 9, 2, 3, 5]]
    found = spending_of(book(rows), quarter=2)
    assert (amounts(found), found.is_to_date) == ({SUB: 5}, True)


def test_without_the_month_it_is_asked_how_far_the_file_goes():
    rows = [["Kode", "Uraian", "Anggaran", "Realisasi s/d Bulan Ini"], [SUB, "Koordinasi", 9, 5]]
    assert (asked(spending_of(book(rows), quarter=2)), spending_of(book(rows), quarter=2).spent) == (
        {"sampai"},
        [],
    )
    assert amounts(spending_of(book(rows), quarter=2, sampai="ya")) == {SUB: 5}


def test_columns_of_quarters_and_of_months():
    quarters = [
        ["Kode", "Uraian", "Pagu", "Realisasi", "", "", "", ""],
        ["", "", "", "TW I", "TW II", "TW III", "TW IV", "Jumlah"],
        [SUB, "K", 9, 1, 2, 3, 4, 10],
    ]
    months = [
        ["Kode", "Uraian", "Pagu", "Realisasi", "", "", "", "", ""],
        ["", "", "", "Januari", "Februari", "Maret", "April", "Mei", "Juni"],
        [SUB, "K", 99, 1, 2, 3, 4, 5, 6],
    ]
    assert amounts(spending_of(book(quarters, merged=("D1:H1",)), quarter=3)) == {SUB: 3}
    assert amounts(spending_of(book(months, merged=("D1:I1",)), quarter=2)) == {SUB: 15}


@pytest.mark.parametrize("title", ["", "Laporan Realisasi Anggaran Triwulan II Tahun 2026"])
def test_a_bare_realisasi_is_asked_whether_it_counts_from_the_new_year(title):
    rows = [[title], HEADINGS[:4], [SUB, "Koordinasi", 9, 5]]
    found = spending_of(book(rows), quarter=2)
    assert (asked(found), found.spent) == ({"dasar"}, [])
    assert not spending_of(book(rows), quarter=2, dasar="ini").is_to_date
    assert spending_of(book(rows), quarter=2, dasar="sampai").is_to_date


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Keadaan s.d. 31 Mei 2026", "sampai 31 Mei 2026, sedangkan Triwulan II 2026 berakhir 30 Juni 2026"),
        ("Realisasi s.d. Triwulan III", "sampai 30 September 2026"),
        ("TAHUN ANGGARAN 2025", "untuk tahun 2025"),
        ("1 Maret 2026 s.d. 30 Juni 2026", "sejak 1 Maret 2026"),
    ],
)
def test_a_file_of_another_period_is_refused(title, sentence):
    with pytest.raises(BadFile, match=sentence):
        spending_of(book([[title], HEADINGS[:4], [SUB, "Koordinasi", 9, 5]]), quarter=2)


def test_the_day_of_printing_is_no_period():
    rows = [["Dicetak pada 5 Juli 2026"], HEADINGS[:4], [SUB, "Koordinasi", 9, 5]]
    assert asked(spending_of(book(rows), quarter=2)) == {"dasar"}


def test_thousands_of_rupiah_are_multiplied_and_said():
    rows = [*TITLES, ["(dalam ribuan rupiah)"], HEADINGS[:4], [SUB, "Koordinasi", 9000, 5000]]
    found = spending_of(book(rows))
    assert amounts(found) == {SUB: 5_000_000}
    assert "dikalikan 1.000" in " ".join(found.remarks)
