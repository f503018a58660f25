"""What stands in the kertas kerja that is filled in offline: its columns, and the key by which each line is known again.

A key names the cycle and the row and holds a short digest of every value as it was downloaded, closed by a keyed MAC: lines may be sorted,
filtered, inserted or deleted, a key can be neither forged nor carried into another cycle, and a changed cell is told from one that somebody
else changed meanwhile. It only proves where a line came from; who may write is asked afresh when it comes back.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.crypto import constant_time_compare, salted_hmac

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.rows import RowFigures
from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.follow_ups import Promise
from measurement.rules.methods import METHODS
from measurement.rules.numbers import (
    AmbiguousNumber,
    Number,
    NumberError,
    parse_money,
    parse_number,
    show_plain,
)
from measurement.rules.row_fields import ROW_ANSWERS, ROW_TEXTS, ROW_VALUES
from measurement.rules.sop import UNTYPED_ROWS, RowState
from measurement.rules.spans import Span
from measurement.rules.units import is_doubtful_fraction

from .book import ILLEGAL
from .reading import ShownPercent

SALT = "measurement.kertas-kerja-isian"
KEY_HEADING = "Kunci (jangan diubah)"
OWNER_HEADING = "Penanggung jawab"
PROMISED_HEADING = "Tindak lanjut periode lalu"
CHOICES = {answer.key: answer.choices for answer in ROW_ANSWERS if answer.choices}
ROW, MONEY = "indikator", "anggaran"
NUMBERS = (*WorksheetRow.VALUES, "spent")
FIELDS = {
    ROW: (*WorksheetRow.VALUES, *WorksheetRow.TEXTS, *WorksheetRow.ANSWERS),
    MONEY: ("spent", "overspend_reason"),
}
KEY = re.compile(r"(indikator|anggaran)-([0-9]{1,18})-([0-9]{1,18})-((?:[0-9a-f]{8})+)-([0-9a-f]{32})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel and LibreOffice write characters that XML can't hold


@dataclass(frozen=True)
class Entry:
    """What one line is about: an indicator's row, or the money of a sub kegiatan."""

    thing: WorksheetRow | WorksheetNode
    branch: NodeFigures
    figures: RowFigures | None = None

    @property
    def kind(self) -> str:
        return ROW if self.figures else MONEY

    @property
    def measured(self) -> RowFigures:
        """The figures of a line about an indicator; ValueError for money."""
        if self.figures is None:
            raise ValueError(f"{self.thing} is no indicator")
        return self.figures

    @property
    def row(self) -> WorksheetRow:
        """The row of a line about an indicator; ValueError for money."""
        return self.measured.row

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The fields that this line asks for: a ratio's parts, otherwise the realisasi."""
        if not self.figures:
            return FIELDS[MONEY]
        return (*self.row.asked_values, *WorksheetRow.TEXTS, *self.row.asked_answers)

    @property
    def is_untyped(self) -> bool:
        """Whether nobody fills in this line now: it follows others, or it is not due."""
        return self.figures is not None and self.row.state in UNTYPED_ROWS

    @property
    def scores(self) -> dict[str, Decimal]:
        return self.row.scores if self.figures else {}

    def cell(self, name: str) -> Decimal | str | None:
        """What stands in the cell; for a predicate, its word."""
        value = getattr(self.thing, name)
        return next(
            (word for word, score in self.scores.items() if name == "realised" and score == value), value
        )

    def stored(self, name: str) -> str:
        """The stored value as a person would type it."""
        return self.typed(name, getattr(self.thing, name))

    def typed(self, name: str, value: Decimal | str | None) -> str:
        """A cell's value as a person would type it on the page: 1234,5 for a number, a score for its word, 0,95% where the cell says %."""
        if isinstance(value, ShownPercent) and is_doubtful_fraction(value, self._measure(name) or ""):
            return f"{show_plain(value)}%"
        if isinstance(value, Decimal):
            return show_plain(value)
        text = clean_cell(value or "")
        if name not in NUMBERS:
            return text
        try:
            return show_plain(self.number(name, text))
        except NumberError:
            return text

    def number(self, name: str, text: str) -> Decimal | None:
        """NumberError for what is none."""
        if name == "spent":
            return parse_money(text)
        words = self.row.words if name == "realised" and self.figures else {}
        return parse_number(text, self._measure(name), words)

    def _measure(self, name: str) -> str | None:
        return self.row.measure if name == "realised" and self.figures else None

    def problem(self, name: str, text: str) -> str:
        """Why a file's number can't be taken where the page would ask again; empty otherwise."""
        try:
            value = self.number(name, text) if name in NUMBERS else None
        except AmbiguousNumber as error:
            return error.in_file
        except NumberError as error:
            value, sentence = None, str(error)
        else:
            sentence = ""
        if text and (choices := CHOICES.get(name)) and text not in choices:
            return f"Pilih salah satu: {', '.join(choices)}."
        if name == "realised" and self.scores and text and value not in self.scores.values():
            return f"Pilih salah satu predikat: {', '.join(self.scores)}."
        return sentence


def clean_cell(text: str) -> str:
    """A text without what no file keeps, its lines ended alike, so that the same text is the same whatever program wrote it."""
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(text))
    return ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def entries_of(sheet: Sheet) -> dict[tuple[str, int], Entry]:
    """Every line that there could be, by kind and id, in the order of the plan."""
    found = {}
    for _, branch in sheet.nodes():
        if branch.node.carries_money:
            found[MONEY, branch.node.pk] = Entry(branch.node, branch)
        for figures in branch.rows:
            found[ROW, figures.row.pk] = Entry(figures.row, branch, figures)
    return found


@dataclass(frozen=True)
class Key:
    """A sound key: which line of which cycle, and the digest of each value as it was downloaded."""

    kind: str
    cycle_id: int
    pk: int
    digests: dict[str, str]


def form_column_key(entry: Entry) -> str:
    digests = "".join(digest(entry.stored(name)) for name in FIELDS[entry.kind])
    said = f"{entry.kind}-{entry.thing.cycle_id}-{entry.thing.pk}-{digests}"
    return f"{said}-{_mac(said)}"


def read_key(text: str) -> Key | None:
    """None for what we never wrote, or wrote before a field was added or went."""
    found = KEY.fullmatch(text)
    if not found or not constant_time_compare(_mac(text.rpartition("-")[0]), found[5]):
        return None
    parts = [found[4][start : start + 8] for start in range(0, len(found[4]), 8)]
    if len(parts) != len(FIELDS[found[1]]):
        return None
    return Key(found[1], int(found[2]), int(found[3]), dict(zip(FIELDS[found[1]], parts, strict=True)))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _mac(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True)
class FormColumn:
    """Heading → what stands there; `field` names what may be filled in. `lasting`: the value can't change between download and upload."""

    heading: str
    width: int
    of: Callable[[Entry], Number | str | None] | None = None
    field: str = ""
    is_money: bool = False
    lasting: bool = True

    def value(self, entry: Entry) -> Number | str | None:
        """What stands there before anybody fills it in."""
        return self.of(entry) if self.of else entry.cell(self.field)


def _figure(entry: Entry, value: Number | None, span: Span | None = None) -> Number | str | None:
    """A number, or what people read as words: a span, a predicate."""
    if value is None:
        return None
    if span:
        return str(span)
    return entry.row.shown(value) if entry.row.scores else value


def _direction(entry: Entry) -> str:
    label, scale = METHODS[entry.row.method].label, entry.row.score_scale
    return f"{label}: {scale}" if entry.scores else label


def _state(entry: Entry) -> str:
    row = entry.row
    return (
        f"{row.state_label}: {row.verdict_note}"
        if row.state in (RowState.DIKEMBALIKAN, *UNTYPED_ROWS)
        else row.state_label
    )


def _promised(entry: Entry) -> str:
    return "\n".join(Promise.kept(facts).words for facts in entry.row.promises)


COLUMNS = {
    ROW: (
        FormColumn("Kode", 19, lambda e: e.branch.node.code),
        FormColumn("Program/Kegiatan/Sub Kegiatan", 28, lambda e: e.branch.node.name),
        FormColumn("Indikator", 32, lambda e: e.row.name),
        FormColumn(OWNER_HEADING, 20, lambda e: e.row.owner.name),
        FormColumn("Definisi operasional dan formula", 36, lambda e: e.row.formula),
        FormColumn("Satuan", 11, lambda e: e.row.measure),
        FormColumn("Arah", 17, _direction),
        FormColumn("Sifat", 15, lambda e: ACCUMULATIONS[e.row.accumulation].label),
        FormColumn("Target setahun", 11, lambda e: _figure(e, e.row.target_year, e.row.span)),
        FormColumn("Target TW ini", 11, lambda e: _figure(e, e.measured.target, e.measured.span)),
        FormColumn("Realisasi s.d. TW lalu", 11, lambda e: _figure(e, e.measured.before)),
        FormColumn("Keadaan", 16, _state, lasting=False),
        *(FormColumn(value.label, value.form_width, field=value.key) for value in ROW_VALUES),
        *(FormColumn(text.heading, text.form_width, field=text.key) for text in ROW_TEXTS),
        FormColumn(PROMISED_HEADING, 36, _promised),
        *(FormColumn(answer.label, answer.form_width, field=answer.key) for answer in ROW_ANSWERS),
    ),
    MONEY: (
        FormColumn("Kode", 19, lambda e: e.branch.node.code),
        FormColumn("Sub kegiatan", 44, lambda e: e.thing.name),
        FormColumn(OWNER_HEADING, 24, lambda e: e.thing.owner.name if e.thing.owner else ""),
        FormColumn("Pagu (Rp)", 18, lambda e: e.branch.node.pagu, is_money=True),
        FormColumn("Realisasi s.d. TW lalu (Rp)", 18, lambda e: e.branch.node.spent_before, is_money=True),
        FormColumn("Realisasi TW ini (Rp)", 18, field="spent", is_money=True),
        FormColumn("Alasan bila melebihi pagu", 44, field="overspend_reason"),
    ),
}
LABELS = {column.field: column.heading for columns in COLUMNS.values() for column in columns if column.field}
