"""The clock of the SOP: its minutes are working minutes, so five minutes that start at 15.58 end on the next working day.

Pure; the office's hours and holidays are an argument. All moments are aware datetimes in the office's own time zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

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


class DeadlineBasis(StrEnum):
    """What a deadline rests on."""

    STANDARD = ""
    PLANNED = "jadwal kantor"
    EXTENDED = "diperpanjang"


@dataclass(frozen=True)
class Terms:
    """What the office itself set for a step: the day of its rencana kegiatan, and the day until which it was extended."""

    planned: date | None = None
    extended: date | None = None


@dataclass(frozen=True)
class Deadline:
    """When a step has to be finished (None where nothing says so), on what that rests, and when the SOP's own time is over."""

    at: datetime | None = None
    basis: DeadlineBasis = DeadlineBasis.STANDARD
    standard: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Whether the office set it itself."""
        return self.at is not None and self.basis != DeadlineBasis.STANDARD


def deadline(
    standard: datetime | None, terms: Terms, is_first_round: bool, calendar: WorkCalendar, zone: tzinfo | None
) -> Deadline:
    """The one deadline of a step: an extension, else the office's schedule, else the SOP's standard time.

    The schedule was made for the first round: what is done again gets the standard time at least. An extension never shortens. Without working
    hours there is no clock, and no deadline.
    """
    if not calendar.has_hours:
        return Deadline()
    at, basis = standard, DeadlineBasis.STANDARD
    planned = end_of_day(terms.planned, calendar, zone) if terms.planned else None
    if planned and (is_first_round or standard is None or planned > standard):
        at, basis = planned, DeadlineBasis.PLANNED
    extended = end_of_day(terms.extended, calendar, zone) if terms.extended else None
    if extended and (at is None or extended > at):
        at, basis = extended, DeadlineBasis.EXTENDED
    return Deadline(at, basis, standard)


def end_of_day(day: date, calendar: WorkCalendar, zone: tzinfo | None) -> datetime:
    """When the office closes on that day; of a day off its last minute."""
    spans = calendar.spans(day)
    return datetime.combine(day, spans[-1][1] if spans else time(23, 59), zone)
