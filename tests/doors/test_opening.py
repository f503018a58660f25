"""The Camat orders, and that opens the cycle."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import Indicator, MeasurementCycle, WorkPattern
from measurement.rules.sop import Role, State
from tests.support.characters import YEAR, open_cycle
from tests.support.pages import logged_in, submit, words
from tests.support.step_pages import SENTENCE, receipt_of


def test_the_camat_can_open_a_cycle(kecamatan):
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), period="tw1")
    cycle = MeasurementCycle.objects.get()
    assert (response.url, cycle.state, cycle.instruction[:12]) == (
        receipt_of(cycle),
        State.ARAHAN,
        "Dalam rangka",
    )


@pytest.mark.parametrize("role", [Role.SEKCAM, Role.TIM_SAKIP, Role.ASN, Role.ADMINISTRATOR])
def test_nobody_else_can_open_a_cycle(kecamatan, role):
    client = logged_in(kecamatan.actor(role))
    assert client.get(reverse("open_cycle")).status_code == 403
    assert (
        client.post(
            reverse("open_cycle"), {"year": YEAR, "period": "tw1", "instruction": SENTENCE}
        ).status_code
        == 403
    )
    assert not MeasurementCycle.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"year": "1999"},
        {"year": "x"},
        {"period": "tw5"},
        {"period": ""},
        {"instruction": ""},
        {"instruction": "pendek"},
    ],
)
def test_an_order_that_lacks_something_is_refused(kecamatan, changes):
    values = {"year": str(YEAR), "period": "tw1", "instruction": SENTENCE} | changes
    response = logged_in(kecamatan.camat).post(reverse("open_cycle"), values)
    assert response.status_code == 422
    assert not MeasurementCycle.objects.exists()


def test_a_quarter_is_ordered_once(kecamatan):
    open_cycle(kecamatan)
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), period="tw1")
    assert response.status_code == 422
    assert "sudah berjalan" in words(response)


def test_a_reason_that_corrects_nothing_is_not_dropped(kecamatan):
    reason = "Realisasi anggaran salah dibukukan."
    response = submit(
        logged_in(kecamatan.camat),
        reverse("open_cycle"),
        year=str(YEAR),
        period="tw1",
        correction_reason=reason,
    )
    assert response.status_code == 422
    assert "belum diarsipkan, sehingga tidak ada yang dikoreksi" in words(response)
    assert response.context["form"]["correction_reason"].value() == reason


def test_an_office_without_a_plan_is_told_to_import_one(kecamatan):
    Indicator.objects.update(retired=True)
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), period="tw1")
    assert response.status_code == 422
    assert "Impor rencana lebih dahulu" in words(response)


@pytest.mark.parametrize("begins", [0, 1])
def test_an_order_needs_hours_that_hold_today(kecamatan, begins):
    """The office's only hours begin today, or tomorrow."""
    pattern = WorkPattern.objects.create(
        unit=kecamatan.unit, valid_from=timezone.localdate() + timedelta(days=begins)
    )
    kecamatan.unit.work_spans.update(pattern=pattern)
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), period="tw1")
    assert MeasurementCycle.objects.exists() is (begins == 0)
    assert ("Jam kerja belum diatur" in words(response)) is (begins == 1)
