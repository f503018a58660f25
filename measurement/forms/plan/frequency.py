"""How often a year of the plan is measured."""

from django import forms

from measurement.rules.periods import Frequency


class FrequencyForm(forms.Form):
    """One of the frequencies; which one the year has now is chosen already."""

    frequency = forms.ChoiceField(
        label="Frekuensi pengukuran",
        choices=[(kind.value, f"{kind.label} ({kind.size} kali setahun)") for kind in Frequency],
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, frequency: Frequency):
        super().__init__(data, initial={"frequency": frequency.value})
