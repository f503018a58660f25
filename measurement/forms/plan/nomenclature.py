"""Which field of the nomenclature is shown, what is looked for in it, and the file of an office's own list."""

from django import forms

from measurement.forms.fields import field_of
from measurement.models import Level, Plan, PlanNode
from measurement.plan.nomenclature_list import FIELD


class NomenclatureSearch(forms.Form):
    """`is_draft`: nothing here is asked for twice, a blank search shows everything."""

    field_code = forms.CharField(
        label="Kode bidang urusan kantor ini",
        max_length=4,
        help_text="Dua bagian, misalnya 1.03 untuk pekerjaan umum. Program penunjang X.XX.01 ditulis dengan kode ini.",
        error_messages={"required": "Tulis kode bidang urusan, misalnya 7.01."},
    )
    wanted = forms.CharField(label="Cari kode atau kata", max_length=100, required=False)

    def clean_field_code(self):
        code = "".join(self.cleaned_data["field_code"].split())
        if not FIELD.fullmatch(code):
            raise forms.ValidationError("Tulis kode bidang seperti 7.01 atau 1.03.")
        return code


class SasaranForm(forms.Form):
    """Under which sasaran new programs stand."""

    sasaran = forms.ModelChoiceField(
        PlanNode.objects.none(),
        label="Sasaran di atas program yang baru",
        required=False,
        empty_label="Tanpa sasaran dahulu",
    )

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "sasaran", forms.ModelChoiceField).queryset = plan.nodes.filter(level=Level.SASARAN)


class NomenclatureFileForm(forms.Form):
    file = forms.FileField(
        label="Daftar nomenklatur (XLSX atau CSV)",
        error_messages={"required": "Pilih berkas yang akan dimuat."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
