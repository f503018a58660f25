"""When an indicator is measured, as ticked periods at whose end it is due."""

from collections.abc import Collection

from django import forms

from measurement.rules.periods import Frequency
from measurement.rules.schedules import (
    HALF_YEARLY,
    YEARLY,
    due_quarters,
    schedule_of,
    schedule_words,
    settled,
)


class ScheduleField(forms.MultipleChoiceField):
    """The quarters in which an indicator is due, in the words of a year measured that often; none ticked, or all, is every period."""

    def __init__(self, frequency: Frequency, schedule: str, frequencies: Collection[Frequency]):
        self.frequencies = frequencies  # of all years of the plan, for which the schedule holds alike
        super().__init__(
            label="Jadwal pengukuran",
            choices=_choices(frequency, schedule),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_help(frequency),
        )

    def prepare_value(self, value):
        return [*map(str, due_quarters(value))] if isinstance(value, str) else value

    def clean(self, value):
        return settled(schedule_of(int(number) for number in super().clean(value)), self.frequencies)


def _choices(frequency: Frequency, schedule: str) -> list[tuple[int, str]]:
    """A quarter is called as the period of the year with which it ends; one that lies within a period is offered only while it is chosen."""
    quarters = Frequency.QUARTERLY.periods
    ending = {period.last_month: period for period in frequency.periods}
    return [
        (quarter.number, ending.get(quarter.last_month, quarter).short)
        for quarter in quarters
        if quarter.last_month in ending or quarter.number in due_quarters(schedule)
    ]


def _help(frequency: Frequency) -> str:
    named = [
        words for words in (schedule_words(each, frequency) for each in (HALF_YEARLY, YEARLY)) if "(" in words
    ]
    examples = f": {', '.join(named)}" if named else ""
    return f"Centang {frequency.noun} saat indikator diukur{examples}. Tanpa centang: setiap periode."
