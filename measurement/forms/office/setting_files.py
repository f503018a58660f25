"""The file of an import of settings."""

from django import forms


class SettingFileForm(forms.Form):
    file = forms.FileField(
        label="Berkas (XLSX atau CSV)",
        error_messages={"required": "Pilih berkas yang akan diimpor."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
