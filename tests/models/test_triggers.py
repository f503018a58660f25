"""What the database refuses whoever asks: changes to the archive, to papers and to the audit trail, and numbers that are none."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.utils import timezone

from measurement.doors import measuring, workflow
from measurement.models import (
    ArchivePackage,
    Directive,
    Evidence,
    Handover,
    Holiday,
    MeasurementCycle,
    Pagu,
    Paper,
    PaperSignature,
    Person,
    PredicateLevel,
    Revision,
    ScheduledStep,
    Stay,
    Target,
    VoidNumber,
    WorksheetNode,
    WorksheetRow,
    triggers,
)
from measurement.plan.revising import approve
from measurement.record import audit
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, RowState, State
from tests.support.characters import YEAR, Office, cycle_at, fresh, open_cycle, walk
from tests.support.database import refused, sql, without
from tests.support.sheets import PDF


@pytest.fixture
def archived(kecamatan) -> MeasurementCycle:
    return kecamatan.once(with_something_in_every_table)


def with_something_in_every_table(kecamatan: Office) -> MeasurementCycle:
    """An archived cycle with something in every table with a trigger: evidence, a return with arahan, papers with files, the package."""
    cycle = cycle_at(kecamatan, "measure")
    measuring.attach(cycle.pk, kecamatan.asn, cycle.rows.first().pk, SimpleUploadedFile("a.pdf", PDF))
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
    Handover.objects.create(
        unit=cycle.unit,
        giver=kecamatan.asn,
        taker=kecamatan.tim,
        reason="Pindah tugas.",
        done_at=timezone.now(),
        done_by=kecamatan.camat,
    )
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
    return cycle


def test_the_triggers_in_the_database_are_those_of_the_table(db):
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        found = set(cursor.fetchall())
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


# Numbers


@pytest.mark.parametrize("column", ["realised", "numerator", "denominator"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e15", "-1e15"])
def test_a_row_refuses_what_is_no_number(kecamatan, column, value):
    cycle = cycle_at(kecamatan, "measure")
    with refused(error=DatabaseError):
        sql(f"UPDATE measurement_worksheetrow SET {column} = %s WHERE cycle_id = %s", value, cycle.pk)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e15"])
def test_money_refuses_what_is_no_amount(kecamatan, value):
    cycle = cycle_at(kecamatan, "measure")
    with refused(error=DatabaseError):
        sql("UPDATE measurement_worksheetnode SET spent = %s WHERE cycle_id = %s", value, cycle.pk)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e15"])
def test_a_pagu_refuses_what_is_no_amount(kecamatan, value):
    with refused(error=DatabaseError):
        sql("UPDATE measurement_pagu SET amount = %s", value)
    assert Pagu.objects.get().amount == 10_000_000


@pytest.mark.parametrize("column", ["annual", "q1", "q4"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e15"])
def test_a_target_refuses_what_is_no_number(kecamatan, column, value):
    with refused(error=DatabaseError):
        sql(f"UPDATE measurement_target SET {column} = %s", value)
    assert Target.objects.first().year == YEAR


@pytest.mark.parametrize("value", ["0", "-5", "999999999999999", "-999999999.999999", None])
def test_a_row_takes_every_real_number_and_a_blank(kecamatan, value):
    cycle = cycle_at(kecamatan, "measure")
    assert cycle.rows.update(realised=value and Decimal(value)) == 2


# Reasons and states


@pytest.mark.parametrize("state", [RowState.DIKEMBALIKAN, RowState.DIKECUALIKAN])
def test_a_row_is_not_returned_or_excused_without_a_reason(kecamatan, state):
    cycle = cycle_at(kecamatan, "measure")
    with refused("row_verdict_says_why"):
        cycle.rows.update(state=state, verdict_note="")


def test_a_row_and_a_cycle_know_only_their_states(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    with refused("row_state_known"):
        cycle.rows.update(state="selesai")
    with refused("cycle_state_known"):
        MeasurementCycle.objects.update(state="selesai")


def test_arahan_has_words(kecamatan):
    cycle = open_cycle(kecamatan)
    with refused("directive_says_what"):
        Directive.objects.create(
            cycle=cycle, round=2, text="", given_by=kecamatan.sekcam, given_at=timezone.now()
        )


def test_a_cycle_has_one_of_four_quarters(kecamatan):
    cycle = open_cycle(kecamatan)
    with refused("cycle_quarter"):
        MeasurementCycle.objects.filter(pk=cycle.pk).update(quarter=5)


def test_an_indicator_is_frozen_once_into_a_cycle(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    for found in (
        WorksheetRow.objects.filter(cycle=cycle).first(),
        WorksheetNode.objects.filter(cycle=cycle).first(),
    ):
        found.pk = None
        with refused("(?i)unique"):
            found.save(force_insert=True)


def test_a_national_holiday_and_the_lowest_predicate_stand_once(kecamatan):
    Holiday.objects.create(date=date(2026, 5, 1), name="Hari Buruh")
    with refused("(?i)unique"):
        Holiday.objects.create(date=date(2026, 5, 1), name="Hari Buruh")
    with refused("(?i)unique"):
        PredicateLevel.objects.create(scale=kecamatan.unit.predicate_scale, label="Paling rendah", lower=None)


def test_people_with_history_cannot_be_deleted(kecamatan):
    open_cycle(kecamatan)
    with refused("protected|referenced", error=Exception):
        Person.objects.get(pk=kecamatan.camat.pk).delete()
