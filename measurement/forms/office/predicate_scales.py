"""A predicate scale with its levels, as a table of words and lower bounds."""

from decimal import Decimal
from typing import Any

from django import forms

from measurement.doors.predicate_scales import Levels, ScaleFacts, level_gaps
from measurement.models import PredicateScale
from measurement.rules.numbers import NumberError, parse_number, show_plain
from measurement.rules.refusals import Refusal

from ..dates import DayField, DayInput

ROWS = 8
UNBOUND = "Isi predikat untuk batas {lower}."


class ScaleForm(forms.ModelForm):
    """`levels` are those to begin with."""

    class Meta:
        model = PredicateScale
        fields = ["name", "source", "valid_from", "valid_until"]
        labels = {"name": "Nama skala"}
        help_texts = {
            "source": "Peraturan atau keputusan yang menetapkannya; tercetak pada naskah.",
            "valid_until": "Hari pertama yang tidak lagi memakai skala ini. Kosong: masih berlaku.",
        }
        field_classes = {"valid_from": DayField, "valid_until": DayField}
        widgets = {"valid_from": DayInput, "valid_until": DayInput}

    def __init__(self, *args, levels: Levels = (), **options):
        super().__init__(*args, **options)
        for number in range(ROWS):
            lower, label = levels[number] if number < len(levels) else (None, "")
            self.fields[f"label{number}"] = self._cell(f"Predikat {number + 1}", label, 40)
            self.fields[f"lower{number}"] = self._cell(f"Batas bawah {number + 1}", show_plain(lower), 20)

    @staticmethod
    def _cell(label: str, initial: str, longest: int) -> forms.CharField:
        widget = forms.TextInput({"aria-label": label})
        return forms.CharField(
            label=label, initial=initial, required=False, max_length=longest, widget=widget
        )

    @property
    def facts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"label{number}"], self[f"lower{number}"]) for number in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        levels = [level for number in range(ROWS) if (level := self._level(number, data))]
        if not self.errors and (gaps := level_gaps(levels)):
            self.add_error(None, gaps)
        return data | {"levels": levels}

    def _level(self, number: int, data: dict[str, Any]) -> tuple[Decimal | None, str] | None:
        label, typed = " ".join(data.get(f"label{number}", "").split()), data.get(f"lower{number}", "")
        try:
            lower = parse_number(typed)
        except NumberError as error:
            self.add_error(f"lower{number}", str(error))
            return None
        if lower is not None and not label:
            self.add_error(f"label{number}", UNBOUND.format(lower=show_plain(lower)))
        return (lower, label) if label else None

    def scale_facts(self) -> ScaleFacts:
        data = self.cleaned_data
        return ScaleFacts(
            data["name"], data["source"], data["valid_from"], data["valid_until"], data["levels"]
        )

    def refuse(self, refusal: Refusal) -> None:
        """What the door said, on top of the form."""
        self.add_error(None, refusal.sentences)
