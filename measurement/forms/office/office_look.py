"""How an office looks: its colour, and the emblem on pages and letterhead."""

from django import forms

from measurement.files import EMBLEM_RULE, check_emblem, store_upload
from measurement.models import Unit
from measurement.rules.refusals import BadFile

FIELDS = ("accent",)


class OfficeLookForm(forms.ModelForm):
    """For one unit. A picture that is no emblem is a fault of its field."""

    emblem_file = forms.FileField(
        label="Lambang",
        required=False,
        help_text=EMBLEM_RULE,
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg"}),
    )

    class Meta:
        model = Unit
        fields = FIELDS
        widgets = {"accent": forms.RadioSelect}

    def clean_emblem_file(self):
        upload = self.cleaned_data["emblem_file"]
        if upload:
            try:
                check_emblem(upload)
            except BadFile as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return upload

    def store(self, builtin: bool = False) -> Unit:
        """Only what this form is about is written; `builtin` goes back to the emblem that comes with the system."""
        if builtin:
            self.instance.emblem = None
        elif self.cleaned_data["emblem_file"]:
            self.instance.emblem = store_upload(self.instance, self.cleaned_data["emblem_file"])
        self.instance.save(update_fields=[*FIELDS, "emblem"])
        return self.instance
