"""The decision of Tim SAKIP's chair on one indicator that is not SMART."""

from django import forms

from measurement.models import SmartDecision

from ..dates import DayField
from ..texts import words_field


class SmartForm(forms.Form):
    """All may stay empty while drafting; what makes a decision whole is asked by the door."""

    is_draft = True

    verdict = forms.ChoiceField(
        label="Keputusan", choices=SmartDecision.Verdict.choices, required=False, widget=forms.RadioSelect
    )
    revise_by = DayField(label="Tanggal perbaikan", required=False, help_text="Hanya bila diperbaiki.")
    reason = words_field("Alasan", rows=2, required=False)

    def is_blank(self) -> bool:
        """Whether nothing was decided yet."""
        return not any(self.cleaned_data.get(name) for name in ("verdict", "reason"))
