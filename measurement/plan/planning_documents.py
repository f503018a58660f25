"""A planning document's table (Renstra, Renja, Perjanjian Kinerja, IKU, IKI, DPA): read as people lay it out, kept whole or not at all.

The row of headings stands within the first ten rows, with the years of a "Target" below it if need be. A line whose kode and nomenklatur are
blank goes on with the branch above, as merged cells do. Lines with neither kode nor indikator (titles, totals) are passed over.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from openpyxl.utils import get_column_letter

from measurement.files import clean_name
from measurement.models import DocumentLine, Person, Plan, PlanningDocument, column_length
from measurement.rules.numbers import (
    AmbiguousNumber,
    NumberError,
    keepable,
    parse_money,
    parse_number,
    show_plain,
)
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import BadFile
from measurement.spreadsheets.reading import read_table

from .table_import.columns import WrongPlanCell, heading_key, plain_heading

HEADING_ROWS = 10
# names are compared with each other: a longer list would keep every reader of the radar waiting
MAX_LINES = 1000
# attribute of the line → the heading as the page names it, and what stands on documents besides what the plan import understands
COLUMNS = {
    "code": (
        "Kode",
        ("kode_program", "kode_sub_kegiatan", "kode_nomenklatur", "kode_program_kegiatan_sub_kegiatan"),
    ),
    "name": (
        "Nomenklatur",
        (
            "nama",
            "sasaran",
            "sasaran_strategis",
            "program_kegiatan_sub_kegiatan",
            "program_kegiatan_dan_sub_kegiatan",
        ),
    ),
    "indicator": ("Indikator", ("indikator_kinerja_utama", "indikator_kinerja_individu", "iku", "iki")),
    "measure": ("Satuan", ()),
    "target": ("Target", ("target_kinerja", "target_setahun", "target_tahunan")),
    "pagu": (
        "Pagu",
        ("anggaran", "pagu_rp", "anggaran_rp", "pagu_indikatif", "pagu_anggaran", "jumlah_anggaran"),
    ),
}
ATTRIBUTES = {
    alias: name for name, (heading, also) in COLUMNS.items() for alias in (plain_heading(heading), *also)
}
YEAR = re.compile(r"20\d\d")
PREDICATE = re.compile(r"[A-Z]{1,4}")
NOTHING = ("", "-", "–", "—")


@dataclass
class DocumentReading:
    """What a file says: its lines, unless a cell is wrong; how many rows were passed over, headings that weren't understood, remarks."""

    lines: list[DocumentLine] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class DocumentLayout:
    """Attribute → column from 0, in a table whose first line of data has that index; whether it has other years, what wasn't understood."""

    columns: dict[str, int]
    first: int
    other_years: bool
    ignored: list[str]


def read_document(upload: UploadedFile, year: int) -> DocumentReading:
    """The lines of an upload. BadFile for what is no table, has no headings, or says nothing of the year."""
    dataset = read_table(upload)
    rows = [dataset.headers, *dataset]
    layout = _layout(rows, year)
    reading, passed, above = DocumentReading(), 0, ("", "")
    for number, row in enumerate(rows[layout.first :], layout.first + 1):
        cells = {name: row[column] for name, column in layout.columns.items()}
        if not any(str(value).strip() for value in row) or _counts_columns(row):
            continue
        if not (_text(cells.get("code", "")) or _text(cells.get("indicator", ""))):
            passed += 1
            continue
        line = _line(cells, number, layout, reading)
        line.code, line.name = above = (line.code, line.name) if line.code or line.name else above
        reading.lines.append(line)
    _check_length(reading, clean_name(upload.name))
    reading.remarks += [f"{passed} baris tanpa kode dan tanpa indikator dilewati."] if passed else []
    reading.remarks += [f"Kolom yang tidak dibaca: {', '.join(layout.ignored)}."] if layout.ignored else []
    return reading


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
    return (line.number, *(getattr(line, name) for name in COLUMNS))


def _check_length(reading: DocumentReading, name: str) -> None:
    if not reading.lines:
        raise BadFile(f"“{name}” tidak berisi baris yang berkode atau berindikator.")
    if len(reading.lines) > MAX_LINES:
        raise BadFile(f"“{name}” terlalu panjang: paling banyak {MAX_LINES} baris dokumen.")


def _layout(rows: Sequence[Sequence], year: int) -> DocumentLayout:
    """The row among the first ten whose headings are best understood: it must name a kode or an indikator and something about it."""
    found = [_read_headings(rows, index, year) for index in range(min(HEADING_ROWS, len(rows)))]
    best = max(found, key=lambda layout: len(layout.columns))
    if len(best.columns) < 2 or not best.columns.keys() & {"code", "indicator"}:
        raise BadFile(
            "Judul kolom tidak ditemukan pada sepuluh baris pertama. Harus ada kolom Kode atau Indikator, dan Satuan, Target, atau Pagu."
        )
    if not best.columns.keys() & {"target", "pagu"} and best.other_years:
        raise BadFile(f"Berkas ini tidak memuat kolom target atau pagu tahun {year}.")
    return best


def _read_headings(rows: Sequence[Sequence], index: int, year: int) -> DocumentLayout:
    """A row as headings. A column of the year goes before one that names no year; if two are alike, the first is read."""
    headings, first = [str(value).strip() for value in rows[index]], index + 1
    below = [str(value).strip() for value in rows[first]] if first < len(rows) else []
    if any(below) and all(YEAR.fullmatch(value) for value in below if value):
        headings, first = _with_years(headings, below), first + 1
    dated: dict[str, int] = {}
    bare: dict[str, int] = {}
    others: set[int] = set()
    for column, heading in enumerate(headings):
        key = heading_key(heading)
        if key in (f"target_{year}", f"pagu_{year}"):
            dated.setdefault(key.partition("_")[0], column)
        elif name := ATTRIBUTES.get(plain_heading(heading)) or (key if key in COLUMNS else ""):
            bare.setdefault(name, column)
        elif key.startswith(("target_", "pagu_")):
            others.add(column)
    columns = bare | dated
    read = {*columns.values(), *others}
    return DocumentLayout(
        columns,
        first,
        bool(others),
        [heading for column, heading in enumerate(headings) if heading and column not in read],
    )


def _with_years(headings: list[str], below: list[str]) -> list[str]:
    """ "Target" over 2026, 2027 becomes Target 2026, Target 2027."""
    joined, over = [], ""
    for heading, sub in zip(headings, below, strict=True):
        over = heading or over
        joined.append(f"{over} {sub}" if YEAR.fullmatch(sub) else heading)
    return joined


def _counts_columns(row: Sequence) -> bool:
    """The line (1) (2) (3) … that official tables print below their headings."""
    numbers = [str(value).strip("() ") for value in row if str(value).strip()]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _line(cells: dict, number: int, layout: DocumentLayout, reading: DocumentReading) -> DocumentLine:
    """One row; what can't be taken goes to `wrong` with its address."""
    line = DocumentLine(number=number)
    for name, value in cells.items():
        try:
            setattr(line, name, READERS[name](value))
        except AmbiguousNumber as error:
            setattr(line, name, error.value)
            fraction = str(value).strip().replace(".", ",")
            reading.remarks.append(
                f"Baris {number}: “{value}” dibaca {show_plain(error.value)}; bila maksudnya pecahan, tulis {fraction}."
            )
        except PredicateWord as error:
            reading.remarks.append(f"Baris {number}: {error}")
        except ValueError as error:
            cell = f"{get_column_letter(layout.columns[name] + 1)}{number}"
            reading.wrong.append(WrongPlanCell(cell, str(value)[:80], str(error)))
    return line


def _text(value) -> str:
    """Clean text on one line, without control and invisible characters."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return " ".join(
        "".join(c for c in text if c.isspace() or not unicodedata.category(c).startswith("C")).split()
    )


def _limited(name: str, change: Callable[[str], str] = str) -> Callable:
    longest = column_length(DocumentLine, name) or 0

    def read(value) -> str:
        text = change(_text(value))
        if len(text) > longest:
            raise ValueError(f"Terlalu panjang: {len(text)} huruf, paling banyak {longest}.")
        return text

    return read


class PredicateWord(ValueError):
    """The target is a word like BB or WTP: nothing wrong, but no number to compare."""


def _target(value) -> Decimal | None:
    """A number; 95,5% is 95,5, and "-" says that there is none."""
    if isinstance(value, Decimal):
        return keepable(value)
    text = _text(value).removesuffix("%").strip()
    if PREDICATE.fullmatch(text):
        raise PredicateWord(f"target “{text}” berupa predikat, jadi tidak dibandingkan.")
    return None if text in NOTHING else parse_number(text)


def _pagu(value) -> Decimal | None:
    """Whole rupiah, with Rp before it or not."""
    amount: Decimal | None
    if isinstance(value, Decimal):
        amount = keepable(value)
    else:
        text = re.sub(r"^Rp\.?\s*|,(?:-|00)$", "", _text(value), flags=re.IGNORECASE)
        amount = None if text in NOTHING else parse_money(text)
    if amount is not None and (amount < 0 or amount != amount.to_integral_value()):
        raise NumberError("Tulis rupiah penuh, tidak negatif, misalnya 1.500.000.")
    return amount


READERS = {
    "code": _limited("code", lambda text: text.replace(" ", "").rstrip(".")),
    "name": _limited("name"),
    "indicator": _limited("indicator"),
    "measure": _limited("measure"),
    "target": _target,
    "pagu": _pagu,
}
