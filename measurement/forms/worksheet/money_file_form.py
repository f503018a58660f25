"""The file of realisasi anggaran that is uploaded; what it says is compared elsewhere, where openpyxl is loaded."""

from django import forms


class MoneyFileForm(forms.Form):
    file = forms.FileField(
        label="Berkas realisasi anggaran (XLSX atau CSV)",
        help_text="Laporan realisasi anggaran per sub kegiatan atau per rekening, laporan realisasi belanja per periode, atau register SP2D.",
        error_messages={"required": "Pilih berkas realisasi anggaran."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
