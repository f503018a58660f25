"""Pagu per rekening at the import of the plan: deepest accounts are added, printed sums are held against them, nothing counts twice."""

import pytest

from measurement.plan import table_import
from measurement.rules.refusals import BadFile
from tests.support.characters import YEAR
from tests.support.pages import logged_in, words
from tests.support.spending_files import OTHER, SUB, book, upload

HEAD = [
    "Tahun",
    "Kode Program",
    "Nama Program",
    "Kode Kegiatan",
    "Nama Kegiatan",
    "Kode Sub Kegiatan",
    "Nama Sub Kegiatan",
    "Kode Rekening",
    "Nama Rekening",
    "Pagu",
]
ATK, PRINT = "5.1.02.01.01.0024", "5.1.02.01.01.0026"


def row(sub, account, amount):
    return ["2026", "7.01.02", "P", "7.01.02.2.01", "K", sub, f"Sub {sub[-1]}", account, "Belanja", amount]


def preview(plan, rows):
    return table_import.preview(plan, table_import.read_plan_table(upload(book(rows))), YEAR)


BLANK = [""] * 7
TWO = [row(SUB, ATK, 1_500_000), row(SUB, PRINT, 1_000_000)]
SIDE_BY_SIDE = {
    "numbers as text": [HEAD, row(SUB, ATK, "1500000"), row(SUB, PRINT, "Rp 1.000.000,00")],
    "titles, sums between and at the end": [["REKAP"], [], HEAD, *TWO, [*BLANK, "", "Jumlah", 2_500_000], ["Total", *[""] * 8, 2_500_000]],
    "a sum in the column of accounts": [HEAD, *TWO, [*TWO[0][:7], "Jumlah", "", 2_500_000]],
    "the sub kegiatan's own row": [HEAD, row(SUB, "", 2_500_000), *TWO],
    "accounts above accounts": [HEAD, row(SUB, "5.1.02", 2_500_000), row(SUB, "5.1.02.01", 2_500_000), *TWO],
    "cells merged downwards": [HEAD, TWO[0], [*BLANK, PRINT, "Belanja", 1_000_000]],
    "headings on each page": [HEAD, TWO[0], HEAD, TWO[1]],
    "codes with a dot behind": [HEAD, *([*cells[:5], f"{SUB}.", *cells[6:7], f"{cells[7]}.", *cells[8:]] for cells in TWO)],
}  # fmt: skip
BELOW = [
    ["7.01.02", "P", 2_500_000], ["7.01.02.2.01", "K", 2_500_000], [SUB, "Sub 1", 2_500_000], ["5", "BELANJA", 2_500_000],
    ["5.1.02", "Barang", 2_500_000], [ATK, "ATK", 1_500_000], [PRINT, "Cetak", 1_000_000], ["Jumlah", "", 2_500_000],
]  # fmt: skip
BELOW_EACH_OTHER = {
    "with all sums": [["Kode", "Uraian", "Pagu 2026"], *BELOW],
    "without the sub kegiatan's own": [["Kode Rekening", "Uraian", "Jumlah Anggaran 2026"], *BELOW[:2], [SUB, "Sub 1", ""], *BELOW[5:7]],
    "account behind the code": [["Kode Rekening", "Uraian", "Anggaran 2026"], *BELOW[:2], [f"{SUB}.{ATK}", "ATK", 1_500_000], [f"{SUB}.{PRINT}", "C", 1_000_000]],
}  # fmt: skip
EVERY = SIDE_BY_SIDE | BELOW_EACH_OTHER


@pytest.mark.parametrize("rows", EVERY.values(), ids=EVERY.keys())
def test_the_pagu_of_a_sub_kegiatan_is_the_sum_of_its_deepest_accounts(kecamatan, rows):
    found = preview(kecamatan.plan, rows)
    assert (found.wrong, found.pagu, found.gone) == ([], {YEAR: 2_500_000}, [])


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, row(SUB, "", 9), *TWO],
        [["Kode", "Uraian", "Pagu 2026"], *BELOW[:2], [SUB, "Sub 1", 9], *BELOW[5:7]],
    ],
)
def test_a_printed_sum_that_is_another_one_is_not_taken(kecamatan, rows):
    (wrong,) = preview(kecamatan.plan, rows).wrong
    assert "Tertulis Rp9, jumlah rekeningnya Rp2.500.000" in wrong.sentence


def test_the_changed_budget_goes_before_the_first_one(kecamatan):
    head, rows = [*HEAD[:-1], "Pagu Murni", "Pagu Perubahan"], [[*TWO[0][:-1], 1, 5]]
    assert preview(kecamatan.plan, [head, *rows]).pagu == {YEAR: 5}


def test_a_first_and_a_changed_budget_of_one_year_are_not_mixed_up(kecamatan):
    head, rows = [*HEAD[:-1], "Pagu Murni 2026", "Pagu Perubahan 2026"], [[*TWO[0][:-1], 1, 5]]
    (wrong,) = preview(kecamatan.plan, [head, *rows]).wrong
    assert "ada dua kali" in wrong.sentence


def test_anggaran_kas_of_accounts_is_added_up_by_quarter(kecamatan):
    head = [*HEAD, *(f"Rencana Kas TW {quarter} 2026" for quarter in ("I", "II", "III", "IV"))]
    rows = [[*cells, 100, 200, 300, 400] for cells in TWO]
    told = {change.label: change.new for change in preview(kecamatan.plan, [head, *rows]).changed}
    assert [new for label, new in told.items() if "kas" in label] == ["Rp200", "Rp400", "Rp600", "Rp800"]


def test_what_fits_nothing_is_refused_in_one_sentence(kecamatan):
    with pytest.raises(BadFile, match="yang dicari ialah judul kolom") as refused:
        preview(kecamatan.plan, [["Nama", "NIP", "Jabatan"], ["ASN Contoh 01", "1", "Staf"]])
    assert len(refused.value.sentences) == 1


def test_missing_headings_are_named_in_one_sentence_by_their_row(kecamatan):
    (wrong,) = preview(
        kecamatan.plan, [["RENCANA"], ["Kode", "Uraian", "Indikator", "Satuan"], [SUB, "S", "I", "Laporan"]]
    ).wrong
    assert (wrong.cell, "“target_2026”, “pagu_2026”" in wrong.sentence) == ("baris 2", True)


def test_the_preview_shows_target_and_pagu_of_what_is_new(kecamatan):
    rows = [
        ["Kode", "Uraian", "Indikator", "Satuan", "Target 2026", "Pagu 2026"],
        ["7.01.02.2.01", "K", "J", "Laporan", 4, ""],
        [OTHER, "S", "Jumlah dokumen", "Dokumen", 7, 1_000],
    ]
    page = logged_in(kecamatan.tim).post(
        "/rencana/impor/", {"plan": kecamatan.plan.pk, "file": upload(book(rows)), "action": "preview"}
    )
    assert "target 2026: 7 Dokumen; pagu 2026: Rp1.000" in words(page)
