"""Approving the plan of a year: by whom, once, with a document that is there."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from measurement.models import PlanApproval, Target
from measurement.plan import revising
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import Role
from tests.plan.test_revisions import DATED, DOCUMENT
from tests.support.characters import YEAR
from tests.support.pages import form_of, logged_in, words


@pytest.mark.parametrize("role", [Role.TIM_SAKIP, Role.ADMINISTRATOR])
def test_who_keeps_the_plan_can_approve_a_year(kecamatan, role):
    url = f"{reverse('revisions')}?rencana={kecamatan.plan.pk}"
    client = logged_in(kecamatan.actor(role))
    response = client.post(url, {"year": YEAR, "document": DOCUMENT, "dated": "2026-01-05"}, follow=True)
    assert f"{DOCUMENT}, tanggal 5 Januari 2026" in words(response)
    found = PlanApproval.objects.get()
    assert (found.year, found.document, found.dated, found.recorded_by) == (
        YEAR,
        DOCUMENT,
        DATED,
        kecamatan.actor(role),
    )


@pytest.mark.parametrize("role", [Role.CAMAT, Role.SEKCAM, Role.ASN])
def test_nobody_else_can_approve_a_year(kecamatan, role):
    client = logged_in(kecamatan.actor(role))
    assert "Tetapkan satu tahun" not in words(client.get(reverse("revisions")))
    assert (
        client.post(
            reverse("revisions"), {"year": YEAR, "document": DOCUMENT, "dated": "2026-01-05"}
        ).status_code
        == 403
    )
    with pytest.raises(PermissionDenied):
        revising.approve(kecamatan.plan, YEAR, kecamatan.actor(role), DOCUMENT, DATED)
    assert not PlanApproval.objects.exists()


def test_a_year_is_approved_once(kecamatan):
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, DOCUMENT, DATED)
    with pytest.raises(Incomplete, match="sudah ditetapkan"):
        revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Dokumen lain", DATED)
    assert "Tetapkan satu tahun" not in words(logged_in(kecamatan.tim).get(reverse("revisions")))


def test_a_year_without_targets_cannot_be_approved(kecamatan):
    Target.objects.all().delete()
    with pytest.raises(Incomplete, match="belum memuat target"):
        revising.approve(kecamatan.plan, YEAR, kecamatan.tim, DOCUMENT, DATED)


def test_a_year_beside_the_plan_cannot_be_approved(kecamatan):
    Target.objects.update(year=YEAR + 1)
    with pytest.raises(Incomplete, match="tidak termasuk rencana"):
        revising.approve(kecamatan.plan, YEAR + 1, kecamatan.tim, DOCUMENT, DATED)


def test_an_approval_names_a_document_that_is_there(kecamatan):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = submit_approval(kecamatan, document="", dated=tomorrow.isoformat())
    assert response.status_code == 422
    assert "Sebutkan nama dan nomor dokumennya." in words(response)
    assert "Tanggal dokumen tidak boleh sesudah hari ini." in words(response)
    assert not PlanApproval.objects.exists()


def submit_approval(office, **values):
    url = reverse("revisions")
    client = logged_in(office.tim)
    return client.post(url, form_of(client.get(url), f"?rencana={office.plan.pk}") | {"year": YEAR} | values)


def test_the_plan_says_whether_the_year_is_approved(kecamatan):
    client = logged_in(kecamatan.asn)
    assert "Belum ditetapkan." in words(client.get(reverse("plan")))
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, DOCUMENT, DATED)
    assert f"Ditetapkan dengan {DOCUMENT} tanggal 5 Januari 2026." in words(client.get(reverse("plan")))
