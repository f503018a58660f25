"""The file of a plan import."""

from django import forms

from measurement.forms.fields import field_of
from measurement.models import Plan


class ImportForm(forms.Form):
    """A file for one of these plans; the year is for files whose headings name none."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="Rencana", empty_label=None)
    file = forms.FileField(
        label="Berkas rencana (XLSX atau CSV)", error_messages={"required": "Pilih berkas yang akan diimpor."}
    )
    year = forms.TypedChoiceField(
        label="Tahun",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Hanya dipakai bila judul kolom target dan pagu di berkas tidak menyebut tahun, misalnya ekspor SIPD.",
    )

    def __init__(self, *args, plans: list[Plan], **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "plan", forms.ModelChoiceField).queryset = Plan.objects.filter(
            pk__in=[plan.pk for plan in plans]
        )
        years = sorted({year for plan in plans for year in plan.years})
        field_of(self, "year", forms.TypedChoiceField).choices = [
            ("", "Menurut berkas"),
            *((str(year), str(year)) for year in years),
        ]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        plan, year = data.get("plan"), data.get("year")
        if plan and year and year not in plan.years:
            self.add_error("year", f"Tahun {year} tidak termasuk {plan}.")
        return data
