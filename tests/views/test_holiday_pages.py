"""Hari libur: national days are offered, an office keeps its own, and nobody changes what holds for all."""

from datetime import date

import pytest
from django.core.management import call_command

from measurement.models import Holiday, SettingChange, Unit
from tests.support.pages import form_of, logged_in, words

PAGE = "/pengaturan/hari-libur/"
INDEPENDENCE = date(2026, 8, 17)


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


@pytest.fixture
def national(db) -> Holiday:
    return Holiday.objects.create(date=INDEPENDENCE, name="Hari Kemerdekaan Republik Indonesia")


def days_off(office) -> frozenset[date]:
    return Unit.objects.get(pk=office.unit.pk).calendar.holidays


def test_the_years_days_are_offered_and_taken_at_once(kecamatan, admin):
    offered = form_of(admin.get(PAGE, {"tahun": 2027}), "?tahun=2027")
    assert admin.post(f"{PAGE}?tahun=2027", offered | {"action": "take"}).status_code == 302

    assert {date(2027, 1, 1), date(2027, 12, 24), date(2027, 12, 25)} <= days_off(kecamatan)
    assert Holiday.objects.filter(unit=kecamatan.unit).count() == len(offered["day"]) == 26
    assert Holiday.objects.has_holidays(kecamatan.unit, 2027)
    assert not Holiday.objects.has_holidays(kecamatan.unit, 2026)


def test_what_is_there_is_not_offered_again_and_a_difference_is_shown(kecamatan, admin, national):
    Holiday.objects.create(date=date(2026, 12, 25), name="Natal", unit=kecamatan.unit)
    page = admin.get(PAGE, {"tahun": 2026})
    offered = form_of(page, "?tahun=2026")["day"]
    assert "2026-08-17" not in offered
    assert "2026-12-25" not in offered
    assert "Hari Raya Natal · berbeda, sekarang “Natal”" in words(page)


def test_a_day_that_the_calendar_does_not_offer_is_refused_with_all_others(admin):
    admin.post(f"{PAGE}?tahun=2027", {"action": "take", "day": ["2027-01-01", "2027-01-02"]})
    assert not Holiday.objects.exists()


def test_administrator_can_add_and_delete_a_day_of_the_office(kecamatan, neighbour, admin):
    admin.post(PAGE, {"action": "add", "day": "2026-05-09", "name": "Hari Jadi"})
    added = Holiday.objects.get()
    assert (added.unit, days_off(kecamatan), days_off(neighbour)) == (
        kecamatan.unit,
        {date(2026, 5, 9)},
        frozenset(),
    )
    admin.post(f"{PAGE}?tahun=2026", {"action": "delete", "key": added.pk})
    assert days_off(kecamatan) == frozenset()


def test_an_office_can_work_on_a_national_day_without_changing_it_for_others(
    kecamatan, neighbour, admin, national
):
    admin.post(PAGE, {"action": "add", "day": "2026-08-17", "name": "Piket pelayanan", "works": "on"})
    assert days_off(kecamatan) == frozenset()
    assert days_off(neighbour) == {INDEPENDENCE}
    national.refresh_from_db()
    assert (national.unit, national.works) == (None, False)


def test_a_national_day_cannot_be_deleted(admin, national):
    assert admin.post(PAGE, {"action": "delete", "key": national.pk}).status_code == 404
    assert Holiday.objects.filter(pk=national.pk).exists()


def test_a_day_of_another_office_cannot_be_deleted(neighbour, admin):
    foreign = Holiday.objects.create(date=INDEPENDENCE, name="Libur", unit=neighbour.unit)
    assert admin.post(PAGE, {"action": "delete", "key": foreign.pk}).status_code == 404
    assert Holiday.objects.filter(pk=foreign.pk).exists()


def test_days_that_passed_are_said_to_be_counted_again(admin):
    answer = admin.post(f"{PAGE}?tahun=2020", {"action": "take", "day": "2020-01-01"}, follow=True)
    assert "1 hari sudah lewat: lama langkah" in words(answer)


def test_the_change_stands_in_the_history(admin):
    admin.post(PAGE, {"action": "add", "day": "2026-05-09", "name": "Hari Jadi"})
    assert SettingChange.objects.get().after == {"9 Mei 2026": "Hari Jadi"}


def test_loading_the_fixture_twice_keeps_an_offices_own_day(kecamatan):
    own = Holiday.objects.create(date=date(2026, 1, 1), name="Libur kantor", unit=kecamatan.unit)
    for _ in range(2):
        call_command("loaddata", "fixtures/holidays_2026.json", verbosity=0)
    own.refresh_from_db()
    assert own.name == "Libur kantor"
    assert Holiday.objects.filter(unit=None, date=date(2026, 1, 1)).count() == 1
