"""What reviewers broke once: stuck cycles, ways into the archive, stale pages, accounts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from measurement.doors import attachments, measuring, workflow
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.models import (
    Appointment,
    Evidence,
    MeasurementCycle,
    Person,
    ScheduledStep,
    StoredFile,
    WorksheetRow,
)
from measurement.models.organisation import validate_pattern
from measurement.record.rounds import Arahan
from measurement.rules.figure import Gap
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.sop import SEND_BACK, Role, RowState, State
from tests.support.characters import cycle_at, fresh, open_cycle, person, prepare, store_papers, walk
from tests.support.pages import logged_in, words

REASON = "Kegiatan dialihkan ke triwulan berikutnya."


def test_a_correction_has_to_say_why(kecamatan):
    cycle_at(kecamatan, None)
    with pytest.raises(Incomplete, match="Tuliskan alasan koreksi"):
        workflow.open_cycle(
            kecamatan.unit, kecamatan.plan, 2026, 1, kecamatan.camat, "Laksanakan pengukuran."
        )
    assert open_cycle(kecamatan).stays.first().note == "Realisasi satu indikator keliru dicatat."


def test_step_4_asks_for_owners_who_still_serve(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    kecamatan.asn.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Incomplete, match="berpagu tetapi tidak mempunyai penanggung jawab"):
        workflow.perform(cycle, "prepare_method", kecamatan.tim)


def test_whoever_leads_or_evaluates_is_an_asn(kecamatan):
    member = person("anggota", kecamatan.unit, Role.TIM_SAKIP)
    member.appointments.filter(role=Role.ASN).delete()
    assert Person.objects.get(pk=member.pk).roles_in(kecamatan.unit.pk) == {Role.TIM_SAKIP, Role.ASN}


def test_the_last_money_entered_completes_step_5(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    prepare(kecamatan, cycle)
    node = cycle.nodes.get(level="sub_kegiatan")
    measuring.save(cycle.pk, kecamatan.asn, [], [SheetChange(node.pk, node.version, {"spent": None})])
    measuring.send(cycle.pk, kecamatan.asn)
    assert fresh(cycle).state == State.PENGUKURAN
    measuring.save(
        cycle.pk, kecamatan.asn, [], [SheetChange(node.pk, node.version + 1, {"spent": Decimal(1)})]
    )
    assert fresh(cycle).state == State.EVALUASI


def test_money_cannot_be_taken_back_to_blank_at_step_6(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row, node = cycle.rows.first(), cycle.nodes.get(level="sub_kegiatan")
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    with pytest.raises(Incomplete, match="tidak dapat dikosongkan"):
        measuring.save(cycle.pk, kecamatan.asn, [], [SheetChange(node.pk, node.version, {"spent": None})])


def test_an_excused_draft_does_not_enter_the_next_quarter(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    row = cycle.rows.first()
    measuring.save(cycle.pk, kecamatan.asn, [SheetChange(row.pk, row.version, {"realised": Decimal(999)})])
    measuring.excuse(cycle.pk, kecamatan.tim, row.pk, row.version + 1, REASON)
    walk(kecamatan, fresh(cycle))
    second = cycle_at(kecamatan, "measure", quarter=2)
    assert second.rows.get(indicator=row.indicator).earlier == [{}]


def test_a_row_not_filled_this_quarter_keeps_its_figure_to_date_and_counts_nowhere_yet(kecamatan):
    cycle_at(kecamatan, None)
    second = cycle_at(kecamatan, "measure", quarter=2)
    sheet = calculate(second)
    assert None not in {figures.capaian.value for figures in sheet.rows.values()}
    assert {figures.counted.gap for figures in sheet.rows.values()} == {Gap.NOT_SENT}
    assert sheet.office.capaian.figure.value is None


def test_the_predicate_of_an_archived_cycle_stays(kecamatan):
    cycle = cycle_at(kecamatan, None)
    before = calculate(fresh(cycle)).office.predicate
    kecamatan.unit.predicate_scale.levels.filter(label="Sangat Tinggi").update(lower=Decimal(150))
    assert calculate(fresh(cycle)).office.predicate == before == "Sangat Tinggi"


def test_nothing_moves_from_an_open_cycle_into_an_archived_one(kecamatan):
    archived = cycle_at(kecamatan, None)
    other = cycle_at(kecamatan, "prepare_method", quarter=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledStep.objects.filter(cycle=other, step="prepare_method").update(
            cycle=archived, step="plan_activities"
        )


def test_attendance_and_stored_files_are_guarded_too(kecamatan):
    cycle = cycle_at(kecamatan, None)
    stored = StoredFile.objects.create(
        unit=kecamatan.unit, sha256="1" * 64, size=1, kind="pdf", path="uji.pdf"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        cycle.meeting.attendees.clear()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(sha256="2" * 64)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_replace_into_is_no_way_around_the_triggers(kecamatan):
    cycle = cycle_at(kecamatan, None)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "REPLACE INTO measurement_measurementcycle SELECT * FROM measurement_measurementcycle WHERE id = %s",
            [cycle.pk],
        )


def test_evidence_of_an_earlier_round_stays(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    row = cycle.rows.first()
    stored = StoredFile.objects.create(
        unit=kecamatan.unit, sha256="1" * 64, size=1, kind="pdf", path="uji.pdf"
    )
    old = Evidence.objects.create(
        row=row, file=stored, name="bukti.pdf", uploaded_by=kecamatan.asn, uploaded_at=timezone.now()
    )
    workflow.perform(
        cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Lengkapi bukti bulan Maret.", row.pk)]
    )
    with pytest.raises(NotAtThisStep, match="putaran sebelumnya"):
        attachments.detach(cycle.pk, kecamatan.asn, old.pk)


def test_a_step_is_not_performed_on_what_somebody_else_wrote_meanwhile(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    seen = fresh(cycle).version
    workflow.save_step(
        cycle, kecamatan.tim, seen, lambda c: setattr(c, "recap_note", "Ditulis orang lain pada saat itu.")
    )
    with pytest.raises(Stale):
        workflow.perform(cycle, "recapitulate", kecamatan.tim, version=seen)


def test_a_stale_step_page_shows_what_is_stored(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    url, seen = reverse("step", args=[cycle.pk, 7]), fresh(cycle).version
    workflow.save_step(cycle, kecamatan.tim, seen, lambda c: setattr(c, "recap_note", "Ditulis orang lain."))
    response = logged_in(kecamatan.tim).post(
        url, {"recap_note": "Tulisan saya.", "version": seen, "action": "save"}
    )
    assert response.status_code == 409
    assert "yang tersimpan sekarang: “Ditulis orang lain.”" in words(response)
    assert "Tulisan saya." in response.content.decode()


def test_an_odd_figure_needs_words(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    prepare(kecamatan, cycle)
    row = cycle.rows.first()
    WorksheetRow.objects.filter(pk=row.pk).update(realised=Decimal(-5))
    assert "angka yang tidak lazim" in " ".join(measuring.send(cycle.pk, kecamatan.asn).gaps[row.pk])


def test_a_temporary_password_is_changed_first(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(must_change_password=True)
    client = logged_in(Person.objects.get(pk=kecamatan.asn.pk))
    assert client.get(reverse("cycles")).url == f"{reverse('password_change')}?next=%2Fsiklus%2F"
    passwords = {
        "old_password": "sandi-asn416-317-2026",
        "new_password1": "kata-sandi-baru-71",
        "new_password2": "kata-sandi-baru-71",
    }
    client.post(reverse("password_change"), passwords)
    assert client.get(reverse("cycles")).status_code == 200


def test_only_one_person_acts_for_an_official_at_a_time(kecamatan):
    today = timezone.localdate()
    acting = {
        "unit": kecamatan.unit,
        "role": Role.CAMAT,
        "kind": "plh",
        "title": "Camat",
        "starts": today,
        "ends": today + timedelta(days=5),
    }
    Appointment.objects.create(person=kecamatan.sekcam, **acting)
    with pytest.raises(ValidationError, match="sudah ditugaskan"):
        Appointment(person=kecamatan.tim, **acting).full_clean()


@pytest.mark.parametrize(
    "pattern", ["{urut}/{tahun}", "{urut}/{jenis}", "{urut}/{jenis}/{tahun}/{lain}", "{}"]
)
def test_a_number_pattern_must_tell_papers_apart(pattern):
    with pytest.raises(ValidationError):
        validate_pattern(pattern)


def test_only_those_who_see_all_rows_download_the_package(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    prepare(kecamatan, cycle)
    store_papers(cycle)
    workflow.perform(cycle, "archive", kecamatan.tim)
    assert logged_in(kecamatan.asn).get(reverse("package", args=[cycle.pk])).status_code == 403
    assert MeasurementCycle.objects.get(pk=cycle.pk).rows.filter(state=RowState.DITERIMA).exists()
