"""What has become of something that was promised in an earlier period."""

from django import forms

from measurement.rules.follow_ups import Progress

from ..texts import words_field


class PromiseForm(forms.Form):
    progress = forms.ChoiceField(
        label="Keadaan tindak lanjut periode lalu",
        choices=[(kind.value, kind.value) for kind in Progress],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih keadaannya."},
    )
    note = words_field("Uraian", "Wajib bila tidak dilanjutkan: alasannya.", rows=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
