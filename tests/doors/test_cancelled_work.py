"""Long work that nobody wants any more, and that is wanted again: nothing of it counts before, all of it once after."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import long_work_run
from measurement.doors.long_work_files import sent_file
from measurement.doors.long_work_results import MadeFile
from measurement.models import LongWork, Message, SubUnit
from tests.support.long_orders import order, page_of, press, state_of, writes
from tests.support.pages import words
from tests.support.queue import do_waiting

State = LongWork.State


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
