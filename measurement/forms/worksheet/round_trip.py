"""A filled-in kertas kerja held against what is stored: the differences per row, the conflicts, and what can't be taken.

Every cell has three values: as it was downloaded (its digest is in the line's key), as it stands in the file, and as it is stored now. Only
what the person changed is a difference; it is a conflict where somebody else has changed the same cell meanwhile. What is taken goes through
the parser of the page, so that both keep the same rules.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django import forms

from measurement.doors import measuring
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Person
from measurement.rules.figure import Gap
from measurement.rules.numbers import NumberError, round_half_up, show_money, show_plain, show_short
from measurement.rules.requirements import shorten
from measurement.rules.sop import ROW_MOVES, RowState
from measurement.spreadsheets.worksheet_columns import (
    COLUMNS,
    LABELS,
    MONEY,
    NUMBERS,
    ROW,
    Entry,
    FormColumn,
    clean_cell,
    digest,
    entries_of,
)
from measurement.spreadsheets.worksheet_import import Filled, FilledLine, Unusable, Value, WrongFormCell

from .grid import Grid, input_name

PLACES = 6
NO_PLACE = "–"
BLANK, EMPTIED = "kosong", "dikosongkan"
NOT_OF_THIS_CYCLE = "Baris ini bukan dari siklus ini. Unduh berkas isian siklus ini lalu isi di sana."
NOT_PLANNED = "tidak direncanakan tahun ini; buka dahulu dengan “Catat di luar rencana” pada Kertas kerja"
CLOSED = {
    RowState.TERKIRIM: "sudah dikirim",
    RowState.DITERIMA: "sudah diterima Tim SAKIP",
    RowState.DIKECUALIKAN: "dikecualikan dari periode ini",
    RowState.BELUM_WAKTUNYA: "belum waktunya diukur pada periode ini",
    RowState.MENGIKUTI: "mengikuti indikator lain, jadi tidak diisi sendiri",
}


class FilledForm(forms.Form):
    file = forms.FileField(
        label="Berkas isian (XLSX)",
        help_text="Berkas yang diunduh dari halaman ini dan sudah diisi, disimpan sebagai .xlsx.",
        error_messages={"required": "Pilih berkas yang sudah diisi."},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )


@dataclass(frozen=True)
class CellDifference:
    """One cell that the person changed. `text` is what they would have typed; `old` and `new` are as people read them."""

    field: str
    place: str
    label: str
    text: str
    old: str
    new: str
    conflict: bool


@dataclass
class Differing:
    """One line with its differences."""

    entry: Entry
    cells: list[CellDifference] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.entry.kind}-{self.entry.thing.pk}"

    @property
    def code(self) -> str:
        return self.entry.branch.node.code

    @property
    def name(self) -> str:
        return self.entry.thing.name

    @property
    def owner(self) -> str:
        return self.entry.thing.owner.name if self.entry.thing.owner else ""

    @property
    def has_conflict(self) -> bool:
        return any(cell.conflict for cell in self.cells)


@dataclass(frozen=True)
class Skipped:
    place: str
    name: str
    reason: str


def open_lines(cycle: MeasurementCycle, person: Person, move: str) -> set[tuple[str, int]]:
    """What this person may fill in now, by kind and id: their own, or with the move "fill_for" everybody's."""
    rows = {(ROW, row.pk) for row in cycle.rows.all() if measuring.is_movable(row, cycle, move, person)}
    return rows | {
        (MONEY, node.pk) for node in measuring.open_money(cycle, person, move) if node.carries_money
    }


class FormComparison:
    """What a file would change. Nothing is written here; `grid` is what a page would have posted instead."""

    def __init__(self, cycle: MeasurementCycle, person: Person, move: str, filled: Filled):
        self.cycle, self.person, self.move = cycle, person, move
        self.entries = entries_of(calculate(cycle))
        self.open = open_lines(cycle, person, move)
        self.wrong: list[WrongFormCell] = list(filled.wrong)
        self.remarks: list[str] = list(filled.remarks)
        self.lines: list[Differing] = []
        self.skipped: list[Skipped] = []
        self.places: dict[str, tuple[str, str]] = {}
        self.locked: list[str] = []
        self.missing: dict[str, None] = {}
        for line in filled.lines:
            self._compare(line)
        self._tell()
        chosen = {line.key for line in self.lines}
        self.wrong += [
            WrongFormCell(*self.places.get(name, (NO_PLACE, "")), sentence)
            for name, sentence in self.grid(chosen).errors.items()
        ]

    @property
    def count(self) -> int:
        return sum(len(line.cells) for line in self.lines)

    @property
    def conflicts(self) -> int:
        return sum(line.has_conflict for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """A digest of all that the page shows to be written, and of the versions on which it is based."""
        shown = [
            (
                line.key,
                line.entry.thing.version,
                [(cell.field, cell.text, cell.conflict) for cell in line.cells],
            )
            for line in self.lines
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()

    def grid(self, chosen: Collection[str]) -> Grid:
        """The differences as the page would post them; a conflict only where the line's key was chosen."""
        data: dict[str, str] = {}
        for line in self.lines:
            thing, kept = (
                line.entry.thing,
                [cell for cell in line.cells if not cell.conflict or line.key in chosen],
            )
            data |= {input_name(cell.field, thing.pk): cell.text for cell in kept}
            data[input_name("version" if line.entry.kind == ROW else "node_version", thing.pk)] = str(
                thing.version
            )
        rows = [line.entry.row for line in self.lines if line.entry.kind == ROW]
        nodes = [line.entry.branch.node for line in self.lines if line.entry.kind == MONEY]
        return Grid(data).read(rows, nodes)

    def _compare(self, line: FilledLine) -> None:
        entry = self.entries.get((line.key.kind, line.key.pk))
        if line.key.cycle_id != self.cycle.pk or entry is None:
            self.wrong.append(WrongFormCell(line.place, "", NOT_OF_THIS_CYCLE))
            return
        columns = [column for column in COLUMNS[entry.kind] if column.field in entry.inputs]
        changed = {column.field: found for column in columns if (found := self._changed(column, entry, line))}
        if (line.key.kind, line.key.pk) not in self.open:
            if changed:
                self.skipped.append(
                    Skipped(
                        line.place, entry.thing.name if self._may_name(entry) else "", self._reason(entry)
                    )
                )
            return
        self._look_at_locked(entry, line)
        differing = Differing(entry)
        for name, (place, value) in changed.items():
            self._difference(differing, line, name, place, value)
        if differing.cells:
            self.lines.append(differing)

    def _changed(self, column: FormColumn, entry: Entry, line: FilledLine) -> tuple[str, Value] | None:
        """The cell's address and content, if the person changed it."""
        if column.heading not in line.cells:
            self.missing[column.heading] = None
            return None
        place, value = line.cells[column.heading]
        if isinstance(value, Unusable):
            return place, value
        text = entry.typed(column.field, value)
        self.places[input_name(column.field, entry.thing.pk)] = place, text
        return (
            None
            if digest(text) == line.key.digests[column.field] or text == entry.stored(column.field)
            else (place, value)
        )

    def _difference(
        self, differing: Differing, line: FilledLine, name: str, place: str, value: Value
    ) -> None:
        entry = differing.entry
        if isinstance(value, Unusable):
            self.wrong.append(WrongFormCell(place, value.text, value.sentence))
            return
        text, stored = entry.typed(name, value), entry.stored(name)
        problem = entry.problem(name, text)
        if problem:
            self.wrong.append(WrongFormCell(place, text, problem))
            return
        conflict = digest(stored) != line.key.digests[name]
        old, new = _shown(entry, name, stored) or BLANK, _shown(entry, name, text) or EMPTIED
        differing.cells.append(CellDifference(name, place, LABELS[name], text, old, new, conflict))

    def _may_name(self, entry: Entry) -> bool:
        return self.move not in measuring.OWN_MOVES or entry.thing.owner_id == self.person.pk

    def _reason(self, entry: Entry) -> str:
        if not self._may_name(entry):
            return "bukan baris Anda"
        if self.cycle.state not in ROW_MOVES[self.move].during:
            return "pengisian kertas kerja sudah ditutup"
        if entry.kind != ROW:
            return "anggarannya sudah ditutup"
        if entry.figures and entry.figures.capaian.gap == Gap.NOT_PLANNED:
            return NOT_PLANNED
        return CLOSED.get(RowState(entry.row.state), "tidak dapat diisi pada langkah ini")

    def _look_at_locked(self, entry: Entry, line: FilledLine) -> None:
        for column in COLUMNS[entry.kind]:
            if column.field in entry.inputs or not column.lasting or column.heading not in line.cells:
                continue
            place, value = line.cells[column.heading]
            if _plain(value) != _plain(column.value(entry)):
                self.locked.append(place)

    def _tell(self) -> None:
        if self.locked:
            self.remarks.append(
                f"Sel terkunci yang diubah; perubahannya diabaikan: {', '.join(shorten(self.locked, 'sel'))}."
            )
        if self.missing:
            self.remarks.append(
                f"Kolom yang tidak ada lagi pada berkas; isiannya tidak berubah: {', '.join(self.missing)}."
            )


def _plain(value: Value | Fraction | None) -> str:
    """A locked cell as text, whatever program wrote it."""
    if isinstance(value, Decimal | Fraction):
        return show_plain(round_half_up(value, PLACES))
    return value.text if isinstance(value, Unusable) else clean_cell(value or "")


def _shown(entry: Entry, name: str, text: str) -> str:
    """A value as people read it: money with Rp, a predicate with its word."""
    try:
        number = entry.number(name, text) if name in NUMBERS else None
    except NumberError:
        return text
    if number is None:
        return text
    if name == "spent":
        return show_money(number)
    return entry.row.shown(number) if name == "realised" else show_short(number)
