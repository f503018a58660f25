"""What a cycle's figures say, in ready sentences and tables: used by rekapitulasi, draft and report."""

from collections import Counter
from decimal import Decimal

from measurement.figures.calculation import BranchFigures, NodeFigures, Sheet
from measurement.figures.explain_branches import efficiency_points
from measurement.figures.opening_notes import marked_notes
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import Level
from measurement.rules.numbers import show_money, show_percent, show_short
from measurement.rules.office_rules import rules_words
from measurement.rules.periods import Frequency
from measurement.rules.reading_names import reading_name
from measurement.rules.row_fields import IN_REPORT, REPORT_LINES

from . import tables
from .analysis import is_short, numbering
from .charts import Bar, Group, Shade, bar_charts
from .comparison import NO_FIGURE, pair, reached_words

NO_COMMON_BASE = "capaian dan serapan belum mempunyai dasar yang sama"
HALF = Decimal(50)  # percent of the annual target
CAPAIAN_LEGEND = ((Shade.DARK, "capaian 100 % atau lebih"), (Shade.HATCHED, "capaian di bawah 100 %"))
MONEY_LEGEND = ((Shade.DARK, "capaian"), (Shade.LIGHT, "serapan"))


def summary(sheet: Sheet) -> list[str]:
    """The result in a few sentences; nothing is stated that was not counted."""
    figures, office = tables.in_order(sheet), sheet.office
    values = [row.counted for row in figures if row.counted.value is not None]
    met = sum(capaian.is_met for capaian in values)
    counts = f"Dari {len(figures)} indikator, {len(values)} dapat dihitung capaiannya: {met} mencapai target dan {len(values) - met} belum mencapai target."
    return [counts, *_left_out(figures), _mean(sheet), _money(office)]


def _left_out(figures: list[RowFigures]) -> list[str]:
    gaps = Counter(row.counted.gap for row in figures if row.counted.gap)
    if not gaps:
        return []
    reasons = ", ".join(f"{count} {gap}" for gap, count in gaps.items())
    return [f"Tidak dihitung dan tidak masuk rata-rata: {reasons}."]


def _mean(sheet: Sheet) -> str:
    office, period = sheet.office, sheet.cycle.period
    if office.capaian.figure.shown is None:
        return f"Capaian kinerja sampai dengan {period} belum dapat dihitung."
    counted = recap_line(office)["counted"]
    return (
        f"Rata-rata capaian kinerja sampai dengan {period} adalah {show_percent(office.capaian.figure.shown)}, "
        f"predikat {office.predicate} ({counted})."
    )


def _money(office: BranchFigures) -> str:
    if office.spent_to_date is None:
        return f"Pagu anggaran {show_money(office.pagu)}; realisasi anggaran belum diisi."
    return (
        f"Realisasi anggaran {show_money(office.spent_to_date)} dari pagu {show_money(office.pagu)}, serapan {show_percent(office.serapan.shown)}"
        + (f"; {office.efficiency}." if office.efficiency else ".")
    )


def key_figures(sheet: Sheet) -> list[dict]:
    """The few figures that say it all, each with what it rests on."""
    office, rows = sheet.office, tables.in_order(sheet)
    line, period = recap_line(office), sheet.cycle.period_of_year.to_date_in_full
    uncounted = f"{sum(row.counted.shown is None for row in rows)} dari {len(rows)} indikator tidak dihitung"
    points = efficiency_points(office) if office.efficiency else NO_COMMON_BASE
    return [
        _key(f"Capaian kinerja {period}", line["capaian"], _because(line["predicate"], line["counted"])),
        _key(
            f"Indikator yang mencapai target {period}", reached_words(row.counted for row in rows), uncounted
        ),
        _key(
            "Indikator yang mencapai target setahun",
            reached_words(row.counted_year for row in rows),
            f"realisasi {period}, target setahun",
        ),
        _key(
            f"Serapan anggaran {period}", line["serapan"], f"{line['spent_to_date']} dari pagu {line['pagu']}"
        ),
        _key("Efisiensi", line["efficiency"], points),
    ]


def annual_sentence(sheet: Sheet) -> str:
    """This far into the year, against the target of the whole year."""
    figures = [row.counted_year for row in tables.in_order(sheet)]
    below = sum(figure.shown is not None and figure.shown < HALF for figure in figures)
    return (
        f"Sampai dengan {sheet.cycle.period}, {reached_words(figures)} indikator sudah mencapai target setahunnya dan {below} masih di bawah "
        f"{show_short(HALF)} %."
    )


def _key(name: str, value: str, basis: str) -> dict:
    return {"name": name, "value": value, "basis": basis}


def _because(predicate: str, counted: str) -> str:
    return counted if predicate == "–" else f"predikat {predicate}; {counted}"


def highlights(sheet: Sheet) -> list[str]:
    """What stands out: the best and the weakest program, and the weakest indicators."""
    programs = [branch for branch in sheet.of_level(Level.PROGRAM) if branch.capaian.figure.shown is not None]
    programs.sort(key=lambda branch: branch.capaian.figure.known_value, reverse=True)
    numbers = numbering(sheet)
    short = sorted(filter(is_short, tables.in_order(sheet)), key=lambda row: row.capaian.known_value)
    found = []
    if len(programs) > 1:
        found.append(
            f"Capaian program tertinggi adalah {_named(programs[0])} dan terendah {_named(programs[-1])}."
        )
    if short:
        worst = short[0]
        found.append(
            f"Dari {len(short)} indikator yang belum mencapai target, yang terendah adalah nomor {numbers[worst.row.pk]}, {worst.row.name}, "
            f"dengan capaian {show_percent(worst.capaian.shown)}."
        )
    return found


def _named(branch: NodeFigures) -> str:
    return (
        f"{branch.node.code} {reading_name(branch.node.name)} ({show_percent(branch.capaian.figure.shown)})"
    )


def charts(sheet: Sheet) -> dict:
    """Capaian of each sasaran and its programs against the target; of each program also beside its serapan, in the order of the codes."""
    programs = sorted(sheet.of_level(Level.PROGRAM), key=lambda branch: branch.node.code)
    supported = [branch for _, branch in sheet.nodes() if branch.node.level in (Level.SASARAN, Level.PROGRAM)]
    titles = (
        f"Capaian tiap sasaran dan program yang mendukungnya s.d. {sheet.cycle.period}",
        f"Capaian dan serapan tiap program s.d. {sheet.cycle.period}, diurutkan menurut kode",
    )
    against = [Group(_label(branch), [_capaian_bar(branch)]) for branch in supported]
    beside = [Group(_label(branch), pair(branch)) for branch in programs]
    return {
        "programs": bar_charts(titles[0], against, CAPAIAN_LEGEND),
        "money": bar_charts(titles[1], beside, MONEY_LEGEND),
    }


def _label(branch: NodeFigures) -> str:
    if branch.node.level == Level.SASARAN:
        return f"Sasaran {branch.node.code}: {reading_name(branch.node.name)}"
    return f"{branch.node.code} {reading_name(branch.node.name)}"


def _capaian_bar(branch: BranchFigures) -> Bar:
    capaian = branch.capaian.figure
    if capaian.shown is None:
        return Bar(None, NO_FIGURE)
    shade = Shade.DARK if capaian.is_met else Shade.HATCHED
    return Bar(capaian.shown, f"{show_percent(capaian.shown)} · {branch.predicate}", shade)


def shortfalls(sheet: Sheet) -> list[dict]:
    """Indicators below their target, with what their owners wrote about it; the same words are not repeated."""
    numbers, lines = numbering(sheet), []
    told: dict[tuple[str, ...], str] = {}
    for figures in filter(is_short, tables.in_order(sheet)):
        number = str(numbers[figures.row.pk])
        texts = {field: getattr(figures.row, field) for field in IN_REPORT}
        same_as = told.setdefault(tuple(texts.values()), number)
        repeated = same_as != number and any(texts.values())
        said = {"same_as": same_as, **dict.fromkeys(texts, "")} if repeated else {"same_as": "", **texts}
        below = [] if repeated else tables.text_lines(figures.row, REPORT_LINES)
        lines.append({"number": number, **tables.core(figures), **said, "lines": below})
    return lines


def rows_without_figure(sheet: Sheet) -> list[dict]:
    """Indicators without a figure and why."""
    without = [row for row in tables.in_order(sheet) if row.counted.gap]
    return [
        {"name": row.row.name, "gap": str(row.counted.gap), "reason": tables.absence_reason(row.row)}
        for row in without
    ]


def recap_overview(sheet: Sheet, levels: tuple[Level, ...] = (Level.SASARAN, Level.PROGRAM)) -> dict:
    """Recap table, total and the notes that explain it."""
    return {
        "recap": tables.recap_table(sheet, levels),
        "total": recap_line(sheet.office),
        "notes": figure_notes(sheet),
    }


def figure_notes(sheet: Sheet) -> list[str]:
    """How the figures were made, printed under every table of them."""
    return [
        *rules_words(sheet.cycle.rules),
        "“–” berarti tidak ada nilai, bukan nol.",
        *legend(sheet.cycle.period_of_year.frequency),
        *marked_notes(sheet),
    ]


def legend(frequency: Frequency) -> list[str]:
    """What the short heads of columns mean."""
    to_date = "s.d.: sampai dengan akhir periode yang diukur."
    if frequency.short == frequency.noun:
        return [f"Kepala kolom: {to_date}"]
    return [f"Kepala kolom: {frequency.short}: {frequency.noun}; {to_date}"]
