"""What takes longer than a page may: ordered once, done by a process of its own, told when it is done, taken up again after a crash."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from measurement.doors import long_work
from measurement.doors.long_work import do_waiting, order_work, revive_lost, sweep_work
from measurement.doors.long_work_kinds import LONG_WORK_KINDS, MadeFile, WorkKind
from measurement.models import LongWork, Message, SubUnit
from measurement.rules.refusals import Refusal
from tests.support.archives import archived
from tests.support.characters import cycle_at
from tests.support.pages import drained, logged_in, words

State = LongWork.State


@pytest.fixture
def kind(monkeypatch):
    """A kind of work that does what the test says."""

    def put(make, **more):
        made = WorkKind("Uji", "Menguji", make, lambda person, work: True, **more)
        monkeypatch.setitem(LONG_WORK_KINDS, "uji", made)

    put(lambda work, tell: MadeFile(b"isi", "uji.csv", "csv"))
    return put


def order(office, **parameters) -> LongWork:
    return order_work(office.tim, office.unit, "uji", **parameters)


def test_a_file_is_made_kept_and_told(kecamatan, kind):
    work, client = order(kecamatan), logged_in(kecamatan.tim)
    assert "Menunggu giliran" in words(client.get(reverse("work", args=[work.pk])))
    assert do_waiting() == 1
    assert Message.objects.get(person=kecamatan.tim, subject="Uji selesai").read_at is None
    assert "uji.csv" in words(client.get(reverse("work", args=[work.pk])))
    response = client.get(reverse("work_file", args=[work.pk]))
    assert b"".join(response.streaming_content) == b"isi"


def test_who_sees_the_result_needs_no_message(kecamatan, kind):
    work = order(kecamatan)
    do_waiting()
    logged_in(kecamatan.tim).get(reverse("work", args=[work.pk]))
    assert Message.objects.get(person=kecamatan.tim, subject="Uji selesai").read_at


def test_the_same_is_not_at_work_twice(kecamatan, kind):
    assert order(kecamatan, cycle=1) == order(kecamatan, cycle=1)
    assert order(kecamatan, cycle=2) != order(kecamatan, cycle=1)
    do_waiting()
    assert order(kecamatan, cycle=1).state == State.WAITING


def test_it_says_how_far_it_is(kecamatan, kind):
    seen = []

    def make(work, tell):
        tell(40, "Menyusun rencana")
        seen.append(words(logged_in(kecamatan.tim).get(reverse("work", args=[work.pk]))))
        return MadeFile(b"", "uji.csv", "csv")

    kind(make)
    order(kecamatan)
    do_waiting()
    assert "Menyusun rencana" in seen[0]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(Refusal("Naskah hilang."), "Naskah hilang."), (ValueError("x"), long_work.BROKEN)],
)
def test_a_failure_is_said_in_a_sentence(kecamatan, kind, error, sentence):
    def make(work, tell):
        raise error

    kind(make)
    work = order(kecamatan)
    do_waiting()
    assert sentence in words(logged_in(kecamatan.tim).get(reverse("work", args=[work.pk])))
    assert Message.objects.filter(subject="Uji gagal").exists()


def test_what_is_written_goes_with_a_failure(kecamatan, kind):
    def make(work, tell):
        SubUnit.objects.create(unit=work.unit, name="Setengah jadi")
        raise ValueError("x")

    kind(make, writes=True)
    order(kecamatan)
    do_waiting()
    assert not SubUnit.objects.filter(name="Setengah jadi").exists()


def lost(work: LongWork, attempts: int) -> LongWork:
    """Its process is gone and was last heard of two minutes ago."""
    ago = timezone.now() - timedelta(minutes=2)
    LongWork.objects.filter(pk=work.pk).update(state=State.RUNNING, seen_at=ago, attempts=attempts)
    return work


def test_after_a_crash_it_is_taken_up_again(kecamatan, kind):
    work = lost(order(kecamatan), attempts=1)
    call_command("send_reminders")
    assert do_waiting() == 1
    assert LongWork.objects.get(pk=work.pk).state == State.DONE


def test_after_two_crashes_it_has_failed(kecamatan, kind):
    work = lost(order(kecamatan), attempts=2)
    revive_lost(timezone.now())
    found = LongWork.objects.get(pk=work.pk)
    assert (found.state, found.error) == (State.FAILED, long_work.STOPPED)


def test_what_is_under_way_is_left_alone(kecamatan, kind):
    work = order(kecamatan)
    LongWork.objects.filter(pk=work.pk).update(state=State.RUNNING, seen_at=timezone.now(), attempts=1)
    revive_lost(timezone.now())
    assert do_waiting() == 0


def test_a_day_later_the_file_is_gone(kecamatan, kind):
    work = order(kecamatan)
    do_waiting()
    path = long_work.file_of(LongWork.objects.get(pk=work.pk))
    sweep_work(timezone.now() + timedelta(hours=25))
    assert not path.exists()
    assert not LongWork.objects.filter(pk=work.pk).exists()


def test_nobody_else_sees_it(kecamatan, kind):
    work = order(kecamatan)
    do_waiting()
    for name in ("work", "work_file"):
        assert logged_in(kecamatan.sekcam).get(reverse(name, args=[work.pk])).status_code == 404


def test_whoever_lost_the_right_gets_nothing_any_more(kecamatan, kind, monkeypatch):
    work = order(kecamatan)
    do_waiting()
    monkeypatch.setitem(
        LONG_WORK_KINDS, "uji", WorkKind("Uji", "Menguji", lambda *_: "", lambda person, work: False)
    )
    assert logged_in(kecamatan.tim).get(reverse("work_file", args=[work.pk])).status_code == 404


def test_a_package_that_is_there_is_given_at_once_and_another_one_ordered(kecamatan):
    cycle = kecamatan.once(archived)
    client, address = logged_in(kecamatan.tim), reverse("package", args=[cycle.pk])
    cycle.packages.all().delete()
    ordered = client.get(address)
    assert do_waiting() == 1
    assert LongWork.objects.get().error == ""
    assert f'href="{address}"' in client.get(ordered.url).content.decode()
    assert drained(client.get(address))["Content-Type"] == "application/zip"


def test_a_method_that_only_asks_orders_nothing(kecamatan):
    cycle = cycle_at(kecamatan, None)
    client = logged_in(kecamatan.tim)
    client.head(reverse("lkjip_docx", args=[cycle.pk]))
    assert not LongWork.objects.exists()
