"""Asking for more time, giving it, and answering who asked; `doors.extending` says what is missing."""

from datetime import date

from django import forms

from measurement.models import Person
from measurement.rules.sop import Step

from ..dates import DayField
from ..fields import field_of
from ..texts import words_field

ONE, ALL = "orang", "langkah"


def day_field(required: bool = True) -> DayField:
    return DayField(
        label="Sampai dengan tanggal",
        required=required,
        help_text="Berlaku sampai jam kerja hari itu berakhir.",
        error_messages={"required": "Pilih tanggalnya."},
    )


class AskForm(forms.Form):
    until = day_field()
    reason = words_field(
        "Alasan",
        "Misalnya: data dari bidang lain baru diterima lusa.",
        "Tuliskan alasan perpanjangan, paling sedikit 10 huruf.",
        rows=2,
    )


class GiveForm(AskForm):
    """For whom: everybody at a step, or one of those who fill in rows."""

    whom = forms.ChoiceField(label="Untuk")

    field_order = ("whom", "until", "reason")

    def __init__(self, *args, steps: list[Step], people: list[Person], **kwargs):
        super().__init__(*args, **kwargs)
        of_steps = [(f"{ALL}-{step.key}", f"Langkah {step.number}, semua pelaksananya") for step in steps]
        field_of(self, "whom", forms.ChoiceField).choices = [
            *of_steps,
            *((f"{ONE}-{person.pk}", person.name) for person in people),
        ]
        self.people = {f"{ONE}-{person.pk}": person for person in people}

    @property
    def chosen_step(self) -> str:
        """The key of the step; "" for one person."""
        kind, _, key = self.cleaned_data["whom"].partition("-")
        return key if kind == ALL else ""

    @property
    def chosen_person(self) -> Person | None:
        return self.people.get(self.cleaned_data["whom"])


class AnswerExtensionForm(forms.Form):
    """`until` may be another day than was asked for."""

    until = day_field(required=False)
    answer = words_field("Jawaban", "Wajib bila ditolak.", rows=2, required=False)

    def __init__(self, data=None, *, key: str, asked_for: date):
        super().__init__(data, prefix=key, initial={"until": asked_for})
