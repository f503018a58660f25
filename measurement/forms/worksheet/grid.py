"""The posted worksheet: one parser for the whole grid. Compares with what is stored, so that only changed rows are written."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from measurement.doors.measuring import SheetChange
from measurement.files import check_upload
from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.corrections import (
    Parse,
    confirmed,
    money_corrections,
    number_corrections,
    overspent_corrections,
)
from measurement.rules.evidence_links import LinkError, check_link
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
from measurement.rules.row_fields import ROW_ANSWERS, ROW_VALUES

from ..dates import DayField
from ..plan.number_fields import READING
from ..texts import LONGEST

LONGEST_PAGE = 40
SWAP = "swap"  # the button that exchanges the parts of a ratio posts the key of its row
PARTS = tuple(field.key for field in ROW_VALUES if field.is_part)
NEVER_NEGATIVE = {"spent", *(field.key for field in ROW_VALUES if not field.may_be_negative)}
DAY = DayField(required=False)


def _over(node: WorksheetNode, spent: Decimal) -> str:
    total, pagu = show_money(node.spent_before + spent), show_money(node.pagu)
    return f"Realisasi s.d. periode ini {total} melebihi pagu {pagu}: perbaiki angkanya, atau tuliskan alasannya."


def _likely(field_name: str, text: str, parse: Parse) -> dict[str, str]:
    """What was probably meant by a text that is no number here."""
    if field_name == "spent":
        return money_corrections(text, parse)
    return number_corrections(text, parse, may_be_negative=field_name not in NEVER_NEGATIVE)


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
    links: list[tuple[int, str, str, date | None]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # inputs of files that are stored already
    rows_read: dict[str, WorksheetRow] = field(default_factory=dict)  # by the end of input names
    nodes_read: dict[str, WorksheetNode] = field(default_factory=dict)  # by the name of the input

    def __post_init__(self) -> None:
        """A reading that was chosen with a button stands for what was typed in that cell."""
        name, sign, text = self.data.get(READING, "").partition("=")
        self.chosen = {name: text} if sign else {}
        parts = [f"{part}-{self.data.get(SWAP, '')}" for part in PARTS]
        self.swapped = dict(zip(parts, reversed(parts), strict=True)) if SWAP in self.data else {}

    def read(self, rows: list[WorksheetRow], nodes: list[WorksheetNode]) -> "Grid":
        """Parse the inputs of these rows and nodes; others that were posted are ignored."""
        for row in rows:
            self.rows_read[str(row.pk)] = row
            self._read_row(row)
        for node in nodes:
            self.nodes_read[f"spent-{node.pk}"] = node
            self._read_money(node)
        return self

    def place_of(self, name: str) -> str:
        """The row that an input belongs to, by code and name."""
        if node := self.nodes_read.get(name):
            return f"{node.place} {node.read_name}"
        row = self.rows_read.get(name.rpartition("-")[2])
        return f"{row.node.place} {row.name}" if row else ""

    @property
    def is_changed(self) -> bool:
        return bool(self.rows or self.money or self.files or self.links)

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
        self._read_answers(values, row)
        if values:
            self.rows.append(SheetChange(row.pk, self._version(row.pk), values))
        self.read_file(row)

    def _read_answers(self, values: dict[str, object], row: WorksheetRow) -> None:
        """What is answered beside the row, where anything is asked."""
        for answer in ROW_ANSWERS:
            text = self._take(answer.key, row.pk) if answer.key in row.asked_answers else None
            if text is None or text == getattr(row, answer.key):
                continue
            if len(text) > LONGEST:
                self.errors[input_name(answer.key, row.pk)] = (
                    f"Teks terlalu panjang: paling banyak {LONGEST} huruf."
                )
            elif text and answer.choices and text not in answer.choices:
                self.errors[input_name(answer.key, row.pk)] = (
                    f"Pilih salah satu: {', '.join(answer.choices)}."
                )
            else:
                values[answer.key] = text

    def _read_money(self, node: WorksheetNode) -> None:
        values: dict[str, object] = {}
        self._compare_number(values, node, "spent", parse_money)
        typed = self._take("overspend_reason", node.pk)
        reason = node.overspend_reason if typed is None else typed
        if reason != node.overspend_reason:
            values["overspend_reason"] = reason
        spent = values.get("spent", node.spent)
        if isinstance(spent, Decimal) and node.spent_before + spent > node.pagu and not is_said(reason):
            name = input_name("spent", node.pk)
            self.errors[name] = _over(node, spent)
            self.choices[name] = overspent_corrections(spent, node.spent_before, node.pagu)
        elif values:
            self.money.append(SheetChange(node.pk, self._version(node.pk, "node_version"), values))

    def _compare_number(self, values: dict, thing, name: str, parse) -> None:
        text = self._take(name, thing.pk)
        if text is None or text == (show_rupiah if name == "spent" else show_plain)(getattr(thing, name)):
            return
        try:
            number = parse(text)
        except NumberError as error:
            self._refuse(input_name(name, thing.pk), error, text, parse)
            return
        if number is not None and number < 0 and name in NEVER_NEGATIVE:
            self.errors[input_name(name, thing.pk)] = "Angka ini tidak boleh negatif."
            self.choices[input_name(name, thing.pk)] = _likely(name, text, parse)
        elif number != getattr(thing, name):
            values[name] = number

    def _refuse(self, name: str, error: NumberError, text: str, parse: Parse) -> None:
        """Keep the sentence; what must be confirmed is shown back as it would be kept, to be kept by a button or by saving again."""
        self.errors[name] = str(error)
        if isinstance(error, AmbiguousNumber):
            self.choices[name] = confirmed(error)
            self.typed[name] = self.likely[name] = next(iter(error.choices))
        else:
            self.choices[name] = _likely(name.rpartition("-")[0], text, parse)

    def read_file(self, row: WorksheetRow) -> None:
        """The file chosen for this row, or the address typed for it, with page and date; checked by its bytes, or by what the office allows."""
        name = input_name("file", row.pk)
        upload, link = self.uploads.get(name), self._read_link(row)
        page = (self._take("page", row.pk) or "")[:LONGEST_PAGE]
        dated = self._read_day("dated", row.pk)
        if input_name("dated", row.pk) in self.errors:
            return
        if link:
            self.links.append((row.pk, link, page, dated))
        if upload is None:
            if page and not link:
                self.errors.setdefault(
                    name, f"Pilih berkas atau tautan untuk halaman “{page}”, atau kosongkan halamannya."
                )
            elif dated and not link:
                self.errors.setdefault(
                    name, "Pilih berkas atau tautan yang bertanggal ini, atau kosongkan tanggalnya."
                )
            return
        try:
            check_upload(upload)
        except BadFile as error:
            self.errors[name] = str(error)
            return
        self.files.append((row.pk, upload, page, dated))

    def _read_link(self, row: WorksheetRow) -> str:
        """The address typed for this row as it will be kept; "" for none, or for one that can't be attached."""
        text = self._take("link", row.pk)
        if not text:
            return ""
        try:
            return check_link(text, row.cycle.unit.linkable_hosts)
        except LinkError as error:
            name = input_name("link", row.pk)
            self.errors[name] = str(error)
            if error.likely:
                self.choices[name] = {error.likely: f"Pakai {error.likely}"}
            return ""

    def file_kept(self, row_id: int) -> None:
        """What was typed beside a file waits for nothing once it is stored."""
        self.kept.add(input_name("file", row_id))
        for name in ("page", "dated", "link"):
            self.typed.pop(input_name(name, row_id), None)

    def _read_day(self, field_name: str, pk: int) -> date | None:
        text = self._take(field_name, pk) or ""
        try:
            return DAY.clean(text)
        except ValidationError:
            self.errors[input_name(field_name, pk)] = (
                f"“{text[:20]}” bukan tanggal. Tulis tanggal, bulan, tahun, misalnya 31/03/2026."
            )
            return None

    def _take(self, field_name: str, pk: int) -> str | None:
        name = input_name(field_name, pk)
        if name not in self.data:
            return None
        typed = self.data.get(self.swapped.get(name, name), "")
        self.typed[name] = self.chosen.get(name, typed).replace("\x00", "").strip()
        return self.typed[name].replace("\r\n", "\n")

    def _version(self, pk: int, name: str = "version") -> int:
        return parse_key(self.data.get(input_name(name, pk), ""))
