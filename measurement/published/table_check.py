"""Checking a published table: its headings understood, every row checked for each group of columns, what stays unchecked counted apart."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.core.files import File

from measurement.files import clean_name
from measurement.rules.refusals import BadFile

from .above_checks import check_above, check_sums
from .branch_checks import check_branch, check_mean_below
from .checked_table import CheckedRow, CheckedTable, FigureCheck
from .column_groups import ColumnGroup, unread_percentages
from .comparing import Check, FigureVerdict, check_capaian, check_serapan
from .e81_checks import by_other_method, check_form_mean, check_form_row, turned_numbers
from .e81_form import column_places
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
    heading_name,
)
from .printed import BLANK, Printed, PrintedKind, PrintedState
from .table_files import head_within, printed_cell, read_published
from .table_headings import TableHead, passed_over
from .table_rows import MEAN, TableRow, may_be_indicator, printed_cells, row_level, summary_kinds

SURPLUS = "di_luar_judul"  # the heading that we give to columns beyond the table's own
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
    delimiter, rows = read_published(upload)
    head = head_within(rows)
    if not head.groups:
        raise BadFile(NO_COLUMNS.format(name=clean_name(upload.name)))
    below = _without_blank_end(rows[head.last + 1 :])
    if not below:
        raise BadFile(f"“{clean_name(upload.name)}” tidak berisi baris data di bawah judul kolom.")
    headings = [str(heading) for heading in rows[head.last]]
    if delimiter:  # a csv
        headings += [SURPLUS] * (max(map(_width, below)) - len(headings))
    form = {} if head.columns else column_places(rows[head.last])
    return CheckedTable(
        rows[: head.last],
        headings,
        _Checking(head, headings, below, form).rows(),
        delimiter or ",",
        head.checked_places,
        head.groups,
        _unread(head, rows[head.first : head.last + 1], below),
    )


def _without_blank_end(rows: list[list]) -> list[list]:
    while rows and not any(str(cell).strip() for cell in rows[-1]):
        rows = rows[:-1]
    return rows


def _width(row: list) -> int:
    return max((place for place, cell in enumerate(row, 1) if str(cell).strip()), default=0)


def _unread(head: TableHead, heading_rows: Sequence[list], below: Sequence[list]) -> dict[str, int]:
    """Percentages that are printed, but that no group of columns checks: heading → how many."""
    found: dict[str, int] = {}
    for place in unread_percentages(head.columns, head.groups):
        cells = [row[place] for row in below if place < len(row)]
        numbers = [c for c in cells if printed_cell(c, PrintedKind.PERCENT).state == PrintedState.NUMBER]
        parts = [str(row[place]).strip() for row in heading_rows if place < len(row)]
        heading = " ".join(" ".join(filter(None, parts)).split())
        if numbers:
            found[heading] = found.get(heading, 0) + len(numbers)
    return found


class _Checking:
    """The rows of one table while they are checked: first those that stand alone, then branches from below, then sums and means."""

    def __init__(
        self, head: TableHead, headings: Sequence[str], below: Sequence[list], form: Mapping[int, int]
    ):
        self.head, self.form = head, form
        self.names = [heading_name(heading) for heading in headings]
        passed = passed_over(list(headings), list(below), head.checked_places)
        self.below = [self._row(place, row, place in passed) for place, row in enumerate(below)]
        self.turned = turned_numbers(self.below) if form else set()

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
        printed = tuple(printed_cells(row, group.places) for group in self.head.groups)
        summary = frozenset() if passed else summary_kinds(row, self.head)
        if summary and may_be_indicator(row, printed):
            summary = frozenset()
        return TableRow(
            self.head.last + 2 + place,
            next(filter(None, labels), "") or _first_text(row),
            row,
            printed,
            is_data=not passed and not summary and any(str(cell).strip() for cell in row),
            summary=summary,
            level=None if passed or summary else row_level(row, self.head, bool(self.form)),
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
        surplus = any(
            str(cell).strip() for cell, name in zip(row.cells, self.names, strict=False) if name == SURPLUS
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
