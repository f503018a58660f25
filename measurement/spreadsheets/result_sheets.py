"""The results of all cycles of an office, from the one calculation: every indicator and every branch of every period, as pages and papers show them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.past_cycles import has_worksheet, sheets_of
from measurement.figures.recap import efficiency_word
from measurement.figures.rows import RowFigures
from measurement.models import MeasurementCycle, Person, Unit
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.figure import Figure
from measurement.rules.methods import METHODS
from measurement.rules.numbers import round_half_up
from measurement.rules.permissions import may_see_figures
from measurement.rules.row_fields import ROW_TEXTS
from measurement.rules.spans import Span

from .book_of_sheets import BookSheet, Value
from .tables import DASH

PLACES = 2
CYCLE = ("Tahun", "Periode", "Keadaan siklus")
TEXTS = tuple(text.export_heading for text in ROW_TEXTS)
ROW_HEADINGS = (
    *CYCLE, "Kode", "Program/kegiatan/sub kegiatan", "Sub unit", "Indikator", "Satuan", "Arah", "Sifat", "Penanggung jawab", "Target setahun",
    "Target periode", "Target s.d.", "Realisasi periode", "Realisasi s.d.", "Capaian s.d. (%)", "Capaian setahun (%)", "Predikat",
    "Keadaan baris", "Keterangan", *TEXTS,
)  # fmt: skip
BRANCH_HEADINGS = (
    *CYCLE, "Tingkat", "Kode", "Uraian", "Sub unit", "Capaian s.d. (%)", "Predikat", "Pagu (Rp)", "Pagu murni (Rp)", "Realisasi periode (Rp)",
    "Realisasi s.d. (Rp)", "Serapan (%)", "Efisiensi",
)  # fmt: skip
MONEY = frozenset(heading for heading in BRANCH_HEADINGS if heading.endswith("(Rp)"))
WIDE = frozenset({"Program/kegiatan/sub kegiatan", "Indikator", "Uraian", "Keterangan", *TEXTS})
OFFICE = "Seluruh kantor"
WAITING = " Belum dimuat karena masih diukur: {periods}."


def result_sheets(unit: Unit, reader: Person) -> list[BookSheet]:
    """Two tables over all cycles whose figures this person may see; corrections stand beside what they correct. What is still being measured is named."""
    found = (
        MeasurementCycle.objects.standing()
        .filter(unit=unit)
        .select_related("plan")
        .prefetch_related("amended_by")
    )
    measured = [cycle for cycle in found.order_by("year", "number", "opened_at") if has_worksheet(cycle)]
    cycles = [cycle for cycle in measured if may_see_figures(reader, cycle)]
    waiting = ", ".join(cycle.period for cycle in measured if cycle not in cycles)
    left_out = WAITING.format(periods=waiting) if waiting else ""
    for cycle in cycles:
        cycle.unit = unit
    sheets = list(sheets_of(cycles).values())
    return [
        BookSheet(
            "Hasil indikator",
            f"Tiap indikator pada tiap periode. Baris yang masih draf tidak mempunyai capaian; kosong dan 0 berbeda.{left_out}",
            ROW_HEADINGS,
            (row for sheet in sheets for row in _row_lines(sheet)),
            WIDE,
        ),
        BookSheet(
            "Hasil dan anggaran",
            f"Capaian, pagu, realisasi, dan serapan tiap program, kegiatan, dan sub kegiatan pada tiap periode, dan seluruh kantor.{left_out}",
            BRANCH_HEADINGS,
            (row for sheet in sheets for row in _branch_lines(sheet)),
            WIDE,
            MONEY,
        ),
    ]


def _of_cycle(cycle: MeasurementCycle) -> tuple[Value, ...]:
    state = "arsip" if cycle.is_archived else "berjalan"
    corrected = any(later.is_archived for later in cycle.amended_by.all())
    remark = ", dikoreksi kemudian" if corrected else ", koreksi" if cycle.amends_id else ""
    return str(cycle.year), cycle.period_of_year.name, state + remark


def _row_lines(sheet: Sheet) -> Iterator[Sequence[Value]]:
    for _, branch in sheet.nodes():
        for figures in branch.rows:
            yield (*_of_cycle(sheet.cycle), *_row_values(branch, figures))


def _row_values(branch: NodeFigures, figures: RowFigures) -> tuple[Value, ...]:
    row = figures.row
    return (
        branch.node.code, branch.node.name, branch.node.sub_unit, row.name, row.measure, METHODS[row.method].label,
        ACCUMULATIONS[row.accumulation].label, row.owner.name, _aimed(row.span, row.target_year), _aimed(figures.span, figures.target),
        _aimed(figures.span_to_date, figures.to_date.target), figures.realised, figures.to_date.realised, _shown(figures.counted),
        _shown(figures.counted_year), figures.predicate if figures.counted.value is not None else DASH, row.state_label,
        str(figures.counted.gap or figures.counted.remark).capitalize(), *(getattr(row, text.key) for text in ROW_TEXTS),
    )  # fmt: skip


def _branch_lines(sheet: Sheet) -> Iterator[Sequence[Value]]:
    for _, branch in sheet.nodes():
        node = branch.node
        names = (node.get_level_display(), node.code, node.name, node.sub_unit)
        yield (
            *_of_cycle(sheet.cycle),
            *names,
            _shown(branch.capaian.figure),
            branch.predicate or DASH,
            *_money(branch),
            efficiency_word(branch),
        )
    office = sheet.office
    told = (_shown(sheet.told(office)), sheet.told_predicate(office) or DASH)
    efficiency = efficiency_word(office) if sheet.sent.is_enough else DASH
    yield (*_of_cycle(sheet.cycle), "", "", OFFICE, "", *told, *_money(office), efficiency)


def _money(branch) -> tuple[Value, ...]:
    return branch.pagu, branch.pagu_first, branch.spent, branch.spent_to_date, _shown(branch.serapan)


def _aimed(span: Span | None, value) -> Value:
    return str(span) if span else value


def _shown(figure: Figure) -> Value:
    """A percentage as pages show it, two places rounded half up."""
    return DASH if figure.value is None else round_half_up(Fraction(figure.value), PLACES)
