"""A planning document's table (Renstra, Renja, Perjanjian Kinerja, IKU, IKI, DPA): read as people lay it out, kept whole or not at all.

The row of headings stands within the first ten rows, with the years of a "Target" below it if need be. A line whose kode and nomenklatur are
blank goes on with the branch above, as merged cells do. Lines with neither kode nor indikator (titles, totals) are passed over. A second table
below the first one, as a Perjanjian Kinerja has for its programs and their money, is read by its own headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from openpyxl.utils import get_column_letter

from measurement.files import clean_name
from measurement.models import DocumentLine, Person, Plan, PlanningDocument, column_length
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import BadFile
from measurement.rules.units import unit_in
from measurement.spreadsheets.reading import read_table

from .document_cells import TEXT_READERS, cell_text, read_pagu, read_target, words_of_target
from .document_layout import COLUMNS, DocumentLayout, best_layout, next_table
from .table_import.code_columns import CodesInColumns
from .table_import.columns import WrongPlanCell, plain_heading

# names are compared with each other: a longer list would keep every reader of the radar waiting
MAX_LINES = 1000
TOTAL = re.compile(r"(?:grand_)?(?:total|jumlah)(?:_.*)?")


@dataclass
class DocumentReading:
    """What a file says: its lines, unless a cell is wrong; how many rows were passed over, headings that weren't understood, remarks."""

    lines: list[DocumentLine] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_document(upload: UploadedFile, year: int) -> DocumentReading:
    """The lines of an upload. BadFile for what is no table, has no headings, or says nothing of the year."""
    dataset = read_table(upload, lambda rows: best_layout(_padded(rows), year).known)
    rows = [dataset.headers, *dataset]
    layout = best_layout(rows, year)
    layout.check(year)
    reading, passed = DocumentReading(remarks=[*dataset.remarks]), 0
    scales = {layout.scale.remark: None}
    codes, above = CodesInColumns(layout.code_columns, rows[layout.first :]), ("", "", "")
    for index in range(layout.first, len(rows)):
        row = rows[index]
        if (below := next_table(rows, index, year)) and below.first > index:
            layout, above = below, ("", "", "")
            codes, scales = (
                CodesInColumns(below.code_columns, rows[below.first :]),
                scales | {below.scale.remark: None},
            )
        if index < layout.first or not any(str(value).strip() for value in row) or _counts_columns(row):
            continue
        cells = {name: row[column] for name, column in layout.columns.items()}
        if layout.code_columns:
            cells["code"] = codes.code_of(row)
        if not _says_something(cells, layout):
            passed += 1
            continue
        line = _line(cells, index + 1, layout, reading)
        told = line.code or line.name
        line.code, line.name = (line.code, line.name) if told else above[:2]
        line.person = line.person or ("" if told and line.code != above[0] else above[2])
        above = (line.code, line.name, line.person)
        reading.lines.append(line)
    _check_length(reading, clean_name(upload.name))
    reading.remarks += filter(None, scales)
    reading.remarks += [f"{passed} baris tanpa kode dan tanpa indikator dilewati."] if passed else []
    reading.remarks += [f"Kolom yang tidak dibaca: {', '.join(layout.ignored)}."] if layout.ignored else []
    return reading


def _padded(rows: list[list]) -> list[list]:
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _says_something(cells: dict, layout: DocumentLayout) -> bool:
    """A row with a code or an indicator; in a table that has neither, a name with its pagu, but for the total."""
    if layout.columns.keys() & {"code", "indicator"}:
        return bool(cell_text(cells.get("code", "")) or cell_text(cells.get("indicator", "")))
    name = plain_heading(cells.get("name", ""))
    return bool(name) and not TOTAL.fullmatch(name) and bool(cell_text(cells.get("pagu", "")))


@transaction.atomic
def store(plan: Plan, kind: str, year: int, name: str, lines: list[DocumentLine], person: Person) -> bool:
    """Replace the document of that kind and year by these lines; False if they are there already. PermissionDenied without the role."""
    if not may_keep_plan.test(person, plan):
        raise PermissionDenied
    Plan.objects.select_for_update().get(pk=plan.pk)
    there = plan.documents.filter(kind=kind, year=year).first()
    if (
        there
        and there.name == name
        and [_content(line) for line in there.lines.all()] == [_content(line) for line in lines]
    ):
        return False
    values = {"name": name, "uploaded_by": person, "uploaded_at": timezone.now()}
    document, _ = PlanningDocument.objects.update_or_create(plan=plan, kind=kind, year=year, defaults=values)
    document.lines.all().delete()
    for line in lines:
        line.document = document
    DocumentLine.objects.bulk_create(lines)
    return True


def _content(line: DocumentLine) -> tuple:
    return (line.number, *(getattr(line, name) for name in (*COLUMNS, "target_text")))


def _check_length(reading: DocumentReading, name: str) -> None:
    if not reading.lines:
        raise BadFile(f"“{name}” tidak berisi baris yang berkode atau berindikator.")
    if len(reading.lines) > MAX_LINES:
        raise BadFile(f"“{name}” terlalu panjang: paling banyak {MAX_LINES} baris dokumen.")


def _counts_columns(row: Sequence) -> bool:
    """The line (1) (2) (3) … that official tables print below their headings."""
    numbers = [str(value).strip("() ") for value in row if str(value).strip()]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _line(cells: dict, number: int, layout: DocumentLayout, reading: DocumentReading) -> DocumentLine:
    """One row; what can't be taken goes to `wrong` with its address."""
    line = DocumentLine(number=number)
    for name, value in cells.items():
        try:
            _take(line, name, value, cells, layout, reading)
        except ValueError as error:
            cell = f"{get_column_letter(layout.columns[name] + 1)}{number}"
            reading.wrong.append(WrongPlanCell(cell, str(value)[:80], str(error)))
    return line


def _take(
    line: DocumentLine, name: str, value, cells: dict, layout: DocumentLayout, reading: DocumentReading
) -> None:
    if name == "pagu":
        line.pagu = read_pagu(value, layout.scale.factor)
    elif name == "target":
        measure = cell_text(cells.get("measure", ""))
        line.target, remark = read_target(value, measure)
        line.target_text = words_of_target(value)
        if not measure and isinstance(value, str):
            line.measure = unit_in(value)[: column_length(DocumentLine, "measure")]
        reading.remarks += [f"Baris {line.number}: {remark}"] if remark else []
    elif value or name != "measure":
        setattr(line, name, TEXT_READERS[name](value))
