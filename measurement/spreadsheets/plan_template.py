"""The template that people fill in: headings, drop-downs, and a sheet that explains every column."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..formulas import ACCUMULATION_LABELS, METHOD_LABELS
from ..models import Level
from .plan_columns import COLUMNS
from .reading import MAX_ROWS, SHEET
from .styles import BOLD, HEADER_FILL, TOP, WRAP, put_text

CHOICES = {
    "level": [level.value for level in Level],
    "method": [method.value for method in METHOD_LABELS],
    "accumulation": [accumulation.value for accumulation in ACCUMULATION_LABELS],
}
LONG = {"name", "outcome", "indicator", "formula", "source", "evidence_wanted"}
RULES = (
    "Lembar “Rencana” diisi mulai baris 2; satu baris untuk satu indikator.",
    "Indikator kedua dan seterusnya dari program/kegiatan yang sama: ulangi kodenya di baris baru. Pagu hanya pada baris pertama.",
    "Pagu disimpan pada sub kegiatan. Pagu program dan kegiatan hanya dicocokkan dengan jumlah sub kegiatannya.",
    "Tulis angka seperti 1234,56 atau 1.234,56; rupiah penuh tanpa sen. Kode dan NIP diketik sebagai teks.",
    "Target 0 dengan pagu 0 berarti tidak direncanakan pada tahun itu. Target kosong berarti belum ditetapkan.",
    "Sel kosong tidak mengubah isi yang sudah tersimpan. Indikator yang tidak ada lagi di berkas ditandai tidak dipakai, tidak dihapus.",
    "Target triwulan (tw1_… sampai tw4_…) boleh ditambahkan; bila tidak ada, dibagi dari target setahun.",
)


def template_workbook(years: range = range(2026, 2031)) -> bytes:
    """An empty table for a plan of these years, as xlsx."""
    book = Workbook()
    _fill_headings(book.active, _headings(years))
    _fill_instructions(book.create_sheet("Petunjuk"), years)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _headings(years: range) -> list[str]:
    figures = [f"{kind}_{year}" for kind in ("target", "pagu") for year in years]
    return [*(column.heading for column in COLUMNS), f"baseline_{years.start - 1}", *figures]


def _fill_headings(sheet: Worksheet, headings: list[str]) -> None:
    sheet.title = SHEET
    wide = {column.heading for column in COLUMNS if column.key in LONG}
    for number, heading in enumerate(headings, 1):
        cell = put_text(sheet, 1, number, heading)
        cell.font, cell.fill, cell.alignment = BOLD, HEADER_FILL, WRAP
        sheet.column_dimensions[get_column_letter(number)].width = 42 if heading in wide else 17
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        if column.key in ("code", "parent", "owner"):
            sheet.column_dimensions[letter].number_format = "@"
        if column.key in CHOICES:
            rule = DataValidation(type="list", formula1=f'"{",".join(CHOICES[column.key])}"', allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = "Pilihan tidak dikenal", "Pilih salah satu nilai dari daftar."
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{MAX_ROWS}")
    sheet.freeze_panes = "C2"


def _fill_instructions(sheet: Worksheet, years: range) -> None:
    rows = [("Petunjuk pengisian rencana", ""), *(("", rule) for rule in RULES), ("", ""), ("Kolom", "Keterangan")]
    rows += [(column.heading, f"{'Wajib. ' if column.required else ''}{column.help}") for column in COLUMNS]
    rows += [(f"baseline_{years.start - 1}", "Kondisi awal.")]
    rows += [(f"target_{year}, pagu_{year}", f"Wajib. Target dan pagu tahun {year}.") for year in years]
    for number, (name, text) in enumerate(rows, 1):
        put_text(sheet, number, 1, name).font = BOLD
        put_text(sheet, number, 2, text).alignment = Alignment(wrap_text=True, vertical=TOP)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 100
