"""Data awal on the page: the document of a set, and the inputs of one place."""

from dataclasses import dataclass, field
from decimal import Decimal

from django import forms

from measurement.doors.opening import OpeningDocument
from measurement.plan.opening import OpeningChange, OpeningLine, OpeningTable
from measurement.plan.revising import document_gaps
from measurement.rules.numbers import AmbiguousNumber, NumberError
from measurement.rules.opening import Place

from ..worksheet.grid import input_name
from .number_fields import READING
from .revisions import DatedDocumentForm


class OpeningDocumentForm(DatedDocumentForm):
    """The document that data awal rest on, if wanted with its file."""

    file = forms.FileField(label="Berkas dokumen", required=False)
    field_order = ["document", "dated", "file"]

    def __init__(self, *args, file_name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].help_text = "Misalnya Laporan Kinerja Tahun 2025 Nomor 000.8.6.3/12/2026."
        self.fields["file"].help_text = (
            f"Tersimpan: {file_name}." if file_name else "PDF, gambar, XLSX, atau DOCX."
        )
        for name, sentence in document_gaps("", None).items():
            self.fields[name].required, self.fields[name].error_messages["required"] = True, sentence

    def clean(self):
        super().clean()
        data = self.cleaned_data
        self.add_gaps(document_gaps(data.get("document", ""), data.get("dated")))
        return data

    def as_document(self) -> OpeningDocument:
        data = self.cleaned_data
        return OpeningDocument(data["document"], data["dated"], data.get("file"))


class FilledOpeningForm(forms.Form):
    file = forms.FileField(
        label="Templat yang sudah diisi (XLSX)",
        error_messages={"required": "Pilih berkas yang sudah diisi."},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )


def cell_name(line: OpeningLine, name: str) -> str:
    return input_name(name, line.thing[1])


@dataclass
class OpeningGrid:
    """What was typed for one place: what of it differs from what the set says, and what can't be read – by input name."""

    table: OpeningTable
    place: Place
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    changes: list[OpeningChange] = field(default_factory=list)

    def read(self, data) -> "OpeningGrid":
        """Parse the inputs of the lines; a line that was not posted stays as it is. A reading chosen with a button stands for what was typed."""
        chosen, sign, text = data.get(READING, "").partition("=")
        readings = {chosen: text} if sign else {}
        for line in self.table.lines:
            if cell_name(line, line.fields[0]) in data:
                self._read_line(line, data, readings)
        return self

    def _read_line(self, line: OpeningLine, data, readings: dict[str, str]) -> None:
        stored = dict(self.table.stored(line, self.place))
        values = dict(stored)
        for name in line.fields:
            cell = cell_name(line, name)
            self.typed[cell] = readings.get(cell, data.get(cell, "")).replace("\x00", "").strip()
            if self.typed[cell] != line.typed(name, stored[name]):
                self._read_cell(line, name, cell, values)
        first = cell_name(line, line.fields[0])
        if first not in self.errors and (problem := line.problem(values)):
            self.errors[first] = problem
        if values != stored:
            self.changes.append(OpeningChange(line, self.place, values))

    def _read_cell(self, line: OpeningLine, name: str, cell: str, values: dict[str, Decimal | None]) -> None:
        """What must be confirmed is shown back as it would be kept, with a button for each reading."""
        try:
            values[name] = line.read(name, self.typed[cell])
        except NumberError as error:
            self.errors[cell] = str(error)
            if isinstance(error, AmbiguousNumber):
                self.choices[cell] = error.choices
                self.typed[cell] = next(iter(error.choices))
