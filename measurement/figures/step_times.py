"""How long the steps of a cycle really took against the standard times of the SOP, in working minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone

from measurement.models import Stay
from measurement.rules.dates import working_time
from measurement.rules.deadlines import DeadlineBasis, WorkCalendar
from measurement.rules.figure import HUNDRED, Figure, Gap
from measurement.rules.sop import WITHDRAW, Step
from measurement.rules.sop_edition import Sop


@dataclass(frozen=True)
class Visit:
    """One stay at a step. Whether it kept its time is open (None) while it lasts within it, and where the SOP gives none. Without working hours
    nothing is known of the time spent (None), and nothing is judged."""

    spent: int | None
    standard: int | None
    kept: bool | None

    @property
    def over(self) -> int:
        """Working minutes beyond the standard time; 0 where it was kept, or where the SOP gives none."""
        return max(0, self.spent - self.standard) if self.standard and self.spent is not None else 0


@dataclass(frozen=True)
class Pace:
    """All stays at one step; more than one after a return. `per_day` is how many minutes a working day had when it began, or has where it is
    still to come."""

    step: Step
    per_day: int
    visits: list[Visit]

    @property
    def spent(self) -> int | None:
        """None where the step has not begun, or where the office has no working hours."""
        return total_spent(self.visits) if self.visits else None

    @property
    def standard(self) -> int | None:
        """The standard time of all stays together; of a single one where the step is still to come."""
        return sum(visit.standard or 0 for visit in self.visits) or self.step.standard_minutes(self.per_day)

    @property
    def share(self) -> Figure:
        """Time spent in percent of the standard time."""
        if self.spent is None or not self.standard:
            return Figure(gap=Gap.BLANK)
        return Figure(Fraction(self.spent, self.standard) * HUNDRED)

    @property
    def exceeded(self) -> bool:
        return any(visit.kept is False for visit in self.visits)


def paces(stays: Iterable[Stay], sop: Sop, calendar: WorkCalendar, now: datetime) -> list[Pace]:
    """The eleven steps with a cycle's stays."""
    by_step: dict[str, list[Stay]] = {}
    for stay in stays:
        by_step.setdefault(stay.step, []).append(stay)
    return [_pace(step, by_step.get(step.key, ()), calendar, now) for step in sop.steps]


def _pace(step: Step, stays: Sequence[Stay], calendar: WorkCalendar, now: datetime) -> Pace:
    per_day = (
        stays[0].minutes_per_day(calendar) if stays else calendar.minutes_on(timezone.localtime(now).date())
    )
    return Pace(step, per_day, [visit_of(stay, calendar, now) for stay in stays])


def visit_of(stay: Stay, calendar: WorkCalendar, now: datetime | None = None) -> Visit:
    """One stay against its step's standard time; until now while it is open."""
    spent, standard = stay.taken(calendar, now), stay.standard(calendar)
    if standard is None or spent is None:
        return Visit(spent, standard, None)
    within = spent <= standard
    return Visit(spent, standard, None if within and stay.left_at is None else within)


def total_spent(visits: Iterable[Visit]) -> int | None:
    """The working minutes of all; None where one of them is not known."""
    spent = [visit.spent for visit in visits]
    return None if None in spent else sum(minutes for minutes in spent if minutes)


def kept_words(stays: Sequence[Stay], calendar: WorkCalendar) -> str:
    """How a step kept the office's own deadline, the last time that it was left: "tepat jadwal", "lewat jadwal 1 hari". "" where none was set."""
    left = [stay for stay in stays if stay.left_at and stay.action != WITHDRAW]
    late = left[-1].late(calendar) if left else None
    if late is None:
        return ""
    basis = left[-1].deadline(calendar).basis
    what = "perpanjangan" if basis == DeadlineBasis.EXTENDED else "jadwal"
    return (
        f"lewat {what} {working_time(late, left[-1].minutes_per_day(calendar))}" if late else f"tepat {what}"
    )


@dataclass(frozen=True)
class Punctuality:
    """How many of the stays that can be judged kept their time, and that as a share."""

    kept: int
    judged: int

    @property
    def figure(self) -> Figure:
        return Figure(Fraction(self.kept, self.judged) * HUNDRED) if self.judged else Figure(gap=Gap.BLANK)


def punctuality(found: Iterable[Pace]) -> Punctuality:
    judged = [visit.kept for pace in found for visit in pace.visits if visit.kept is not None]
    return Punctuality(sum(judged), len(judged))


def schedule_punctuality(stays: Iterable[Stay], calendar: WorkCalendar) -> Punctuality:
    """How many of the stays that were left kept the office's own deadline, among those that had one; `stays` come `with_terms`."""
    left = [stay.late(calendar) for stay in stays if stay.left_at and stay.action != WITHDRAW]
    judged = [late for late in left if late is not None]
    return Punctuality(sum(not late for late in judged), len(judged))
