"""The document that approves a year of the plan, and the basis of a revision after that."""

from django import forms

from measurement.forms.fields import field_of
from measurement.plan.revising import Basis, basis_gaps, document_gaps

from ..dates import DayField
from ..texts import words_field


class DatedDocumentForm(forms.Form):
    """A document and its date; `revising` says what is missing."""

    document = forms.CharField(label="Nama dan nomor dokumen", max_length=200, required=False)
    dated = DayField(label="Tanggal dokumen", required=False)

    def add_gaps(self, gaps: dict[str, str]) -> None:
        for name, sentence in gaps.items():
            if name not in self.errors:
                self.add_error(name, sentence)


class BasisForm(DatedDocumentForm):
    """Why approved values change. It may stay empty as long as none does."""

    is_draft = True
    reason = words_field("Alasan revisi", rows=2, required=False)
    field_order = ["reason", "document", "dated"]

    def basis(self) -> Basis | None:
        """What was filled in, perhaps half; None for nothing."""
        data = self.cleaned_data
        found = Basis(data.get("reason", ""), data.get("document", ""), data.get("dated"))
        return found if any((found.reason, found.document, found.dated)) else None

    def require(self) -> bool:
        """Whether the basis is whole; otherwise its fields say what is missing."""
        self.add_gaps(basis_gaps(self.basis()))
        return not self.errors


class ApprovalForm(DatedDocumentForm):
    """The document by which a year of the plan was approved. `years` are those that still can be."""

    year = forms.TypedChoiceField(
        label="Tahun",
        coerce=int,
        error_messages={"invalid_choice": "Pilih tahun yang bertarget dan belum ditetapkan."},
    )
    field_order = ["year", "document", "dated"]

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "year", forms.TypedChoiceField).choices = [(year, str(year)) for year in years]
        for name, sentence in document_gaps("", None).items():
            self.fields[name].required, self.fields[name].error_messages["required"] = True, sentence
        self.fields[
            "document"
        ].help_text = "Lazimnya Perjanjian Kinerja, misalnya Perjanjian Kinerja Tahun 2026 Nomor 188/12/2026."

    def clean(self):
        super().clean()
        data = self.cleaned_data
        self.add_gaps(document_gaps(data.get("document", ""), data.get("dated")))
        return data
