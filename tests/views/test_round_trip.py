"""The kertas kerja leaves as a workbook, is filled in offline, and comes back: exactly what was changed is shown, and written when it is applied."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.models import WorksheetRow
from measurement.rules.sop import RowState
from tests.support.characters import cycle_at, open_cycle, walk
from tests.support.pages import logged_in, words
from tests.support.sheets import rows_of
from tests.support.workbooks import (
    apply,
    as_others_write_it,
    changed,
    comparison,
    download,
    labels,
    preview,
    through_libreoffice,
)

TEN = {
    ("Realisasi", 1): 3.25, ("Realisasi", 2): 4, ("Analisis", 1): "=1+1", ("Analisis", 2): "Baris satu\nbaris dua",
    ("Faktor pendorong", 1): "Dukungan semua desa.", ("Faktor penghambat", 2): "Hujan pada akhir bulan.",
    ("Tindak lanjut", 2): "Menambah jadwal kunjungan.", ("Letak bukti bila tidak diunggah", 1): "Lemari arsip.",
    ("Realisasi TW ini (Rp)", 1): 2500000, ("Penjelasan atas petunjuk", 2): "Angka sudah diperiksa.",
}  # fmt: skip


def ten_changes(filled) -> bytes:
    book = download(filled)
    for (heading, line), value in TEN.items():
        cell = book.cell(heading, line)
        cell.value = value
        cell.data_type = "n" if isinstance(value, int | float) else "s"
    return book.saved()


# Exactly what was changed


WRITERS = {
    "openpyxl": lambda content, folder: content,
    "shared strings": lambda content, folder: as_others_write_it(content),
    "LibreOffice": through_libreoffice,
}


@pytest.mark.parametrize("writer", WRITERS)
def test_ten_changed_cells_are_exactly_ten_changes(filled, asn, round_trip, tmp_path, writer):
    content = WRITERS[writer](ten_changes(filled), tmp_path)

    found = comparison(asn, round_trip, content)
    response = apply(asn, round_trip, content)

    assert (found.count, found.wrong, found.remarks, found.conflicts) == (10, [], [], 0)
    assert response.status_code == 302
    first, second = rows_of(filled.asn)
    assert (first.realised, second.realised, first.analysis) == (Decimal("3.25"), 4, "=1+1")
    assert second.analysis == "Baris satu\nbaris dua"
    assert filled.cycle.nodes.get(level="sub_kegiatan").spent == 2500000
    assert comparison(asn, round_trip, content).count == 0


@pytest.mark.parametrize("writer", WRITERS)
def test_an_unchanged_workbook_makes_no_difference(filled, asn, round_trip, tmp_path, writer):
    hostile = "Teks \x0b _x0041_ “kutip” 😀\r\nbaris\tdua"
    WorksheetRow.objects.filter(pk=rows_of(filled.asn)[0].pk).update(
        realised=Decimal("1234567.123456"), analysis=hostile, driver="@SUM(1)"
    )
    content = WRITERS[writer](download(filled).saved(), tmp_path)
    found = comparison(asn, round_trip, content)
    assert (found.count, found.wrong, found.remarks, found.skipped) == (0, [], [], [])


def test_the_differences_say_what_was_and_what_will_be(filled, asn, round_trip):
    book = changed(filled)
    book.cell("Analisis", 1).value = None
    text = words(preview(asn, round_trip, book.saved()))
    assert f"Analisis {book.cell('Analisis', 1).coordinate} (Kertas kerja) =2+2 dikosongkan" in text
    assert f"Realisasi {book.cell('Realisasi', 2).coordinate} (Kertas kerja) kosong 7" in text


def test_applying_says_how_much_and_that_nothing_was_sent(filled, asn, round_trip):
    apply(asn, round_trip, ten_changes(filled))
    assert "10 isian diperbarui pada 3 baris; belum dikirim." in words(asn.get(round_trip))
    assert {row.state for row in rows_of(filled.asn)} == {RowState.DRAF}


def test_an_emptied_cell_empties_the_value(filled, asn, round_trip):
    book = download(filled)
    book.cell("Realisasi", 1).value = None
    apply(asn, round_trip, book.saved())
    assert rows_of(filled.asn)[0].realised is None


# Identity of lines


def test_sorted_lines_are_known_by_their_key(filled, asn, round_trip):
    book = changed(filled)
    sheet, header, _ = book.place("Realisasi")
    lines = [[cell.value for cell in sheet[header + number]] for number in (1, 2)]
    for number, values in enumerate(reversed(lines), 1):
        for column, value in enumerate(values, 1):
            sheet.cell(header + number, column).value = value
    found = comparison(asn, round_trip, book.saved())
    assert (found.count, found.lines[0].entry.thing.pk, found.wrong) == (1, rows_of(filled.asn)[1].pk, [])


def test_deleted_and_inserted_lines_and_columns_change_nothing_else(filled, asn, round_trip):
    book = changed(filled)
    sheet, header, _ = book.place("Realisasi")
    sheet.delete_rows(header + 1)
    sheet.insert_rows(1, 3)
    sheet.insert_cols(2)
    sheet.cell(header + 9, 1).value = "Catatan saya sendiri"
    assert labels(comparison(asn, round_trip, book.saved())) == ["Realisasi"]


def test_a_line_without_a_key_is_passed_over_aloud(filled, asn, round_trip):
    book = changed(filled)
    book.key(2).value = None
    found = comparison(asn, round_trip, book.saved())
    assert found.count == 0
    assert "tidak mempunyai kunci dan diabaikan" in found.remarks[0]


def test_a_line_that_stands_twice_is_refused_with_both_addresses(filled, asn, round_trip):
    book = changed(filled)
    book.key(1).value = book.key(2).value
    found = comparison(asn, round_trip, book.saved())
    assert [item.cell for item in found.wrong] == [f"{book.key(2).coordinate} (Kertas kerja)"]
    assert book.key(1).coordinate in found.wrong[0].sentence
    assert apply(asn, round_trip, book.saved()).status_code == 422


@pytest.mark.parametrize(
    "forge",
    [lambda key: key[:-1] + "g", lambda key: key.replace("indikator", "anggaran"), lambda key: "x" * 40],
)
def test_a_changed_key_is_refused_with_its_address(filled, asn, round_trip, forge):
    book = changed(filled)
    book.key(2).value = forge(book.key(2).value)
    found = comparison(asn, round_trip, book.saved())
    assert [(item.cell, found.count) for item in found.wrong] == [
        (f"{book.key(2).coordinate} (Kertas kerja)", 0)
    ]


def test_a_key_pointed_at_another_row_is_refused(filled, asn, round_trip):
    book = changed(filled)
    mine, theirs = rows_of(filled.asn)[1], rows_of(filled.colleague)[0]
    book.key(2).value = book.key(2).value.replace(f"-{mine.pk}-", f"-{theirs.pk}-", 1)
    assert "Kunci baris ini berubah" in comparison(asn, round_trip, book.saved()).wrong[0].sentence


def test_a_file_of_another_offices_cycle_changes_nothing(filled, neighbour, asn, round_trip):
    neighbour.cycle = cycle_at(neighbour, "measure")
    found = comparison(asn, round_trip, changed(neighbour).saved())
    assert found.count == 0
    assert {item.sentence.partition(".")[0] for item in found.wrong} == {"Baris ini bukan dari siklus ini"}


def test_a_workbook_that_we_never_wrote_is_refused(filled, asn, round_trip):
    response = asn.get(reverse("worksheet_xlsx", args=[filled.cycle.pk]))
    assert "bukan kertas kerja yang diunduh untuk diisi" in words(preview(asn, round_trip, response.content))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_a_sentence(filled, asn, round_trip, content):
    assert preview(asn, round_trip, content).status_code == 422


# Cells


def test_a_changed_locked_cell_is_ignored_aloud(filled, asn, round_trip):
    book = changed(filled)
    book.cell("Target setahun", 1).value = 1
    book.cell("Pembilang", 1).value = 5
    found = comparison(asn, round_trip, book.saved())
    assert labels(found) == ["Realisasi"]
    assert found.remarks == [
        f"Sel terkunci yang diubah; perubahannya diabaikan: {book.cell('Target setahun', 1).coordinate} (Kertas kerja), "
        f"{book.cell('Pembilang', 1).coordinate} (Kertas kerja)."
    ]


def test_a_missing_column_leaves_what_is_stored(filled, asn, round_trip):
    book = changed(filled)
    sheet, _, column = book.place("Analisis")
    sheet.delete_cols(column)
    found = comparison(asn, round_trip, book.saved())
    assert labels(found) == ["Realisasi"]
    assert "isiannya tidak berubah: Analisis" in found.remarks[0]


def test_an_ambiguous_number_is_not_guessed(filled, asn, round_trip):
    book = download(filled)
    book.cell("Realisasi", 2).value = "1.234"
    found = comparison(asn, round_trip, book.saved())
    assert found.wrong[0].cell == f"{book.cell('Realisasi', 2).coordinate} (Kertas kerja)"
    assert "1234 (ribuan) atau 1,234 (pecahan)" in found.wrong[0].sentence


@pytest.mark.parametrize(
    ("written", "kept"), [("1.234,5", "1234.5"), ("12", "12"), (0.1 + 0.2, "0.3"), (1, "1"), (0, "0")]
)
def test_a_number_is_taken_exactly(filled, asn, round_trip, written, kept):
    book = download(filled)
    book.cell("Realisasi", 2).value = written
    apply(asn, round_trip, book.saved())
    assert rows_of(filled.asn)[1].realised == Decimal(kept)


@pytest.mark.parametrize(("written", "kept"), [(0.955, "95.5"), (1, "100")])
def test_a_cell_shown_as_percent_is_read_as_it_is_shown(filled, asn, round_trip, written, kept):
    book = download(filled)
    book.cell("Realisasi", 2).value, book.cell("Realisasi", 2).number_format = written, "0.0%"
    apply(asn, round_trip, book.saved())
    assert rows_of(filled.asn)[1].realised == Decimal(kept)


# What is answered beside a row


def test_a_reply_and_an_answer_for_what_was_promised_come_back_by_workbook(kecamatan):
    cycle_at(kecamatan, None)
    kecamatan.cycle = cycle = walk(kecamatan, open_cycle(kecamatan, 2), "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Angka tidak sesuai dengan bukti.")
    book, client, page = download(kecamatan), logged_in(kecamatan.asn), reverse("round_trip", args=[cycle.pk])
    assert "Menambah jadwal kunjungan. (Triwulan I 2026" in book.cell("Tindak lanjut periode lalu").value
    book.cell("Jawaban atas pengembalian").value = "Angka diperbaiki menurut bukti."
    book.cell("Keadaan tindak lanjut lalu").value = "Selesai"
    assert apply(client, page, book.saved()).status_code == 302
    row = cycle.rows.get(pk=row.pk)
    assert (row.reply, row.promise_progress) == ("Angka diperbaiki menurut bukti.", "Selesai")
    assert not measuring.send(cycle.pk, kecamatan.asn).gaps


def test_an_unknown_answer_in_a_workbook_is_told_with_its_cell(kecamatan):
    cycle_at(kecamatan, None)
    kecamatan.cycle = walk(kecamatan, open_cycle(kecamatan, 2), "measure")
    book = download(kecamatan)
    book.cell("Keadaan tindak lanjut lalu").value = "Mungkin"
    found = comparison(
        logged_in(kecamatan.asn), reverse("round_trip", args=[kecamatan.cycle.pk]), book.saved()
    )
    assert [wrong.value for wrong in found.wrong] == ["Mungkin"]


def test_without_anything_to_answer_the_workbook_has_no_columns_for_it(filled):
    headings = [cell.value for row in download(filled).sheet("Realisasi").iter_rows() for cell in row]
    assert "Jawaban atas pengembalian" not in headings
    assert "Keadaan tindak lanjut lalu" not in headings
