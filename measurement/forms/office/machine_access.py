"""What an administrator decides when machines of others are let in, or told."""

from django import forms

from measurement.messages.webhook_targets import TargetRefused, judged_address
from measurement.rules.machine_access import DAYS_CHOICES, SUBSCRIBED, MachineEvent, Scope

LONGEST_URL = 500


class ApiTokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label="Kegunaan", max_length=100, help_text="Misalnya Dasbor Bappeda. Satu token untuk satu pemakai."
    )
    scopes = forms.TypedMultipleChoiceField(
        label="Yang boleh dibaca",
        coerce=Scope,
        choices=[(scope.value, scope.words) for scope in Scope],
        initial=[Scope.CYCLES, Scope.RESULTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang sedikitnya satu."},
    )
    days = forms.TypedChoiceField(
        label="Berlaku selama",
        coerce=int,
        choices=[(days, f"{days} hari") for days in DAYS_CHOICES],
        initial=DAYS_CHOICES[1],
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ReceiverForm(forms.Form):
    """A new receiver of webhooks; its name is looked up at once, so that a slip shows here and not a week later."""

    url = forms.CharField(
        label="Alamat penerima",
        max_length=LONGEST_URL,
        help_text="Diawali https://, misalnya https://dasbor.contoh.go.id/sakip.",
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}),
    )
    events = forms.TypedMultipleChoiceField(
        label="Diberi tahu bila",
        coerce=MachineEvent,
        choices=[(event.value, event.words) for event in SUBSCRIBED],
        initial=[event.value for event in SUBSCRIBED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang sedikitnya satu."},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            judged_address(url)
        except TargetRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url
