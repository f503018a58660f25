"""Withdrawing an order, and the Sekcam's answer; `doors.withdrawing` says what is missing."""

from django import forms

from ..texts import LONGEST


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Alasan pencabutan",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca semua yang terlibat dan tercatat pada jejak audit, misalnya: tahun yang dipilih keliru.",
        error_messages={"required": "Tuliskan alasan pencabutan, paling sedikit 10 huruf."},
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Jawaban",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Wajib bila ditolak: mengapa siklus tetap diperlukan.",
    )
