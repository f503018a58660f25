"""Checking a published table: its headings understood, every row checked for each group of columns, what stays unchecked counted apart."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from django.core.files import File

from measurement.files import clean_name
from measurement.rules.refusals import BadFile

from .above_checks import check_above, check_sums
from .branch_checks import check_branch, check_mean_below
from .checked_table import CheckedRow, CheckedTable, FigureCheck
from .column_groups import ColumnGroup, unread_percentages
from .comparing import Check, FigureVerdict, check_capaian, check_serapan
from .e81_checks import by_other_method, check_form_mean, check_form_row, turned_numbers
from .heading_parts import (
    CAPAIAN,
    KNOWN,
    MEAN_BELOW,
    OWN_CAPAIAN,
    PAGU,
    REALISED,
    SERAPAN,
    SPENT,
    TARGET,
    WEIGHT,
)
from .printed import BLANK, Printed, PrintedKind, PrintedState
from .table_files import printed_cell, read_published
from .table_parts import SURPLUS, TablePart, parts_of
from .table_rows import MEAN, TableRow, may_be_indicator, printed_cells, row_level, row_outline, summary_kinds

SHIFTED = "baris lebih lebar daripada judul kolom; mungkin ada koma desimal tanpa tanda kutip"
UNSAVED = "rumus tanpa hasil tersimpan; buka di Excel lalu simpan"
MOST_SUMMARIES = 200  # each looks at all rows above
TOO_MANY = "terlalu banyak baris jumlah atau rata-rata pada tabel ini"
LABELS = (
    "indicator",
    "indikator",
    "indikator_kinerja",
    "uraian",
    "nama",
    "sub_kegiatan",
    "kegiatan",
    "program",
    "program/kegiatan/sub_kegiatan",
    "sasaran",
    "nomenklatur",
)
COLUMNS = {"capaian": (TARGET, REALISED, CAPAIAN), "serapan": (PAGU, SPENT, SERAPAN)}
NO_COLUMNS = "“{name}” tidak memiliki kolom yang dapat diperiksa. Beri judul kolom Target, Realisasi, Capaian, Pagu, Realisasi anggaran, Serapan."


def check_table(upload: File) -> CheckedTable:
    """Read and check. BadFile with a sentence for what can't be read or has no column to check."""
    file, name = read_published(upload), clean_name(upload.name)
    parts = [part for sheet in file.sheets for part in parts_of(sheet)]
    first = parts[0]
    if not any(part.head.groups for part in parts):
        raise BadFile(NO_COLUMNS.format(name=name))
    if not any(str(cell).strip() for part in parts for row in part.below for cell in row):
        raise BadFile(f"“{name}” tidak berisi baris data di bawah judul kolom.")
    groups = _all_groups(parts)
    rows = _without_blank_end(
        [row for part in parts for row in _rows_of(part, groups, bool(file.delimiter), part is first)]
    )
    headings = [str(heading) for heading in first.rows[first.head.last]]
    if file.delimiter:
        headings += [SURPLUS] * (max(_width(row.cells) for row in rows) - len(headings))
    return CheckedTable(
        first.rows[: first.head.last],
        headings,
        rows,
        file.delimiter or ",",
        frozenset(place for part in parts for place in part.head.checked_places),
        groups,
        _unread(parts),
        file.left_out,
    )


def _all_groups(parts: Sequence[TablePart]) -> tuple[ColumnGroup, ...]:
    """The groups of the first table, and those of others that it has not: they share their columns by their names."""
    found = list(parts[0].head.groups)
    for part in parts[1:]:
        known = {group.label for group in found[1:]}
        found += [group for group in part.head.groups[1:] if group.label not in known]
    return tuple(found)


def _rows_of(
    part: TablePart, groups: Sequence[ColumnGroup], is_csv: bool, is_first: bool
) -> list[CheckedRow]:
    """The rows of one table, above them those of its headings where it is not the first of all."""
    labels = [group.label for group in groups]
    numbers = [0, *(labels.index(group.label, 1) for group in part.head.groups[1:])]
    above = [
        CheckedRow(part.start + place + 1, "", row, is_heading=place == part.head.last)
        for place, row in enumerate(part.rows[: part.head.last + 1])
        if not is_first
    ]
    found = [*above, *(_numbered(row, numbers) for row in _Checking(part, is_csv).rows())]
    return [replace(row, sheet=part.sheet) for row in found]


def _numbered(row: CheckedRow, numbers: Sequence[int]) -> CheckedRow:
    """Its groups by their places among those of the whole file."""
    checks = (one if one.group is None else replace(one, group=numbers[one.group]) for one in row.checks)
    return replace(row, checks=tuple(checks))


def _without_blank_end(rows: list[CheckedRow]) -> list[CheckedRow]:
    while rows and not any(str(cell).strip() for cell in rows[-1].cells):
        rows = rows[:-1]
    return rows


def _width(row: list) -> int:
    return max((place for place, cell in enumerate(row, 1) if str(cell).strip()), default=0)


def _unread(parts: Sequence[TablePart]) -> dict[str, int]:
    """Percentages that are printed, but that no group of columns checks: heading → how many."""
    found: dict[str, int] = {}
    for part in parts:
        heads = part.rows[part.head.first : part.head.last + 1]
        for place in unread_percentages(part.head.columns, part.head.groups):
            cells = [row[place] for row in part.below if place < len(row)]
            numbers = [c for c in cells if printed_cell(c, PrintedKind.PERCENT).state == PrintedState.NUMBER]
            words = [str(row[place]).strip() for row in heads if place < len(row)]
            heading = " ".join(" ".join(filter(None, words)).split())
            if numbers:
                found[heading] = found.get(heading, 0) + len(numbers)
    return found


class _Checking:
    """The rows of one table while they are checked: first those that stand alone, then branches from below, then sums and means."""

    def __init__(self, part: TablePart, is_csv: bool):
        self.head, self.form, self.is_scaled = part.head, part.form, part.is_scaled
        self.start, self.names, self.is_csv = part.start, part.names, is_csv
        passed = part.passed
        self.below = [self._row(place, row, place in passed) for place, row in enumerate(part.below)]
        self.turned = turned_numbers(self.below) if self.form else set()

    def rows(self) -> list[CheckedRow]:
        for row in self.below:
            if row.is_data:
                self._check_alone(row)
        for place in reversed(range(len(self.below))):
            self._check_branch(place)
        summaries = [place for place, row in enumerate(self.below) if row.summary]
        for place in summaries[:MOST_SUMMARIES]:
            self._check_summary(place)
        for place in summaries[MOST_SUMMARIES:]:
            self._leave_summary(self.below[place])
        return [CheckedRow(row.number, row.label, row.cells, tuple(row.checks)) for row in self.below]

    def _row(self, place: int, row: list, passed: bool) -> TableRow:
        labels = [
            str(row[at]).strip()
            for label in LABELS
            if label in self.names and (at := self.names.index(label)) < len(row)
        ]
        printed = tuple(printed_cells(row, group.places, self.is_scaled) for group in self.head.groups)
        summary = frozenset() if passed else summary_kinds(row, self.head)
        if summary and may_be_indicator(row, printed):
            summary = frozenset()
        return TableRow(
            self.start + self.head.last + 2 + place,
            next(filter(None, labels), "") or _first_text(row),
            row,
            printed,
            is_data=not passed and not summary and any(str(cell).strip() for cell in row),
            summary=summary,
            level=None if passed or summary else row_level(row, self.head, bool(self.form)),
            outline=row_outline(row),
            own_capaian=self._value(row, OWN_CAPAIAN),
            below=self._shared(row, MEAN_BELOW),
            weight=self._value(row, WEIGHT),
        )

    def _shared(self, row: list, name: str) -> Printed:
        place = self.head.place_of(name)
        return (
            printed_cell(row[place], PrintedKind.PERCENT) if place is not None and place < len(row) else BLANK
        )

    def _value(self, row: list, name: str) -> Fraction | None:
        readings = self._shared(row, name).readings
        return Fraction(readings[0].value) if readings else None

    # Rows that stand alone

    def _check_alone(self, row: TableRow) -> None:
        beyond = SURPLUS if self.is_csv else ""
        surplus = any(
            str(cell or "").strip() and name == SURPLUS
            for cell, name in zip_longest(row.cells, self.names, fillvalue=beyond)
        )
        for number, group in enumerate(self.head.groups):
            for kind in COLUMNS:
                if COLUMNS[kind][2] in group.places or set(COLUMNS[kind][:2]) <= group.places.keys():
                    check = self._shifted(row, number, kind) if surplus else self._checked(row, number, kind)
                    self._keep(row, number, kind, check)
        row.checks += check_form_row(row, self.form) if self.form else ()

    def _keep(self, row: TableRow, group: int, kind: str, check: Check) -> None:
        """A check of the same figure that was made before gives way to this one."""
        base, realised, published = (row.cell(group, name).text.strip() for name in COLUMNS[kind])
        kept = FigureCheck(kind, self._label(group), base, realised, published, check, group)
        place = next((n for n, one in enumerate(row.checks) if (one.kind, one.group) == (kind, group)), None)
        if place is None:
            row.checks.append(kept)
        else:
            row.checks[place] = kept

    def _label(self, group: int) -> str:
        """The period or year of a group; the only one needs none."""
        groups: tuple[ColumnGroup, ...] = self.head.groups
        return groups[group].label if len(groups) > 1 else ""

    def _shifted(self, row: TableRow, group: int, kind: str) -> Check:
        """None of its columns can be trusted; a footnote with commas is no row of figures."""
        lost = any(cell.state == PrintedState.NUMBER for cell in row.printed[group].values())
        has_column = COLUMNS[kind][2] in self.head.groups[group].places
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(SHIFTED,)) if lost and has_column else Check()

    def _checked(self, row: TableRow, group: int, kind: str) -> Check:
        cells = [row.cell(group, name) for name in COLUMNS[kind]]
        if any(cell.state == PrintedState.UNREADABLE and cell.text.startswith("=") for cell in cells):
            return Check(FigureVerdict.UNCOMPUTABLE, notes=(UNSAVED,))
        if kind == "serapan":
            return check_serapan(*cells)
        check = check_capaian(self._direction(row, group), *cells)
        return by_other_method(row, self.turned, check) if self.form else check

    def _direction(self, row: TableRow, group: int) -> str:
        place = self.head.groups[group].places.get(KNOWN[0])
        return str(row.cells[place]) if place is not None and place < len(row.cells) else ""

    # Rows that stand on others

    def _check_branch(self, place: int) -> None:
        row = self.below[place]
        if row.level is None or not row.is_data:
            return
        for group in range(len(self.head.groups)):
            if CAPAIAN in self.head.groups[group].places and not row.holds(group, TARGET, REALISED):
                self._keep(row, group, "capaian", check_branch(self.below, place, group))
        row.checks += check_mean_below(self.below, place)

    def _check_summary(self, place: int) -> None:
        row = self.below[place]
        for number, group in enumerate(self.head.groups):
            for kind in COLUMNS:
                name = COLUMNS[kind][2]
                if name in group.places:
                    self._keep(row, number, kind, check_above(self.below, place, number, name))
            row.checks += check_sums(self.below, place, number, self._label(number))
        if self.form:
            row.checks += check_form_row(row, self.form)
            if MEAN in row.summary:
                row.checks += check_form_mean(self.below, place, self.form)

    def _leave_summary(self, row: TableRow) -> None:
        for number, group in enumerate(self.head.groups):
            for kind, (*_, name) in COLUMNS.items():
                if name in group.places and row.holds(number, name):
                    self._keep(row, number, kind, Check(FigureVerdict.UNCOMPUTABLE, notes=(TOO_MANY,)))


def _first_text(row: Sequence) -> str:
    """The first text of a row that is no number: what a row is called whose table has no column of names that we know."""
    texts = (" ".join(str(cell).split()) for cell in row)
    return next((text for text in texts if any(char.isalpha() for char in text)), "")[:200]
