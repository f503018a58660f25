"""What the database refuses whoever asks: changes to the archive, to papers and to the audit trail, and numbers that are none."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from measurement.doors import attachments, follow_ups, withdrawing, workflow
from measurement.models import (
    ArchivePackage,
    CorrectionEffect,
    Directive,
    Evidence,
    Extension,
    FollowUp,
    Handover,
    MeasurementCycle,
    OpeningSet,
    OversightNote,
    Paper,
    PaperSignature,
    Revision,
    ScheduledStep,
    SettingChange,
    SmartDecision,
    Stay,
    VoidNumber,
    triggers,
    words_index,
)
from measurement.plan.revising import approve
from measurement.record import audit
from measurement.record.rounds import Arahan
from measurement.record.setting_changes import record_setting
from measurement.rules.sop import MEASURE, SEND_BACK, State
from tests.support.characters import YEAR, Office, cycle_at, fresh, open_cycle, walk
from tests.support.database import refused, sql, without
from tests.support.sheets import PDF
from tests.support.spending_files import taken_over


@pytest.fixture
def archived(kecamatan) -> MeasurementCycle:
    return kecamatan.once(with_something_in_every_table)


def with_something_in_every_table(kecamatan: Office) -> MeasurementCycle:
    """An archived cycle with something in every table with a trigger: evidence, a return with arahan, papers with files, the package."""
    cycle = cycle_at(kecamatan, "measure")
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, "Tahun yang dipilih keliru.")
    withdrawing.take_back(cycle.pk, kecamatan.camat)
    Extension.objects.create(
        cycle=cycle, step=MEASURE.key, round=1, until=date(YEAR, 12, 30), reason="Petugas sakit.", asked_by=kecamatan.asn, asked_at=timezone.now()
    )  # fmt: skip
    attachments.attach(cycle.pk, kecamatan.asn, cycle.rows.first().pk, SimpleUploadedFile("a.pdf", PDF))
    taken_over(kecamatan, cycle)
    # written directly: the small office's indicators are all SMART
    SmartDecision.objects.create(
        cycle=cycle, indicator=kecamatan.indicators[0], lacks=["smart_specific"], verdict="diterima", reason="Dirinci pada Renja.",
        decided_by=kecamatan.tim, decided_as="Ketua Tim SAKIP", decided_at=timezone.now(),
    )  # fmt: skip
    cycle = walk(kecamatan, cycle, "approve")
    workflow.perform(
        cycle,
        SEND_BACK,
        kecamatan.sekcam,
        arahan=[Arahan("Lengkapi bukti baris ini.", cycle.rows.first().pk)],
    )
    cycle = walk(kecamatan, fresh(cycle))
    approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(YEAR, 1, 5))
    Revision.objects.create(
        plan=kecamatan.plan, year=YEAR, node=kecamatan.sub, indicator=kecamatan.indicators[0], label="target setahun", old="12", new="10",
        reason="Anggaran berkurang.", document="Perjanjian Kinerja Perubahan", dated=date(YEAR, 9, 1), made_by=kecamatan.tim,
        made_at=timezone.now(),
    )  # fmt: skip
    with_opening(kecamatan)
    _beside_the_cycle(kecamatan, cycle)
    _with_papers(kecamatan, cycle)
    return cycle


def _beside_the_cycle(kecamatan: Office, cycle: MeasurementCycle) -> None:
    """What the office keeps: a handover, a changed setting, a correction that reached the cycle."""
    Handover.objects.create(
        unit=cycle.unit,
        giver=kecamatan.asn,
        taker=kecamatan.tim,
        reason="Pindah tugas.",
        done_at=timezone.now(),
        done_by=kecamatan.camat,
    )
    record_setting(
        cycle.unit, kecamatan.administrator, SettingChange.Part.RULES, {"Ambang": "5"}, {"Ambang": "3"}
    )
    CorrectionEffect.objects.create(
        correction=cycle, cycle=cycle, taken_over=False, reached_at=timezone.now()
    )

    _followed_up(kecamatan, cycle)
    note = OversightNote.objects.create(
        unit=cycle.unit, cycle=cycle, finding="Bukti tidak memuat tanggal.", recommendation="Lampirkan bukti bertanggal.",
        due=date(YEAR, 12, 1), written_by=kecamatan.asn, written_as="Inspektorat", written_at=timezone.now(),
    )  # fmt: skip
    note.entries.create(kind="jawaban", text="Sudah dilampirkan.", by=kecamatan.tim, at=timezone.now())


def _followed_up(kecamatan: Office, cycle: MeasurementCycle) -> None:
    """What was said of the arahan that came back with the cycle."""
    follow_ups.report_on(
        FollowUp.objects.filter(cycle=cycle).first(), kecamatan.tim, "Buktinya sudah dilengkapi."
    )


def _with_papers(kecamatan: Office, cycle: MeasurementCycle) -> None:
    """A signature, a number used elsewhere and the package."""
    paper = cycle.papers.first()
    PaperSignature.objects.create(
        signer=paper.signers.first(),
        path="naskah/uji.pdf",
        sha256="0" * 64,
        size=2,
        signed_at=timezone.now(),
        recorded_by=kecamatan.camat,
    )
    VoidNumber.objects.create(
        unit=cycle.unit, year=YEAR, kind=paper.kind, sequence=9, reason="Dipakai di luar sistem.", voided_at=timezone.now(),
        voided_by=kecamatan.camat,
    )  # fmt: skip
    ArchivePackage.objects.create(
        cycle=cycle, path="arsip/uji.zip", sha256="0" * 64, size=2, made_at=timezone.now()
    )


def with_opening(kecamatan: Office) -> None:
    """Data awal that are approved."""
    opening = OpeningSet.objects.create(
        plan=kecamatan.plan, document="Laporan", dated=date(YEAR, 1, 5), entered_by=kecamatan.tim, entered_at=timezone.now()
    )  # fmt: skip
    opening.figures.create(
        indicator=kecamatan.indicators[0], year=YEAR, number=1, realised=1, entered_by=kecamatan.tim
    )
    opening.approved_by, opening.approved_at = kecamatan.tim, timezone.now()
    opening.save()


def test_the_triggers_in_the_database_are_those_of_the_table(db):
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        found = {(name, table) for name, table in cursor.fetchall() if name not in words_index.TRIGGERS}
    assert found == {(trigger.name, trigger.table) for trigger in triggers.TRIGGERS}


def test_every_table_with_a_trigger_has_a_row_to_try(archived):
    for trigger in triggers.TRIGGERS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {trigger.table}")
            assert cursor.fetchone()[0], trigger.table


@pytest.mark.parametrize("event", ["UPDATE", "DELETE"])
def test_raw_sql_cannot_change_what_is_archived(archived, event):
    for trigger in (t for t in triggers.TRIGGERS if t.event == event):
        statement = (
            f"UPDATE {trigger.table} SET id = id" if event == "UPDATE" else f"DELETE FROM {trigger.table}"
        )
        with refused(f"{triggers.ARCHIVED}|{triggers.FIXED}"):
            sql(statement)


@pytest.mark.parametrize("table", triggers.OF_CYCLE)
@pytest.mark.parametrize("event", ["update", "delete"])
def test_a_trigger_on_the_archive_speaks_for_itself(archived, table, event):
    """Also where no append-only trigger stands beside it."""
    if table in triggers.APPEND_ONLY:
        without(f"fixed_{table}_{event}")
    statement = (
        f"UPDATE measurement_{table} SET id = id" if event == "update" else f"DELETE FROM measurement_{table}"
    )
    with refused(triggers.ARCHIVED):
        sql(statement)


def test_an_archived_cycle_cannot_be_changed_by_the_orm(archived):
    with refused(triggers.ARCHIVED):
        MeasurementCycle.objects.filter(pk=archived.pk).update(conclusion="Lain.")
    with refused(triggers.ARCHIVED):
        MeasurementCycle.objects.filter(pk=archived.pk).update(state=State.LAPORAN)
    with refused(triggers.ARCHIVED):
        fresh(archived).save()


@pytest.mark.parametrize(
    ("related", "values"),
    [
        ("rows", {"realised": 99}), ("nodes", {"spent": 99}), ("stays", {"note": "lain"}), ("directives", {"answer": "lain"}),
        ("schedule", {"date": date(2000, 1, 1)}), ("reference_documents", {"explanation": "lain"}), ("papers", {"number": "lain"}),
        ("audit", {"action": "lain"}), ("snapshots", {"rows": {}}),
    ],
)  # fmt: skip
def test_what_belongs_to_an_archived_cycle_cannot_be_changed_by_the_orm(archived, related, values):
    found = getattr(archived, related)
    assert found.exists()
    with refused():
        found.update(**values)
    with refused():
        found.all()._raw_delete(using="default")


def test_the_meeting_of_an_archived_cycle_cannot_be_changed(archived):
    archived.meeting.place = "Lain"
    with refused(triggers.ARCHIVED):
        archived.meeting.save()


def test_evidence_of_an_archived_cycle_stays(archived):
    evidence = Evidence.objects.get()
    with refused(triggers.ARCHIVED):
        evidence.delete()
    with refused(triggers.ARCHIVED):
        Evidence.objects.update(name="lain.pdf")
    with refused(triggers.ARCHIVED):
        Evidence.objects.create(
            row=archived.rows.last(),
            file=evidence.file,
            name="b",
            uploaded_by=evidence.uploaded_by,
            uploaded_at=timezone.now(),
        )


def test_nothing_can_be_added_to_an_archived_cycle(archived, kecamatan):
    now = timezone.now()
    with refused(triggers.ARCHIVED):
        Stay.objects.create(cycle=archived, step="archive", round=9, arrived_at=now)
    with refused(triggers.ARCHIVED):
        Directive.objects.create(
            cycle=archived, round=9, text="Arahan.", given_by=kecamatan.sekcam, given_at=now
        )
    with refused(triggers.ARCHIVED):
        ScheduledStep.objects.create(cycle=archived, step="order", date=now.date())
    with refused(triggers.ARCHIVED):
        audit.record(archived, kecamatan.tim, "archive")
    paper = Paper.objects.last()
    paper.pk, paper.sequence, paper.replaces = None, 999, None
    with refused(triggers.ARCHIVED):
        paper.save(force_insert=True)


def test_an_open_cycle_of_the_same_office_is_not_held_by_the_archive(archived, kecamatan):
    correction = open_cycle(kecamatan)
    MeasurementCycle.objects.filter(pk=correction.pk).update(recap_note="Masih berjalan.")
    assert fresh(correction).recap_note == "Masih berjalan."


def test_an_issued_paper_is_never_changed(kecamatan):
    paper = open_cycle(kecamatan).papers.get()
    paper.content = {"number": "lain"}
    with refused(triggers.FIXED):
        paper.save()
    with refused(triggers.FIXED):
        Paper.objects.filter(pk=paper.pk)._raw_delete(using="default")


def test_a_paper_number_is_given_once(kecamatan):
    paper = open_cycle(kecamatan).papers.get()
    paper.pk = None
    with refused("unique|paper_number_once|UNIQUE"):
        paper.save(force_insert=True)
