"""An indicator's definition and its target of one year; the file of an import."""

from django import forms

from ..formulas import quarterly_targets
from ..models import Indicator, IndicatorDefinition, Person, Plan, Target
from ..numbers import NumberError, parse_number, show_plain

QUARTER_FIELDS = ("q1", "q2", "q3", "q4")
ANSWERS = [("", "Belum dinilai"), ("true", "Ya"), ("false", "Tidak")]


class NumberField(forms.CharField):
    """The strict number of `numbers.parse_number` as a form field."""

    def __init__(self, **options):
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options)

    def prepare_value(self, value):
        return value if isinstance(value, str) else show_plain(value)

    def clean(self, value):
        try:
            return parse_number(super().clean(value))
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None


class IndicatorForm(forms.ModelForm):
    """Definition, owner, SMART check, and the year's targets; blank quarters are derived from the annual target."""

    low = NumberField(label="Batas bawah rentang", required=False)
    high = NumberField(label="Batas atas rentang", required=False)
    annual = NumberField(label="Target setahun", required=True)

    class Meta:
        model = Indicator
        fields = ["name", "measure", "method", "accumulation", "low", "high", "formula", "source", "evidence_wanted", "owner",
                  *IndicatorDefinition.SMART, "smart_reason"]  # fmt: skip
        widgets = {
            "name": forms.Textarea({"rows": 2}),
            "formula": forms.Textarea({"rows": 3}),
            "smart_reason": forms.Textarea({"rows": 2}),
            **{name: forms.Select(choices=ANSWERS) for name in IndicatorDefinition.SMART},
        }

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year
        unit = self.instance.node.plan.unit_id
        self.fields["owner"].queryset = Person.objects.filter(is_active=True, appointments__unit=unit).distinct()
        for name in IndicatorDefinition.SMART:
            self.fields[name] = forms.TypedChoiceField(
                label=IndicatorDefinition.SMART[name], choices=ANSWERS, required=False, coerce=lambda text: text == "true", empty_value=None
            )
            answer = getattr(self.instance, name)
            self.initial[name] = "" if answer is None else str(answer).lower()
        target = self.instance.targets.filter(year=year).first()
        self.initial["annual"] = target.annual if target else None
        for number, name in enumerate(QUARTER_FIELDS, start=1):
            self.fields[name] = NumberField(label=f"Target TW {'I' * number if number < 4 else 'IV'}", required=False)
            self.initial[name] = getattr(target, name) if target else None

    def clean(self):
        data = super().clean()
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", "Batas atas harus lebih besar daripada batas bawah.")
        given = [data.get(name) is not None for name in QUARTER_FIELDS]
        if any(given) and not all(given):
            self.add_error("q1", "Isi target keempat triwulan, atau kosongkan semuanya supaya diturunkan dari target setahun.")
        return data

    def save_target(self, indicator: Indicator) -> Target:
        data = self.cleaned_data
        quarters = [data[name] for name in QUARTER_FIELDS]
        if all(value is None for value in quarters):
            quarters = quarterly_targets(data["accumulation"], data["annual"])
        values = dict(zip(QUARTER_FIELDS, quarters, strict=True))
        return Target.objects.update_or_create(indicator=indicator, year=self.year, defaults={"annual": data["annual"], **values})[0]


class ImportForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.none(), label="Rencana", empty_label=None)
    file = forms.FileField(label="Berkas rencana (XLSX atau CSV)", error_messages={"required": "Pilih berkas yang akan diimpor."})

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.visible_to(person)
