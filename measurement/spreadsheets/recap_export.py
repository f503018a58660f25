"""The recap as a workbook: one line per sasaran, program, kegiatan and sub kegiatan, the whole office at the end. From `calculation`."""

from collections.abc import Iterator

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.rules.formulas import Mean

from .tables import DASH, CellKind, TableColumn, TableLine, table_workbook, titles_of

TITLE = "Rekapitulasi Hasil Pengukuran Data Kinerja"
OFFICE = "Seluruh perangkat daerah"
TEXT, FIGURE, PERCENT, MONEY = CellKind


def _mean(mean: Mean):
    return DASH if mean.figure.value is None else mean.figure.value


def _left_out(branch: NodeFigures) -> str:
    """What the mean does not count, by reason."""
    return "; ".join(f"{count} {gap}" for gap, count in branch.capaian.left_out.items())


COLUMNS = (
    TableColumn("Kode", 20, TEXT, of_branch=lambda b: b.node.code if b.node else ""),
    TableColumn("Uraian", 56, TEXT, of_branch=lambda b: b.node.name if b.node else OFFICE),
    TableColumn("Tingkat", 14, TEXT, of_branch=lambda b: b.node.get_level_display() if b.node else ""),
    TableColumn("Capaian Indikator Sendiri (%)", 14, PERCENT, of_branch=lambda b: _mean(b.own)),
    TableColumn("Capaian s.d. TW (%)", 14, PERCENT, of_branch=lambda b: _mean(b.capaian)),
    TableColumn("Dihitung", 10, FIGURE, of_branch=lambda b: b.capaian.counted),
    TableColumn("Dari", 10, FIGURE, of_branch=lambda b: b.capaian.total),
    TableColumn("Predikat", 16, TEXT, of_branch=lambda b: b.predicate or DASH),
    TableColumn("Pagu (Rp)", 18, MONEY, of_branch=lambda b: b.pagu),
    TableColumn("Realisasi TW (Rp)", 18, MONEY, of_branch=lambda b: b.spent),
    TableColumn("Realisasi s.d. TW (Rp)", 18, MONEY, of_branch=lambda b: b.spent_to_date),
    TableColumn(
        "Serapan (%)", 12, PERCENT, of_branch=lambda b: DASH if b.serapan.value is None else b.serapan.value
    ),
    TableColumn("Efisiensi", 16, TEXT, of_branch=lambda b: str(b.efficiency or DASH)),
    TableColumn("Tidak Dihitung", 40, TEXT, of_branch=_left_out),
)


def recap_workbook(sheet: Sheet) -> bytes:
    """The xlsx of a cycle's recap."""
    return table_workbook("Rekap", titles_of(sheet.cycle, TITLE), COLUMNS, _lines(sheet))


def _lines(sheet: Sheet) -> Iterator[TableLine]:
    for depth, branch in sheet.nodes():
        yield TableLine([column.of_branch(branch) for column in COLUMNS], strong=depth == 0)
    yield TableLine([column.of_branch(sheet.office) for column in COLUMNS], strong=True)
