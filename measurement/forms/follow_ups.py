"""A direction to be followed up, and what is reported of it."""

from django import forms

from measurement.models import MeasurementCycle, Person
from measurement.rules.follow_ups import Progress
from measurement.rules.sop import LEADING, Role

from .dates import DayField
from .fields import field_of
from .texts import words_field

OF_ROLE = "peran:"


class FollowUpForm(forms.Form):
    """`answers` is a person's id, or a role that several hold."""

    text = words_field(
        "Arahan",
        "Apa yang harus dilakukan dan apa hasilnya, misalnya: Dampingi tiga penanggung jawab yang laporannya terlambat sampai laporannya diterima.",
        "Tuliskan arahannya.",
        rows=4,
    )
    answers = forms.ChoiceField(
        label="Ditindaklanjuti oleh",
        error_messages={"required": "Pilih pegawai atau peran yang menindaklanjuti."},
    )
    due = DayField(label="Batas", error_messages={"required": "Isi batas waktunya."})

    def __init__(self, data=None, *, cycle: MeasurementCycle):
        super().__init__(data)
        self.people = {str(person.pk): person for person in _staff(cycle)}
        roles = [(f"{OF_ROLE}{role.value}", cycle.sop.holder(role)) for role in LEADING if role != Role.CAMAT]
        people = [(key, person.name) for key, person in self.people.items()]
        field_of(self, "answers", forms.ChoiceField).choices = [
            ("", "Pilih pegawai atau peran"), ("Peran", roles), ("Pegawai", people),
        ]  # fmt: skip

    @property
    def responsible(self) -> Person | None:
        return self.people.get(self.cleaned_data["answers"])

    @property
    def role(self) -> Role | None:
        chosen = self.cleaned_data["answers"]
        return Role(chosen.removeprefix(OF_ROLE)) if chosen.startswith(OF_ROLE) else None


def _staff(cycle: MeasurementCycle):
    return Person.objects.filter(pk__in=cycle.staff).order_by("name")


class FollowUpNoteForm(forms.Form):
    """What was done so far; whoever may close it says in the same place how it ends."""

    progress = forms.ChoiceField(label="Keadaan", widget=forms.RadioSelect)
    text = words_field(
        "Uraian",
        "Apa yang sudah dilakukan dan hasilnya; bila tidak dilanjutkan, alasannya.",
        "Tuliskan apa yang sudah dilakukan, atau alasannya.",
    )

    def __init__(self, data=None, *, may_report: bool, may_close: bool, answer: str = ""):
        super().__init__(data, initial={"text": answer} if may_close else None)
        offered = [Progress.RUNNING] * may_report + [Progress.DONE, Progress.DROPPED] * may_close
        words = {
            Progress.RUNNING: "Berjalan, tetap terbuka",
            Progress.DONE: "Selesai, tutup",
            Progress.DROPPED: "Tidak dilanjutkan, tutup",
        }
        field_of(self, "progress", forms.ChoiceField).choices = [
            (kind.value, words[kind]) for kind in offered
        ]
        self.initial["progress"] = offered[0].value
