"""The file of plans of many offices, and what is decided for all of them."""

from typing import Any

from django import forms
from django.utils import timezone

from measurement.forms.fields import field_of
from measurement.models import Plan, column_length

from .new_plan import MOST_YEARS, YEARS

HALF = "Isi nama, tahun awal, dan tahun akhir, atau kosongkan ketiganya."
NEW_PLAN = ("name", "start_year", "end_year")


class PlansFileForm(forms.Form):
    """The year is for files whose headings name none; the rest makes a plan where an office has none."""

    file = forms.FileField(
        label="Berkas rencana (XLSX atau CSV)",
        error_messages={"required": "Pilih berkas yang akan diimpor."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    year = forms.TypedChoiceField(
        label="Tahun",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Hanya dipakai bila judul kolom target dan pagu di berkas tidak menyebut tahun.",
    )
    name = forms.CharField(
        label="Rencana baru: nama",
        max_length=column_length(Plan, "name"),
        required=False,
        help_text="Dibuat bagi kantor yang belum mempunyai rencana tahun itu, misalnya Rencana Strategis (Renstra).",
    )
    start_year = forms.IntegerField(
        label="Rencana baru: tahun awal", min_value=YEARS[0], max_value=YEARS[1], required=False
    )
    end_year = forms.IntegerField(
        label="Rencana baru: tahun akhir", min_value=YEARS[0], max_value=YEARS[1], required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        this_year = timezone.localdate().year
        field_of(self, "year", forms.TypedChoiceField).choices = [
            ("", "Menurut berkas"),
            *((str(year), str(year)) for year in range(this_year - 1, this_year + MOST_YEARS)),
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = [name for name in NEW_PLAN if self.cleaned_data.get(name)]
        if given and len(given) < len(NEW_PLAN) and not self.errors:
            self.add_error("name", HALF)
        first, last = self.cleaned_data.get("start_year"), self.cleaned_data.get("end_year")
        if first and last and not first <= last < first + MOST_YEARS:
            self.add_error(
                "end_year", f"Tahun akhir tidak sebelum tahun awal, dan paling lama {MOST_YEARS} tahun."
            )
        return self.cleaned_data

    def decided(self) -> dict[str, Any]:
        """What is decided before the file was looked at, as it is kept."""
        data = self.cleaned_data
        new_plan = {name: data[name] for name in NEW_PLAN} if data["name"] else None
        return {"year": data["year"], "new_plan": new_plan}
