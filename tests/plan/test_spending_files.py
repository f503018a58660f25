"""Money, other offices, sub units, sheets and forms of files of realisasi anggaran: read, asked or refused."""

import pytest

from measurement.rules.refusals import BadFile
from tests.plan.test_spending_reports import HEADINGS, REPORT, TITLES
from tests.support.spending_files import OTHER, SUB, amounts, asked, book, spending_of


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("Rp 1.500.000", 1_500_000),
        ("1.500.000,00", 1_500_000),
        ("1500000", 1_500_000),
        ("(1.500.000)", -1_500_000),
        ("-1.500.000", -1_500_000),
        ("1.500.000,-", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("-", 0),
        ("1.500.000-", -1_500_000),
    ],
)
def test_money_as_people_write_it(written, amount):
    assert amounts(spending_of(book([*TITLES, HEADINGS[:4], [SUB, "K", "9.000.000", written]]))) == {
        SUB: amount
    }


@pytest.mark.parametrize("written", ["500,000", "1,5 juta kurang", "1.500.000,50", "12%", "1.5.0", 1234.56])
def test_money_that_is_not_plain_is_refused_with_its_cell(written):
    found = spending_of(book([*TITLES, HEADINGS[:4], [SUB, "K", "9.000.000", written]]))
    assert ([wrong.cell for wrong in found.wrong], found.spent) == (["D6"], [])


def test_a_percentage_is_never_money():
    head = [
        "Kode",
        "Uraian",
        "Anggaran",
        "Realisasi Fisik (%)",
        "Realisasi Keuangan (%)",
        "Realisasi Keuangan (Rp)",
        "Sisa Anggaran",
    ]
    assert amounts(spending_of(book([*TITLES, head, [SUB, "K", 9, 50, 40, 4, 5]]))) == {SUB: 4}


def test_last_years_column_is_passed_over():
    head = ["Kode", "Uraian", "Anggaran 2026", "Realisasi 2026", "%", "Realisasi 2025"]
    assert amounts(spending_of(book([*TITLES, head, [SUB, "K", 9, 4, 40, 7]]))) == {SUB: 4}


def test_two_columns_that_may_both_be_meant_are_asked():
    head = ["Kode", "Uraian", "Realisasi SP2D", "Realisasi SPJ"]
    rows = [*TITLES, head, [SUB, "K", 9, 4]]
    assert asked(spending_of(book(rows))) == {"kolom"}
    assert amounts(spending_of(book(rows), kolom="3")) == {SUB: 4}


def test_kelurahan_as_columns_and_as_sections():
    columns = [
        *TITLES,
        ["Nama Sub Unit", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Realisasi"],
        ["Kelurahan Satu", SUB, "K", 1],
        ["Kelurahan Dua", SUB, "K", 2],
    ]
    sections = [
        *TITLES,
        HEADINGS[:4],
        ["7.01.0.00.0.00.01.0001", "Kelurahan Satu", 9, 1],
        [SUB, "K", 9, 1],
        ["Kelurahan Dua"],
        [SUB, "K", 9, 2],
        ["Jumlah", "", 18, 3],
    ]
    wanted = {f"{SUB} Kelurahan Satu": 1, f"{SUB} Kelurahan Dua": 2}
    assert amounts(spending_of(book(columns))) == wanted
    assert (amounts(spending_of(book(sections))), spending_of(book(sections)).remarks) == (wanted, [])


def test_a_file_of_another_office_is_asked_and_its_rows_are_left_out():
    other = [["SKPD : 7.01.0.00.0.00.02.0000 Kecamatan Lain"], *TITLES, HEADINGS[:4], [SUB, "K", 9, 1]]
    mixed = [
        *TITLES,
        ["Nama SKPD", *HEADINGS[:4]],
        ["Kecamatan Contoh", SUB, "K", 9, 1],
        ["Kecamatan Lain", SUB, "K", 9, 5],
    ]
    assert asked(spending_of(book(other))) == {"perangkat-daerah"}
    assert amounts(spending_of(book(mixed))) == {SUB: 1}
    assert "Kecamatan Lain tidak dihitung" in " ".join(spending_of(book(mixed)).remarks)


def test_rows_with_money_and_no_sub_kegiatan_are_asked():
    found = spending_of(book([*TITLES, HEADINGS[:4], ["5.1.02.01.01.0024", "ATK", 9, 7], [SUB, "K", 9, 1]]))
    assert asked(found) == {"tanpa-kode"}


def test_a_report_without_sub_kegiatan_is_refused():
    with pytest.raises(BadFile, match="tidak memuat kode atau nama sub kegiatan"):
        spending_of(
            book([*TITLES, HEADINGS[:4], ["5.1", "BELANJA OPERASI", 9, 0], ["5.1.02", "Barang", 9, 0]])
        )


def test_a_file_that_is_no_report_is_refused_in_one_sentence():
    with pytest.raises(BadFile) as refused:
        spending_of(book([["Nama", "NIP"], ["ASN Contoh 01", "1"]]))
    assert len(refused.value.sentences) == 1


def test_several_sheets_are_asked():
    rows = [*TITLES, HEADINGS[:4], [SUB, "K", 9, 1]]
    content = book(rows, rows, [["catatan"]], titles=("Kel A", "Kel B", "Catatan"))
    assert asked(spending_of(content)) == {"lembar"}
    assert amounts(spending_of(content, lembar="semua")) == {SUB: 2}
    assert amounts(spending_of(content, lembar="1")) == {SUB: 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-8"])
def test_a_csv_with_semicolons(encoding):
    text = f"Laporan s.d. 31 Maret 2026 – Contoh;;;\nKode;Uraian;Anggaran;Realisasi\n{SUB};Koordinasi – umum;9.000.000;1.500.000\n"
    assert amounts(spending_of(text.encode(encoding), name="lra.csv")) == {SUB: 1_500_000}


def test_headings_that_are_printed_on_each_page_are_passed_over():
    found = spending_of(book([*TITLES, HEADINGS, *REPORT[:5], HEADINGS, *REPORT[5:11]]))
    assert (amounts(found), found.remarks) == ({SUB: 2_000_000, OTHER: 1_000_000}, [])


def test_a_sub_kegiatan_in_several_rows_of_its_own_is_asked():
    rows = [*TITLES, HEADINGS[:4], [SUB, "K", 9, 2], [SUB, "K", 9, 3], [OTHER, "O", 9, 1]]
    assert asked(spending_of(book(rows))) == {"berulang"}
    assert amounts(spending_of(book(rows), berulang="jumlahkan")) == {SUB: 5, OTHER: 1}
    assert amounts(spending_of(book(rows), berulang="sekali")) == {SUB: 2, OTHER: 1}


def test_an_account_printed_twice_is_asked_and_one_of_two_sources_is_not():
    account = "5.1.02.01.01.0024"
    twice = [*TITLES, HEADINGS[:4], [SUB, "K", "", ""], [account, "ATK", 9, 2], [account, "ATK", 9, 2]]
    sources = [
        *TITLES,
        HEADINGS[:4],
        [SUB, "K", "", ""],
        [account, "ATK PAD", 9, 2],
        [account, "ATK DAU", 9, 2],
    ]
    assert asked(spending_of(book(twice))) == {"berulang"}
    assert (amounts(spending_of(book(sources))), asked(spending_of(book(sources)))) == ({SUB: 4}, set())


def test_a_month_alone_is_neither_the_quarter_nor_the_year_so_far():
    rows = [["Bulan Juni 2026"], HEADINGS[:4], [SUB, "K", 9, 2]]
    assert asked(spending_of(book(rows), quarter=2)) == {"dasar"}
    with pytest.raises(BadFile, match="Unduh laporan yang memuat realisasi Triwulan II 2026"):
        spending_of(book(rows), quarter=2, dasar="bukan")


def test_rp_and_per_cent_below_one_heading():
    rows = [
        *TITLES,
        ["Kode", "Uraian", "Anggaran", "Realisasi", "", "Sisa Anggaran"],
        ["", "", "", "Rp", "%", ""],
        [SUB, "K", 9, 4, 44, 5],
    ]
    assert amounts(spending_of(book(rows, merged=("D5:E5",)))) == {SUB: 4}


def test_spj_by_kind_and_together():
    head = [
        "Kode",
        "Uraian",
        "Jumlah Anggaran",
        "SPJ-LS Gaji",
        "",
        "",
        "SPJ-UP/GU/TU",
        "",
        "",
        "Jumlah SPJ (LS+UP/GU/TU) s.d. Bulan Ini",
        "Sisa Pagu",
    ]
    below = ["", "", "", *["s.d. Bulan Lalu", "Bulan Ini", "s.d. Bulan Ini"] * 2, "", ""]
    rows = [["Laporan SPJ s.d. 31 Maret 2026"], head, below, [SUB, "K", 99, 1, 2, 3, 10, 20, 30, 33, 66]]
    found = spending_of(book(rows, merged=("D2:F2", "G2:I2")))
    assert (amounts(found), found.is_to_date) == ({SUB: 33}, True)


def test_sections_of_other_offices_are_left_out():
    ours, theirs = (
        ["7.01.0.00.0.00.01.0000", "Kecamatan Contoh", 9, 1],
        ["7.01.0.00.0.00.02.0000", "Kecamatan Lain", 9, 5],
    )
    account = ["5.1.02.01.01.0024", "ATK"]
    found = spending_of(
        book(
            [
                *TITLES,
                HEADINGS[:4],
                theirs,
                [SUB, "K", 9, 5],
                [*account, 9, 5],
                ours,
                [SUB, "K", 9, 1],
                [*account, 9, 1],
            ]
        )
    )
    assert amounts(found) == {SUB: 1}


def test_codes_that_begin_with_several_offices_are_asked():
    rows = [[f"7.01.0.00.0.00.0{office}.0000.{SUB}", "K", 9, office] for office in (1, 2)]
    content = book([*TITLES, HEADINGS[:4], *rows])
    assert "kode-perangkat-daerah" in asked(spending_of(content))
    assert amounts(spending_of(content, kode_perangkat_daerah="7.01.0.00.0.00.02")) == {SUB: 2}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("lra.xls", "Unggah berkas .xlsx atau .csv"), ("lra.xlsx", "bukan XLSX yang sebenarnya")],
)
def test_a_page_saved_as_xls_is_refused_with_a_sentence(name, sentence):
    with pytest.raises(BadFile, match=sentence):
        spending_of(b"<html><table><tr><td>Kode</td></tr></table></html>", name=name)
