"""An office whose working hours are not entered, or were deleted: no page breaks off, and no time is made up."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.figures.step_times import paces, punctuality
from measurement.messages.reminders import remind
from measurement.models import Message, WorkSpan
from measurement.papers.cycle_history import punctuality_words, timeline
from measurement.rules.dates import working_time
from measurement.rules.deadlines import NO_HOURS
from tests.support.characters import cycle_at
from tests.support.pages import logged_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_hours(kecamatan):
    """The hours are deleted while a cycle is under way: it can't be ordered without them."""

    def at(step: str | None):
        cycle = cycle_at(kecamatan, step)
        WorkSpan.objects.all().delete()
        return cycle

    return at


def test_step_three_opens_without_working_hours(kecamatan, no_hours):
    cycle = no_hours("plan_activities")
    response = logged_in(kecamatan.tim).get(reverse("step", args=[cycle.pk, 3]))
    assert response.status_code == 200
    assert f"Tanggal tidak diusulkan: {NO_HOURS}" in words(response)


@pytest.mark.parametrize("page", ["cycle", "inbox", "cycles", "coverage", "worksheet", "achievement"])
def test_no_page_breaks_off_without_working_hours(kecamatan, no_hours, page):
    cycle = no_hours("measure")
    url = reverse(page, args=[cycle.pk] if page in ("cycle", "coverage", "worksheet") else [])
    for person in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim):
        response = logged_in(person).get(url)
        assert response.status_code == 200
        assert not re.search(r"\b0 menit", words(response))


def test_the_cycle_says_why_it_has_no_deadline(kecamatan, no_hours):
    cycle = no_hours("plan_activities")
    said = words(logged_in(kecamatan.tim).get(reverse("cycle", args=[cycle.pk])))
    assert f"Batas: {NO_HOURS}" in said
    assert f"Batas belum ada: {NO_HOURS}" in said


def test_a_receipt_says_why_there_is_no_deadline(kecamatan, no_hours):
    cycle = no_hours("plan_activities")
    left = cycle.stays.exclude(left_at=None).latest("pk")
    said = words(logged_in(kecamatan.sekcam).get(reverse("receipt", args=[cycle.pk, left.pk])))
    assert f"batas waktu belum ada: {NO_HOURS}" in said


def test_a_paper_judges_no_time_without_working_hours(no_hours):
    cycle = no_hours("plan_activities")
    lines = timeline(cycle)
    assert {line["taken"] for line in lines} == {NO_HOURS}
    assert {line["verdict"] for line in lines} == {"tidak dinilai"}
    assert punctuality_words(lines) == f"Waktu langkah tidak dinilai: {NO_HOURS}."


def test_nothing_is_on_time_without_working_hours(no_hours):
    cycle = no_hours("plan_activities")
    found = paces(cycle.stays.all(), cycle.sop, cycle.unit.calendar, timezone.now())
    assert [pace.spent for pace in found if pace.visits] == [None] * 3
    assert punctuality(found).judged == 0


def test_nobody_is_reminded_without_working_hours(no_hours):
    no_hours("plan_activities")
    before = Message.objects.count()
    assert remind(timezone.now()) == 0
    assert Message.objects.count() == before


def test_a_time_that_nobody_knows_is_said_so():
    assert working_time(None, 450) == NO_HOURS
