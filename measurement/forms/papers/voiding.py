"""Withdrawing a paper, and numbers that were used outside the system; `voiding` says what is missing."""

from django import forms

from ..texts import LONGEST


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tertulis pada buku nomor dan daftar naskah, misalnya: nama penanda tangan keliru.",
        error_messages={"required": "Tuliskan alasan pembatalan, paling sedikit 10 huruf."},
    )


class SkipForm(forms.Form):
    """`seen` is the last number given out when the page was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    upto = forms.IntegerField(
        label="Dipakai sampai dengan nomor urut",
        min_value=1,
        error_messages={
            "required": "Isi nomor urut terakhir yang dipakai.",
            "invalid": "Isi dengan angka, misalnya 12.",
        },
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text="Misalnya: naskah bulan Januari dibuat dengan tangan sebelum sistem dipakai.",
        error_messages={"required": "Tuliskan alasannya, paling sedikit 10 huruf."},
    )
