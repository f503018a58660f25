"""Notes of the Inspektorat, and what is said on them."""

from django import forms

from measurement.models import MeasurementCycle, Paper, WorksheetRow
from measurement.papers import KINDS

from .dates import DayField

GENERAL = [("", "Siklus seluruhnya")]


class NoteForm(forms.Form):
    about = forms.ChoiceField(label="Tentang", required=False)
    finding = forms.CharField(label="Catatan", max_length=4000, widget=forms.Textarea({"rows": 4}))
    recommendation = forms.CharField(label="Rekomendasi", max_length=4000, widget=forms.Textarea({"rows": 3}))
    due = DayField(label="Batas tindak lanjut")

    def __init__(self, *args, cycle: MeasurementCycle, **options):
        super().__init__(*args, **options)
        self.rows = {f"baris-{row.pk}": row for row in cycle.rows.select_related("node")}
        self.papers = {
            f"naskah-{paper.pk}": paper
            for paper in cycle.papers.valid().defer("content", "words").order_by("pk")
        }
        field: forms.ChoiceField = self.fields["about"]  # type: ignore[assignment]  # the field above
        field.choices = [
            *GENERAL,
            (
                "Naskah",
                [(key, f"{KINDS[paper.kind].title} {paper.number}") for key, paper in self.papers.items()],
            ),
            ("Indikator", [(key, f"{row.node.code} {row.name}") for key, row in self.rows.items()]),
        ]

    @property
    def subject(self) -> WorksheetRow | Paper | None:
        """The row or paper chosen; None for the cycle as a whole."""
        return self.rows.get(self.cleaned_data["about"]) or self.papers.get(self.cleaned_data["about"])


class EntryForm(forms.Form):
    text = forms.CharField(label="Isi", max_length=4000, widget=forms.Textarea({"rows": 4}))
