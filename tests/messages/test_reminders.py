"""When people are reminded: before and after the due time, in working hours, once however often the command runs."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from measurement.doors import measuring
from measurement.messages import mailing, reminders
from measurement.models import Appointment, Holiday, Message, PaperSetting, Person, Stay, WorksheetNode
from measurement.rules.sop import Output, Role
from tests.support.characters import cycle_at, fill, office, open_cycle, person
from tests.support.racing import alone, at_once, own_database
from tests.support.signing_office import make_authority

Kind = Message.Kind
WIB = timezone.get_default_timezone()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In July 2026, whose 6th is a Monday."""
    return datetime(2026, 7, day, hour, minute, tzinfo=WIB)


def arrived(cycle, moment: datetime) -> Stay:
    """The cycle came to its step at this moment, and the office planned no days; what was told on the way is forgotten."""
    Message.objects.all().delete()
    cycle.schedule.all().delete()
    cycle.stays.filter(left_at=None).update(arrived_at=moment)
    return cycle.stays.get(left_at=None)


def remind(moment: datetime) -> int:
    with time_machine.travel(moment):
        return reminders.remind(timezone.now())


def run(moment: datetime, capsys) -> str:
    with time_machine.travel(moment):
        call_command("send_reminders")
    return capsys.readouterr().out


def told(who: Person, kind: str = Kind.REMINDER) -> list[Message]:
    return list(who.messages.filter(kind=kind).order_by("pk"))


@pytest.fixture
def measuring_since_monday(measuring_office):
    """Step 5 since Monday 07.30: a day of 450 minutes ends at 16.00 with the lunch hour, a quarter of it is left from 14.08 on."""
    arrived(measuring_office.cycle, at(6, 7, 30))
    return measuring_office


@pytest.fixture
def briefing(kecamatan):
    """Step 2, an hour, since Monday 09.00."""
    cycle = open_cycle(kecamatan)
    arrived(cycle, at(6, 9))
    return cycle


def test_one_reminder_when_a_quarter_of_the_time_is_left(kecamatan, briefing):
    assert remind(at(6, 9, 44)) == 0
    assert remind(at(6, 9, 45)) == 1
    assert remind(at(6, 9, 59)) == 0
    [message] = told(kecamatan.sekcam)
    assert "Selesaikan paling lambat Senin, 6 Juli 2026 pukul 10.00 WIB." in message.text
    assert message.url == f"/siklus/{briefing.pk}/langkah/2/"


def test_after_the_due_time_one_message_and_one_every_two_working_days(kecamatan, briefing):
    days = [at(6, 10), at(6, 15), at(7, 10), at(8, 9, 59), at(8, 10), at(9, 10), at(10, 10), at(13, 10)]
    assert [remind(day) for day in days] == [2, 0, 0, 0, 2, 0, 2, 0]  # with one to the Camat each
    assert len(told(kecamatan.sekcam, Kind.LATE)) == 3


def test_a_timer_that_was_off_for_weeks_reminds_once(kecamatan, briefing):
    assert remind(at(30, 10)) == 2


@pytest.mark.parametrize(
    "moment", [at(6, 7, 29), at(6, 12), at(6, 16), at(6, 22), at(11, 10), at(12, 10), at(9, 10)]
)
def test_nobody_is_reminded_at_night_at_lunch_on_weekends_and_holidays(kecamatan, briefing, moment):
    Holiday.objects.create(date=at(9, 0).date(), name="Libur uji")
    arrived(briefing, at(1, 9))
    assert remind(moment) == 0
    assert remind(at(7, 10)) == 2


def test_an_office_without_working_hours_is_never_reminded(kecamatan, briefing):
    kecamatan.unit.work_spans.all().delete()
    assert remind(at(8, 10)) == 0


def test_at_step_five_each_owner_is_told_exactly_what_is_missing(measuring_since_monday):
    made = measuring_since_monday
    assert remind(at(6, 14, 7)) == 0
    assert remind(at(6, 14, 8)) == 2
    [message] = told(made.colleague)
    assert "Indikator belum dikirim: Jumlah kunjungan rekan" in message.text
    assert "Jumlah laporan" not in message.text
    assert "Realisasi anggaran" not in message.text
    assert "Realisasi anggaran belum diisi: 7.01.02.2.01.0001 sub_kegiatan uji" in told(made.asn)[0].text


def test_an_owner_who_has_sent_everything_is_left_in_peace(measuring_since_monday):
    made = measuring_since_monday
    with time_machine.travel(at(6, 11)):
        fill(made, made.cycle)
        measuring.send(made.cycle.pk, made.asn)
    assert remind(at(6, 15)) == 1
    assert told(made.colleague)
    assert not told(made.asn)


def test_an_owner_with_money_left_only_is_told_of_the_money(measuring_since_monday):
    made = measuring_since_monday
    with time_machine.travel(at(6, 11)):
        fill(made, made.cycle)
        measuring.send(made.cycle.pk, made.asn)
    WorksheetNode.objects.filter(cycle=made.cycle).update(spent=None)
    remind(at(6, 15))
    assert "Indikator" not in told(made.asn)[0].text
    assert "Realisasi anggaran belum diisi" in told(made.asn)[0].text


def test_what_nobody_handed_on_waits_for_every_owner(measuring_since_monday):
    made = measuring_since_monday
    made.cycle.rows.update(state="terkirim")
    WorksheetNode.objects.filter(cycle=made.cycle).update(spent=1)
    assert remind(at(6, 15)) == 2
    assert told(made.asn)[0].url == f"/siklus/{made.cycle.pk}/kertas-kerja/"


def test_the_sekcam_hears_who_is_late_at_step_five(measuring_since_monday):
    made = measuring_since_monday
    remind(at(7, 9))
    [message] = told(made.sekcam, Kind.LATE)
    assert f"- {made.colleague}: 1 indikator" in message.text
    assert f"- {made.asn}: 2 indikator dan 1 sub kegiatan" in message.text
    assert not made.camat.messages.exists()


def test_a_sekcam_with_a_row_of_their_own_hears_of_the_others_too(measuring_since_monday):
    made = measuring_since_monday
    made.cycle.rows.filter(owner=made.colleague).update(owner=made.sekcam)
    remind(at(7, 9))
    own, others = told(made.sekcam, Kind.LATE)
    assert "Jumlah kunjungan rekan" in own.text
    assert made.asn.name in others.text


def test_rows_of_somebody_who_left_are_named_to_the_sekcam_only(measuring_since_monday):
    made = measuring_since_monday
    Appointment.objects.filter(person=made.colleague).update(ends=at(3, 0).date())
    remind(at(7, 9))
    assert not made.colleague.messages.exists()
    assert f"{made.colleague} (tidak lagi bertugas" in told(made.sekcam, Kind.LATE)[0].text


def test_returned_rows_wait_for_their_owner_beside_the_step(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Angkanya tidak sama dengan laporan.")
    arrived(cycle, at(6, 7, 30))
    assert remind(at(6, 15)) == 2
    assert f"Indikator dikembalikan: {row.name}" in told(kecamatan.asn)[0].text
    assert told(kecamatan.tim)[0].url.endswith("/langkah/6/")


def test_the_camat_hears_when_the_sekcam_is_late_and_a_plh_counts(kecamatan, briefing):
    acting = person("plh", kecamatan.unit)
    Appointment.objects.create(
        person=acting,
        unit=kecamatan.unit,
        role=Role.SEKCAM,
        kind="plh",
        title="Sekretaris",
        starts=at(1, 0).date(),
        ends=at(8, 0).date(),
    )
    assert remind(at(6, 11)) == 3
    assert len(told(acting, Kind.LATE)) == 1
    text = told(kecamatan.camat, Kind.LATE)[0].text
    assert acting.name in text
    assert kecamatan.sekcam.name in text


def test_a_step_without_a_standard_time_reminds_nobody(kecamatan):
    arrived(cycle_at(kecamatan, "archive"), at(1, 9))
    assert remind(at(30, 10)) == 0


def test_papers_that_wait_for_a_signature_are_one_message_every_two_working_days(kecamatan):
    make_authority(kecamatan)
    PaperSetting.objects.create(unit=kecamatan.unit, kind=Output.NOTA_DINAS_ARAHAN, method="manual")
    with time_machine.travel(at(6, 9)):
        cycle = cycle_at(kecamatan, "prepare_method")
    Message.objects.all().delete()
    cycle.schedule.all().delete()
    Stay.objects.filter(cycle=cycle, left_at=None).update(arrived_at=at(30, 9))
    assert remind(at(8, 8, 59)) == 0
    assert remind(at(8, 9, 5)) == 2
    assert remind(at(9, 9)) == 0
    assert remind(at(10, 9, 5)) == 2
    message = told(kecamatan.camat)[-1]
    assert message.url == "/tanda-tangan/"
    assert cycle.papers.get(kind=Output.NOTA_DINAS_PERINTAH).number in message.text
    assert cycle.papers.get(kind=Output.NOTA_DINAS_ARAHAN).number not in message.text


# The command


def test_the_command_reminds_mails_and_says_so(kecamatan, briefing, capsys):
    said = run(at(6, 11), capsys)
    assert said == "Pengingat baru: 2. Surel terkirim: 2. Webhook terkirim: 0. Pesan lama dihapus: 0.\n"
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(
        [kecamatan.sekcam.email, kecamatan.camat.email]
    )
    assert (
        run(at(6, 11, 15), capsys)
        == "Pengingat baru: 0. Surel terkirim: 0. Webhook terkirim: 0. Pesan lama dihapus: 0.\n"
    )


def test_the_command_fails_when_mails_failed_and_tries_again(kecamatan, briefing, capsys, monkeypatch):
    send = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *args: (_ for _ in ()).throw(OSError("down")))
    with pytest.raises(CommandError, match="2 orang belum terkirim"):
        run(at(6, 11), capsys)
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    assert "Pengingat baru: 0. Surel terkirim: 2." in run(at(6, 11, 15), capsys)


def test_messages_are_kept_for_a_year(kecamatan, briefing, capsys):
    for days in (364, 366):
        Message.objects.create(
            person=kecamatan.asn, kind=Kind.DONE, key=f"uji:{days}", subject=f"{days}", text="Isi.", url="/", created_at=at(6, 22) - timedelta(days=days)
        )  # fmt: skip
    assert "Pesan lama dihapus: 1." in run(at(6, 22), capsys)
    assert [message.subject for message in kecamatan.asn.messages.all()] == ["364"]


def late_office() -> None:
    arrived(open_cycle(office()), at(6, 9))


def test_two_runs_at_once_give_one_message_and_one_mail_each(transactional_db, tmp_path):
    def job(number: int):
        reminders.remind(at(6, 10) + timedelta(days=2 * (number % 3)))
        mailing.send_due(timezone.now())

    with own_database(tmp_path):
        alone(late_office)
        mail.outbox.clear()
        assert [result for result in sum(at_once(job, job, rounds=30), []) if result is not None] == []
        assert alone(Message.objects.count) == 6
    assert sum(sent.body.count("Buka di aplikasi:") for sent in mail.outbox) == 6
