"""Long work whose worker is gone: taken up again, given up after some times, and never done twice."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from measurement.doors import long_work_run
from measurement.doors.long_work_run import take_up_lost
from measurement.models import LongWork, SubUnit
from tests.support.long_orders import order, page_of, state_of, writes
from tests.support.pages import words
from tests.support.queue import do_waiting

State = LongWork.State


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
