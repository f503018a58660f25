"""Notes of the Inspektorat: written on what an office measured, answered in it, closed above it; what is archived stays as it is."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from measurement.doors.oversight import answer_note, respond_to_answer, write_note
from measurement.models import Message, OversightNote
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.refusals import Incomplete, NotAtThisStep
from tests.support.characters import cycle_at
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words

FINDING, ADVICE = (
    "Bukti realisasi belum memuat bulan Maret.",
    "Lengkapi buktinya atau sesuaikan realisasinya.",
)


@pytest.fixture
def above(kecamatan):
    return government_over(kecamatan.unit)


def written(above, cycle, about=None) -> OversightNote:
    cycle.unit.refresh_from_db()
    due = timezone.localdate() + timedelta(10)
    return write_note(cycle, above[GovernmentRole.INSPECTORATE], FINDING, ADVICE, due, about)


def test_the_inspektorat_writes_on_an_archived_cycle_and_nothing_of_it_changes(above, kecamatan):
    cycle = cycle_at(kecamatan, None)
    before = (cycle.version, cycle.state, cycle.audit.count())
    client = logged_in(above[GovernmentRole.INSPECTORATE])
    url = reverse("new_oversight_note", args=[cycle.pk])
    assert url in client.get(reverse("cycle", args=[cycle.pk])).content.decode()
    due = timezone.localdate() + timedelta(10)
    row = cycle.rows.first()
    filled = form_of(client.get(url)) | {
        "about": f"baris-{row.pk}", "finding": FINDING, "recommendation": ADVICE, "due": f"{due:%d/%m/%Y}",
    }  # fmt: skip
    assert client.post(url, filled).status_code == 302
    note = OversightNote.objects.get()
    assert (note.row, note.unit) == (row, kecamatan.unit)
    cycle.refresh_from_db()
    assert (cycle.version, cycle.state, cycle.audit.count()) == before


def test_those_who_lead_are_told_answer_and_the_inspektorat_closes(above, kecamatan):
    note = written(above, cycle_at(kecamatan, "evaluate"))
    assert set(Message.objects.filter(key__startswith="pengawasan").values_list("person", flat=True)) == {
        kecamatan.camat.pk, kecamatan.sekcam.pk, kecamatan.tim.pk,
    }  # fmt: skip
    url = reverse("oversight_note", args=[note.pk])
    client = logged_in(kecamatan.tim)
    assert (
        client.post(url, form_of(client.get(url)) | {"text": "Laporan Maret sudah dilampirkan."}).status_code
        == 302
    )
    inspector = logged_in(above[GovernmentRole.INSPECTORATE])
    assert "Menunggu Inspektorat (1)" in words(inspector.get(reverse("oversight_notes")))
    page = inspector.get(url)
    assert "Laporan Maret sudah dilampirkan." in words(page)
    answered = {"text": "Buktinya sudah lengkap, catatan ditutup.", "action": "close"}
    assert inspector.post(url, form_of(page) | answered).status_code == 302
    assert OversightNote.objects.closed().get() == note
    assert "textarea" not in client.get(url).content.decode()


def test_only_the_inspektorat_writes_and_only_the_office_answers(above, kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    note = written(above, cycle)
    for role in set(GovernmentRole) - {GovernmentRole.INSPECTORATE}:
        with pytest.raises(PermissionDenied):
            write_note(cycle, above[role], FINDING, ADVICE, date(2030, 1, 1))
        with pytest.raises(PermissionDenied):
            respond_to_answer(note, above[role], ADVICE, closes=True)
    for person in (kecamatan.asn, above[GovernmentRole.INSPECTORATE]):
        with pytest.raises(PermissionDenied):
            answer_note(note, person, "Sudah ditindaklanjuti.")
    with pytest.raises(PermissionDenied):
        respond_to_answer(note, kecamatan.camat, ADVICE, closes=True)


def test_an_inspektorat_of_another_government_finds_nothing(above, kecamatan):
    note = written(above, cycle_at(kecamatan, "evaluate"))
    other = logged_in(government_over(name="Pemerintah Kabupaten Lain")[GovernmentRole.INSPECTORATE])
    assert other.get(reverse("oversight_note", args=[note.pk])).status_code == 404
    assert other.get(reverse("new_oversight_note", args=[note.cycle_id])).status_code == 404
    assert FINDING not in words(other.get(reverse("oversight_notes")))


def test_what_was_closed_is_said_no_more_about(above, kecamatan):
    note = written(above, cycle_at(kecamatan, "evaluate"))
    respond_to_answer(note, above[GovernmentRole.INSPECTORATE], "Sudah sesuai, ditutup.", closes=True)
    with pytest.raises(NotAtThisStep):
        answer_note(note, kecamatan.camat, "Terlambat menjawab.")


def test_a_note_says_what_and_until_when(above, kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    cycle.unit.refresh_from_db()
    with pytest.raises(Incomplete) as refused:
        write_note(cycle, above[GovernmentRole.INSPECTORATE], "Pendek", "", date(2020, 1, 1))
    assert len(refused.value.sentences) == 2


def test_the_database_keeps_a_note_as_it_was_written(above, kecamatan):
    note = written(above, cycle_at(kecamatan, None))
    for change in (lambda: OversightNote.objects.update(finding="Lain."), note.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
