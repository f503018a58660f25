"""A new plan of an office."""

from typing import Any

from django import forms
from django.utils import timezone

from measurement.forms.fields import field_of
from measurement.models import Plan, Unit, column_length
from measurement.plan.beginning import NewPlan
from measurement.rules.refusals import Refusal

USUAL_YEARS = 5  # those of an RPJMD
MOST_YEARS = 10
YEARS = (2000, 2100)
LONGEST_NOTE = column_length(Plan, "source_note") or 0


class NewPlanForm(forms.Form):
    """The years follow on those of the unit's last plan."""

    name = forms.CharField(
        label="Nama rencana", max_length=column_length(Plan, "name"), help_text="Misalnya Rencana Strategis (Renstra)."
    )  # fmt: skip
    start_year = forms.IntegerField(label="Tahun awal", min_value=YEARS[0], max_value=YEARS[1])
    end_year = forms.IntegerField(label="Tahun akhir", min_value=YEARS[0], max_value=YEARS[1])
    rpjmd = forms.CharField(
        label="Periode RPJMD",
        max_length=60,
        required=False,
        help_text="RPJMD yang menjadi induk rencana ini, misalnya 2025–2029; ditulis pada catatan sumber.",
    )
    source_note = forms.CharField(
        label="Catatan sumber",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Dokumen asal angkanya; tercetak di tempat angka rencana ini ditampilkan.",
    )
    like = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Mulai dari susunan rencana",
        required=False,
        empty_label="Kosong, diisi dengan impor",
        help_text="Program, kegiatan, dan indikator dengan definisinya disalin; target dan pagu tidak.",
    )

    def __init__(self, *args, unit: Unit, **options):
        plans = unit.plans.all()
        first = plans[0].end_year + 1 if plans else timezone.localdate().year
        options["initial"] = {"start_year": first, "end_year": first + USUAL_YEARS - 1}
        super().__init__(*args, **options)
        field_of(self, "like", forms.ModelChoiceField).queryset = plans

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        first, last = data.get("start_year"), data.get("end_year")
        if first and last and last < first:
            self.add_error("end_year", "Tahun akhir tidak boleh sebelum tahun awal.")
        elif first and last and last - first >= MOST_YEARS:
            self.add_error("end_year", f"Rencana paling lama {MOST_YEARS} tahun.")
        if len(self._note(data)) > LONGEST_NOTE:
            self.add_error(
                "source_note", f"Terlalu panjang: paling banyak {LONGEST_NOTE} huruf dengan periode RPJMD."
            )
        return data

    @staticmethod
    def _note(data: dict[str, Any]) -> str:
        rpjmd = f"Menurut RPJMD {data['rpjmd']}." if data.get("rpjmd") else ""
        return " ".join(filter(None, (data.get("source_note", "").strip(), rpjmd)))

    def new_plan(self) -> NewPlan:
        data = self.cleaned_data
        return NewPlan(data["name"], data["start_year"], data["end_year"], self._note(data), data["like"])

    def refuse(self, refusal: Refusal) -> None:
        """What stands in the way, on top of the form."""
        self.add_error(None, refusal.sentences)
