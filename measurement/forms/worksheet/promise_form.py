"""What has become of something that was promised in an earlier period."""

from django import forms

from measurement.rules.follow_ups import Progress

from ..texts import LONGEST


class PromiseForm(forms.Form):
    progress = forms.ChoiceField(
        label="Keadaan tindak lanjut periode lalu",
        choices=[(kind.value, kind.value) for kind in Progress],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih keadaannya."},
    )
    note = forms.CharField(
        label="Uraian",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Wajib bila tidak dilanjutkan: alasannya.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
