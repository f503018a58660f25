"""Withdrawing an order, and the Sekcam's answer; `doors.withdrawing` says what is missing."""

from django import forms

from ..texts import words_field


class WithdrawForm(forms.Form):
    reason = words_field(
        "Alasan pencabutan",
        "Dibaca semua yang terlibat dan tercatat pada jejak audit, misalnya: tahun yang dipilih keliru.",
        "Tuliskan alasan pencabutan, paling sedikit 10 huruf.",
    )


class AnswerForm(forms.Form):
    answer = words_field("Jawaban", "Wajib bila ditolak: mengapa siklus tetap diperlukan.", required=False)
