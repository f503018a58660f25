"""The clock in working minutes: lunch, evenings, weekends and holidays don't count."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.rules.deadlines import WorkCalendar, due, working_minutes
from measurement.rules.sop import STEPS

WIB = ZoneInfo("Asia/Jakarta")
DAY = ((time(7, 30), time(12)), (time(13), time(16)))
OFFICE = WorkCalendar(dict.fromkeys(range(5), DAY), frozenset({date(2026, 5, 1)}))
FRIDAY, MONDAY = 10, 13  # April 2026
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(WIB)).map(  # noqa: DTZ001 – naive bounds are what it wants
    lambda at: at.replace(second=0, microsecond=0)
)


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (at(9, 15, 58), 5, at(FRIDAY, 7, 33)),
        (at(9, 15, 58), 2, at(9, 16, 0)),
        (at(9, 11, 50), 20, at(9, 13, 10)),
        (at(9, 12, 30), 5, at(9, 13, 5)),
        (at(9, 6, 0), 60, at(9, 8, 30)),
        (at(9, 18, 0), 60, at(FRIDAY, 8, 30)),
        (at(FRIDAY, 15, 30), 60, at(MONDAY, 8, 0)),
        (at(11, 10, 0), 5, at(MONDAY, 7, 35)),
        (at(30, 15, 0), 120, at(4, 8, 30, month=5)),
        (at(9, 7, 30), 450, at(9, 16, 0)),
        (at(9, 10, 0), 450, at(FRIDAY, 10, 0)),
        (at(9, 10, 0), 0, at(9, 10, 0)),
    ],
    ids=[
        "overnight",
        "to-the-minute",
        "lunch",
        "in-lunch",
        "early",
        "evening",
        "weekend",
        "saturday",
        "holiday",
        "whole-day",
        "a-day",
        "none",
    ],
)
def test_working_minutes_end_when_the_office_is_open(start, minutes, end):
    assert due(start, minutes, OFFICE) == end


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(9, 7, 30), at(9, 16, 0), 450),
        (at(9, 11, 0), at(9, 14, 0), 120),
        (at(FRIDAY, 15, 0), at(MONDAY, 8, 0), 90),
        (at(11, 8, 0), at(12, 20, 0), 0),
        (at(9, 10, 0), at(9, 9, 0), 0),
        (at(9, 10, 0), at(9, 10, 0), 0),
    ],
)
def test_time_spent_counts_only_open_hours(start, end, minutes):
    assert working_minutes(start, end, OFFICE) == minutes


def test_the_standard_times_of_the_sop_are_1865_working_minutes():
    standards = [step.standard_minutes(OFFICE.minutes_per_day) for step in STEPS]
    assert sum(filter(None, standards)) == 1865
    assert standards[-1] is None


def test_a_leap_day_is_a_day():
    leap = datetime(2028, 2, 28, 15, 50, tzinfo=WIB)
    assert due(leap, 20, OFFICE) == datetime(2028, 2, 29, 7, 40, tzinfo=WIB)


def test_a_six_day_office_works_on_saturday():
    office = WorkCalendar(dict.fromkeys(range(6), DAY))
    assert due(at(FRIDAY, 15, 58), 5, office) == at(11, 7, 33)


@pytest.mark.parametrize("hours", [{}, {0: ()}])
def test_a_calendar_without_hours_is_refused(hours):
    with pytest.raises(ValueError, match="tidak memiliki jam kerja"):
        due(at(9, 8, 0), 5, WorkCalendar(hours))


@given(start=moments, minutes=st.integers(1, 5000))
def test_the_time_until_the_due_moment_is_the_time_allowed(start, minutes):
    assert working_minutes(start, due(start, minutes, OFFICE), OFFICE) == minutes


@given(start=moments, minutes=st.integers(1, 5000))
def test_a_due_moment_is_never_outside_office_hours(start, minutes):
    end = due(start, minutes, OFFICE)
    assert any(begins < end.time() <= ends for begins, ends in OFFICE.spans(end.date()))


@given(start=moments, minutes=st.integers(1, 2000), later=st.integers(0, 500))
def test_starting_later_is_never_due_earlier(start, minutes, later):
    assert due(start, minutes, OFFICE) <= due(start + timedelta(minutes=later), minutes, OFFICE)
