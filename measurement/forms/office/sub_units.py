"""A sub unit (kelurahan), kept by the administrator of its unit."""

from django import forms

from measurement.models import SubUnit


class SubUnitForm(forms.ModelForm):
    class Meta:
        model = SubUnit
        fields = ["name", "code"]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())

    def _get_validation_exclusions(self):
        """The unit comes with the instance; the constraints on it are checked all the same."""
        return super()._get_validation_exclusions() - {"unit"}  # type: ignore[misc]  # a hook of Django that its stubs leave out
