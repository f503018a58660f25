"""Making the office's own certificate authority, or another one in its place."""

from django import forms

from measurement.rules.requirements import SHORTEST_REASON, is_said

AGREED = "Saya mengerti: rahasia instalasi harus disimpan oleh pengelolanya; bila hilang atau berganti, kunci kantor tidak dapat dibuka."


class AuthorityForm(forms.Form):
    """`renews`: there is one already, so that a reason is asked for."""

    reason = forms.CharField(
        label="Alasan penggantian",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Tuliskan alasan penggantian."},
    )
    agreed = forms.BooleanField(
        label=AGREED, error_messages={"required": "Centang pernyataan ini lebih dahulu."}
    )

    def __init__(self, data=None, *, renews: bool):
        super().__init__(data)
        if not renews:
            del self.fields["reason"]

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if not is_said(reason):
            raise forms.ValidationError(f"Tuliskan alasan paling sedikit {SHORTEST_REASON} huruf.")
        return reason
