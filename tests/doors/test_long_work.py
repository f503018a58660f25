"""What takes longer than a page may: ordered once, done by a worker, told when it is done, cancelled, begun again, taken up after a crash."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from measurement import files
from measurement.doors import long_work_run
from measurement.doors.long_work import order_work, sweep_work
from measurement.doors.long_work_files import file_of, sent_file
from measurement.doors.long_work_kinds import LONG_WORK_KINDS, WorkKind
from measurement.doors.long_work_results import Leads, MadeFile
from measurement.doors.long_work_run import take_up_lost
from measurement.models import LongWork, Message, SubUnit
from measurement.rules.refusals import Refusal
from tests.support.archives import archived
from tests.support.characters import cycle_at
from tests.support.pages import drained, logged_in, words
from tests.support.queue import do_waiting

State = LongWork.State
pytestmark = pytest.mark.usefixtures("queue")


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
    [(Refusal("Naskah hilang."), "Naskah hilang."), (ValueError("x"), long_work_run.BROKEN)],
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
    def write():
        SubUnit.objects.create(unit=kecamatan.unit, name="Setengah jadi")
        raise ValueError("x")

    kind(lambda work, tell: write)
    order(kecamatan)
    do_waiting()
    assert not SubUnit.objects.filter(name="Setengah jadi").exists()


def page_of(office, work: LongWork):
    return logged_in(office.tim).get(reverse("work", args=[work.pk]))


def press(office, work: LongWork, action: str):
    """The button of its page, and the page that follows."""
    address = reverse("work", args=[work.pk])
    return logged_in(office.tim).post(address, {"action": action}, follow=True)


def state_of(work: LongWork) -> str:
    return LongWork.objects.get(pk=work.pk).state


def writes(office) -> Leads:
    SubUnit.objects.create(unit=office.unit, name="Tertulis")
    return Leads(reverse("inbox"), "Satu sub unit ditulis.")


def test_what_was_written_is_said_on_the_page(kecamatan, kind):
    kind(lambda work, tell: lambda: writes(kecamatan))
    work = order(kecamatan)
    do_waiting()
    assert "Satu sub unit ditulis." in words(page_of(kecamatan, work))
    assert SubUnit.objects.filter(name="Tertulis").count() == 1


# Without a queue


def test_without_a_queue_it_is_done_when_the_button_answers(kecamatan, kind, settings):
    settings.TASKS = {"default": {"BACKEND": settings.AT_ONCE}}
    work = order(kecamatan)
    assert work.state == State.DONE
    assert not DBTaskResult.objects.exists()


# Cancelled


def test_what_has_not_begun_is_not_begun_any_more(kecamatan, kind):
    work = order(kecamatan)
    assert "dihentikan atas permintaan Anda" in words(press(kecamatan, work, "cancel"))
    do_waiting()
    assert state_of(work) == State.CANCELLED


def test_what_is_at_work_stops_at_its_next_step(kecamatan, kind, monkeypatch):
    monkeypatch.setattr(long_work_run, "TOLD_EVERY", timedelta())
    steps = []

    def make(work, tell):
        tell(10, "Langkah pertama")
        steps.append(words(press(kecamatan, work, "cancel")))
        tell(20, "Langkah kedua")
        steps.append("not reached")
        return lambda: writes(kecamatan)

    kind(make)
    work = order(kecamatan)
    do_waiting()
    assert "Sedang dihentikan" in steps.pop()
    assert not steps
    assert state_of(work) == State.CANCELLED
    assert not Message.objects.filter(subject__startswith="Uji").exists()


def test_what_never_says_a_step_is_cancelled_before_anything_counts(kecamatan, kind):
    def make(work, tell):
        press(kecamatan, work, "cancel")
        return lambda: writes(kecamatan)

    kind(make)
    work = order(kecamatan)
    do_waiting()
    assert state_of(work) == State.CANCELLED
    assert not SubUnit.objects.filter(name="Tertulis").exists()


def test_the_file_of_a_cancelled_order_goes(kecamatan, kind, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def make(work, tell):
        press(kecamatan, work, "cancel")
        return MadeFile(b"isi", "uji.csv", "csv")

    kind(make)
    order(kecamatan)
    do_waiting()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_done_can_not_be_cancelled(kecamatan, kind):
    work = order(kecamatan)
    do_waiting()
    assert "sudah selesai" in words(press(kecamatan, work, "cancel"))
    assert state_of(work) == State.DONE


# Begun again


def test_what_failed_is_done_again_with_the_same_file(kecamatan, kind):
    read = []

    def make(work, tell):
        read.append(sent_file(work).read())
        if len(read) == 1:
            raise ValueError("x")
        return MadeFile(read[-1], "uji.csv", "csv")

    kind(make)
    work = order(kecamatan, upload=SimpleUploadedFile("rencana.csv", b"a;b"), year=2026)
    do_waiting()
    assert "Kerjakan lagi" in words(page_of(kecamatan, work))
    press(kecamatan, work, "retry")
    assert do_waiting() == 1
    assert (state_of(work), read) == (State.DONE, [b"a;b", b"a;b"])
    assert (
        Message.objects.get(person=kecamatan.tim, url=reverse("work", args=[work.pk])).subject
        == "Uji selesai"
    )


def test_what_is_at_work_is_not_begun_again(kecamatan, kind):
    work = order(kecamatan)
    assert "tidak dimulai lagi" in words(press(kecamatan, work, "retry"))
    assert do_waiting() == 1


def test_the_same_file_sent_twice_is_one_order(kecamatan, kind):
    first, second = (order(kecamatan, upload=SimpleUploadedFile("a.csv", b"a;b")) for _ in range(2))
    assert first == second
    assert order(kecamatan, upload=SimpleUploadedFile("a.csv", b"a;c")) != first


# Lost


def lost(work: LongWork, attempts: int, state: str = State.RUNNING) -> LongWork:
    """Its worker is gone and was last heard of two minutes ago; the queue believes that it is at work."""
    ago = timezone.now() - timedelta(minutes=2)
    LongWork.objects.filter(pk=work.pk).update(state=state, seen_at=ago, attempts=attempts)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    return work


def test_after_a_crash_it_is_taken_up_again(kecamatan, kind):
    work = lost(order(kecamatan), attempts=1)
    call_command("send_reminders")
    assert do_waiting() == 1
    assert state_of(work) == State.DONE
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()


def test_a_task_that_was_taken_but_never_begun_is_given_out_again(kecamatan, kind):
    work = lost(order(kecamatan), attempts=0, state=State.WAITING)
    take_up_lost(timezone.now())
    assert do_waiting() == 1
    assert state_of(work) == State.DONE


def test_after_too_many_crashes_it_has_failed(kecamatan, kind):
    work = lost(order(kecamatan), attempts=long_work_run.MOST_ATTEMPTS)
    take_up_lost(timezone.now())
    found = LongWork.objects.get(pk=work.pk)
    assert (found.state, found.error) == (State.FAILED, long_work_run.STOPPED)
    assert do_waiting() == 0


def test_what_was_cancelled_in_a_crash_is_not_taken_up(kecamatan, kind):
    work = lost(order(kecamatan), attempts=1, state=State.STOPPING)
    take_up_lost(timezone.now())
    assert (state_of(work), do_waiting()) == (State.CANCELLED, 0)


def test_what_is_under_way_is_left_alone(kecamatan, kind):
    work = order(kecamatan)
    LongWork.objects.filter(pk=work.pk).update(state=State.RUNNING, seen_at=timezone.now(), attempts=1)
    assert take_up_lost(timezone.now()) == 0


def test_what_only_waits_its_turn_is_given_out_once(kecamatan, kind):
    order(kecamatan)
    assert take_up_lost(timezone.now() + timedelta(hours=1)) == 0
    assert do_waiting() == 1


def test_who_was_thought_lost_and_comes_back_writes_nothing(kecamatan, kind):
    """A worker that stood still for minutes: another one has done the work meanwhile."""
    runs = []

    def make(work, tell):
        runs.append(work.attempts)
        if len(runs) == 1:
            lost(work, attempts=1)
            take_up_lost(timezone.now())
            do_waiting()
        return lambda: writes(kecamatan)

    kind(make)
    work = order(kecamatan)
    do_waiting()
    assert (state_of(work), runs) == (State.DONE, [1, 2])
    assert SubUnit.objects.filter(name="Tertulis").count() == 1


def test_nobody_at_work_is_said_on_the_page(kecamatan, kind):
    work = order(kecamatan)
    assert "Belum ada yang mengerjakan" not in words(page_of(kecamatan, work))
    ago = timezone.now() - timedelta(minutes=2)
    LongWork.objects.update(ordered_at=ago, seen_at=ago)
    assert "Belum ada yang mengerjakan" in words(page_of(kecamatan, work))


# Forgotten


def test_a_day_later_the_files_are_gone(kecamatan, kind):
    work = order(kecamatan, upload=SimpleUploadedFile("a.csv", b"a;b"))
    sent = work.parameters["file"]["path"]
    do_waiting()
    made = file_of(LongWork.objects.get(pk=work.pk))
    sweep_work(timezone.now() + timedelta(hours=25))
    assert not made.exists()
    assert files.stored_path(sent) is None
    assert not LongWork.objects.filter(pk=work.pk).exists()
    assert not DBTaskResult.objects.exists()


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
