"""An office loads the nomenclature of its own field: a table with code, name and, where it has them, kinerja, indikator and satuan; or one line
for each sub kegiatan with its program and kegiatan beside it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from openpyxl.utils import get_column_letter

from measurement.models import (
    Government,
    NomenclatureItem,
    Person,
    PlanNode,
    StandardPart,
    Unit,
    column_length,
)
from measurement.record.government_standards import keep_standards, standards_kept
from measurement.rules.misread_dates import is_date
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import BadFile, Incomplete, Stale
from measurement.rules.requirements import shorten
from measurement.spreadsheets.reading import read_table

from .nomenclature_list import LEVEL_OF_PARTS
from .table_import.cells import CODE, DATE_FOR_CODE, TextWidget
from .table_import.code_columns import CodesInColumns, following_code_columns
from .table_import.columns import plain_heading
from .table_import.nomenclature import full_code

HEADINGS = {
    "code": ("kode", "kode_nomenklatur", "kode_rekening"),
    "name": ("uraian", "nomenklatur", "nama", "uraian_nomenklatur", "nomenklatur_urusan", "program_kegiatan_sub_kegiatan"),
    "code_program": ("kode_program",), "name_program": ("program", "nama_program"),
    "code_kegiatan": ("kode_kegiatan",), "name_kegiatan": ("kegiatan", "nama_kegiatan"),
    "code_sub": ("kode_sub_kegiatan",), "name_sub": ("sub_kegiatan", "nama_sub_kegiatan"),
    "outcome": ("kinerja", "hasil", "sasaran_kinerja"), "indicator": ("indikator", "indikator_kinerja"), "measure": ("satuan",),
}  # fmt: skip
KEY_OF = {word: key for key, words in HEADINGS.items() for word in words}
PAIRS = (
    ("code", "name"),
    ("code_program", "name_program"),
    ("code_kegiatan", "name_kegiatan"),
    ("code_sub", "name_sub"),
)
LAST_PAIRS = ("code", "code_sub")  # whose lines kinerja, indikator and satuan belong to
OF_LINE = ("outcome", "indicator", "measure")
FIELDS = ("name", *OF_LINE)
WIDGETS = {
    "name": TextWidget(column_length(PlanNode, "name"), required=True),
    **{name: TextWidget(column_length(NomenclatureItem, name)) for name in OF_LINE},
}
SHAPE = re.compile(r"[0-9X]{1,2}(?:\.[0-9X]{1,4}){0,5}")
NO_LIST = "Berkas ini bukan daftar nomenklatur: diperlukan kolom Kode dan Uraian, atau Kode Sub Kegiatan dan Sub Kegiatan."
WRONG_CODE = "Tulis kode seperti 1.03.02, 1.03.02.2.01, atau 1.03.02.2.01.0001."
TWO_NAMES = "Kode {code} sudah bernama “{name}” pada baris {row}."
CHANGED = "Daftar yang tersimpan berubah sejak perbedaannya ditampilkan. Periksa sekali lagi."
HEADINGS_WITHIN = 15
PUBLISHED_NAMES = "nomenklatur_urusan"  # NOMENKLATUR URUSAN KABUPATEN/KOTA
DIGIT = re.compile(r"[0-9X]")


@dataclass(frozen=True)
class WrongNomenclatureCell:
    cell: str
    value: str
    sentence: str


@dataclass
class NomenclatureUpload:
    """What a file would do to the list of an office."""

    new: list[NomenclatureItem] = field(default_factory=list)
    changed: list[NomenclatureItem] = field(default_factory=list)
    same: int = 0
    wrong: list[WrongNomenclatureCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.wrong)

    @property
    def summary(self) -> str:
        """What came of it, once it is loaded."""
        return f"Nomenklatur dimuat: {len(self.new)} baris baru, {len(self.changed)} berubah."

    @property
    def digest(self) -> str:
        shown = [
            (item.code, *(getattr(item, name) for name in FIELDS)) for item in (*self.new, *self.changed)
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()


@dataclass
class _Lines:
    """The table's lines by code, with the row that named them first."""

    found: dict[str, NomenclatureItem] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    wrong: list[WrongNomenclatureCell] = field(default_factory=list)
    passed: int = 0
    further: int = 0


def compare_nomenclature(unit: Unit, upload: UploadedFile) -> NomenclatureUpload:
    """The file against what the office has loaded before; BadFile for what is no such list."""
    stored = {item.code: item for item in NomenclatureItem.objects.filter(unit=unit)}
    seen = _compare(stored, upload)
    for item in (*seen.new, *seen.changed):
        item.unit = unit
    return seen


def compare_nomenclature_of(government: Government, upload: UploadedFile) -> NomenclatureUpload:
    """The file against the list that the government keeps."""
    kept = standards_kept(government.pk, StandardPart.NOMENCLATURE)
    return _compare({code: NomenclatureItem(code=code, **facts) for code, facts in kept.items()}, upload)


def _compare(stored: Mapping[str, NomenclatureItem], upload: UploadedFile) -> NomenclatureUpload:
    table = read_table(upload, lambda rows: max((len(_columns(row)) for row in rows), default=0))
    rows = [table.headers, *table]
    header = max(range(min(len(rows), HEADINGS_WITHIN)), key=lambda index: len(_columns(rows[index])))
    columns = _columns(rows[header])
    if not any(code in columns and name in columns for code, name in PAIRS):
        raise BadFile(NO_LIST)
    lines = _Lines()
    for number, row in _with_whole_codes(rows, header, columns):
        _read_row(lines, columns, row, number)
    return _compared(stored, lines, list(table.remarks))


def _columns(row) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(row):
        plain = plain_heading(heading) if isinstance(heading, str) else ""
        if key := "name" if plain.startswith(PUBLISHED_NAMES) else KEY_OF.get(plain):
            found.setdefault(key, number)
    return found


def _with_whole_codes(rows: list, header: int, columns: dict[str, int]) -> Iterator[tuple[int, Sequence]]:
    """The rows below the headings with their number; a code whose pieces stand in several columns below one heading is put together in the first."""
    first = columns.get("code")
    below = [(number, row) for number, row in enumerate(rows[header + 1 :], header + 2)]
    if first is None:
        yield from below
        return
    while below and str(below[0][1][first]).strip() and not DIGIT.search(str(below[0][1][first])):
        below = below[1:]  # URUSAN, BIDANG URUSAN … below KODE
    plain = [row for _, row in below]
    pieces = following_code_columns([str(heading) for heading in rows[header]], plain, first)
    codes = CodesInColumns(pieces, plain)
    for number, row in below:
        yield number, [*row[:first], codes.code_of(row), *row[first + 1 :]] if pieces[1:] else row


def _read_row(lines: _Lines, columns: dict[str, int], row, number: int) -> None:
    for code_key, name_key in PAIRS:
        code = CODE.clean(row[columns[code_key]]) if code_key in columns and name_key in columns else ""
        if not code:
            continue
        code = full_code(code)
        if is_date(str(row[columns[code_key]]).strip()):
            _refuse(lines, columns, code_key, row, number, DATE_FOR_CODE)
        elif not SHAPE.fullmatch(code):
            _refuse(lines, columns, code_key, row, number, WRONG_CODE)
        elif code.count(".") + 1 not in LEVEL_OF_PARTS:
            lines.passed += 1
        else:
            further = OF_LINE if code_key in LAST_PAIRS else ()
            keys = {"name": name_key} | {key: key for key in further if key in columns}
            _read_item(lines, code, keys, columns, row, number)


def _read_item(lines: _Lines, code: str, keys: dict, columns: dict, row, number: int) -> None:
    item = NomenclatureItem(code=code)
    for name, key in keys.items():
        try:
            setattr(item, name, WIDGETS[name].clean(row[columns[key]]))
        except ValueError as error:
            _refuse(lines, columns, key, row, number, str(error))
            return
    first = lines.found.setdefault(code, item)
    if first is item:
        lines.rows[code] = number
    elif first.name != item.name:
        sentence = TWO_NAMES.format(code=code, name=first.name, row=lines.rows[code])
        _refuse(lines, columns, keys["name"], row, number, sentence)
    elif first.indicator != item.indicator:
        lines.further += 1


def _refuse(lines: _Lines, columns: dict, key: str, row, number: int, sentence: str) -> None:
    cell = f"{get_column_letter(columns[key] + 1)}{number}"
    lines.wrong.append(WrongNomenclatureCell(cell, str(row[columns[key]]), sentence))


def _compared(
    stored: Mapping[str, NomenclatureItem], lines: _Lines, remarks: list[str]
) -> NomenclatureUpload:
    seen = NomenclatureUpload(wrong=lines.wrong, remarks=remarks)
    for code, item in sorted(lines.found.items()):
        was = stored.get(code)
        if was is None:
            seen.new.append(item)
        elif any(getattr(item, name) and getattr(item, name) != getattr(was, name) for name in FIELDS):
            for name in FIELDS:
                setattr(item, name, getattr(item, name) or getattr(was, name))
            seen.changed.append(item)
        else:
            seen.same += 1
    if lines.passed:
        seen.remarks.append(f"{lines.passed} baris urusan atau bidang urusan dilewati.")
    if lines.further:
        seen.remarks.append(
            f"{lines.further} indikator kedua dan seterusnya dari kode yang sama tidak dimuat."
        )
    return seen


@transaction.atomic
def load_nomenclature(unit: Unit, upload: UploadedFile, actor: Person, shown: str) -> NomenclatureUpload:
    """Write the file by code. PermissionDenied without the role; Incomplete if anything is wrong; Stale if it is no longer what was `shown`."""
    if not may_keep_plan.test(actor, NomenclatureItem(unit=unit)):
        raise PermissionDenied
    Unit.objects.select_for_update().get(pk=unit.pk)
    seen = _as_shown(compare_nomenclature(unit, upload), shown)
    NomenclatureItem.objects.bulk_create(
        [*seen.new, *seen.changed],
        update_conflicts=True,
        unique_fields=["unit", "code"],
        update_fields=FIELDS,
    )
    return seen


@transaction.atomic
def load_nomenclature_of(
    government: Government, upload: UploadedFile, actor: Person, shown: str
) -> NomenclatureUpload:
    """Keep the list for all offices of the government, by code; refused like that of an office. No office's own list changes."""
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    Government.objects.select_for_update().get(pk=government.pk)
    seen = _as_shown(compare_nomenclature_of(government, upload), shown)
    facts = {item.code: {name: getattr(item, name) for name in FIELDS} for item in (*seen.new, *seen.changed)}
    keep_standards(government, actor, StandardPart.NOMENCLATURE, facts)
    return seen


def _as_shown(seen: NomenclatureUpload, shown: str) -> NomenclatureUpload:
    if seen.wrong:
        raise Incomplete(*shorten([f"{wrong.cell}: {wrong.sentence}" for wrong in seen.wrong], "sel"))
    if seen.digest != shown:
        raise Stale(CHANGED)
    return seen
