"""Rencana baru: made by those who keep the plan, without the master data of the installation."""

import pytest
from django.urls import reverse

from measurement.models import Indicator, Pagu, Plan, SettingChange, Target
from tests.support.characters import YEAR
from tests.support.pages import form_of, logged_in, words

PAGE = "/rencana/baru/"
VALUES = {"name": "Renstra", "start_year": "2027", "end_year": "2031", "rpjmd": "2027–2031"}


@pytest.fixture
def tim(kecamatan):
    return logged_in(kecamatan.tim)


def test_tim_sakip_can_make_a_plan_and_goes_on_to_the_import(kecamatan, tim):
    answer = tim.post(PAGE, VALUES | {"source_note": "Renstra yang ditetapkan."})
    assert answer.url == reverse("plan_import")
    made = Plan.objects.get(name="Renstra")
    assert (made.unit, list(made.years)) == (kecamatan.unit, [2027, 2028, 2029, 2030, 2031])
    assert made.source_note == "Renstra yang ditetapkan. Menurut RPJMD 2027–2031."
    assert SettingChange.objects.get().after == {"Renstra 2027–2031": "dibuat"}


def test_the_years_follow_on_the_last_plan(tim):
    shown = form_of(tim.get(PAGE))
    assert (shown["start_year"], shown["end_year"]) == (str(YEAR + 1), str(YEAR + 5))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_year": str(YEAR)}, f"Tahun {YEAR}–2031 bertumpuk dengan Rencana uji"),
        ({"end_year": "2026"}, "Tahun akhir tidak boleh sebelum tahun awal."),
        ({"end_year": "2099"}, "Rencana paling lama 10 tahun."),
        ({"name": ""}, "Belum tersimpan"),
    ],
)
def test_years_that_cannot_be_are_refused(tim, changes, sentence):
    refused = tim.post(PAGE, VALUES | changes)
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert Plan.objects.count() == 1


def test_the_structure_of_the_last_plan_comes_along_without_targets_and_pagu(kecamatan, tim):
    followed, follower = kecamatan.indicators
    Indicator.objects.filter(pk=follower.pk).update(follow_rule="jumlah")
    follower.follows.add(followed)
    tim.post(PAGE, VALUES | {"like": kecamatan.plan.pk})

    made = Plan.objects.get(name="Renstra")
    assert [(node.code, node.parent and node.parent.code) for node in made.nodes.all()] == [
        (node.code, node.parent and node.parent.code) for node in kecamatan.plan.nodes.all()
    ]
    copied = Indicator.objects.filter(node__plan=made)
    assert [one.name for one in copied] == ["Jumlah laporan 1", "Jumlah laporan 2"]
    assert list(copied[1].follows.all()) == [copied[0]]
    assert copied[0].owner == kecamatan.asn
    assert not Target.objects.filter(indicator__node__plan=made).exists()
    assert not Pagu.objects.filter(node__plan=made).exists()


def test_the_plan_of_another_office_cannot_be_copied(kecamatan, neighbour, tim):
    assert tim.post(PAGE, VALUES | {"like": neighbour.plan.pk}).status_code == 422
    assert not Plan.objects.filter(name="Renstra").exists()


def test_asn_cannot_make_a_plan(kecamatan):
    assert logged_in(kecamatan.asn).post(PAGE, VALUES).status_code == 403
    assert Plan.objects.filter(unit=kecamatan.unit).count() == 1


def test_the_page_of_the_plan_leads_here(tim):
    assert reverse("new_plan") in tim.get(reverse("plan")).content.decode()
