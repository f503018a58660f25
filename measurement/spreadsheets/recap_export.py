"""The recap as a workbook: one line per sasaran, program, kegiatan and sub kegiatan, the whole office at the end. From `calculation`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from measurement.figures.calculation import BranchFigures, Sheet
from measurement.figures.recap import efficiency_word
from measurement.figures.sub_units import by_sub_unit, with_sums
from measurement.rules.formulas import Mean

from .tables import DASH, CellKind, TableColumn, TableLine, table_workbook, titles_of

TITLE = "Rekapitulasi Hasil Pengukuran Data Kinerja"
SUB_UNIT_TITLE = "Rekapitulasi Hasil Pengukuran Data Kinerja per Sub Unit"
OFFICE = "Seluruh perangkat daerah"
TEXT, FIGURE, PERCENT, MONEY = CellKind


def _mean(mean: Mean | None):
    return DASH if mean is None or mean.figure.value is None else mean.figure.value


def _left_out(branch: BranchFigures) -> str:
    """What the mean does not count, by reason."""
    return "; ".join(f"{count} {gap}" for gap, count in branch.capaian.left_out.items())


@dataclass(frozen=True)
class RecapColumn:
    """Heading and kind of a column, and what stands there on the line of a branch."""

    heading: str
    width: int
    kind: CellKind
    of_branch: Callable[[BranchFigures], object]


COLUMNS = (
    RecapColumn("Kode", 20, TEXT, lambda b: b.node.code if b.node else ""),
    RecapColumn("Uraian", 56, TEXT, lambda b: b.node.name if b.node else OFFICE),
    RecapColumn("Tingkat", 14, TEXT, lambda b: b.node.get_level_display() if b.node else ""),
    RecapColumn("Capaian Indikator Sendiri (%)", 14, PERCENT, lambda b: _mean(b.own)),
    RecapColumn("Rata-rata di Bawahnya (%)", 14, PERCENT, lambda b: _mean(b.to_date.below)),
    RecapColumn("Capaian s.d. TW (%)", 14, PERCENT, lambda b: _mean(b.capaian)),
    RecapColumn("Dihitung", 10, FIGURE, lambda b: b.capaian.counted),
    RecapColumn("Dari", 10, FIGURE, lambda b: b.capaian.total),
    RecapColumn("Predikat", 16, TEXT, lambda b: b.predicate or DASH),
    RecapColumn("Pagu (Rp)", 18, MONEY, lambda b: b.pagu),
    RecapColumn("Pagu Murni (Rp)", 18, MONEY, lambda b: b.pagu_first),
    RecapColumn("Realisasi TW (Rp)", 18, MONEY, lambda b: b.spent),
    RecapColumn("Realisasi s.d. TW (Rp)", 18, MONEY, lambda b: b.spent_to_date),
    RecapColumn("Serapan (%)", 12, PERCENT, lambda b: DASH if b.serapan.value is None else b.serapan.value),
    RecapColumn("Efisiensi", 16, TEXT, efficiency_word),
    RecapColumn("Tidak Dihitung", 40, TEXT, _left_out),
)


WITHHELD = ("Rata-rata di Bawahnya (%)", "Capaian s.d. TW (%)", "Predikat", "Efisiensi")
HEADINGS = tuple(TableColumn(column.heading, column.width, column.kind) for column in COLUMNS)


def recap_workbook(sheet: Sheet) -> bytes:
    """The xlsx of a cycle's recap."""
    return table_workbook(
        "Rekap",
        titles_of(sheet.cycle, TITLE),
        HEADINGS,
        _lines(sheet),
        frequency=sheet.cycle.period_of_year.frequency,
    )


def sub_unit_workbook(sheet: Sheet) -> bytes:
    """The xlsx of the recap per sub unit (kelurahan)."""
    return table_workbook(
        "Rekap per sub unit",
        titles_of(sheet.cycle, SUB_UNIT_TITLE),
        HEADINGS,
        _sub_unit_lines(sheet),
        frequency=sheet.cycle.period_of_year.frequency,
    )


def _sub_unit_lines(sheet: Sheet) -> Iterator[TableLine]:
    for name, sub_unit in by_sub_unit(sheet):
        values = {column.heading: column.of_branch(sub_unit) for column in COLUMNS} | {"Uraian": name}
        yield TableLine(list(values.values()), strong=True)
        for branch in sub_unit.children:
            yield TableLine([column.of_branch(branch) for column in COLUMNS])
    yield _office_line(sheet)


def _lines(sheet: Sheet) -> Iterator[TableLine]:
    for depth, branch in with_sums(sheet.office):
        yield TableLine([column.of_branch(branch) for column in COLUMNS], strong=depth == 0)
    yield _office_line(sheet)


def _office_line(sheet: Sheet) -> TableLine:
    """The whole office; while too few rows were sent, its money and only how many were."""
    values = {column.heading: column.of_branch(sheet.office) for column in COLUMNS}
    if not sheet.sent.is_enough:
        values |= dict.fromkeys(WITHHELD, DASH) | {"Tidak Dihitung": sheet.sent.too_few_words}
    return TableLine(list(values.values()), strong=True)
