"""A day off of an office."""

from django import forms

from measurement.doors.days_off import LONGEST_NAME, DayOff

from ..dates import DayField


class DayOffForm(forms.Form):
    day = DayField(label="Tanggal")
    name = forms.CharField(
        label="Nama", max_length=LONGEST_NAME, help_text="Misalnya Hari Jadi Kabupaten, dengan nomor surat edarannya."
    )  # fmt: skip
    works = forms.BooleanField(
        label="Kantor tetap masuk",
        required=False,
        help_text="Centang bila kantor bekerja pada hari libur nasional itu, misalnya petugas pelayanan.",
    )

    def day_off(self) -> DayOff:
        return DayOff(**self.cleaned_data)
