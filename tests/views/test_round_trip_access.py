"""Who may fill in whose rows offline: an ASN their own, Tim SAKIP everybody's, recorded, and sending stays with the owner."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import WorksheetRow
from measurement.record import audit
from measurement.rules.sop import OPEN_ROWS, ROW_MOVES, Output, Role, RowState, State
from tests.support.characters import cycle_at, fresh, walk
from tests.support.pages import form_of, logged_in, words
from tests.support.sheets import rows_of
from tests.support.workbooks import Workbook, apply, comparison, download, preview

ALL = "?semua=1"


def test_asn_cannot_fill_in_another_persons_row(filled, asn, round_trip):
    book = download(filled, filled.colleague)
    book.cell("Realisasi").value = 99
    response = preview(asn, round_trip, book.saved())
    found = response.context["comparison"]
    assert [(item.name, item.reason, found.count) for item in found.skipped] == [("", "bukan baris Anda", 0)]
    assert "kunjungan rekan" not in words(response)


@pytest.mark.parametrize("who", ["asn", "camat", "sekcam", "administrator"])
def test_only_tim_sakip_can_fill_in_for_everybody(filled, round_trip, who):
    client = logged_in(getattr(filled, who))
    assert client.get(round_trip + ALL).status_code == 403
    assert client.get(reverse("worksheet_form", args=[filled.cycle.pk]) + ALL).status_code == 403
    row = rows_of(filled.asn)[1]
    with pytest.raises(PermissionDenied):
        measuring.save(
            filled.cycle.pk,
            getattr(filled, who),
            [SheetChange(row.pk, row.version, {"realised": Decimal(1)})],
            move="fill_for",
        )


def test_a_stranger_finds_neither_file_nor_page(filled, neighbour, round_trip):
    client = logged_in(neighbour.tim)
    assert client.get(round_trip + ALL).status_code == 404
    assert client.get(reverse("worksheet_form", args=[filled.cycle.pk]) + ALL).status_code == 404


def owners(book: Workbook) -> list[str]:
    sheet, header, column = book.place("Penanggung jawab")
    return [sheet.cell(line, column).value for line in range(header + 1, sheet.max_row + 1)]


def test_tim_sakip_fills_in_for_all_owners_and_it_is_recorded(filled, round_trip):
    tim = logged_in(filled.tim)
    book = download(filled, filled.tim, ALL)
    assert owners(book) == sorted(owners(book))
    assert len(owners(book)) == 3
    for line in (1, 2, 3):
        book.cell("Realisasi", line).value = 8
    book.cell("Realisasi TW ini (Rp)").value = 100
    response = apply(tim, round_trip + ALL, book.saved())
    entries = filled.cycle.audit.filter(action="row_fill_for")
    assert response.url == reverse("overview", args=[filled.cycle.pk])
    assert {entry.data["owner"]: len(entry.data["rows"]) for entry in entries} == {
        filled.asn.pk: 2,
        filled.colleague.pk: 1,
    }
    assert {entry.actor for entry in entries} == {filled.tim}
    assert audit.trail_faults(filled.cycle) == []


def test_what_tim_sakip_filled_in_is_still_to_be_sent_by_its_owner(filled, round_trip):
    book = download(filled, filled.tim, ALL)
    book.cell("Realisasi").value = 8
    apply(logged_in(filled.tim), round_trip + ALL, book.saved())
    assert set(filled.cycle.rows.values_list("state", flat=True)) <= OPEN_ROWS
    assert fresh(filled.cycle).state == State.PENGUKURAN
    assert measuring.send(filled.cycle.pk, filled.tim).done == []


def test_tim_sakip_fills_in_only_what_was_returned_at_step_6(kecamatan):
    kecamatan.cycle = cycle_at(kecamatan, "evaluate")
    row = kecamatan.cycle.rows.first()
    measuring.give_back(kecamatan.cycle.pk, kecamatan.tim, row.pk, row.version, "Angka belum sesuai bukti.")
    book = download(kecamatan, kecamatan.tim, ALL)
    assert len(owners(book)) == 1
    book.cell("Realisasi").value = 2
    apply(logged_in(kecamatan.tim), reverse("round_trip", args=[kecamatan.cycle.pk]) + ALL, book.saved())
    row.refresh_from_db()
    assert (row.realised, row.state) == (2, RowState.DIKEMBALIKAN)


def test_filling_in_for_others_is_a_move_of_its_own():
    assert (ROW_MOVES["fill_for"].actor, ROW_MOVES["fill_for"].target) == (Role.TIM_SAKIP, None)
    assert ROW_MOVES["fill_for"].during == ROW_MOVES["save"].during


def test_the_own_door_takes_only_ones_own_rows_of_the_common_file(filled, round_trip):
    book = download(filled, filled.tim, ALL)
    for line in (1, 2, 3):
        book.cell("Realisasi", line).value = 8
    found = comparison(logged_in(filled.colleague), round_trip, book.saved())
    assert (found.count, len(found.skipped)) == (1, 2)


def test_a_waiting_file_of_the_common_door_cannot_be_applied_at_the_own_one(filled, round_trip):
    tim = logged_in(filled.tim)
    book = download(filled, filled.tim, ALL)
    book.cell("Realisasi").value = 8
    seen = form_of(preview(tim, round_trip + ALL, book.saved()))["seen"]
    assert tim.post(round_trip, {"seen": seen, "action": "apply"}).url == round_trip
    assert set(WorksheetRow.objects.values_list("realised", flat=True)) <= {None, 3}


def test_the_evaluation_names_who_filled_in_for_the_owner_and_judged_it(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    row = cycle.rows.first()
    measuring.save(
        cycle.pk, kecamatan.tim, [SheetChange(row.pk, row.version, {"realised": Decimal(1)})], move="fill_for"
    )
    printed = walk(kecamatan, fresh(cycle), "recapitulate").papers.get(kind=Output.EVALUASI).content["groups"]
    lines = [(line["filled_by"], line["own_verdict"]) for group in printed for line in group["rows"]]
    assert lines == [(kecamatan.tim.name, True), ("", False)]
