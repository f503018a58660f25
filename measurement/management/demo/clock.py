"""The walk's clock: acts happen at their historical moments. Everything asks `timezone.now`, so that is what is set."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from measurement.rules.deadlines import WorkCalendar, due

LONGEST_GAP = 60


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """`timezone.now` is this moment for a while, in UTC as ever."""
    real, moment = timezone.now, moment.astimezone(UTC)
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


class Clock:
    """Moves forward in working minutes, so that every act falls into working hours."""

    def __init__(self, start: datetime, calendar: WorkCalendar):
        self.moment, self.calendar = start, calendar

    def pass_minutes(self, minutes: int):
        """That many working minutes later; a context in which it is that time."""
        self.moment = due(self.moment, minutes, self.calendar)
        return at(self.moment)


def working_minutes_before(moment: datetime, minutes: int, calendar: WorkCalendar) -> datetime:
    """The moment from which that many working minutes lead to `moment` (or to the end of work before it)."""
    day, left = moment.date(), timedelta(minutes=minutes)
    for _ in range(LONGEST_GAP):
        for begins, ends in reversed(calendar.spans(day)):
            begin = datetime.combine(day, begins, moment.tzinfo)
            end = min(datetime.combine(day, ends, moment.tzinfo), moment)
            if end - begin >= left:
                return end - left
            left -= max(end - begin, timedelta())
        day -= timedelta(days=1)
    raise ValueError("Kalender kerja tidak memiliki jam kerja.")
