"""How much a branch of the plan weighs, and the anggaran kas of a sub kegiatan for one year."""

from decimal import Decimal

from django import forms

from measurement.models import Pagu, PlanNode
from measurement.rules.numbers import parse_money, show_money, show_rupiah
from measurement.rules.periods import ROMAN

from .number_fields import NumberField

HEAVIEST = 10_000
OVER = "Anggaran kas berjumlah {cash}, melebihi pagu {pagu}; periksa kembali angkanya."


class CashField(NumberField):
    """Whole rupiah of one quarter."""

    def prepare_value(self, value):
        return value if isinstance(value, str) else show_rupiah(value)

    def parse(self, text: str) -> Decimal | None:
        return parse_money(text)

    def clean(self, value):
        amount = super().clean(value)
        if amount is not None and amount < 0:
            raise forms.ValidationError("Anggaran kas tidak boleh negatif.")
        return amount


class BranchForm(forms.Form):
    """The weight of a branch; where it has a pagu of the year, also its quarters of anggaran kas."""

    weight = NumberField(
        label="Bobot",
        required=False,
        help_text="Dipakai hanya bila tingkat di atasnya dihitung menurut bobot; lihat Aturan perhitungan pada metodologi.",
    )

    def __init__(self, *args, node: PlanNode, pagu: Pagu | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.node, self.pagu = node, pagu
        self.initial["weight"] = node.weight
        for quarter, roman in ROMAN.items() if pagu else ():
            name = f"cash_{quarter}"
            self.fields[name] = CashField(label=f"Anggaran kas TW {roman} (Rp)", required=False)
            self.initial[name] = getattr(pagu, name)

    def clean_weight(self) -> Decimal | None:
        weight = self.cleaned_data["weight"]
        if weight is not None and not 0 <= weight < HEAVIEST:
            raise forms.ValidationError(f"Tulis bobot dari 0 sampai di bawah {HEAVIEST}.")
        return weight

    @property
    def seen(self) -> str:
        """What is stored, as text: a page that shows something else is stale."""
        return repr([str(self.initial[name]) for name in self.fields])

    @property
    def remark(self) -> str:
        """What the amounts say against the pagu; empty where they fit."""
        cash = sum(
            (self.cleaned_data.get(name) or Decimal(0) for name in self.fields if name != "weight"),
            Decimal(0),
        )
        if self.pagu is None or cash <= self.pagu.amount:
            return ""
        return OVER.format(cash=show_money(cash), pagu=show_money(self.pagu.amount))

    def save(self) -> None:
        self.node.weight = self.cleaned_data["weight"]
        self.node.save(update_fields=["weight"])
        if self.pagu:
            names = [name for name in self.fields if name != "weight"]
            for name in names:
                setattr(self.pagu, name, self.cleaned_data[name])
            self.pagu.save(update_fields=names)
