"""When an indicator is measured: in every period, each half-year, once a year, or in picked quarters. Pure.

A schedule is the quarters in which the indicator is due, as "2,4"; blank is every period. Where a unit measures by month, an indicator is due in
the last month of such a quarter; where it measures by half-year or year, in the period in which such a quarter ends.
"""

import re
from collections.abc import Iterable

from .periods import MONTHS_OF_QUARTER, ROMAN

QUARTER_CHOICES = [(number, f"TW {roman}") for number, roman in ROMAN.items()]
EVERY, HALF_YEARLY, YEARLY = "", "2,4", "4"
WORDS = {
    EVERY: ("setiap", "setiap periode", "tiap periode", "setiap triwulan", "tiap triwulan", "triwulan", "triwulanan", "bulanan"),
    HALF_YEARLY: ("semester", "semesteran", "setiap semester", "tiap semester", "per semester"),
    YEARLY: ("tahun", "tahunan", "setahun sekali", "setiap tahun", "tiap tahun", "akhir tahun", "per tahun"),
}  # fmt: skip
SCHEDULE_OF = {word: schedule for schedule, words in WORDS.items() for word in words}
PICKED = re.compile(r"(?:(?:tw|triwulan)\s*)?(iv|iii|ii|i|[1-4])", re.IGNORECASE)
NAMED = {HALF_YEARLY: "semester", YEARLY: "setahun sekali"}
BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\bdan\b)\s*", re.IGNORECASE)


class ScheduleError(ValueError):
    """The text is no schedule; the message says what to write instead."""


def schedule_of(quarters: Iterable[int]) -> str:
    """The schedule of an indicator that is due in these quarters; all of them is every period."""
    found = sorted(set(quarters))
    return EVERY if len(found) in (0, 4) else ",".join(map(str, found))


def due_quarters(schedule: str) -> tuple[int, ...]:
    """The quarters at whose end an indicator is due; none for one of every period."""
    return tuple(int(number) for number in schedule.split(",") if number)


def is_due(schedule: str, months: range) -> bool:
    """Whether an indicator is due in the period of these months: one in which a quarter ends at whose end it is due."""
    return not schedule or any(MONTHS_OF_QUARTER * quarter in months for quarter in due_quarters(schedule))


def parse_schedule(text: str) -> str:
    """The schedule that a person wrote: "semester", "TW II dan IV", "akhir tahun"; a blank is every period. ScheduleError for all else."""
    text = " ".join(text.lower().split())
    if not text:
        return EVERY
    if text in SCHEDULE_OF:
        return SCHEDULE_OF[text]
    for schedule in NAMED:
        if text == schedule_words(schedule).lower():
            return schedule
    numbers = {roman.lower(): number for number, roman in ROMAN.items()}
    picked = [PICKED.fullmatch(part) for part in BETWEEN.split(text)]
    if not all(picked):
        raise ScheduleError(
            "Tulis jadwal seperti: setiap periode, semester, tahunan, TW IV, atau TW II dan IV."
        )
    return schedule_of(numbers.get(part[1]) or int(part[1]) for part in picked if part)


def schedule_words(schedule: str) -> str:
    """The schedule as people read it: "semester (TW II dan IV)"."""
    if not schedule:
        return "setiap periode"
    quarters = "TW " + " dan ".join(
        filter(
            None,
            (", ".join(ROMAN[n] for n in due_quarters(schedule)[:-1]), ROMAN[due_quarters(schedule)[-1]]),
        )
    )
    named = NAMED.get(schedule)
    return f"{named} ({quarters})" if named else quarters
