"""What comes back offline keeps the rules of the page: numbers, money, conflicts, who may write what and until when."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import WorksheetNode, WorksheetRow
from tests.doors.test_sending import close
from tests.support.pages import form_of, logged_in, words
from tests.support.sheets import money_node, rows_of
from tests.support.workbooks import apply, changed, comparison, download, labels, preview


def everything() -> list:
    return [*WorksheetRow.objects.order_by("pk").values(), *WorksheetNode.objects.order_by("pk").values()]


def with_cell(office, heading: str, value, line: int = 2, kind: str = "") -> bytes:
    """The downloaded workbook with one cell changed; `kind` is openpyxl's type of the cell, where it would guess another."""
    book = download(office)
    cell = book.cell(heading, line)
    cell.value = value
    cell.data_type = kind or cell.data_type
    return book.saved()


def scored(office, scale: str = "WTP=4, WDP=3, TW=2, TMP=1") -> None:
    """The second row of the ASN is measured by a predicate."""
    WorksheetRow.objects.filter(pk=rows_of(office.asn)[1].pk).update(
        method="predikat", score_scale=scale, accumulation="posisi_akhir"
    )


def ratio(office) -> None:
    WorksheetRow.objects.filter(pk=rows_of(office.asn)[1].pk).update(accumulation="rasio")


# Cells that can't be taken


@pytest.mark.parametrize(
    ("value", "kind", "sentence"),
    [
        (date(2026, 1, 2), "", "berisi tanggal"), (True, "", "nilai logika"), ("#DIV/0!", "e", "galat rumus"), ("=1/3", "", "belum dihitung"),
        ("tiga", "", "bukan angka"), ("12%", "", "bukan angka"), (10**15, "", "terlalu panjang"), (1e30, "", "terlalu panjang"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_refused_with_its_address(filled, asn, round_trip, value, kind, sentence):
    found = comparison(asn, round_trip, with_cell(filled, "Realisasi", value, kind=kind))
    assert [item.cell for item in found.wrong] == [
        f"{download(filled).cell('Realisasi', 2).coordinate} (Kertas kerja)"
    ]
    assert sentence in found.wrong[0].sentence


def test_one_bad_cell_keeps_everything_from_being_written(filled, asn, round_trip):
    book = changed(filled)
    book.cell("Realisasi", 1).value = "tiga"
    before = everything()
    assert "1 sel perlu diperbaiki lebih dahulu" in words(preview(asn, round_trip, book.saved()))
    assert apply(asn, round_trip, book.saved()).status_code == 422
    assert everything() == before


def test_an_endless_text_is_refused(filled, asn, round_trip):
    found = comparison(asn, round_trip, with_cell(filled, "Analisis", "a" * 4001))
    assert "paling banyak 4000 huruf" in found.wrong[0].sentence


@pytest.mark.parametrize(("word", "score"), [("WDP", 3), ("wtp", 4), (2, 2), ("1", 1)])
def test_a_predicate_is_filled_in_by_its_word(filled, asn, round_trip, word, score):
    scored(filled)
    apply(asn, round_trip, with_cell(filled, "Realisasi", word))
    assert rows_of(filled.asn)[1].realised == score
    assert download(filled).cell("Realisasi", 2).value in ("WTP", "WDP", "TW", "TMP")


@pytest.mark.parametrize("word", ["Bagus", 5, "2,5"])
def test_a_word_that_is_not_on_the_scale_is_refused(filled, asn, round_trip, word):
    scored(filled)
    found = comparison(asn, round_trip, with_cell(filled, "Realisasi", word))
    assert found.wrong[0].sentence == "Pilih salah satu predikat: WTP, WDP, TW, TMP."


def test_a_predicate_offers_its_words_to_choose_from(filled):
    scored(filled)
    book = download(filled)
    rules = [
        rule.formula1
        for rule in book.sheet("Realisasi").data_validations.dataValidation
        if rule.type == "list"
    ]
    assert rules == ['"WTP,WDP,TW,TMP"']


def test_a_ratio_is_filled_in_by_its_parts(filled, asn, round_trip):
    ratio(filled)
    book = download(filled)
    book.cell("Pembilang", 2).value, book.cell("Penyebut", 2).value = 30, 40
    apply(asn, round_trip, book.saved())
    row = rows_of(filled.asn)[1]
    assert (row.numerator, row.denominator, row.realised) == (30, 40, None)


def test_a_negative_denominator_is_refused(filled, asn, round_trip):
    ratio(filled)
    assert (
        "tidak boleh negatif"
        in comparison(asn, round_trip, with_cell(filled, "Penyebut", -4)).wrong[0].sentence
    )


def test_only_the_cells_that_are_asked_for_are_unlocked(filled):
    ratio(filled)
    book = download(filled)
    unlocked = {
        line: [h for h in ("Realisasi", "Pembilang", "Penyebut") if not book.cell(h, line).protection.locked]
        for line in (1, 2)
    }
    assert unlocked == {1: ["Realisasi"], 2: ["Pembilang", "Penyebut"]}
    assert book.sheet("Realisasi").protection.sheet
    assert book.cell("Indikator").protection.locked
    assert book.key().protection.locked


# Money


def test_money_over_the_pagu_needs_a_reason(filled, asn, round_trip):
    book = download(filled)
    book.cell("Realisasi TW ini (Rp)").value = 10_000_001
    assert "melebihi pagu" in comparison(asn, round_trip, book.saved()).wrong[0].sentence
    book.cell("Alasan bila melebihi pagu").value = "Pergeseran anggaran disetujui."
    apply(asn, round_trip, book.saved())
    assert money_node(filled).spent == 10_000_001


def test_the_reason_cannot_be_emptied_under_money_that_needs_it(filled, asn, round_trip):
    WorksheetNode.objects.filter(pk=money_node(filled).pk).update(
        spent=10_000_001, overspend_reason="Pergeseran anggaran disetujui."
    )
    book = download(filled)
    sheet, _, column = book.place("Realisasi TW ini (Rp)")
    book.cell("Alasan bila melebihi pagu").value = None
    sheet.delete_cols(column)
    assert "melebihi pagu" in comparison(asn, round_trip, book.saved()).wrong[0].sentence


@pytest.mark.parametrize(("value", "sentence"), [(-1, "tidak boleh negatif"), (1.5, "rupiah penuh")])
def test_money_is_whole_and_not_negative(filled, asn, round_trip, value, sentence):
    found = comparison(asn, round_trip, with_cell(filled, "Realisasi TW ini (Rp)", value, line=1))
    assert found.wrong[0].cell.endswith("(Anggaran)")
    assert sentence in found.wrong[0].sentence


def test_a_lone_thousand_of_money_is_no_riddle(filled, asn, round_trip):
    apply(asn, round_trip, with_cell(filled, "Realisasi TW ini (Rp)", "500.000", line=1))
    assert money_node(filled).spent == 500_000


# Changed meanwhile


def meanwhile(office, **values) -> None:
    """Somebody saves the second row on the page after the file was downloaded."""
    row = rows_of(office.asn)[1]
    measuring.save(office.cycle.pk, office.asn, [SheetChange(row.pk, row.version, values)])


def test_a_cell_changed_on_both_sides_is_a_conflict_and_the_stored_one_stays(filled, asn, round_trip):
    content = changed(filled).saved()
    meanwhile(filled, realised=Decimal(5))
    text = words(preview(asn, round_trip, content))
    assert "Baris ini diubah juga sejak berkas diunduh" in text
    assert "(berbenturan)" in text
    apply(asn, round_trip, content)
    assert rows_of(filled.asn)[1].realised == 5


def test_who_uploads_may_choose_the_file_in_a_conflict(filled, asn, round_trip):
    content = changed(filled).saved()
    meanwhile(filled, realised=Decimal(5))
    apply(asn, round_trip, content, chosen=[f"indikator-{rows_of(filled.asn)[1].pk}"])
    assert rows_of(filled.asn)[1].realised == 7


def test_what_was_changed_elsewhere_in_the_row_is_not_taken_back(filled, asn, round_trip):
    content = changed(filled).saved()
    meanwhile(filled, analysis="Ditulis di halaman.")
    found = comparison(asn, round_trip, content)
    assert (labels(found), found.conflicts) == (["Realisasi"], 0)
    apply(asn, round_trip, content)
    row = rows_of(filled.asn)[1]
    assert (row.realised, row.analysis) == (7, "Ditulis di halaman.")


def test_what_changed_after_the_preview_is_shown_again_before_anything_is_written(filled, asn, round_trip):
    seen = form_of(preview(asn, round_trip, changed(filled).saved()))["seen"]
    meanwhile(filled, realised=Decimal(5))
    before = everything()
    response = asn.post(round_trip, {"seen": seen, "action": "apply"})
    assert (response.status_code, everything()) == (409, before)
    assert "berubah sejak perbedaannya ditampilkan" in words(response)
    assert asn.post(round_trip, {"seen": form_of(response)["seen"], "action": "apply"}).status_code == 302


@pytest.mark.parametrize("late", ["row", "money"])
def test_what_changes_while_it_is_written_is_written_whole_or_not_at_all(
    filled, asn, round_trip, monkeypatch, late
):
    book = changed(filled)
    book.cell("Realisasi TW ini (Rp)").value = 100
    things = (
        WorksheetRow.objects.filter(pk=rows_of(filled.asn)[1].pk)
        if late == "row"
        else WorksheetNode.objects.filter(level="sub_kegiatan")
    )

    def overtaken(*given, save=measuring.save):
        things.update(version=9)
        return save(*given)

    shown = form_of(preview(asn, round_trip, book.saved()))["seen"]
    monkeypatch.setattr(measuring, "save", overtaken)
    response = asn.post(round_trip, {"seen": shown, "action": "apply"})
    assert response.status_code == 409
    assert (rows_of(filled.asn)[1].realised, money_node(filled).spent) == (None, None)


def test_a_sent_row_is_skipped_with_the_reason(filled, asn, round_trip):
    content = with_cell(filled, "Realisasi", 9, line=1)
    measuring.send(filled.cycle.pk, filled.asn)
    response = preview(asn, round_trip, content)
    found = response.context["comparison"]
    assert [(item.name, item.reason, found.count) for item in found.skipped] == [
        ("Jumlah laporan 1", "sudah dikirim", 0)
    ]
    assert "Tidak ada isian yang berbeda" in words(response)


def test_nothing_is_written_once_the_step_is_closed(filled, asn, round_trip):
    seen = form_of(preview(asn, round_trip, changed(filled).saved()))["seen"]
    measuring.save(
        filled.cycle.pk, filled.asn, [], [SheetChange(money_node(filled).pk, 1, {"spent": Decimal(1)})]
    )
    close(filled)
    before = everything()
    response = asn.post(round_trip, {"seen": seen, "action": "apply"})
    assert (response.status_code, everything()) == (409, before)
    assert "pengisian kertas kerja sudah ditutup" in words(response)
    assert "Pengisian tertutup" in words(response)
    assert asn.get(reverse("worksheet_form", args=[filled.cycle.pk])).status_code == 409


def test_a_file_that_waits_no_longer_is_asked_for_again(filled, asn, round_trip):
    preview(asn, round_trip, changed(filled).saved())
    other = logged_in(filled.asn)
    assert other.post(round_trip, {"seen": "", "action": "apply"}).url == round_trip
    assert rows_of(filled.asn)[1].realised is None
