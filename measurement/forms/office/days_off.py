"""A day off of an office."""

from django import forms

from measurement.doors.days_off import LONGEST_NAME, DayOff


class DayOffForm(forms.Form):
    day = forms.DateField(
        label="Tanggal",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
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
