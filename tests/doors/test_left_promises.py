"""What was promised for an indicator that is not measured any more stays on the list until somebody closes it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.doors import withdrawing, workflow
from measurement.models import FollowUp, Indicator, Pagu, Target
from measurement.record.audit import trail_faults
from measurement.record.follow_ups import follow_left_promises
from measurement.rules.sop import Role
from tests.support.characters import YEAR, cycle_at, open_cycle, walk
from tests.support.pages import form_of, logged_in, words

PROMISED = "Menambah jadwal kunjungan."
LIST = reverse("follow_ups")


def ordered_next_year(made):
    return workflow.open_cycle(
        made.unit, made.plan, YEAR + 1, 1, made.camat, "Laksanakan pengukuran kinerja."
    )


@pytest.fixture
def left(kecamatan):
    """TW IV is archived with a promise for each indicator; the next year plans the second one only."""
    cycle_at(kecamatan, None, 4)
    gone, stays = kecamatan.indicators
    type(kecamatan.plan).objects.filter(pk=kecamatan.plan.pk).update(end_year=YEAR + 1)
    kecamatan.plan.refresh_from_db()
    Target.objects.create(indicator=stays, year=YEAR + 1, annual=12, p1=3, p2=3, p3=3, p4=3)
    Pagu.objects.create(node=kecamatan.sub, year=YEAR + 1, amount=10_000_000)
    Indicator.objects.filter(pk=gone.pk).update(retired=True)
    return walk(kecamatan, ordered_next_year(kecamatan), "measure")


def test_it_stays_open_with_its_person_and_day(kecamatan, left):
    page = words(logged_in(kecamatan.asn).get(LIST))
    assert "2 untuk Anda" in page
    assert f"{PROMISED} (Dijanjikan pada Triwulan IV {YEAR} untuk “Jumlah laporan 1”" in page
    assert f"Batas 31 Maret {YEAR + 1}" in page
    assert [row.name for row in left.rows.all() if row.promises] == ["Jumlah laporan 2"]
    assert left.audit.get(action="follow_up_open").data["follow_up"] == FollowUp.objects.get().pk
    assert trail_faults(left) == []


def test_its_owner_reports_and_tim_sakip_closes_it(kecamatan, left):
    url = reverse("follow_up", args=[FollowUp.objects.get().pk])
    owner = logged_in(kecamatan.asn)
    owner.post(url, form_of(owner.get(url)) | {"progress": "Berjalan", "text": "Jadwal baru disusun."})
    team = logged_in(kecamatan.tim)
    closed = {"progress": "Tidak dilanjutkan", "text": "Indikatornya dihapus dari rencana."}
    team.post(url, form_of(team.get(url)) | closed)
    assert "Jumlah laporan 1" not in words(team.get(LIST))
    assert "Jumlah laporan 1" in words(team.get(f"{LIST}?saring=ditutup"))


def test_where_its_owner_left_tim_sakip_answers_for_it(kecamatan):
    archived = cycle_at(kecamatan, None)
    cycle = open_cycle(kecamatan, 2)
    promised, _ = archived.rows.all()
    kecamatan.asn.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    follow_left_promises(cycle, kecamatan.tim)
    made = FollowUp.objects.filter(text__contains=promised.name).get()
    assert (made.responsible, made.responsible_role) == (None, Role.TIM_SAKIP)


def test_an_order_that_is_given_anew_asks_for_it_once(kecamatan, left):
    withdrawing.ask_withdrawal(left.pk, kecamatan.camat, "Tahun yang dipilih keliru.")
    withdrawing.answer_withdrawal(left.pk, kecamatan.sekcam, granted=True)
    walk(kecamatan, ordered_next_year(kecamatan), "measure")
    assert FollowUp.objects.count() == 1


def test_what_the_plan_still_has_is_asked_in_its_row_alone(kecamatan):
    cycle_at(kecamatan, None)
    walk(kecamatan, open_cycle(kecamatan, 2), "measure")
    assert not FollowUp.objects.exists()
