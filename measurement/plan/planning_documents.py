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

from .document_accounts import account_of, add_up_accounts, is_total
from .document_cells import TEXT_READERS, cell_text, read_pagu, read_target, words_of_target
from .document_layout import COLUMNS, DocumentLayout, best_layout, next_table
from .document_rows import WholeRows, whole_rows
from .document_sheets import document_tables, person_above
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
    tables, remarks = document_tables(upload, year)
    reading = DocumentReading(remarks=remarks)
    for rows in tables:
        layout = best_layout(rows, year)
        if whole := whole_rows(rows, layout, year):
            _read_whole(whole, reading)
        else:
            layout.check(year)
            _DocumentRows(rows, layout, year, reading).read()
    reading.remarks = list(dict.fromkeys(reading.remarks))
    add_up_accounts(reading)
    _check_length(reading, clean_name(upload.name))
    return reading


def _read_whole(whole: WholeRows, reading: DocumentReading) -> None:
    """Rows that the plan's reader understood: levels side by side, years over K and Rp."""
    for row in whole.rows:
        line = _line(whole.cells(row), row["number"], whole.layout, reading)
        line.account = row.get("account", "")
        reading.lines.append(line)
    reading.remarks += whole.remarks


class _DocumentRows:
    """Goes through the rows of a document, table by table, and remembers what stood above."""

    def __init__(self, rows: Sequence[Sequence], layout: DocumentLayout, year: int, reading: DocumentReading):
        self.rows, self.year, self.reading = rows, year, reading
        self.scales: dict[str, None] = {}
        self.passed = self.above_until = 0
        self._begin(layout)

    def _begin(self, layout: DocumentLayout) -> None:
        self.layout, self.above = layout, DocumentLine()
        self.whose = (
            "" if "person" in layout.columns else person_above(self.rows, layout.first, self.above_until)
        )
        self.above_until = layout.first
        self.codes = CodesInColumns(layout.code_columns, self.rows[layout.first :])
        self.scales[layout.scale.remark] = None

    def read(self) -> None:
        for index in range(self.layout.first, len(self.rows)):
            if (below := next_table(self.rows, index, self.year)) and below.first > index:
                self._begin(below)
            row = self.rows[index]
            if (
                index >= self.layout.first
                and any(str(value).strip() for value in row)
                and not _counts_columns(row)
            ):
                self._row(index + 1, row)
        remarks, layout = self.reading.remarks, self.layout
        remarks += filter(None, self.scales)
        remarks += [f"{self.passed} baris tanpa kode dan tanpa indikator dilewati."] if self.passed else []
        remarks += [f"Kolom yang tidak dibaca: {', '.join(layout.ignored)}."] if layout.ignored else []

    def _row(self, number: int, row: Sequence) -> None:
        layout = self.layout
        cells = {name: row[column] for name, column in layout.columns.items()}
        if layout.code_columns:
            cells["code"] = self.codes.code_of(row)
        if not _says_something(cells, layout) or is_total(row):
            self.passed += 1
            return
        if account := account_of(cell_text(cells.get("code", "")), self.above):
            line = _line(cells | {"code": account.code, "name": account.name}, number, layout, self.reading)
            line.account = account.account
        else:
            line = _line(cells, number, layout, self.reading)
            self._complete(line)
        self.reading.lines.append(line)

    def _complete(self, line: DocumentLine) -> None:
        """A line without code and name goes on with the branch above, as merged cells do; so does one without a person."""
        told, above = line.code or line.name, self.above
        line.code, line.name = (line.code, line.name) if told else (above.code, above.name)
        line.person = line.person or self.whose or ("" if told and line.code != above.code else above.person)
        self.above = line


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
