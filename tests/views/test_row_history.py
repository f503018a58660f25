"""History at hand while typing, and copies from the last period and the twin: as a draft, marked, never over typed text unasked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement import files
from measurement.archiving.trail_check import trail_disagreements
from measurement.doors.copying import copy_into
from measurement.models import Evidence, Unit, WorksheetRow
from measurement.rules.copying import CopyGroup
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sop import RowState, State
from tests.support.characters import fresh
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.past_cycles import copied
from tests.support.sheets import TEXTS, upload


@pytest.fixture
def row(measuring_office) -> WorksheetRow:
    """A blank row of the cycle that is being measured."""
    return WorksheetRow.objects.filter(cycle=measuring_office.cycle, owner=measuring_office.asn).earliest(
        "position"
    )


@pytest.fixture
def last(measuring_office, row) -> WorksheetRow:
    """The same row half a year before, measured, analysed and proved; not archived yet."""
    then = copied(
        measuring_office.cycle, measuring_office.cycle.year - 1, 4, realised=5, state=State.EVALUASI
    )
    found = WorksheetRow.objects.get(cycle=then, indicator=row.indicator_id)
    stored = files.store_upload(measuring_office.unit, upload("register.pdf"))
    common = {"row": found, "uploaded_by": measuring_office.asn, "uploaded_at": timezone.now()}
    Evidence.objects.create(**common, file=stored, name="register.pdf", page="3")
    Evidence.objects.create(**common, url="https://bps.go.id/a", name="bps.go.id/a")
    WorksheetRow.objects.filter(pk=found.pk).update(state=RowState.DITERIMA, **TEXTS)
    found.refresh_from_db()
    return found


@pytest.fixture
def history(measuring_office, row) -> str:
    return reverse("row_history", args=[measuring_office.cycle.pk, row.pk])


def press(client, url: str, row: WorksheetRow, what: str, **values):
    return submit(client, url, copy=f"{row.pk}:{what}", **values)


def test_the_history_shows_what_was_said_in_earlier_periods(asn, row, last, history):
    page = words(asn.get(history))
    assert f"{last.cycle.period} belum diarsipkan" in page
    assert TEXTS["follow_up"] in page
    assert "register.pdf, hlm. 3" in page
    assert "Salin dari Triwulan IV" in page


def test_the_part_for_the_open_row_has_no_frame(asn, last, history):
    page = asn.get(f"{history}?bagian=ya").content.decode()
    assert "<h1" not in page
    assert 'name="copy"' in page


def test_a_figure_is_copied_as_a_marked_draft(asn, sheet, row, last):
    answer = press(asn, sheet, row, "lalu:angka")
    row.refresh_from_db()
    assert (answer.status_code, row.realised, row.state) == (302, 5, RowState.DRAF)
    assert f"Realisasi disalin dari {last.cycle.period}." in words(asn.get(sheet))


def test_the_mark_goes_with_the_copy(asn, sheet, row, last):
    press(asn, sheet, row, "lalu:angka")
    submit(asn, sheet, **{f"realised-{row.pk}": "6"})
    assert "disalin dari" not in words(asn.get(sheet))


def test_what_was_typed_beside_is_saved_before(asn, sheet, row, last):
    other = WorksheetRow.objects.filter(cycle=row.cycle, owner=row.owner).latest("position")
    press(asn, sheet, row, "lalu:angka", **{f"realised-{other.pk}": "4"})
    other.refresh_from_db()
    assert other.realised == 4


@pytest.mark.parametrize("client_is", ["worksheet", "history"])
def test_typed_text_is_replaced_only_after_being_asked(asn, sheet, history, row, last, client_is):
    submit(asn, sheet, **{f"follow_up-{row.pk}": "Baru diketik."})
    answer = press(asn, sheet if client_is == "worksheet" else history, row, "lalu:teks")
    row.refresh_from_db()
    assert row.follow_up == "Baru diketik."
    question = asn.get(answer.url)
    assert "Baris ini sudah berisi" in words(question)
    asn.post(history, form_of(question) | {"copy": f"{row.pk}:lalu:teks"})
    row.refresh_from_db()
    assert row.follow_up == TEXTS["follow_up"]


def test_evidence_is_the_same_stored_file_and_says_from_where(asn, sheet, row, last):
    for _ in range(2):
        press(asn, sheet, row, "lalu:bukti")
    file, link = row.evidence.all()
    assert (file.file, file.page, link.url) == (last.evidence.first().file, "3", "https://bps.go.id/a")
    assert file.copied_from == last.cycle.period
    assert list(trail_disagreements(fresh(row.cycle))) == []


def test_a_link_to_a_site_that_is_allowed_no_more_is_left_and_it_is_said(asn, sheet, row, last):
    Unit.objects.update(evidence_hosts="drive.google.com")
    press(asn, sheet, row, "lalu:bukti")
    page = words(asn.get(sheet))
    assert [evidence.name for evidence in row.evidence.all()] == ["register.pdf"]
    assert "situsnya tidak diizinkan lagi: bps.go.id/a." in page
    row.evidence.all().delete()
    last.evidence.exclude(file=None).delete()
    press(asn, sheet, row, "lalu:bukti")
    assert "situsnya tidak diizinkan lagi" in words(asn.get(sheet))
    assert not row.evidence.exists()


def test_the_same_name_in_another_kelurahan_is_no_history_of_a_row(asn, history, row, last):
    """An indicator of an earlier plan is known by its name and place; a kelurahan has the same code as its kecamatan."""
    other = last.cycle.rows.exclude(pk=last.pk).first()
    other.delete()
    WorksheetRow.objects.filter(pk=last.pk).update(indicator=other.indicator_id)
    assert "Triwulan IV" in words(asn.get(history))
    type(last.node).objects.filter(pk=last.node_id).update(sub_unit="Kelurahan Lain")
    assert "Triwulan IV" not in words(asn.get(history))


def test_a_figure_in_another_unit_is_not_copied(asn, history, row, last):
    WorksheetRow.objects.filter(pk=last.pk).update(measure="Orang")
    assert "Realisasi: satuan atau cara hitungnya lain" in words(asn.get(history))
    with pytest.raises(Incomplete, match="satuan"):
        copy_into(row.cycle_id, row.owner, row.pk, "lalu", CopyGroup.FIGURE)


def test_a_row_that_was_sent_takes_no_copy(asn, sheet, row, last, history):
    WorksheetRow.objects.filter(pk=row.pk).update(state=RowState.TERKIRIM)
    assert 'name="copy"' not in asn.get(history).content.decode()
    with pytest.raises(NotAtThisStep):
        copy_into(row.cycle_id, row.owner, row.pk, "lalu", CopyGroup.FIGURE)


def test_a_colleague_finds_no_history_and_leads_see_it_without_buttons(measuring_office, row, last, history):
    assert logged_in(measuring_office.colleague).get(history).status_code == 404
    assert 'name="copy"' not in logged_in(measuring_office.sekcam).get(history).content.decode()
    assert (
        logged_in(measuring_office.colleague).post(history, {"copy": f"{row.pk}:lalu:angka"}).status_code
        == 404
    )


def test_the_twin_on_the_branch_above_can_be_copied(asn, sheet, row):
    twin = WorksheetRow.objects.filter(cycle=row.cycle, owner=row.owner).latest("position")
    WorksheetRow.objects.filter(pk=twin.pk).update(
        name=row.name, node=row.node.parent, realised=7, state=RowState.TERKIRIM
    )
    press(asn, sheet, row, f"kembar-{twin.pk}:angka")
    row.refresh_from_db()
    assert row.realised == 7
    assert "disalin dari indikator yang sama pada 7.01.02.2.01" in words(asn.get(sheet))


def test_the_words_of_a_colleagues_twin_stay_theirs(measuring_office, asn, row, history):
    twin = WorksheetRow.objects.get(cycle=row.cycle, owner=measuring_office.colleague)
    WorksheetRow.objects.filter(pk=twin.pk).update(
        name=row.name, node=row.node.parent, realised=7, analysis="Rahasia rekan."
    )
    page = words(asn.get(history))
    assert "Analisis dan tindak lanjut: isian pegawai lain" in page
    with pytest.raises(Incomplete):
        copy_into(row.cycle_id, row.owner, row.pk, f"kembar-{twin.pk}", CopyGroup.TEXT)


@pytest.mark.parametrize("what", ["lalu", "lalu:semua", "", "x:y:z", "99:lalu:angka"])
def test_a_button_that_nobody_drew_does_nothing(asn, sheet, row, what):
    answer = submit(asn, sheet, copy=what)
    assert answer.status_code in (302, 409)


def test_a_history_costs_few_queries(asn, row, last, history, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        asn.get(f"{history}?bagian=ya")
