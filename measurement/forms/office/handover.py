"""Who takes over, why, and which lines."""

from django import forms
from django.http import QueryDict

from measurement.doors.handing_over import HELD, takers
from measurement.forms.fields import field_of
from measurement.models import Person, Unit
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal

from ..texts import words_field


class HandoverForm(forms.Form):
    """`status` is what the page answers while the form is not accepted."""

    status = 422
    taker = forms.ModelChoiceField(
        Person.objects.none(),
        label="Diserahkan kepada",
        empty_label="Pilih pegawai",
        error_messages={
            "required": "Pilih pegawai yang menerima.",
            "invalid_choice": "Pegawai itu tidak bertugas di unit ini hari ini.",
        },
    )
    reason = words_field(
        "Alasan",
        "Misalnya: pindah tugas ke kantor lain mulai 1 Oktober 2026, atau sakit sampai akhir periode pengukuran.",
        "Tuliskan alasan serah terima.",
    )

    def __init__(self, data: QueryDict | None = None, *, unit: Unit, giver: Person):
        super().__init__(data)
        self.posted = data or QueryDict()
        field_of(self, "taker", forms.ModelChoiceField).queryset = takers(unit, giver)

    def refuse(self, refusal: Refusal) -> None:
        """What the door said, on top of the form."""
        self.add_error(None, refusal.sentences)
        self.status = refusal.status

    def picked(self) -> dict[str, set[int]]:
        """The ticked lines, as ids by the names of `HELD`."""
        return {name: {parse_key(key) for key in self.posted.getlist(name)} for name in HELD}
