"""The worker's own command: what it does between orders, and what it says where nothing is queued."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from measurement.management.commands.work import remind_if_due
from measurement.models import JobRun, Unit
from measurement.record.office_facts import REMINDERS


def test_without_a_queue_there_is_nothing_to_do(db):
    with pytest.raises(CommandError, match="dikerjakan seketika"):
        call_command("work")


def test_it_reminds_where_no_timer_does(kecamatan):
    remind_if_due(timezone.now())
    assert JobRun.objects.get(name=REMINDERS).succeeded


def test_it_leaves_reminding_to_a_timer(kecamatan):
    last = JobRun.record(REMINDERS).finished_at
    remind_if_due(timezone.now() + timedelta(minutes=16))
    assert JobRun.objects.get(name=REMINDERS).finished_at == last


def test_it_goes_on_where_a_timer_has_stopped(kecamatan):
    last = JobRun.record(REMINDERS).finished_at
    remind_if_due(timezone.now() + timedelta(minutes=30))
    assert JobRun.objects.get(name=REMINDERS).finished_at > last


def test_a_demonstration_reminds_nobody_by_itself(kecamatan):
    Unit.objects.update(is_demonstration=True)
    remind_if_due(timezone.now())
    assert not JobRun.objects.exists()
