"""The one deadline: the office's schedule before the SOP's standard time, and more time for a person or a step; shown, reminded and judged by it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from measurement.doors import extending
from measurement.doors.extending import MoreTime
from measurement.messages import reminders
from measurement.models import Extension, MeasurementCycle, Message, ScheduledStep, Stay
from measurement.papers.cycle_history import extensions, timeline
from measurement.rules.deadlines import DeadlineBasis
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import missing
from measurement.rules.sop import APPROVE, EVALUATE, MEASURE, PLAN_ACTIVITIES
from tests.support.characters import Office, cycle_at, fresh, prepare
from tests.support.pages import logged_in, words

WIB = timezone.get_default_timezone()
WHY = "Data dari desa baru diterima lusa."
MONDAY, WEDNESDAY, FRIDAY = (date(2026, 7, day) for day in (6, 8, 10))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In July 2026, whose 6th is a Monday."""
    return datetime(2026, 7, day, hour, minute, tzinfo=WIB)


@pytest.fixture
def office(measuring_office) -> Office:
    """Step 5 since Monday morning, planned until Wednesday: the SOP alone would give it until Monday 16.00."""
    cycle = measuring_office.cycle
    Message.objects.all().delete()
    cycle.stays.filter(left_at=None).update(arrived_at=at(6, 7, 30))
    cycle.schedule.update(date=FRIDAY)
    cycle.schedule.filter(step=MEASURE.key).update(date=WEDNESDAY)
    with time_machine.travel(at(6, 8), tick=False):
        yield measuring_office


def more(until: date = FRIDAY, reason: str = WHY) -> MoreTime:
    return MoreTime(until, reason)


def stay_of(cycle: MeasurementCycle) -> Stay:
    return fresh(cycle).stays.get(left_at=None)


def told(person, kind) -> list[str]:
    return list(person.messages.filter(kind=kind).order_by("pk").values_list("subject", flat=True))


def remind(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return reminders.remind(timezone.now())


# The schedule


def test_the_schedule_is_the_deadline_and_the_standard_time_stands_beside_it(office):
    found = stay_of(office.cycle).deadline(office.unit.calendar)
    assert (found.at, found.basis, found.standard) == (at(8, 16), DeadlineBasis.PLANNED, at(6, 16))
    page = words(logged_in(office.asn).get(reverse("worksheet", args=[office.cycle.pk])))
    assert (
        "Batas: 8 Juli 2026 pukul 16.00 WIB (jadwal kantor; waktu baku SOP sampai hari ini pukul 16.00 WIB)"
        in page
    )
    assert "8 Juli 2026 pukul 16.00 WIB · 2 hari lagi · jadwal kantor" in words(
        logged_in(office.asn).get(reverse("inbox"))
    )


def test_a_step_without_a_day_in_the_schedule_has_its_standard_time(office):
    ScheduledStep.objects.filter(cycle=office.cycle, step=MEASURE.key).delete()
    found = stay_of(office.cycle).deadline(office.unit.calendar)
    assert (found.at, found.basis) == (at(6, 16), DeadlineBasis.STANDARD)


def test_what_is_done_again_gets_its_standard_time_at_least(office):
    stay = stay_of(office.cycle)
    stay.round, stay.arrived_at = 2, at(13, 7, 30)
    assert stay.deadline(office.unit.calendar).at == at(13, 16)


def test_people_are_reminded_by_the_schedule(office):
    assert remind(at(6, 15)) == remind(at(7, 10)) == 0
    assert remind(at(8, 12 - 1)) == 2
    assert remind(at(8, 15, 59)) == 0
    assert remind(at(9, 8)) == 3
    text = office.asn.messages.filter(kind=Message.Kind.LATE).get().text
    assert "Rabu, 8 Juli 2026 pukul 16.00 WIB (jadwal kantor)" in text


def test_a_step_is_judged_by_schedule_and_standard_time(office):
    stays = Stay.objects.filter(cycle=office.cycle, left_at=None)
    stays.update(left_at=at(9, 8, 5), left_by=office.asn, action=MEASURE.key)
    line = timeline(fresh(office.cycle))[-1]
    assert (line["verdict"], line["own_deadline"]) == (
        "lewat 2 hari 35 menit",
        "Jadwal 08-07-2026: lewat 35 menit",
    )


def test_the_sop_table_shows_the_days_of_the_steps_to_come(office):
    shown = words(logged_in(office.tim).get(reverse("cycle", args=[office.cycle.pk])))
    assert "jadwal 10 Juli 2026" in shown


# More time for a person


def test_an_asn_asks_and_tim_sakip_gives(office):
    asked = extending.ask_extension(office.cycle.pk, office.asn, more())
    assert told(office.tim, Message.Kind.EXTENSION) == [f"{office.cycle}: perpanjangan langkah 5 diminta"]
    assert "Jawab permintaan perpanjangan" in words(logged_in(office.tim).get(reverse("inbox")))

    extending.answer_extension(office.cycle.pk, asked.pk, office.tim, granted=True)

    stay, calendar = stay_of(office.cycle), office.unit.calendar
    assert stay.deadline(calendar, stay.terms(office.asn)).at == at(10, 16)
    assert stay.deadline(calendar, stay.terms(office.colleague)).at == stay.due(calendar) == at(8, 16)
    assert told(office.asn, Message.Kind.EXTENSION) == [f"{office.cycle}: langkah 5 diperpanjang"]
    entry = office.cycle.audit.get(action="extension_give")
    assert (entry.actor, entry.data["person"], entry.data["reason"]) == (office.tim, office.asn.pk, WHY)


def test_who_got_more_time_is_reminded_by_it_and_is_not_named_as_late(office):
    extending.give_extension(office.cycle.pk, office.sekcam, MEASURE.key, office.asn, more())
    remind(at(9, 8))
    late = Message.objects.filter(kind=Message.Kind.LATE)
    assert set(late.values_list("person", flat=True)) == {office.colleague.pk, office.sekcam.pk}
    assert office.asn.name not in late.get(person=office.sekcam).text
    assert remind(at(13, 8)) == 3  # now both, and once more the superior


def test_the_pages_of_who_got_more_time_say_so(office):
    extending.give_extension(office.cycle.pk, office.tim, MEASURE.key, office.asn, more())
    sheet = reverse("worksheet", args=[office.cycle.pk])
    assert "Batas: 10 Juli 2026 pukul 16.00 WIB (diperpanjang" in words(logged_in(office.asn).get(sheet))
    assert "Batas: 8 Juli 2026 pukul 16.00 WIB (jadwal" in words(logged_in(office.colleague).get(sheet))
    history = words(logged_in(office.tim).get(reverse("cycle", args=[office.cycle.pk])))
    assert f"Langkah 5 diperpanjang sampai 10 Juli 2026 untuk {office.asn}" in history


def test_sekcam_can_refuse_with_a_reason(office):
    asked = extending.ask_extension(office.cycle.pk, office.asn, more())
    with pytest.raises(Incomplete, match="alasan penolakan"):
        extending.answer_extension(office.cycle.pk, asked.pk, office.sekcam, granted=False)
    extending.answer_extension(
        office.cycle.pk, asked.pk, office.sekcam, granted=False, answer="Datanya sudah ada di kantor."
    )
    assert stay_of(office.cycle).terms(office.asn).extended is None
    assert told(office.asn, Message.Kind.EXTENSION) == [f"{office.cycle}: perpanjangan langkah 5 ditolak"]


def test_nobody_gives_time_to_themselves(office):
    """Also not who evaluates and has rows of their own."""
    office.cycle.rows.filter(owner=office.asn).update(owner=office.tim)
    asked = extending.ask_extension(office.cycle.pk, office.tim, more())
    with pytest.raises(Incomplete, match="diberikan orang lain"):
        extending.answer_extension(office.cycle.pk, asked.pk, office.tim, granted=True)
    extending.answer_extension(office.cycle.pk, asked.pk, office.sekcam, granted=True)


@pytest.mark.parametrize("who", ["asn", "colleague", "camat", "administrator"])
def test_only_those_to_whom_it_is_owed_give_time_to_a_person(office, who):
    with pytest.raises(PermissionDenied):
        extending.give_extension(office.cycle.pk, getattr(office, who), MEASURE.key, office.colleague, more())


@pytest.mark.parametrize(
    ("until", "reason", "says"),
    [
        (FRIDAY, "lama", "alasan perpanjangan"), (WEDNESDAY, WHY, "sesudah batas sekarang"), (MONDAY - timedelta(3), WHY, "sebelum hari ini"),
        (date(2030, 1, 1), WHY, "paling lama setahun"), (None, WHY, "sampai tanggal berapa"),
    ],
)  # fmt: skip
def test_a_day_after_the_deadline_and_a_reason_are_asked(office, until, reason, says):
    with pytest.raises(Incomplete, match=says):
        extending.ask_extension(office.cycle.pk, office.asn, MoreTime(until, reason))


def test_the_same_is_not_asked_twice(office):
    extending.ask_extension(office.cycle.pk, office.asn, more())
    with pytest.raises(NotAtThisStep, match="sudah diminta"):
        extending.ask_extension(office.cycle.pk, office.asn, more())


def test_what_comes_after_the_deadline_is_taken_all_the_same(office):
    with time_machine.travel(at(13, 9), tick=False):
        page = logged_in(office.asn).get(reverse("worksheet", args=[office.cycle.pk]))
        assert "Batas sudah lewat: minta perpanjangan" in words(page)
        prepare(office, fresh(office.cycle))
        extending.ask_extension(office.cycle.pk, office.colleague, more(date(2026, 7, 15)))


# More time for a step


def test_sekcam_gives_a_step_more_time_and_the_later_steps_stay(office):
    extending.give_extension(office.cycle.pk, office.sekcam, EVALUATE.key, None, more(date(2026, 7, 14)))
    assert told(office.tim, Message.Kind.EXTENSION) == [f"{office.cycle}: langkah 6 diperpanjang"]
    made = Extension.objects.get()
    assert (made.before, made.whom) == (at(10, 16), "semua pelaksana langkah ini")
    assert stay_of(office.cycle).due(office.unit.calendar) == at(8, 16)
    assert extensions(fresh(office.cycle)) == [
        f"Langkah 6 untuk semua pelaksana langkah ini sampai 14 Juli 2026, diberikan {office.sekcam}, Sekretaris Kecamatan, 6 Juli 2026: {WHY}"
    ]


def test_tim_sakip_may_not_extend_its_own_step_but_asks(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    day = timezone.localdate() + timedelta(days=5)
    with pytest.raises(PermissionDenied):
        extending.give_extension(cycle.pk, kecamatan.tim, EVALUATE.key, None, more(day))
    asked = extending.ask_extension(cycle.pk, kecamatan.tim, more(day))
    assert asked.person is None
    extending.answer_extension(cycle.pk, asked.pk, kecamatan.sekcam, granted=True)
    assert stay_of(cycle).deadline(kecamatan.unit.calendar).basis == DeadlineBasis.EXTENDED


def test_camat_extends_the_steps_of_the_sekcam(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    day = timezone.localdate() + timedelta(days=5)
    with pytest.raises(PermissionDenied):
        extending.give_extension(cycle.pk, kecamatan.sekcam, APPROVE.key, None, more(day))
    extending.give_extension(cycle.pk, kecamatan.camat, APPROVE.key, None, more(day))


def test_an_extension_ends_with_its_round(office):
    extending.give_extension(office.cycle.pk, office.tim, MEASURE.key, office.asn, more())
    stay = stay_of(office.cycle)
    stay.round = 2
    assert stay.terms(office.asn).extended is None


# The page


def test_asking_and_giving_on_the_page(office):
    page = reverse("extensions", args=[office.cycle.pk])
    asn, tim = logged_in(office.asn), logged_in(office.tim)
    late = asn.post(page, {"action": "ask", "ask-until": "08/07/2026", "ask-reason": WHY})
    assert (late.status_code, "sesudah batas sekarang" in words(late)) == (422, True)
    sent = asn.post(page, {"action": "ask", "ask-until": "10/07/2026", "ask-reason": WHY}, follow=True)
    assert "Permintaan perpanjangan dikirim" in words(sent)

    key = str(Extension.objects.get().pk)
    assert WHY.rstrip(".") in words(tim.get(page))
    given = tim.post(page, {"action": "grant", "key": key, f"{key}-until": "9 Juli 2026"}, follow=True)

    assert "diperpanjang sampai 9 Juli 2026" in words(given)
    assert tim.post(page, {"action": "grant", "key": key}).status_code == 409
    assert asn.post(page, {"action": "give", "give-whom": f"langkah-{MEASURE.key}"}).status_code == 403


def test_a_step_is_chosen_on_the_page(office):
    page, sekcam = reverse("extensions", args=[office.cycle.pk]), logged_in(office.sekcam)
    typed = {"give-whom": f"langkah-{EVALUATE.key}", "give-until": "14/07/2026", "give-reason": WHY}
    assert "Langkah 6 diperpanjang" in words(sekcam.post(page, {"action": "give", **typed}, follow=True))


# The meeting


def test_the_minutes_wait_for_the_meeting(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    prepare(kecamatan, cycle)
    begins = timezone.now() + timedelta(hours=1)
    type(cycle.meeting).objects.filter(cycle=cycle).update(starts_at=begins)
    (sentence,) = missing(fresh(cycle), PLAN_ACTIVITIES.key)
    assert sentence.startswith("Rapat baru dimulai ")
    with time_machine.travel(begins + timedelta(minutes=1), tick=False):
        assert missing(fresh(cycle), PLAN_ACTIVITIES.key) == []
