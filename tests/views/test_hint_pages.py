"""Hints on the pages, in the papers and in the workbook: shown, explained, printed, and never in the way. And the date of evidence."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from measurement.doors import attachments, measuring
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import Output, RowState, State
from measurement.spreadsheets.worksheet_export import worksheet_workbook
from measurement.views.steps.decision import SHOWN_AT_ONCE
from tests.support.characters import Office, add_indicator, cycle_at, fill, fresh, settle, walk
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import complete, first_row, rows_of, upload
from tests.support.step_pages import address

ANSWER = "Kegiatan triwulan depan sudah dilaksanakan lebih awal."
FAR = "Capaian 300,00 % melebihi 200 %."


def hinted(office: Office, step: str, **values) -> MeasurementCycle:
    """A cycle that waits for the step, whose first row has a capaian of 300 %."""
    cycle = cycle_at(office, step)
    cycle.rows.filter(position=0).update(realised=9, **values)
    return fresh(cycle)


def test_owner_sees_the_hint_and_can_explain_it(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row, "9"), action="save")
    page = asn.get(response.url)
    assert FAR in words(page)
    assert "1 baris mempunyai petunjuk; penjelasan dapat ditulis pada barisnya." in words(page)
    submit(asn, sheet, **{f"hint_answer-{row.pk}": ANSWER})
    row.refresh_from_db()
    assert row.hint_answer == form_of(asn.get(sheet))[f"hint_answer-{row.pk}"] == ANSWER


def test_a_row_without_hints_has_no_field_for_explaining(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(asn, sheet, **complete(first, "9"))
    values = form_of(asn.get(sheet))
    assert f"hint_answer-{first.pk}" in values
    assert f"hint_answer-{second.pk}" not in values


def test_saving_a_sheet_without_the_field_keeps_the_explanation(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    without = form_of(asn.get(sheet))
    WorksheetRow.objects.filter(pk=row.pk).update(hint_answer=ANSWER)
    asn.post(sheet, without | complete(row, "3"))
    row.refresh_from_db()
    assert (row.realised, row.hint_answer) == (3, ANSWER)
    assert ANSWER in words(asn.get(sheet))


def test_an_explained_hint_is_not_told_again_after_saving(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(hint_answer=ANSWER)
    response = submit(asn, sheet, **complete(row, "9"))
    assert "mempunyai petunjuk" not in words(asn.get(response.url))


def test_hints_never_block_sending(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **complete(row, "9"), action="save")
    response = submit(asn, sheet, action="send", checked="ya")
    row.refresh_from_db()
    assert row.state == RowState.TERKIRIM
    text = words(asn.get(response.url))
    assert "1 baris dikirim dengan petunjuk tanpa penjelasan" in text
    assert "penjelasan dapat ditulis" not in text


def test_hints_never_block_a_step(kecamatan):
    cycle = hinted(kecamatan, "evaluate")
    assert walk(kecamatan, cycle).state == State.ARSIP


def test_tim_sakip_sees_hint_and_explanation_in_the_evaluation(kecamatan):
    client, cycle = logged_in(kecamatan.tim), hinted(kecamatan, "evaluate", hint_answer=ANSWER)
    text = words(client.get(address(cycle)))
    assert FAR in text
    assert ANSWER in text


def shown(client, cycle: MeasurementCycle) -> list[str]:
    page = client.get(f"{address(cycle)}?saring=perhatian")
    return [row.name for row in cycle.rows.all() if f'id="baris-{row.pk}"' in page.content.decode()]


def test_the_filter_shows_unexplained_hints(kecamatan):
    client, cycle = logged_in(kecamatan.tim), hinted(kecamatan, "evaluate")
    assert "Perlu perhatian (1)" in words(client.get(address(cycle)))
    assert shown(client, cycle) == ["Jumlah laporan 1"]
    cycle.rows.update(hint_answer=ANSWER)
    assert shown(client, cycle) == []


def test_the_filter_shows_returned_and_changed_rows(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.last()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Bukti tidak terbaca.")
    assert shown(logged_in(kecamatan.tim), cycle) == [row.name]
    settle(kecamatan, fresh(cycle))
    assert shown(logged_in(kecamatan.tim), fresh(cycle)) == []


def test_the_sekcam_sees_hints_with_their_explanations_before_deciding(kecamatan):
    client, cycle = logged_in(kecamatan.sekcam), hinted(kecamatan, "approve")
    page = client.get(address(cycle))
    assert FAR in words(page)
    assert "tidak ada penjelasan" in words(page)
    cycle.rows.update(hint_answer=ANSWER)
    assert ANSWER in words(client.get(address(cycle)))


def test_the_decision_shows_a_few_rows_with_hints_at_once_and_folds_the_rest(kecamatan):
    for number in range(SHOWN_AT_ONCE):
        add_indicator(kecamatan, f"Indikator {number}", 10 + number)
    cycle = cycle_at(kecamatan, "approve")
    cycle.rows.update(realised=9)
    text = words(logged_in(kecamatan.sekcam).get(address(cycle)))
    assert text.count(FAR) == SHOWN_AT_ONCE + 2
    assert text[: text.index("dan 2 lainnya")].count(FAR) == SHOWN_AT_ONCE


def test_a_decision_without_hints_says_nothing_of_them(kecamatan, to_decide):
    text = words(logged_in(kecamatan.sekcam).get(address(to_decide)))
    assert "Petunjuk" not in text
    assert "Tidak ada baris yang tampak janggal atau di bawah target." in text


@pytest.mark.parametrize("kind", [Output.PENGUKURAN, Output.EVALUASI, Output.LAPORAN])
def test_hints_and_explanations_are_printed(kecamatan, kind):
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle)
    cycle.rows.update(realised=9)
    cycle.rows.filter(position=0).update(hint_answer=ANSWER)
    measuring.send(cycle.pk, kecamatan.asn)
    paper = walk(kecamatan, fresh(cycle)).papers.get(kind=kind)
    printed = render_html(KINDS[kind], paper.content)
    assert [(row["sentences"], row["answer"]) for row in paper.content["hints"]] == [
        ([FAR], ANSWER),
        ([FAR], ""),
    ]
    assert ANSWER in printed
    assert "tidak ada penjelasan" in printed


@pytest.mark.parametrize("kind", [Output.PENGUKURAN, Output.EVALUASI, Output.LAPORAN])
def test_a_paper_without_hints_has_no_such_section(kecamatan, kind):
    paper = cycle_at(kecamatan, None).papers.get(kind=kind)
    assert "Petunjuk kejanggalan" not in render_html(KINDS[kind], paper.content)
    older = {name: value for name, value in paper.content.items() if name != "hints"}
    assert "Petunjuk kejanggalan" not in render_html(KINDS[kind], older)


def test_the_workbook_has_hints_and_explanations(kecamatan):
    cycle = hinted(kecamatan, "measure", hint_answer=ANSWER)
    book = openpyxl.load_workbook(io.BytesIO(worksheet_workbook(calculate(cycle)))).active
    lines = [[cell.value for cell in row] for row in book.iter_rows()]
    header = next(line for line in lines if "Petunjuk" in line)
    found = next(line for line in lines if FAR in line)
    assert (header[found.index(FAR)], header[found.index(ANSWER)]) == ("Petunjuk", "Penjelasan")


# The date of evidence


def test_asn_can_attach_evidence_with_its_date(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(
        asn,
        sheet,
        **{f"file-{row.pk}": upload("notulen.pdf"), f"page-{row.pk}": "3", f"dated-{row.pk}": "2026-02-28"},
    )
    evidence = row.evidence.get()
    assert (evidence.dated, evidence.described) == (
        date(2026, 2, 28),
        "notulen.pdf, hlm. 3, 28 Februari 2026",
    )
    assert "28 Februari 2026" in words(asn.get(sheet))
    assert form_of(asn.get(sheet))[f"dated-{row.pk}"] == ""


@pytest.mark.parametrize("typed", ["02-28-2026", "2026-02-30", "20260228", "kemarin", "28/02"])
def test_what_is_no_date_is_told_at_its_field_and_loses_nothing(measuring_office, asn, sheet, typed):
    row = first_row(measuring_office)
    values = {f"file-{row.pk}": upload(), f"page-{row.pk}": "3", f"dated-{row.pk}": typed}
    response = submit(asn, sheet, **complete(row), **values)
    assert response.status_code == 422
    assert f'id="dated-{row.pk}-error"' in response.content.decode()
    assert not row.evidence.exists()
    kept = form_of(response)
    assert [kept[f"{name}-{row.pk}"] for name in ("realised", "page", "dated")] == ["3", "3", typed]


def test_a_date_without_its_file_is_asked_about(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **{f"dated-{row.pk}": "2026-02-28"})
    assert response.status_code == 422
    assert "Pilih berkas atau tautan yang bertanggal ini" in words(response)


def test_attaching_the_same_file_again_puts_its_date_right(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    for day in ("2026-02-27", "2026-02-28", ""):
        submit(asn, sheet, **{f"file-{row.pk}": upload(), f"dated-{row.pk}": day})
    assert row.evidence.get().dated == date(2026, 2, 28)


def test_evidence_dated_outside_the_period_is_attached_and_told(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"file-{row.pk}": upload("lama.pdf"), f"dated-{row.pk}": "2025-12-31"})
    assert "Bukti “lama.pdf” bertanggal 31 Desember 2025, di luar periode" in words(asn.get(sheet))


def test_a_file_that_was_kept_leaves_nothing_typed_beside_a_stale_row(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    values = (
        form_of(asn.get(sheet))
        | complete(second)
        | {f"file-{first.pk}": upload(), f"dated-{first.pk}": "2026-02-28"}
    )
    WorksheetRow.objects.filter(pk=second.pk).update(version=9, obstacle="Diubah dari halaman lain.")
    response = asn.post(sheet, values)
    assert response.status_code == 409
    assert form_of(response)[f"dated-{first.pk}"] == ""


def test_a_correction_keeps_the_date_of_its_evidence(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    attachments.attach(cycle.pk, kecamatan.asn, cycle.rows.first().pk, upload(), dated=date(2026, 2, 28))
    walk(kecamatan, fresh(cycle))
    correction = cycle_at(kecamatan, "measure")
    assert correction.rows.first().evidence.get().dated == date(2026, 2, 28)


def test_the_first_send_shows_new_hints_and_the_second_sends(measuring_office):
    client, url = logged_in(measuring_office.asn), reverse("worksheet", args=[measuring_office.cycle.pk])
    row = first_row(measuring_office)
    typed = complete(row, "7") | {f"version-{row.pk}": str(row.version), "action": "send"}
    shown = client.post(url, typed, follow=True)
    row.refresh_from_db()
    assert "Periksa jawaban Anda Masih kosong" in words(shown)
    assert "Tidak lazim, belum dijelaskan (1)" in words(shown)
    assert (row.state, row.realised) == (RowState.DRAF, 7)
    client.post(url, form_of(shown) | {"action": "send"})
    row.refresh_from_db()
    assert row.state == RowState.TERKIRIM
