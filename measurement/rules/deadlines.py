"""The clock of the SOP: its minutes are working minutes, so five minutes that start at 15.58 end on the next working day.

Pure; the office's hours and holidays are an argument. All moments are aware datetimes in the office's own time zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Spans = tuple[tuple[time, time], ...]
LONGEST_GAP = 60  # after so many days without a working span the calendar must be wrong
NO_HOURS = "jam kerja belum diatur"


@dataclass(frozen=True)
class DatedHours:
    """Other hours than those before: from a day on, or for some days (Ramadan), the last one included."""

    first: date
    last: date | None
    hours: Mapping[int, Spans]
    minutes_per_day: int

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def precedence(self) -> tuple[bool, date]:
        """Hours for some days come before those that hold on, the newest first."""
        return self.last is not None, self.first


@dataclass(frozen=True)
class WorkCalendar:
    """Working spans by weekday (Monday 0) and the days off. `minutes_per_day` says what the SOP's "1 hari" is.

    `later` are hours that came after the first ones: a day keeps the hours that it had, so that what was judged stays.
    """

    hours: Mapping[int, Spans]
    holidays: frozenset[date] = field(default_factory=frozenset)
    minutes_per_day: int = 450
    later: tuple[DatedHours, ...] = ()

    def dated(self, day: date) -> DatedHours | None:
        """The later hours that hold on a day; None where it still has the first ones."""
        covering = [hours for hours in self.later if hours.covers(day)]
        return max(covering, key=lambda hours: hours.precedence, default=None)

    @property
    def has_hours(self) -> bool:
        """Whether any working hours are entered; without them there is no clock."""
        return any(self.hours.values()) or any(any(dated.hours.values()) for dated in self.later)

    def has_hours_on(self, day: date) -> bool:
        """Whether the week that this day belongs to has any working hours."""
        return any((self.dated(day) or self).hours.values())

    def spans(self, day: date) -> Spans:
        if day in self.holidays:
            return ()
        return (self.dated(day) or self).hours.get(day.weekday(), ())

    def minutes_on(self, day: date) -> int:
        """What "1 hari" is for a step that begins on this day."""
        return (self.dated(day) or self).minutes_per_day

    def is_open(self, moment: datetime) -> bool:
        return any(begins <= moment.time() < ends for begins, ends in self.spans(moment.date()))


def _spans_from(moment: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Working spans from a moment on, the first one cut at the moment; ends after a long time without work."""
    day, idle = moment.date(), 0
    while idle < LONGEST_GAP:
        spans = calendar.spans(day)
        idle = 0 if spans else idle + 1
        for begins, ends in spans:
            begin = max(datetime.combine(day, begins, moment.tzinfo), moment)
            end = datetime.combine(day, ends, moment.tzinfo)
            if begin < end:
                yield begin, end
        day += timedelta(days=1)


def due(start: datetime, minutes: int, calendar: WorkCalendar) -> datetime:
    """The moment at which that many working minutes after `start` have passed. ValueError for a calendar without working hours."""
    left = timedelta(minutes=minutes)
    for begin, end in _spans_from(start, calendar):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise ValueError("Kalender kerja tidak memiliki jam kerja.")


def working_minutes(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Whole working minutes between two moments; 0 if they are in the wrong order."""
    total = timedelta()
    for begins, ends in _spans_from(start, calendar):
        if begins >= end:
            break
        total += min(ends, end) - begins
    return int(total.total_seconds() // 60)
