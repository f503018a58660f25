"""What takes longer than a page may: ordered once, done by a worker, told when it is done, cancelled, begun again, taken up after a crash."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from measurement import files
from measurement.doors import long_work_run
from measurement.doors.long_work import sweep_work
from measurement.doors.long_work_files import file_of
from measurement.doors.long_work_kinds import LONG_WORK_KINDS, WorkKind
from measurement.doors.long_work_results import MadeFile
from measurement.models import LongWork, Message, SubUnit
from measurement.rules.refusals import Refusal
from measurement.safekeeping.moving import table_digest
from tests.support.archives import archived
from tests.support.characters import cycle_at
from tests.support.long_orders import order, page_of, writes
from tests.support.pages import drained, logged_in, words
from tests.support.queue import do_waiting

State = LongWork.State
pytestmark = pytest.mark.usefixtures("queue")


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


def test_what_waits_goes_along_to_another_database(kecamatan, kind):
    """`move_database` compares every table by its digest, also that of the queue, whose keys are no numbers."""
    order(kecamatan)
    assert table_digest("default", DBTaskResult).rows == 1


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
