"""The upload of one planning document's table."""

from django import forms

from measurement.forms.fields import field_of
from measurement.models import Plan
from measurement.rules.sop import REFERENCE_DOCUMENTS


class PlanningDocumentForm(forms.Form):
    kind = forms.ChoiceField(label="Dokumen", choices=REFERENCE_DOCUMENTS.items())
    year = forms.TypedChoiceField(label="Tahun", coerce=int)
    file = forms.FileField(
        label="Tabel dokumen (XLSX atau CSV)", error_messages={"required": "Pilih berkas tabelnya."}
    )

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "year", forms.TypedChoiceField).choices = [
            (str(year), str(year)) for year in plan.years
        ]
