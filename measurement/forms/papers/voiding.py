"""Withdrawing a paper, and numbers that were used outside the system; `voiding` says what is missing."""

from django import forms

from ..texts import words_field


class VoidForm(forms.Form):
    reason = words_field(
        "Alasan pembatalan",
        "Tertulis pada buku nomor dan daftar naskah, misalnya: nama penanda tangan keliru.",
        "Tuliskan alasan pembatalan, paling sedikit 10 huruf.",
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
    reason = words_field(
        "Alasan",
        "Misalnya: naskah bulan Januari dibuat dengan tangan sebelum sistem dipakai.",
        "Tuliskan alasannya, paling sedikit 10 huruf.",
        rows=2,
    )
