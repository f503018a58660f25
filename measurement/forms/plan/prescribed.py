"""An indicator that a government prescribes, and the branch onto which an office takes it."""

from django import forms
from django.utils import timezone

from measurement.forms.fields import field_of
from measurement.models import Indicator, Plan, PlanNode, column_length
from measurement.plan.prescribed import Prescription
from measurement.rules.accumulations import ACCUMULATION_CHOICES, Accumulation
from measurement.rules.methods import METHOD_CHOICES, METHODS, Method

from .new_plan import YEARS

PLAIN_METHODS = [(key, label) for key, label in METHOD_CHOICES if not METHODS[key].needs]


class PrescriptionForm(forms.Form):
    """Its definition; what differs from office to office – branch, targets, owner – is the office's."""

    name = forms.CharField(label="Indikator", max_length=300)
    measure = forms.CharField(label="Satuan", max_length=column_length(Indicator, "measure"))
    method = forms.ChoiceField(label="Arah", choices=PLAIN_METHODS, initial=Method.MAXIMIZE.value)
    accumulation = forms.ChoiceField(
        label="Sifat", choices=ACCUMULATION_CHOICES, initial=Accumulation.LAST.value
    )
    formula = forms.CharField(
        label="Definisi operasional dan formula",
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    source = forms.CharField(
        label="Sumber data", max_length=column_length(Indicator, "source"), required=False
    )
    from_year = forms.IntegerField(
        label="Mulai tahun",
        min_value=YEARS[0],
        max_value=YEARS[1],
        localize=False,
        help_text="Rencana yang berakhir sebelumnya tidak memerlukannya.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["from_year"].initial = timezone.localdate().year + 1

    def prescription(self) -> Prescription:
        data = self.cleaned_data
        return Prescription(**data | {"name": " ".join(data["name"].split())})


class TakeForm(forms.Form):
    """Which branch of the plan measures it."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    node = forms.ModelChoiceField(
        PlanNode.objects.none(), label="Cabang rencana", empty_label="Pilih cabangnya"
    )

    def __init__(self, *args, plan: Plan, **options):
        super().__init__(*args, **options)
        field_of(self, "node", forms.ModelChoiceField).queryset = plan.nodes.order_by("position", "pk")
