"""How messages go out by e-mail: after the commit, once, also past a server that is down or refuses somebody."""

import time
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from measurement.messages import mailing, notifications
from measurement.models import Handover, Message, Person
from tests.messages.test_messages import one
from tests.support.characters import office, open_cycle, person
from tests.support.queue import do_waiting
from tests.support.racing import ROUNDS, alone, at_once, own_database, switch_locks_off

MORNING = datetime(2026, 7, 6, 7, 15, tzinfo=timezone.get_default_timezone())  # a Monday


@pytest.fixture
def server(monkeypatch) -> SimpleNamespace:
    """The mail server: it may be down, break off, or refuse an address."""
    state, send = SimpleNamespace(error=None, refuses=()), EmailBackend.send_messages

    def answer(backend, mails):
        if state.error:
            raise state.error
        if mails[0].to[0] in state.refuses:
            raise SMTPRecipientsRefused({mails[0].to[0]: (550, b"unknown")})
        return send(backend, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return state


def prefer(who: Person, way: str) -> None:
    Person.objects.filter(pk=who.pk).update(mail=way)


def send(at: datetime | None = None) -> mailing.Sent:
    return mailing.send_due(at or timezone.now())


def addresses() -> list[str]:
    return sorted(mail.to[0] for mail in mail.outbox)


def unmailed() -> int:
    return Message.objects.filter(mailed_at=None).count()


def test_the_order_is_mailed_to_the_sekcam_after_the_commit(
    kecamatan, settings, django_capture_on_commit_callbacks
):
    settings.PUBLIC_URL = "https://sakip.contoh.go.id"
    with django_capture_on_commit_callbacks(execute=True):
        open_cycle(kecamatan)
        assert mail.outbox == []
    [sent] = mail.outbox
    message = kecamatan.sekcam.messages.get()
    assert (sent.to, sent.subject) == ([kecamatan.sekcam.email], message.subject)
    for part in (
        message.text,
        f"https://sakip.contoh.go.id/pesan/{message.pk}/",
        "https://sakip.contoh.go.id/pesan/pengaturan/",
    ):
        assert part in sent.body
    assert message.mailed_at


def test_beside_a_worker_nobody_waits_for_the_mail_server(
    kecamatan, queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        open_cycle(kecamatan)
    assert mail.outbox == []
    do_waiting()
    assert [sent.to for sent in mail.outbox] == [[kecamatan.sekcam.email]]


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), SMTPServerDisconnected("gone")])
def test_a_server_that_is_down_stops_nothing_and_loses_nothing(
    kecamatan, server, error, django_capture_on_commit_callbacks
):
    server.error = error
    with django_capture_on_commit_callbacks(execute=True):
        cycle = open_cycle(kecamatan)
    assert cycle.step.number == 2
    assert (addresses(), unmailed()) == ([], 1)
    assert send() == mailing.Sent(0, 1)
    server.error = None
    assert send() == mailing.Sent(1, 0)
    assert send() == mailing.Sent()
    assert addresses() == [kecamatan.sekcam.email]


def test_one_address_that_is_refused_keeps_nobody_else_from_their_mail(kecamatan, server):
    server.refuses = (kecamatan.camat.email,)
    for who in (kecamatan.camat, kecamatan.sekcam, kecamatan.asn):
        one(who)
    assert send() == mailing.Sent(2, 1)
    assert addresses() == sorted([kecamatan.sekcam.email, kecamatan.asn.email])
    assert kecamatan.camat.messages.get().mailed_at is None


def test_a_mail_that_cannot_even_be_written_keeps_nobody_from_theirs(kecamatan):
    Person.objects.filter(pk=kecamatan.camat.pk).update(email="camat@example.org\nBcc: lain@example.org")
    one(kecamatan.camat)
    one(kecamatan.sekcam)
    assert send() == mailing.Sent(1, 1)
    assert addresses() == [kecamatan.sekcam.email]


def test_what_fails_for_a_week_is_given_up(kecamatan, server):
    server.refuses = (kecamatan.camat.email,)
    one(kecamatan.camat)
    assert send().failed == 1
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert send() == mailing.Sent()
    assert unmailed() == 0


@pytest.mark.parametrize("change", [{"mail": "tidak"}, {"email": ""}, {"is_active": False}])
def test_who_wants_or_has_no_mail_gets_none_and_nothing_piles_up(kecamatan, change):
    Person.objects.filter(pk=kecamatan.asn.pk).update(**change)
    one(kecamatan.asn)
    assert send() == mailing.Sent()
    assert unmailed() == 0
    Person.objects.filter(pk=kecamatan.asn.pk).update(
        mail="langsung", email="asn@example.org", is_active=True
    )
    assert send() == mailing.Sent()


def test_what_was_read_is_not_mailed_any_more(kecamatan):
    one(kecamatan.asn, read_at=timezone.now())
    assert send() == mailing.Sent()
    assert unmailed() == 0


def test_several_messages_to_one_person_are_one_mail(kecamatan):
    for subject in ("Perihal pertama", "Perihal kedua"):
        one(kecamatan.asn, subject=subject)
    send()
    [sent] = mail.outbox
    assert sent.subject == "2 pesan dari SAKIP untuk Anda"
    assert sent.body.index("1. Perihal pertama") < sent.body.index("2. Perihal kedua")


def test_a_digest_is_one_mail_a_day_after_seven(kecamatan):
    prefer(kecamatan.asn, "ringkasan")
    for hours in (20, 10):
        one(kecamatan.asn, created_at=MORNING - timedelta(hours=hours))
    with time_machine.travel(MORNING - timedelta(minutes=30)):
        one(kecamatan.asn, created_at=timezone.now())
        assert send() == mailing.Sent()
    with time_machine.travel(MORNING):
        one(kecamatan.asn, subject="Sesudah pukul tujuh", created_at=timezone.now())
        assert send() == mailing.Sent(1, 0)
    with time_machine.travel(MORNING + timedelta(hours=8)):
        assert send() == mailing.Sent()
    with time_machine.travel(MORNING + timedelta(days=1)):
        assert send() == mailing.Sent(1, 0)
    assert [sent.subject for sent in mail.outbox] == ["3 pesan dari SAKIP untuk Anda", "Sesudah pukul tujuh"]


def test_who_wants_a_digest_is_not_mailed_at_once(kecamatan, django_capture_on_commit_callbacks):
    prefer(kecamatan.sekcam, "ringkasan")
    with django_capture_on_commit_callbacks(execute=True):
        open_cycle(kecamatan)
    assert mail.outbox == []


def test_names_cannot_add_headers_to_a_mail(kecamatan, django_capture_on_commit_callbacks):
    taker = person("penerima", kecamatan.unit)
    Person.objects.filter(pk=taker.pk).update(name="Budi\r\nBcc: lain@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        handover = Handover(
            unit=kecamatan.unit,
            giver=kecamatan.asn,
            taker=Person.objects.get(pk=taker.pk),
            reason="Pindah tugas.",
        )
        handover.done_by, handover.done_at = kecamatan.administrator, timezone.now()
        handover.save()
        notifications.tell_handover(handover)
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        assert sent.message()["Bcc"] is None
        assert sent.recipients() == sent.to
        assert "\n" not in sent.subject


# Two senders at once


def recipient() -> int:
    return person("penerima", office().unit).pk


@pytest.fixture
def race(transactional_db, tmp_path, monkeypatch):
    """Somebody to write to; between looking and claiming there is time for the other sender."""
    slow = SimpleNamespace(now=lambda: (time.sleep(0.002), timezone.now())[1])
    monkeypatch.setattr(mailing, "timezone", slow)
    with own_database(tmp_path):
        yield alone(recipient)


def both_send(pk: int) -> list[str]:
    """What went wrong where two write the same message and send it, as often as there are rounds."""

    def job(number: int):
        text = {"kind": "giliran", "subject": "Uji", "text": "Isi.", "url": "/"}
        Message.objects.bulk_create(
            [Message(person_id=pk, key=f"uji:{number}", **text)], ignore_conflicts=True
        )
        mailing.send_now([pk])

    wrong = [repr(result) for result in sum(at_once(job, job), []) if result is not None]
    alone(lambda: mailing.send_now([pk]))
    mailed = sum(sent.body.count("Buka di aplikasi:") for sent in mail.outbox)
    return wrong if mailed == ROUNDS else [*wrong, f"{mailed} messages mailed"]


def test_two_senders_never_send_the_same(race):
    assert both_send(race) == []


def test_without_the_lock_the_same_race_goes_wrong(race, monkeypatch):
    switch_locks_off(monkeypatch)
    assert both_send(race) != []
