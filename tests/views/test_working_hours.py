"""Jam kerja: an office's administrator keeps the week, and what was judged stays."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import SettingChange, Stay, Unit, WorkPattern, WorkSpan
from measurement.rules.deadlines import working_minutes
from measurement.rules.working_hours import PRESET_WEEKS, minutes_of, week_gaps
from tests.support.characters import cycle_at, open_cycle
from tests.support.pages import form_of, logged_in, words

PAGE = "/pengaturan/jam-kerja/"
MONDAY = date(2026, 11, 30)


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def typed(week: dict[int, list[str]], **more: str) -> dict[str, str]:
    """The form as a person fills it in: {0: ["07:30-12:00", "13:00-16:00"]}."""
    values = {"action": "save", "minutes_per_day": "450"} | more
    for day, spans in week.items():
        for number, span in enumerate(spans):
            values[f"b{day}{number}"], values[f"e{day}{number}"] = span.split("-")
    return values


def fresh_calendar(office):
    return Unit.objects.get(pk=office.unit.pk).calendar


def test_administrator_can_set_the_first_hours(kecamatan, admin):
    assert admin.post(PAGE, typed({0: ["08:00-12:00", "13:00-17:00"]})).status_code == 302

    spans = kecamatan.unit.work_spans.values_list("weekday", "begins", "ends", "pattern")
    assert list(spans) == [(0, time(8), time(12), None), (0, time(13), time(17), None)]


def test_a_preset_fills_the_table_and_writes_nothing(kecamatan, admin):
    before = list(WorkSpan.objects.values_list("pk", flat=True))
    shown = form_of(admin.post(PAGE, {"action": "lima-hari", "name": "Pola baru"}))

    assert (shown["b40"], shown["e40"], shown["e41"]) == ("07.00", "11.30", "16.00")
    assert (shown["name"], shown["minutes_per_day"]) == ("Pola baru", "450")
    assert list(WorkSpan.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(("key", "hours"), [("lima-hari", 37.5), ("enam-hari", 37.5), ("ramadan", 32.5)])
def test_a_preset_has_the_hours_that_the_rules_give(key, hours):
    week = PRESET_WEEKS[key][2]
    assert week_gaps(week) == []
    assert sum(minutes_of(spans) for spans in week.values()) == hours * 60


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ({}, "Isi jam kerja paling sedikit satu hari"),
        ({0: ["08:00-12:00", "11:00-16:00"]}, "Senin: 08.00–12.00 dan 11.00–16.00 bertumpuk."),
        ({1: ["12:00-08:00"]}, "Selasa: jam selesai 08.00 harus sesudah jam mulai 12.00."),
        ({2: ["08:00-"]}, "Rabu: isi jam mulai dan jam selesai, atau kosongkan keduanya."),
    ],
)
def test_hours_that_cannot_be_are_refused(admin, week, sentence):
    refused = admin.post(PAGE, typed(week))
    assert refused.status_code == 422
    assert sentence in words(refused)


def test_hours_without_a_date_are_refused_once_a_step_was_judged(kecamatan, admin):
    cycle_at(kecamatan, "brief")
    refused = admin.post(PAGE, typed({0: ["08:00-12:00"]}))
    assert refused.status_code == 422
    assert kecamatan.unit.work_spans.count() == 10


def test_new_hours_may_not_begin_on_a_day_that_was_judged(kecamatan, admin):
    cycle_at(kecamatan, "brief")
    refused = admin.post(PAGE, typed({0: ["08:00-12:00"]}, first=f"{timezone.localdate():%Y-%m-%d}"))
    assert refused.status_code == 422
    assert "Jam kerja baru paling awal berlaku mulai" in words(refused)
    assert not WorkPattern.objects.exists()


def test_later_hours_leave_what_was_judged(kecamatan, admin):
    cycle_at(kecamatan, "brief")
    stay = Stay.objects.filter(left_at__isnull=False).first()
    taken = stay.taken(fresh_calendar(kecamatan))
    tomorrow = timezone.localdate() + timedelta(days=1)
    week = {day: ["00:00-23:59"] for day in range(7)}
    assert admin.post(PAGE, typed(week, first=f"{tomorrow:%Y-%m-%d}")).status_code == 302

    calendar = fresh_calendar(kecamatan)
    assert stay.taken(calendar) == taken
    assert calendar.spans(tomorrow) == ((time(0), time(23, 59)),)


def test_hours_of_some_days_end_by_themselves(kecamatan, admin):
    later = typed({0: ["08:00-10:00"]}, first="2027-02-08", last="2027-03-09", minutes_per_day="390")
    admin.post(PAGE, later | {"name": "Ramadan 1448 H"})

    calendar = fresh_calendar(kecamatan)
    begins, ends = (datetime(2027, 3, day, tzinfo=timezone.get_current_timezone()) for day in (8, 16))
    # Monday 8 March by the hours of Ramadan, from Wednesday on three usual days, and Monday 15 March
    assert working_minutes(begins, ends, calendar) == 120 + 3 * 450 + 450
    assert [calendar.minutes_on(date(2027, 3, day)) for day in (9, 10)] == [390, 450]


def test_two_hours_of_some_days_may_not_cross(admin):
    admin.post(PAGE, typed({0: ["08:00-10:00"]}, first="2027-02-08", last="2027-03-09"))
    refused = admin.post(PAGE, typed({0: ["08:00-10:00"]}, first="2027-03-09", last="2027-04-01"))
    assert refused.status_code == 422
    assert "tidak boleh bertumpuk" in words(refused)


def test_hours_that_have_not_begun_can_be_changed_and_taken_back(kecamatan, admin):
    admin.post(PAGE, typed({0: ["08:00-10:00"]}, first="2027-02-08", last="2027-03-09"))
    key = str(WorkPattern.objects.get().pk)
    shown = form_of(admin.get(PAGE, {"jadwal": key}), None)
    assert shown["first"] == "08/02/2027"

    admin.post(PAGE, typed({1: ["08:00-11:00"]}, first="2027-02-09", last="2027-03-09", jadwal=key))
    assert [str(span) for span in WorkSpan.objects.exclude(pattern=None)] == ["Selasa 08.00–11.00"]
    admin.post(PAGE, {"action": "delete", "jadwal": key})
    assert not WorkPattern.objects.exists()


def test_hours_of_some_days_can_end_today_and_those_to_come_cannot(kecamatan, admin):
    today = timezone.localdate()
    days = {"valid_from": today - timedelta(days=3), "valid_until": today + timedelta(days=3)}
    running = WorkPattern.objects.create(unit=kecamatan.unit, **days)
    admin.post(PAGE, {"action": "end", "jadwal": running.pk})
    later = WorkPattern.objects.create(unit=kecamatan.unit, valid_from=today + timedelta(days=9))
    admin.post(PAGE, {"action": "end", "jadwal": later.pk})

    running.refresh_from_db()
    later.refresh_from_db()
    assert (running.valid_until, later.valid_until) == (today, None)


def test_hours_that_judged_cannot_be_taken_back(kecamatan, admin):
    cycle_at(kecamatan, "brief")
    begun = WorkPattern.objects.create(unit=kecamatan.unit, valid_from=timezone.localdate())
    refused = admin.post(PAGE, {"action": "delete", "jadwal": begun.pk}, follow=True)
    assert "Jam kerja ini sudah berlaku" in words(refused)
    assert WorkPattern.objects.filter(pk=begun.pk).exists()


def test_the_page_says_what_a_change_does_to_a_cycle_under_way(kecamatan, admin):
    open_cycle(kecamatan)
    Stay.objects.exclude(left_at=None).delete()
    answer = admin.post(PAGE, typed({day: ["08:00-08:01"] for day in range(7)}), follow=True)
    assert "Pengukuran TW I 2026: langkah 2 batas waktu" in words(answer)
    assert "; sebelumnya langkah 2 batas waktu" in words(answer)


def test_the_change_stands_in_the_history(kecamatan, admin):
    admin.post(PAGE, typed({0: ["08:00-12:00"]}))
    change = SettingChange.objects.get()
    assert (change.unit, change.by, change.what) == (
        kecamatan.unit,
        kecamatan.administrator,
        SettingChange.Part.HOURS,
    )
    assert change.after["Senin"] == "08.00–12.00 (240 menit)"
    assert "Riwayat perubahan" in words(admin.get(PAGE))


def test_tim_sakip_cannot_change_the_hours(kecamatan):
    assert logged_in(kecamatan.tim).post(PAGE, typed({0: ["08:00-12:00"]})).status_code == 403
    assert kecamatan.unit.work_spans.count() == 10


def test_hours_of_another_office_are_not_found(kecamatan, neighbour, admin):
    pattern = WorkPattern.objects.create(unit=neighbour.unit, valid_from=MONDAY)
    assert admin.get(reverse("working_hours"), {"jadwal": pattern.pk}).status_code == 404
    assert admin.post(PAGE, {"action": "delete", "jadwal": pattern.pk}).status_code == 404


def test_a_working_day_is_as_long_as_it_is_on_the_day_in_question(kecamatan):
    """Step 4 takes "1 hari", also where this month's days have 300 minutes."""
    pattern = WorkPattern.objects.create(
        unit=kecamatan.unit, name="Ramadan", valid_from=timezone.localdate(), minutes_per_day=300
    )
    WorkSpan.objects.bulk_create(
        WorkSpan(unit=kecamatan.unit, pattern=pattern, weekday=day, begins=time(8), ends=time(13))
        for day in range(7)
    )
    cycle = cycle_at(kecamatan, 5)
    shown = words(logged_in(kecamatan.camat).get(reverse("achievement"), {"siklus": cycle.pk}))
    assert "dari 1 hari" in shown
    assert "300 menit" not in shown
