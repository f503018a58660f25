"""What an owner fills in on a row of the worksheet: one declared row per field. Pages, workbooks, papers and rounds read it from here.

To add a text that owners write, say "Dukungan yang diperlukan":

1. write its row in ROW_TEXTS: its words, when it is asked, and where it is shown;
2. write its column in models/worksheet.py, `support = models.TextField("dukungan yang diperlukan", blank=True)`;
3. run `manage.py makemigrations`.

Nothing else names it. tests/whole/test_row_fields.py fills in every declared field and looks for it on the worksheet, in both workbooks, on the
pages of evaluation and decision, on the papers, in the differences of rounds, the audit trail and the archive; it says where a field is missing.
"""

from dataclasses import dataclass
from enum import StrEnum

from .follow_ups import Progress


class Asked(StrEnum):
    """When a text must be there before its row may be sent; what is lacking is told in this order."""

    ALWAYS = "selalu"
    MET = "bila target tercapai"
    MISSED = "bila target belum tercapai"
    ODD = "bila angkanya tidak lazim"
    WITHOUT_EVIDENCE = "bila tidak ada bukti yang diunggah"
    WITH_HINTS = "bila ada petunjuk"  # offered beside the hints, never required
    FREELY = "tidak wajib"


FOLLOW_UP = "follow_up"
ON_QUESTION = (Asked.MET, Asked.MISSED)  # when said beside the field itself


class SheetPlace(StrEnum):
    """Where kertas kerja pengukuran and kertas kerja evaluasi print a text."""

    COLUMN = "kolom sendiri"  # four fit the page; their heads stand in print/parts/worksheet.html
    LINE = "baris di bawah kolom"
    EVIDENCE = "kolom bukti"
    HINTS = "tabel petunjuk"


@dataclass(frozen=True)
class RowValue:
    """A number that the owner fills in."""

    key: str
    label: str
    form_width: int  # of its column in the workbook to fill in
    is_part: bool = False  # asked of a ratio, and the realisasi of all others
    may_be_negative: bool = True


@dataclass(frozen=True)
class RowText:
    """A text that the owner writes."""

    key: str
    label: str  # on papers, in differences of rounds, and wherever it is shown
    asked: Asked
    export_heading: str  # in the workbook of the whole worksheet
    gap: str = ""  # among what a row still lacks; only for texts that can be required
    long_label: str = ""  # where it is filled in, if the label alone doesn't say enough there
    form_width: int = 30  # of its column in the workbook to fill in
    export_width: int = 36
    sheet: SheetPlace = SheetPlace.LINE
    in_report: bool = True  # Laporan Hasil and material for the LKjIP print it among analysis and factors
    e81_heading: str = ""  # among the texts that close Form E.81
    place_as_cause: int = 0  # among the causes of a red indicator on the page Capaian; 0: it is none
    at_least: int = 10  # visible letters, where it is required

    @property
    def heading(self) -> str:
        """Where it is filled in."""
        return self.long_label or self.label

    @property
    def question(self) -> str:
        """On the worksheet, with when it is asked."""
        return f"{self.heading} ({self.asked})" if self.asked in ON_QUESTION else self.heading


ROW_VALUES = (
    RowValue("realised", "Realisasi", form_width=13),
    RowValue("numerator", "Pembilang", form_width=11, is_part=True),
    RowValue("denominator", "Penyebut", form_width=11, is_part=True, may_be_negative=False),
)
ROW_TEXTS = (
    RowText(
        "analysis",
        "Analisis",
        Asked.ODD,
        gap="analisis yang menjelaskan angka yang tidak lazim",
        form_width=36,
        export_heading="Analisis",
        export_width=40,
        sheet=SheetPlace.COLUMN,
        place_as_cause=2,
    ),
    RowText(
        "driver",
        "Faktor pendorong",
        Asked.MET,
        gap="faktor pendorong (target tercapai)",
        export_heading="Faktor Pendorong",
        sheet=SheetPlace.COLUMN,
        e81_heading="Faktor pendorong keberhasilan pencapaian kinerja",
    ),
    RowText(
        "obstacle",
        "Faktor penghambat",
        Asked.MISSED,
        gap="faktor penghambat (target belum tercapai)",
        export_heading="Faktor Penghambat",
        sheet=SheetPlace.COLUMN,
        e81_heading="Faktor penghambat pencapaian kinerja",
        place_as_cause=1,
    ),
    RowText(
        FOLLOW_UP,
        "Tindak lanjut",
        Asked.MISSED,
        gap="tindak lanjut",
        export_heading="Tindak Lanjut",
        sheet=SheetPlace.COLUMN,
        e81_heading="Tindak lanjut yang diperlukan dalam triwulan berikutnya",
        place_as_cause=3,
    ),
    RowText(
        "evidence_note",
        "Letak bukti",
        Asked.WITHOUT_EVIDENCE,
        gap="bukti, atau letaknya bila tidak diunggah",
        long_label="Letak bukti bila tidak diunggah",
        form_width=28,
        export_heading="Bukti",
        sheet=SheetPlace.EVIDENCE,
        in_report=False,  # its places stand in an annex of their own
        at_least=3,  # "Rak A"
    ),
    RowText(
        "hint_answer",
        "Penjelasan atas petunjuk",
        Asked.WITH_HINTS,
        form_width=28,
        export_heading="Penjelasan",
        sheet=SheetPlace.HINTS,
        in_report=False,
    ),
)


@dataclass(frozen=True)
class RowAnswer:
    """What its owner answers beside a row, only where there is something to answer: a return, or what was promised in an earlier period."""

    key: str
    label: str
    form_width: int = 30
    choices: tuple[str, ...] = ()


REPLY = RowAnswer("reply", "Jawaban atas pengembalian")
PROMISE_PROGRESS = RowAnswer(
    "promise_progress",
    "Keadaan tindak lanjut lalu",
    form_width=18,
    choices=tuple(kind.value for kind in Progress),
)
PROMISE_NOTE = RowAnswer("promise_note", "Uraian tindak lanjut lalu")
ROW_ANSWERS = (REPLY, PROMISE_PROGRESS, PROMISE_NOTE)
ROW_FIELDS: tuple[RowValue | RowText, ...] = (*ROW_VALUES, *ROW_TEXTS)
VALUE_BY_KEY = {field.key: field for field in ROW_VALUES}
TEXT_BY_KEY = {field.key: field for field in ROW_TEXTS}
SHEET_LINES = tuple(field for field in ROW_TEXTS if field.sheet == SheetPlace.LINE)
REPORT_LINES = tuple(field for field in SHEET_LINES if field.in_report)
IN_REPORT = {field.key: field.label for field in ROW_TEXTS if field.in_report}
CAUSES = {
    field.key: field.label
    for field in sorted(ROW_TEXTS, key=lambda field: field.place_as_cause)
    if field.place_as_cause
}
# what is going to be done explains nothing
REASONS = {key: label for key, label in CAUSES.items() if key != FOLLOW_UP}
