"""Registers of SP2D: payments by their day, returns below 0, advances and settlements that must not count twice."""

import pytest

from tests.support.spending_files import OTHER, SUB, amounts, asked, book, spending_of

HEAD = [
    "No",
    "Tanggal SP2D",
    "Nomor SP2D",
    "Jenis",
    "Kode Sub Kegiatan",
    "Kode Rekening",
    "Uraian",
    "Nilai SP2D",
]
ATK = "5.1.02.01.01.0024"


def row(day, receipt, kind, code, amount, note="Belanja"):
    return [1, day, receipt, kind, code, ATK, note, amount]


def register(*rows, quarter=2, **answers):
    return spending_of(book([["REGISTER SP2D TAHUN ANGGARAN 2026"], HEAD, *rows]), quarter, **answers)


def test_payments_of_the_quarter_are_added_and_others_are_counted_out():
    found = register(
        row("31/03/2026", "1", "GU", SUB, 100), row("01/04/2026", "2", "GU", SUB, 200), row("30 Juni 2026", "3", "LS", SUB, 400),
        row("2026-07-01", "4", "LS", SUB, 800), row("15-05-2026", "5", "TU", OTHER, 50), ["Jumlah", "", "", "", "", "", "", 1550],
    )  # fmt: skip
    assert (amounts(found), asked(found), found.wrong) == ({SUB: 600, OTHER: 50}, set(), [])
    assert found.remarks == [
        "Periode tiap baris menurut kolom “Tanggal SP2D”.",
        "1 baris (Rp100) bertanggal sebelum Triwulan II 2026 dan tidak dihitung.",
        "1 baris (Rp800) bertanggal sesudah Triwulan II 2026 dan tidak dihitung.",
    ]


def test_a_sub_kegiatan_paid_in_other_quarters_only_spent_nothing_in_this_one():
    assert amounts(register(row("31/03/2026", "1", "GU", SUB, 100))) == {SUB: 0}


@pytest.mark.parametrize("amount", [300, -300, "(300)"])
def test_a_return_is_taken_off_whatever_its_sign(amount):
    found = register(
        row("01/04/2026", "1", "LS", SUB, 1000), row("02/04/2026", "2", "Kontra Pos", SUB, amount)
    )
    assert amounts(found) == {SUB: 700}


def test_a_return_that_only_its_words_tell_is_asked():
    rows = (
        row("01/04/2026", "1", "LS", SUB, 1000),
        row("02/04/2026", "2", "LS", SUB, 300, "Pengembalian belanja ATK"),
    )
    assert asked(register(*rows)) == {"kembali"}
    assert amounts(register(*rows, kembali="kurangi")) == {SUB: 700}
    assert amounts(register(*rows, kembali="hitung")) == {SUB: 1300}


def test_uang_persediaan_is_no_spending_and_nihil_is_asked():
    rows = (
        row("01/04/2026", "1", "UP", SUB, 5000),
        row("02/04/2026", "2", "TU", SUB, 300),
        row("03/04/2026", "3", "TU Nihil", SUB, 290),
    )
    assert asked(register(*rows)) == {"nihil"}
    assert amounts(register(*rows, nihil="lewati")) == {SUB: 300}
    assert "berjenis UP" in " ".join(register(*rows).remarks)


def test_the_same_payment_twice_is_asked():
    rows = (row("01/04/2026", "1", "LS", SUB, 1000), row("01/04/2026", "1", "LS", SUB, 1000))
    assert asked(register(*rows)) == {"ganda"}
    assert amounts(register(*rows, ganda="lewati")) == {SUB: 1000}


def test_a_payment_of_several_accounts_says_its_day_once():
    rows = (row("01/04/2026", "1", "LS", SUB, 1000), ["", "", "", "", "", "5.1.02.01.01.0026", "Cetak", 500])
    assert amounts(register(*rows)) == {SUB: 1500}


@pytest.mark.parametrize("day", ["3/31/2026", "32/01/2026", "April"])
def test_a_day_that_can_not_be_read_is_refused_with_its_cell(day):
    assert [wrong.cell for wrong in register(row(day, "1", "LS", SUB, 10)).wrong] == ["B3"]


def test_a_payment_without_a_day_is_refused():
    assert [wrong.cell for wrong in register(row("", "1", "LS", SUB, 10)).wrong] == ["B3"]


def test_gross_goes_before_net():
    head = ["Tanggal", "No. SP2D", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Bruto", "Potongan", "Netto"]
    assert amounts(spending_of(book([head, ["01/04/2026", "1", SUB, "K", 1000, 100, 900]]), 2)) == {SUB: 1000}


def test_a_sub_kegiatan_above_its_payments():
    head = ["Tanggal", "Nomor SP2D", "Uraian", "Jumlah"]
    rows = [
        ["", "", f"{SUB} Koordinasi", ""],
        ["01/04/2026", "1", "ATK", 100],
        ["02/04/2026", "2", "Cetak", 50],
        ["", "", "Jumlah", 150],
        ["", "", f"{OTHER} Fasilitasi", ""],
        ["03/04/2026", "3", "ATK", 7],
    ]
    assert amounts(spending_of(book([head, *rows]), 2)) == {SUB: 150, OTHER: 7}


def test_a_payment_that_names_no_sub_kegiatan_is_asked():
    assert asked(register(row("01/04/2026", "1", "LS", SUB, 10), row("01/04/2026", "2", "LS", "", 7))) == {
        "tanpa-kode"
    }
