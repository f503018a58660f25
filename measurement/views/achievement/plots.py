"""The dot plots of one cycle: programs and kegiatan with capaian and serapan, indicators, and the steps against their standard time."""

from collections.abc import Sequence

from measurement.addresses import reverse
from measurement.figures.calculation import BranchFigures, NodeFigures, Sheet
from measurement.figures.dot_plot import PlotMark, PlotRow, by_distance
from measurement.figures.recap import recap_line
from measurement.figures.rows import UNPLANNED, RowFigures
from measurement.figures.step_times import Pace
from measurement.models import Level, MeasurementCycle, WorksheetNode
from measurement.rules.dates import working_time
from measurement.rules.figure import Figure
from measurement.rules.numbers import show, show_percent, show_rupiah
from measurement.rules.predicate_tints import predicate_tint
from measurement.rules.sop import MEASURING

from .chart_parts import Chart, ChartCell, ChartColumn, ChartEntry, plotted

PAGE = "capaian"
WHOLE_OFFICE = "Seluruh perangkat daerah"
BRANCHES = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN}
INDICATORS, TIMES = "indikator", "waktu"
LEVEL_NAMES = {"program": "Program", "kegiatan": "Kegiatan", INDICATORS: "Indikator"}


def percent_or_why(figure: Figure) -> str:
    """A percentage, or the reason why there is none."""
    return str(figure.gap) if figure.gap else show_percent(figure.value)


def number_or_why(figure: Figure) -> str:
    """The same where the column names the unit."""
    return str(figure.gap) if figure.gap else show(figure.shown)


def charted_name(node: WorksheetNode | None) -> str:
    """How a chart names a branch; without one the office."""
    if node is None:
        return WHOLE_OFFICE
    return f"{node.read_name} ({node.sub_unit})" if node.sub_unit else node.read_name


def branch_chart(sheet: Sheet, key: str, query: dict) -> Chart:
    """Capaian and serapan of every program or kegiatan, and of the office as the last."""
    label, period = LEVEL_NAMES[key], sheet.cycle.period_of_year.to_date
    branches: list[BranchFigures] = [*sheet.of_level(BRANCHES[key]), sheet.office]
    rows = by_distance([_branch_row(sheet, branch) for branch in branches])
    return Chart(
        PAGE,
        key,
        f"Capaian dan serapan tiap {label.lower()}",
        str(sheet.cycle.unit),
        sheet.cycle.period,
        (
            ChartColumn(label),
            ChartColumn(f"Capaian {period} (%)", True),
            ChartColumn("Predikat"),
            ChartColumn("Realisasi (Rp)", True),
            ChartColumn("Pagu (Rp)", True),
            ChartColumn("Serapan dari pagu setahun (%)", True),
            ChartColumn("Efisiensi"),
        ),
        [_branch_line(sheet, branch) for branch in branches],
        query=query,
        **plotted(rows, (f"capaian {period}", "serapan"), sheet.cycle.state in MEASURING),
    )


def _branch_row(sheet: Sheet, branch: BranchFigures) -> PlotRow:
    marks = [
        PlotMark(figure.shown, percent_or_why(figure)) for figure in (sheet.told(branch), branch.serapan)
    ]
    return PlotRow(charted_name(branch.node), marks, branch.node is None)


def _branch_line(sheet: Sheet, branch: BranchFigures) -> ChartEntry:
    node, line, predicate = branch.node, recap_line(branch), sheet.told_predicate(branch)
    working = (
        reverse("branch_working", args=[node.cycle_id, node.pk])
        if node
        else reverse("office_working", args=[sheet.cycle.pk])
    )
    cells = (
        ChartCell(number_or_why(sheet.told(branch)), url=working),
        ChartCell(predicate or "–", tint=predicate_tint(predicate, sheet.cycle.rules.levels)),
        ChartCell(show_rupiah(branch.spent_to_date) or "–"),
        ChartCell(show_rupiah(branch.pagu)),
        ChartCell(number_or_why(branch.serapan)),
        ChartCell(line["efficiency"] if sheet.sent.is_enough else "–"),
    )
    remark = _leads(line) if sheet.sent.is_enough else ""
    return ChartEntry(charted_name(node), cells, node.code if node else "", remark, node is None)


def _leads(line: dict) -> str:
    """What leads, and what stands beside it."""
    beside = f"{line['beside_name']} {line['beside']}" if line["beside_name"] else ""
    return "; ".join(filter(None, (line["lead"], beside)))


def indicator_chart(sheet: Sheet, query: dict) -> Chart:
    """Every planned indicator by its distance to target; money belongs to the sub kegiatan and is none of theirs."""
    period = sheet.cycle.period_of_year.to_date
    found = [
        (branch, figures)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.counted.gap not in UNPLANNED
    ]
    found.sort(key=lambda pair: (pair[1].counted.value is None, pair[1].counted.shown or 0))
    drawn = _told_once(found)
    rows = [_indicator_row(figures) for figures in drawn]
    return Chart(
        PAGE,
        INDICATORS,
        "Capaian tiap indikator",
        str(sheet.cycle.unit),
        sheet.cycle.period,
        (
            ChartColumn("Indikator"),
            ChartColumn("Satuan"),
            ChartColumn(f"Target {period}", True),
            ChartColumn(f"Realisasi {period}", True),
            ChartColumn(f"Capaian {period} (%)", True),
            ChartColumn("Predikat"),
            ChartColumn("Penanggung jawab"),
        ),
        [_indicator_line(sheet, branch.node.place, figures) for branch, figures in found],
        query=query,
        remark=_undrawn_words(found, drawn),
        **plotted(rows, (f"capaian {period}",), sheet.cycle.state in MEASURING),
    )


def _told_once(found: Sequence[tuple[NodeFigures, RowFigures]]) -> list[RowFigures]:
    """Those with a value; what the plan repeats with the same figure is drawn once."""
    known = (figures for _, figures in found if figures.counted.value is not None)
    return list({(f.row.name.casefold(), f.row.measure, f.counted.shown): f for f in known}.values())


def _undrawn_words(found: Sequence[tuple[NodeFigures, RowFigures]], drawn: Sequence[RowFigures]) -> str:
    absent = sum(figures.counted.value is None for _, figures in found)
    repeated = len(found) - absent - len(drawn)
    told = (
        f"{repeated} indikator yang berulang dengan angka sama digambar sekali" if repeated else "",
        f"{absent} indikator tanpa angka ada pada tabel" if absent else "",
    )
    words = "; ".join(filter(None, told))
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _indicator_row(figures: RowFigures) -> PlotRow:
    return PlotRow(figures.row.name, [PlotMark(figures.counted.shown, percent_or_why(figures.counted))])


def _indicator_line(sheet: Sheet, code: str, figures: RowFigures) -> ChartEntry:
    row = figures.row
    predicate = "" if figures.is_draft else figures.predicate
    cells = (
        ChartCell(row.measure),
        ChartCell(figures.shown_target_to_date),
        ChartCell("–" if figures.is_draft else row.shown(figures.to_date.realised)),
        ChartCell(number_or_why(figures.counted), url=reverse("row_working", args=[sheet.cycle.pk, row.pk])),
        ChartCell(predicate or "–", tint=predicate_tint(predicate, sheet.cycle.rules.levels)),
        ChartCell(row.owner.name),
    )
    return ChartEntry(row.name, cells, code)


def times_chart(found: Sequence[Pace], cycle: MeasurementCycle, query: dict) -> Chart:
    """The steps that were begun and have a standard time, in percent of it, in the order of the SOP."""
    judged = [pace for pace in found if pace.visits and pace.share.value is not None]
    rows = [
        PlotRow(_told_time(pace), [PlotMark(pace.share.shown, show_percent(pace.share.shown, 0))])
        for pace in judged
    ]
    return Chart(
        PAGE,
        TIMES,
        "Waktu nyata tiap langkah dibanding waktu baku",
        str(cycle.unit),
        cycle.period,
        (
            ChartColumn("Langkah"),
            ChartColumn("Pelaksana"),
            ChartColumn("Waktu baku", True),
            ChartColumn("Waktu nyata", True),
            ChartColumn("Penilaian"),
        ),
        [_time_line(pace, cycle) for pace in found],
        query=query,
        **plotted(rows, ("waktu nyata",), target="waktu baku"),
    )


def _told_time(pace: Pace) -> str:
    spent, standard = working_time(pace.spent, pace.per_day), working_time(pace.standard, pace.per_day)
    return (
        f"{pace.step.number}. {pace.step.task_title}: {spent} dari {standard}, {pace_verdict(pace).lower()}"
    )


def _time_line(pace: Pace, cycle: MeasurementCycle) -> ChartEntry:
    visits = f"{len(pace.visits)} kali" if len(pace.visits) > 1 else ""
    cells = (
        ChartCell(cycle.sop.label(pace.step.actor)),
        ChartCell(working_time(pace.standard, pace.per_day) if pace.standard else "–"),
        ChartCell(working_time(pace.spent, pace.per_day) if pace.visits else "–"),
        ChartCell(pace_verdict(pace)),
    )
    return ChartEntry(f"{pace.step.number}. {pace.step.activity}", cells, remark=visits)


def pace_verdict(pace: Pace) -> str:
    if not pace.visits:
        return "Belum"
    if pace.exceeded:
        return "Melampaui"
    judged = [visit for visit in pace.visits if visit.kept is not None]
    if not pace.standard or pace.spent is None:
        return "Tidak dinilai"
    return "Sesuai" if len(judged) == len(pace.visits) else "Berjalan"
