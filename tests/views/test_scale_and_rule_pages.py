"""Skala predikat and aturan hitung: an office's own, frozen into cycles, and never changed once something was judged by them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.models import PredicateScale, SettingChange, Unit
from tests.support.characters import cycle_at, fresh
from tests.support.pages import form_of, logged_in, submit, words

SCALES, RULES = "/pengaturan/predikat/", "/pengaturan/aturan-hitung/"


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def own_scale(office, name: str = "Skala kantor") -> PredicateScale:
    scale = PredicateScale.objects.create(
        unit=office.unit, name=name, source="Keputusan", valid_from=date(2020, 1, 1)
    )
    scale.levels.create(label="Tercapai", lower=80)
    scale.levels.create(label="Belum", lower=None)
    return scale


def page_of(scale: PredicateScale) -> str:
    return reverse("predicate_scale", args=[scale.pk])


def stored(office) -> Unit:
    return Unit.objects.select_related("predicate_scale").get(pk=office.unit.pk)


def test_administrator_can_make_a_scale_from_a_copy_and_put_it_in_force(kecamatan, admin):
    url = f"{page_of(kecamatan.unit.predicate_scale)}?salin=1"
    assert submit(admin, url, name="Skala kantor", label0="Istimewa", lower0="90,5").status_code == 302
    made = PredicateScale.objects.get(unit=kecamatan.unit)
    assert made.bounds()[0] == (Decimal("90.5"), "Istimewa")

    admin.post(SCALES, {"scale": made.pk, "action": "choose"})
    assert stored(kecamatan).predicate_scale == made


def test_a_preset_is_copied_and_never_changed(kecamatan, admin):
    preset = kecamatan.unit.predicate_scale
    submit(admin, page_of(preset), name="Skala kantor", label0="Istimewa")
    assert [label for _, label in PredicateScale.objects.get(pk=preset.pk).bounds()][0] == "Sangat Tinggi"
    assert PredicateScale.objects.filter(unit=kecamatan.unit).count() == 1


def test_a_scale_with_a_gap_is_refused(kecamatan, admin):
    scale = own_scale(kecamatan)
    refused = submit(admin, page_of(scale), lower1="50")
    assert refused.status_code == 422
    assert "Tingkat terendah harus tanpa batas bawah" in words(refused)
    assert scale.levels.filter(lower=None).exists()


def test_a_scale_by_which_a_cycle_was_judged_stays(kecamatan, admin):
    scale = own_scale(kecamatan)
    Unit.objects.filter(pk=kecamatan.unit.pk).update(predicate_scale=scale)
    cycle = cycle_at(kecamatan, "prepare_method", quarter=2)
    cycle.freeze_rules()
    cycle.save()

    page = admin.get(page_of(scale))
    assert "sudah dipakai pada Pengukuran TW II 2026" in words(page)
    admin.post(page_of(scale), form_of(page) | {"name": "Skala kedua", "label0": "Lain"})
    assert [label for _, label in PredicateScale.objects.get(pk=scale.pk).bounds()] == ["Tercapai", "Belum"]
    assert fresh(cycle).rules.scale == "Skala kantor"


def test_the_scale_in_force_cannot_be_deleted_and_another_can(kecamatan, admin):
    scale = own_scale(kecamatan)
    Unit.objects.filter(pk=kecamatan.unit.pk).update(predicate_scale=scale)
    refused = admin.post(SCALES, {"scale": scale.pk, "action": "delete"}, follow=True)
    assert "sedang dipakai kantor ini" in words(refused)
    other = own_scale(kecamatan, "Skala lain")
    admin.post(SCALES, {"scale": other.pk, "action": "delete"})
    assert list(PredicateScale.objects.filter(unit=kecamatan.unit)) == [scale]


def test_a_scale_of_another_office_is_not_found(kecamatan, neighbour, admin):
    foreign = own_scale(neighbour)
    assert admin.get(page_of(foreign)).status_code == 404
    assert admin.post(SCALES, {"scale": foreign.pk, "action": "choose"}).status_code == 404
    assert "Skala kantor" not in words(admin.get(SCALES))


def test_a_name_stands_once(kecamatan, admin):
    own_scale(kecamatan)
    refused = submit(admin, page_of(kecamatan.unit.predicate_scale), name="Skala kantor")
    assert refused.status_code == 422
    assert "Nama “Skala kantor” sudah dipakai" in words(refused)


# Aturan hitung


def test_administrator_can_change_the_rules(kecamatan, admin):
    assert submit(admin, RULES, mean_cap="120", zero_is_met=["on"]).status_code == 302
    unit = stored(kecamatan)
    assert (unit.mean_cap, unit.zero_is_met) == (120, True)
    change = SettingChange.objects.get()
    assert change.before == {
        "Batas atas capaian dalam rata-rata (%)": "tanpa batas",
        "Target 0 dengan realisasi 0 dianggap tercapai": "tidak",
    }


def test_a_cap_below_a_hundred_is_refused(kecamatan, admin):
    assert submit(admin, RULES, mean_cap="90").status_code == 422
    assert stored(kecamatan).mean_cap is None


def test_rules_of_a_cycle_with_methodology_stay(kecamatan, admin):
    cycle = cycle_at(kecamatan, "measure")
    submit(admin, RULES, mean_cap="120")
    assert fresh(cycle).rules.mean_cap is None
    assert "Sudah dibekukan: Pengukuran TW I 2026." in words(admin.get(RULES))


def test_tim_sakip_cannot_change_rules_or_scale(kecamatan):
    tim = logged_in(kecamatan.tim)
    assert tim.post(RULES, {"mean_cap": "120"}).status_code == 403
    assert tim.post(SCALES, {"scale": kecamatan.unit.predicate_scale_id}).status_code == 403
    assert stored(kecamatan).mean_cap is None
