"""What the keepers of a government fill in: the government itself, and who holds which post above the offices."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from measurement.models import Government, GovernmentPost, Person, Unit
from measurement.rules.periods import KEYS, Frequency, last_finished, period_of_key

from .dates import DayField, DayInput
from .steps.step_forms import OpeningForm

UNKNOWN = "Akun ini belum ada. Isi juga namanya untuk membuat akun baru, atau periksa nama penggunanya."
NO_NUMBER = "Tidak ada akun dengan NIP ini. Tulis nama pengguna untuk membuat akun baru."


class AccountFields(forms.Form):
    """An account that there is, by user name or NIP, or a new one."""

    account = forms.CharField(
        label="Nama pengguna atau NIP", max_length=150, help_text="Akun yang sudah ada, atau nama pengguna untuk akun baru."
    )  # fmt: skip
    name = forms.CharField(
        label="Nama dengan gelar", max_length=150, required=False, help_text="Hanya untuk akun baru."
    )

    known: Person | None = None

    def clean(self):
        super().clean()
        typed = "".join(self.cleaned_data.get("account", "").split())
        if not typed:
            return self.cleaned_data
        self.cleaned_data["account"] = typed
        try:
            self.known = Person.objects.get_by_natural_key(typed)
        except Person.DoesNotExist:
            if typed.isdecimal():
                self.add_error("account", NO_NUMBER)
            elif not self.cleaned_data.get("name"):
                self.add_error("name", UNKNOWN)
        return self.cleaned_data


class PostForm(forms.ModelForm):
    """A post from when to when; government and person come with the instance."""

    class Meta:
        model = GovernmentPost
        fields = ["role", "title", "decree", "starts", "ends"]
        field_classes = {"starts": DayField, "ends": DayField}
        widgets = {"starts": DayInput, "ends": DayInput}
        help_texts = {
            "title": "Misalnya Kepala Bagian Organisasi atau Auditor Muda.",
            "ends": "Hari terakhir bertugas; sesudahnya haknya berhenti sendiri. Kosongkan bila belum ditentukan.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["starts"].initial = timezone.localdate()


class GovernmentForm(forms.ModelForm):
    """A government and the offices that belong to it; offered are those that belong to none."""

    offices = forms.ModelMultipleChoiceField(
        label="Kantor yang menjadi bagiannya",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kantor lain dapat dibuat kemudian oleh adminnya.",
    )

    class Meta:
        model = Government
        fields = ["name", "short_name"]
        labels = {"name": "Nama pada kop"}

    def __init__(self, *args, free: "QuerySet[Unit]", **options):
        super().__init__(*args, **options)
        offices: forms.ModelMultipleChoiceField = self.fields["offices"]  # type: ignore[assignment]  # the field above
        offices.queryset = free


class ScheduleForm(forms.Form):
    """A period, the words of its order, and until when it should be given."""

    year = forms.IntegerField(label="Tahun", min_value=2000, max_value=2100)
    period = forms.TypedChoiceField(
        label="Periode",
        coerce=period_of_key,
        choices=[(key, period.name) for key, period in KEYS.items()],
        initial=next(iter(Frequency.QUARTERLY.periods)).key,
    )
    instruction = forms.CharField(
        label="Isi perintah",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        initial=OpeningForm.PROPOSAL,
        help_text="Pimpinan kantor boleh mengubahnya sebelum menerbitkan nota dinasnya.",
    )
    due = DayField(label="Paling lambat diperintahkan")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        year, period = last_finished(Frequency.QUARTERLY, timezone.localdate())
        self.fields["year"].initial, self.fields["period"].initial = year, period.key


class EndForm(forms.Form):
    last_day = DayField(label="Hari terakhir", initial=timezone.localdate)
