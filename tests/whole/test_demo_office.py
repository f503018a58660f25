"""The demonstration office: loaded by the users' own doors, alive, and loaded once."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from measurement import papers
from measurement.doors import measuring, paper_signing
from measurement.figures.calculation import calculate
from measurement.figures.hints import hints_of
from measurement.management.demo import office, signing
from measurement.management.demo.clock import working_minutes_before
from measurement.models import (
    AuditEntry,
    MeasurementCycle,
    Paper,
    PaperSignature,
    PaperSigner,
    Person,
    Plan,
    PlanApproval,
    SigningKey,
    Unit,
)
from measurement.plan.radar import findings
from measurement.record import audit
from measurement.rules.deadlines import WorkCalendar
from measurement.rules.sop import RowState, State
from measurement.signing import keys
from tests.support.characters import store_papers


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def record_signature(signer, actor, secret):
    path = f"uji/ttd-{signer.pk}.pdf"
    return PaperSignature.objects.create(
        signer=signer, path=path, sha256="0" * 64, size=1, signed_at=timezone.now(), recorded_by=actor
    )


@contextmanager
def sunday_in_november():
    """Papers get files without being rendered, and signatures without being signed."""
    with (
        pytest.MonkeyPatch.context() as patch,
        time_machine.travel(datetime(2026, 11, 22, 6, 0, tzinfo=UTC), tick=False),
    ):
        patch.setattr(papers, "render_pending", store_papers)
        patch.setattr(paper_signing, "sign_paper", record_signature)
        yield


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The office as the command loads it, once for all tests here; each of them starts from a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        with sunday_in_november():
            printed = load()
        yield printed
        transaction.set_rollback(True)


@pytest.fixture
def loaded(demonstration, db):
    with sunday_in_november():
        yield demonstration


def test_demo_has_24_accounts_an_archived_and_a_running_quarter(loaded):
    first, second = MeasurementCycle.objects.order_by("number")

    assert Person.objects.count() == 24
    assert (first.state, second.state) == (State.ARSIP, State.PENGUKURAN)
    assert audit.trail_faults(first) == audit.trail_faults(second) == []
    assert {RowState.KOSONG, RowState.DRAF, RowState.TERKIRIM} <= set(
        second.rows.values_list("state", flat=True)
    )
    assert second.stays.get(left_at=None).arrived_at > datetime(2026, 11, 20, tzinfo=UTC)


def test_demo_marks_itself_and_its_papers(loaded):
    assert Unit.objects.get().is_demonstration
    assert all(
        content["letterhead"]["demonstration"] for content in Paper.objects.values_list("content", flat=True)
    )


@pytest.mark.parametrize("username", ["sekcam", "tim1", "tim2", "tim3", "tim4", "admin", "asn03"])
def test_demo_gives_every_role_something_to_fill(loaded, username):
    second = MeasurementCycle.objects.get(number=2)

    assert measuring.movable(second, "save", Person.objects.get(username=username)).exists()


def test_demo_shows_a_return(loaded):
    second = MeasurementCycle.objects.get(number=2)

    assert AuditEntry.objects.filter(cycle__number=1, action="row_return").exists()
    assert second.plan.source_note == office.SOURCE_NOTE


def test_demo_shows_a_hint_with_its_explanation(loaded):
    sheet = calculate(MeasurementCycle.objects.get(number=2))
    hinted = [sheet.rows[pk].row for pk in hints_of(sheet)]
    assert any(row.hint_answer for row in hinted)


def test_demo_has_one_disagreement_between_its_documents(loaded):
    heavy = [finding.sentence for finding in findings(Plan.objects.get(), 2026) if not finding.light]
    assert len(heavy) == 1
    assert "Nilai SAKIP" in heavy[0]


def test_demo_has_an_approved_year(loaded):
    approval = PlanApproval.objects.get()

    assert (approval.year, approval.recorded_at.date()) == (2026, date(2026, 1, 6))
    assert "(contoh)" in approval.document


def test_demo_signs_every_paper_when_its_step_is_done(loaded):
    assert not PaperSigner.objects.filter(signature=None).exists()
    for signature in PaperSignature.objects.select_related("signer__paper"):
        assert signature.signed_at == signature.signer.paper.issued_at
        assert signature.recorded_by == signature.signer.person


def test_demo_keys_open_with_the_printed_pin(loaded):
    assert signing.PIN in loaded
    for key in SigningKey.objects.exclude(person=None).select_related("unit", "person"):
        assert keys.unlock(key, signing.PIN)


def test_demo_prints_accounts_and_loads_only_once(loaded):
    before = MeasurementCycle.objects.count(), Person.objects.count()

    again = load()

    assert "asn17" in loaded
    assert office.PASSWORD in loaded
    assert "sudah ada" in again
    assert (MeasurementCycle.objects.count(), Person.objects.count()) == before


def test_demo_password_opens_every_account(loaded):
    assert all(person.check_password(office.PASSWORD) for person in Person.objects.all())


def test_working_minutes_before_skips_nights_and_weekends():
    spans = dict.fromkeys(range(4), (office.MORNING, office.AFTERNOON)) | {
        4: (office.FRIDAY_MORNING, office.AFTERNOON)
    }
    sunday = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)

    assert working_minutes_before(sunday, 200, WorkCalendar(spans)) == datetime(
        2026, 11, 20, 11, 10, tzinfo=UTC
    )
