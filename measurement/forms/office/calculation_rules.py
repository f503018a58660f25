"""What an office decides about its figures, each rule with what it changes."""

from typing import Any

from django import forms
from django.core.validators import DecimalValidator
from django.db import transaction

from measurement.models import Person, SettingChange, Unit
from measurement.record.setting_changes import record_setting

from ..plan.number_fields import NumberField

CHANGES = {
    "mean_cap": "Mengubah capaian rata-rata kegiatan, program, sasaran, dan perangkat daerah bila ada bagian yang melampaui target.",
    "zero_is_met": "Mengubah indikator seperti “jumlah temuan” yang targetnya 0: capaiannya 100 atau tidak dapat dihitung.",
    "efficiency_threshold": "Mengubah kata efisien, cukup efisien, dan tidak efisien di samping serapan; angka capaian tidak berubah.",
    "sasaran_lead": "Mengubah angka sasaran, dan dengan itu capaian perangkat daerah.",
    "program_lead": "Mengubah angka program.",
    "kegiatan_lead": "Mengubah angka kegiatan.",
}


class PercentField(NumberField):
    """A number as it is typed here, with a comma; the model's own bounds are checked after it."""

    def __init__(self, *, max_digits: int, decimal_places: int, **options):
        super().__init__(**options)
        self.limits = DecimalValidator(max_digits, decimal_places)

    def clean(self, value):
        number = super().clean(value)
        if number is not None:
            self.limits(number)
        return number


class CalculationRulesForm(forms.ModelForm):
    """For one unit; only the rules are written."""

    class Meta:
        model = Unit
        fields = Unit.setting_names()
        field_classes = dict.fromkeys(("mean_cap", "efficiency_threshold"), PercentField)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.before = self._words(self.instance)
        for name, field in self.fields.items():
            field.help_text = f"{field.help_text} {CHANGES[name]}"

    def _words(self, unit: Unit) -> dict[str, str]:
        """Label → what the history says."""
        return {str(field.label): _shown(unit, name) for name, field in self.fields.items()}

    @transaction.atomic
    def store(self, actor: Person) -> bool:
        """Whether anything changed."""
        self.instance.save(update_fields=list(self.fields))
        after = self._words(self.instance)
        return bool(record_setting(self.instance, actor, SettingChange.Part.RULES, self.before, after))


def _shown(unit: Unit, name: str) -> str:
    value: Any = getattr(unit, name)
    if value is None:
        return "tanpa batas"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if choices := getattr(unit, f"get_{name}_display", None):
        return choices()
    return format(value.normalize(), "f").replace(".", ",")
