"""The file of a table to be checked."""

from django import forms


class CheckTableForm(forms.Form):
    file = forms.FileField(
        label="Berkas tabel (XLSX atau CSV)",
        help_text="Judul kolom yang dibaca: Arah (maksimum, minimum, atau kosong), Target, Realisasi, Capaian, Pagu, Realisasi anggaran, Serapan. "
        "Kelompok kolom yang berulang, misalnya beberapa tahun berdampingan, diperiksa satu per satu. Kolom lain dibiarkan.",
        error_messages={"required": "Pilih berkas yang akan diperiksa."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
