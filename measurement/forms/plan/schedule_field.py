"""When an indicator is measured, as ticked quarters."""

from django import forms

from measurement.rules.schedules import QUARTER_CHOICES, due_quarters, schedule_of


class ScheduleField(forms.MultipleChoiceField):
    """The quarters in which an indicator is due; none ticked, or all, is every period."""

    def __init__(self):
        super().__init__(
            label="Jadwal pengukuran",
            choices=QUARTER_CHOICES,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Centang triwulan saat indikator diukur: semester = TW II dan TW IV, setahun sekali = TW IV. Tanpa centang: setiap periode.",
        )

    def prepare_value(self, value):
        return [*map(str, due_quarters(value))] if isinstance(value, str) else value

    def clean(self, value):
        return schedule_of(int(number) for number in super().clean(value))
