"""The recap of all offices of a government as a workbook: a line for each office, and the branches of each down to the program."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils import timezone

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.office_stands import OfficeStand
from measurement.models import Level, Unit
from measurement.rules.dates import moment
from measurement.rules.figure import Figure
from measurement.rules.formulas import absorption

from .book_of_sheets import BookSheet, Value, book_of_sheets

OFFICES = (
    *("Kode", "Kantor", "Jenis", "Keadaan", "Terlambat", "Capaian s.d. periode (%)", "Predikat"),
    *("Pagu (Rp)", "Realisasi s.d. periode (Rp)", "Serapan (%)", "Baris dikirim", "Dari"),
    *("Indikator di bawah target", "Indikator dengan angka"),
)
BRANCHES = (
    *("Kode kantor", "Kantor", "Tingkat", "Kode", "Uraian", "Capaian s.d. periode (%)", "Predikat"),
    *("Pagu (Rp)", "Realisasi s.d. periode (Rp)", "Serapan (%)"),
)
MONEY = frozenset({"Pagu (Rp)", "Realisasi s.d. periode (Rp)"})
SHOWN = (Level.SASARAN, Level.PROGRAM)
NOTE = "Capaian kantor yang barisnya belum cukup dikirim dikosongkan. Jumlah hanya untuk uang; rata-rata capaian antarkantor tidak dihitung."


def government_workbook(
    government: str, period: str, stands: Sequence[OfficeStand], sheets: Iterable[tuple[Unit, Sheet]]
) -> bytes:
    """The xlsx; the sheets of single offices are read one after another while it is written."""
    when = f"Keadaan {moment(timezone.now())}."
    offices = BookSheet(
        "Kantor", NOTE, OFFICES, [*map(_office_row, stands), _sum_row(stands)], _wide(), MONEY
    )
    branches = BookSheet("Sasaran dan program", NOTE, BRANCHES, _branch_rows(sheets), _wide(), MONEY)
    return book_of_sheets(f"Rekap {government}, {period}", [when], [offices, branches])


def _wide() -> frozenset[str]:
    return frozenset({"Kantor", "Keadaan", "Uraian"})


def _percent(figure: Figure) -> Value:
    return figure.shown


def _office_row(stand: OfficeStand) -> Sequence[Value]:
    unit, totals = stand.unit, stand.totals
    begins: list[Value] = [unit.code, unit.name, stand.kind.label, stand.where, "ya" if stand.is_late else ""]
    if totals is None:
        return [*begins, *([None] * (len(OFFICES) - len(begins)))]
    money: list[Value] = [totals.pagu, totals.spent, _percent(totals.serapan)]
    counts: list[Value] = [totals.sent.sent, totals.sent.asked, totals.below, totals.computed]
    return [*begins, _percent(totals.capaian), totals.predicate, *money, *counts]


def _sum_row(stands: Sequence[OfficeStand]) -> Sequence[Value]:
    """Money adds up; its serapan is the ratio of the sums."""
    found = [stand.totals for stand in stands if stand.totals]
    pagu = sum((totals.pagu for totals in found), Decimal(0))
    spent = sum((totals.spent or Decimal(0) for totals in found), Decimal(0))
    share = absorption(spent, pagu).shown
    return ["", "Jumlah", "", "", "", None, "", pagu, spent, share, None, None, None, None]


def _branch_rows(sheets: Iterable[tuple[Unit, Sheet]]) -> Iterator[Sequence[Value]]:
    for unit, sheet in sheets:
        for _, branch in sheet.nodes():
            if branch.node.level in SHOWN:
                yield _branch_row(unit, sheet, branch)


def _branch_row(unit: Unit, sheet: Sheet, branch: NodeFigures) -> Sequence[Value]:
    node, told = branch.node, sheet.sent.is_enough
    return [
        *(unit.code, unit.name, node.get_level_display(), node.code, node.name),
        branch.capaian.figure.shown if told else None,
        branch.predicate if told else "",
        *(branch.pagu, branch.spent_to_date, branch.serapan.shown),
    ]
