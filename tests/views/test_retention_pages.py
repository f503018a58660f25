"""Retensi arsip: an office confirms or changes what is preset, for itself alone."""

import pytest
from django.core.management import call_command

from measurement.models import PredicateLevel, PredicateScale, RetentionClass, SettingChange
from measurement.record.presets import load_presets
from measurement.record.retention import retention_schedule
from tests.support.pages import logged_in, submit, words

PAGE, CODE = "/pengaturan/retensi/", "000.8.6.3"


@pytest.fixture
def admin(kecamatan):
    load_presets()
    return logged_in(kecamatan.administrator)


def active_years(office) -> int | None:
    return retention_schedule([office.unit.pk]).rule(office.unit.pk, CODE).active_years


def test_administrator_can_set_what_the_preset_says_otherwise(kecamatan, neighbour, admin):
    assert submit(admin, f"{PAGE}?kode={CODE}", active_years="7", action="save").status_code == 302
    assert (active_years(kecamatan), active_years(neighbour)) == (7, 2)
    assert RetentionClass.objects.get(unit=None, code=CODE).active_years == 2


def test_a_preset_is_confirmed_by_saving_it(kecamatan, admin):
    submit(admin, f"{PAGE}?kode={CODE}", action="save")
    assert RetentionClass.objects.get(unit=kecamatan.unit).code == CODE
    assert SettingChange.objects.get().after[CODE].endswith("(dikonfirmasi)")


def test_administrator_can_delete_an_own_line_and_no_preset(kecamatan, admin):
    submit(admin, f"{PAGE}?kode={CODE}", active_years="7", action="save")
    admin.post(PAGE, {"action": "delete", "code": CODE})
    assert active_years(kecamatan) == 2
    assert admin.post(PAGE, {"action": "delete", "code": CODE}).status_code == 404
    assert RetentionClass.objects.filter(unit=None).count() == 9


def test_what_is_missing_for_the_offices_own_papers_is_said(kecamatan, admin):
    RetentionClass.objects.filter(code=CODE).delete()
    assert f"Masa simpan klasifikasi {CODE}" in words(admin.get(PAGE))


def test_tim_sakip_cannot_change_the_retention(kecamatan):
    assert logged_in(kecamatan.tim).post(PAGE, {"code": CODE, "name": "x"}).status_code == 403


# Presets and fixtures


def test_presets_come_once_and_never_over_what_was_edited(db):
    load_presets()
    RetentionClass.objects.filter(code=CODE).update(active_years=7)
    PredicateLevel.objects.filter(label="Sangat Tinggi").update(lower=95)
    load_presets()
    assert RetentionClass.objects.get(code=CODE).active_years == 7
    assert PredicateLevel.objects.get(label="Sangat Tinggi").lower == 95
    assert (PredicateScale.objects.count(), PredicateLevel.objects.count()) == (3, 13)


def test_fixtures_loaded_twice_change_nothing_of_an_offices_own(kecamatan):
    own = RetentionClass.objects.create(unit=kecamatan.unit, code=CODE, name="Akuntabilitas", active_years=7)
    scale = PredicateScale.objects.create(
        unit=kecamatan.unit, name="Permendagri 86/2017", source="Keputusan", valid_from="2020-01-01"
    )
    for _ in range(2):
        call_command(
            "loaddata", "fixtures/retention_classes.json", "fixtures/predicate_scales.json", verbosity=0
        )
    own.refresh_from_db()
    scale.refresh_from_db()
    assert (own.active_years, scale.source, scale.levels.count()) == (7, "Keputusan", 0)
    assert RetentionClass.objects.filter(unit=None).count() == 9
    assert PredicateScale.objects.filter(unit=None, name="Permendagri 86/2017").get().levels.count() == 5
