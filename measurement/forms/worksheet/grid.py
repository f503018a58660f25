"""The posted worksheet: one parser for the whole grid. Compares with what is stored, so that only changed rows are written."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from measurement.doors.measuring import SheetChange
from measurement.files import check_upload
from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.numbers import (
    AmbiguousNumber,
    NumberError,
    parse_key,
    parse_money,
    parse_number,
    show_money,
    show_plain,
    show_rupiah,
)
from measurement.rules.refusals import BadFile
from measurement.rules.requirements import is_said
from measurement.rules.row_fields import ROW_VALUES

from ..dates import DayField
from ..plan.number_fields import READING
from ..texts import LONGEST

LONGEST_PAGE = 40
NEVER_NEGATIVE = {"spent", *(field.key for field in ROW_VALUES if not field.may_be_negative)}
DAY = DayField(required=False)


def _over(node: WorksheetNode, spent: Decimal) -> str:
    total, pagu = show_money(node.spent_before + spent), show_money(node.pagu)
    return f"Realisasi s.d. periode ini {total} melebihi pagu {pagu}: perbaiki angkanya, atau tuliskan alasannya."


def input_name(field_name: str, pk: int) -> str:
    """Names of inputs and ids of elements; made here so that a template never formats a key as a number."""
    return f"{field_name}-{pk}"


@dataclass
class Grid:
    """What was typed, what of it changed, and what can't be read – by input name; and sentences on files that were there already."""

    data: dict
    uploads: dict = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    likely: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[SheetChange] = field(default_factory=list)
    money: list[SheetChange] = field(default_factory=list)
    files: list[tuple[int, UploadedFile, str, date | None]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A reading that was chosen with a button stands for what was typed in that cell."""
        name, sign, text = self.data.get(READING, "").partition("=")
        self.chosen = {name: text} if sign else {}

    def read(self, rows: list[WorksheetRow], nodes: list[WorksheetNode]) -> "Grid":
        """Parse the inputs of these rows and nodes; others that were posted are ignored."""
        for row in rows:
            self._read_row(row)
        for node in nodes:
            self._read_money(node)
        return self

    @property
    def is_changed(self) -> bool:
        return bool(self.rows or self.money or self.files)

    def _read_row(self, row: WorksheetRow) -> None:
        values: dict[str, object] = {}
        for name in row.asked_values:
            measure = row.measure if name == "realised" else None
            self._compare_number(
                values, row, name, lambda text, measure=measure: parse_number(text, measure, row.words)
            )
        for name in WorksheetRow.TEXTS:
            text = self._take(name, row.pk)
            if text is None or text == getattr(row, name):
                continue
            if len(text) > LONGEST:
                self.errors[input_name(name, row.pk)] = (
                    f"Teks terlalu panjang: paling banyak {LONGEST} huruf."
                )
            else:
                values[name] = text
        if values:
            self.rows.append(SheetChange(row.pk, self._version(row.pk), values))
        self.read_file(row)

    def _read_money(self, node: WorksheetNode) -> None:
        values: dict[str, object] = {}
        self._compare_number(values, node, "spent", parse_money)
        typed = self._take("overspend_reason", node.pk)
        reason = node.overspend_reason if typed is None else typed
        if reason != node.overspend_reason:
            values["overspend_reason"] = reason
        spent = values.get("spent", node.spent)
        if isinstance(spent, Decimal) and node.spent_before + spent > node.pagu and not is_said(reason):
            self.errors[input_name("spent", node.pk)] = _over(node, spent)
        elif values:
            self.money.append(SheetChange(node.pk, self._version(node.pk, "node_version"), values))

    def _compare_number(self, values: dict, thing, name: str, parse) -> None:
        text = self._take(name, thing.pk)
        if text is None or text == (show_rupiah if name == "spent" else show_plain)(getattr(thing, name)):
            return
        try:
            number = parse(text)
        except NumberError as error:
            self._refuse(input_name(name, thing.pk), error)
            return
        if number is not None and number < 0 and name in NEVER_NEGATIVE:
            self.errors[input_name(name, thing.pk)] = "Angka ini tidak boleh negatif."
        elif number != getattr(thing, name):
            values[name] = number

    def _refuse(self, name: str, error: NumberError) -> None:
        """Keep the sentence; what must be confirmed is shown back as it would be kept, to be kept by a button or by saving again."""
        self.errors[name] = str(error)
        if isinstance(error, AmbiguousNumber):
            self.choices[name] = error.choices
            self.typed[name] = self.likely[name] = next(iter(error.choices))

    def read_file(self, row: WorksheetRow) -> None:
        """The file chosen for this row with its page and date, checked by its bytes."""
        name = input_name("file", row.pk)
        upload = self.uploads.get(name)
        page = (self._take("page", row.pk) or "")[:LONGEST_PAGE]
        dated = self._read_day("dated", row.pk)
        if upload is None:
            if page:
                self.errors[name] = f"Pilih berkas untuk halaman “{page}”, atau kosongkan halamannya."
            elif dated:
                self.errors[name] = "Pilih berkas yang bertanggal ini, atau kosongkan tanggalnya."
            return
        try:
            check_upload(upload)
        except BadFile as error:
            self.errors[name] = str(error)
            return
        self.files.append((row.pk, upload, page, dated))

    def file_kept(self, row_id: int) -> None:
        """What was typed beside a file waits for nothing once it is stored."""
        for name in ("page", "dated"):
            self.typed.pop(input_name(name, row_id), None)

    def _read_day(self, field_name: str, pk: int) -> date | None:
        text = self._take(field_name, pk) or ""
        try:
            return DAY.clean(text)
        except ValidationError:
            self.errors[input_name(field_name, pk)] = (
                f"“{text[:20]}” bukan tanggal. Tulis tahun-bulan-tanggal, misalnya 2026-03-31."
            )
            return None

    def _take(self, field_name: str, pk: int) -> str | None:
        name = input_name(field_name, pk)
        if name not in self.data:
            return None
        self.typed[name] = self.chosen.get(name, self.data[name]).replace("\x00", "").strip()
        return self.typed[name].replace("\r\n", "\n")

    def _version(self, pk: int, name: str = "version") -> int:
        return parse_key(self.data.get(input_name(name, pk), ""))
