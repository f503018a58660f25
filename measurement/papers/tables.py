"""Rows of the worksheet as papers print them: ready strings, grouped by the plan's tree in its order."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.hints import hints_of, is_explained
from measurement.figures.opening_notes import signed, to_date_sign
from measurement.figures.recap import heading, money_words, recap_line
from measurement.figures.rows import RowFigures
from measurement.figures.sub_units import with_sums
from measurement.models import Level, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.figure import Figure
from measurement.rules.methods import METHODS
from measurement.rules.numbers import show_percent, show_short
from measurement.rules.periods import Frequency
from measurement.rules.row_fields import ROW_TEXTS, SHEET_LINES, RowText, SheetPlace
from measurement.rules.sop import RowState

OUTSIDE_PLAN = "Di luar rencana: tidak direncanakan tahun ini, tetapi dilaksanakan; tidak ikut rata-rata."
TARGET_COLUMNS = 4  # of the periods, on the paper of definitions
# what a kegiatan and its only sub kegiatan have to share to stand in one line
SAME_FIGURES = ("capaian", "predicate", "pagu", "spent", "spent_to_date", "serapan", "efficiency", "beside")
BESIDE_FIGURES = (SheetPlace.COLUMN, SheetPlace.EVIDENCE)


def in_order(sheet: Sheet) -> list[RowFigures]:
    """The indicators as the tree lists them; every paper numbers them in this order."""
    return [figures for _, branch in sheet.nodes() for figures in branch.rows]


def groups(sheet: Sheet, row_of: Callable[[RowFigures], dict]) -> list[dict]:
    """Every branch with its money and its rows made by `row_of`, numbered through the whole table."""
    numbers = itertools.count(1)
    branches = [branch for _, branch in sheet.nodes()]
    return [
        {
            **heading(branch),
            "level_label": level_label(branch),
            "upper": upper,
            **money_words(branch),
            "rows": [{"number": str(next(numbers)), **row_of(figures)} for figures in branch.rows],
        }
        for upper, branch in merged(branches)
    ]


def merged(branches: Iterable[NodeFigures]) -> Iterator[tuple[dict, NodeFigures]]:
    """The branches, each with the code and name of the kegiatan above where that says nothing of its own: it has one sub kegiatan with the same figures."""
    above: dict = {}
    for branch in branches:
        if is_same_as_below(branch):
            above = {"code": branch.node.code, "name": branch.node.name, "label": level_label(branch)}
            continue
        yield above, branch
        above = {}


def is_same_as_below(branch: NodeFigures) -> bool:
    """Whether a kegiatan shows what its only sub kegiatan shows, with another name."""
    if branch.node.level != Level.KEGIATAN or branch.rows or len(branch.children) != 1:
        return False
    (child,) = branch.children
    here, below = recap_line(branch), recap_line(child)
    return (
        child.node.level == Level.SUB_KEGIATAN
        and not branch.node.stopped
        and all(here[key] == below[key] for key in SAME_FIGURES)
    )


def level_label(branch: NodeFigures) -> str:
    """The level that stands before a name; nothing where the name begins with it, as "PROGRAM …" does."""
    label = branch.node.get_level_display()
    return "" if branch.node.name.casefold().startswith(f"{label} ".casefold()) else label


def core(figures: RowFigures) -> dict:
    """What every sheet says about an indicator: its name, how it is measured and by whom, targets, realisasi and capaian."""
    row = figures.row
    return {
        "name": row.name,
        "measure": row.measure,
        "direction": short(METHODS[row.method].label),
        "accumulation": short(ACCUMULATIONS[row.accumulation].label),
        "person": str(row.owner_id),
        "owner": row.owner.name,
        "target_year": row.shown_target(row.target_year),
        "target": figures.shown_target,
        "target_to_date": figures.shown_target_to_date,
        "realised": row.shown(figures.realised),
        "realised_to_date": signed(row.shown(figures.to_date.realised), to_date_sign(figures)),
        "parts": parts(figures),
        "capaian": show_percent(figures.capaian.value),
        "capaian_year": show_percent(figures.capaian_year.value),
        "predicate": figures.predicate or "–",
        "remark": remark(figures.capaian),
        "schedule": row.schedule_note,
        "excused": excuse_reason(row),
        "excused_as": row.state_label,
        "waits": "" if row.is_due else row.verdict_note,
        "outside": OUTSIDE_PLAN if row.is_outside_plan else "",
        "follows": row.verdict_note if row.is_follower else "",
    }


def short(label: str) -> str:
    """A label without what explains it: "Maksimum (semakin tinggi semakin baik)" in a narrow column."""
    return label.partition(" (")[0]


def parts(figures: RowFigures) -> str:
    """The raw numerator and denominator of a ratio, where both were given."""
    now = figures.periods[-1]
    if not figures.row.is_ratio or now.numerator is None or now.denominator is None:
        return ""
    return f"{show_short(now.numerator)} ÷ {show_short(now.denominator)}"


def remark(figure: Figure) -> str:
    """Why there is no figure, or how it was bounded."""
    return str(figure.gap) if figure.gap else figure.remark


def absence_reason(row: WorksheetRow) -> str:
    """Why a row has nothing in this period: it was taken out, was not planned, or is not due."""
    return excuse_reason(row) if row.is_due else row.verdict_note


def excuse_reason(row: WorksheetRow) -> str:
    """The reason for which a row was taken out of the measurement; empty for all others."""
    return row.verdict_note if row.state == RowState.DIKECUALIKAN else ""


def owner_words(figures: RowFigures) -> dict:
    """What the owner wrote and attached, and whether that is anything; needs the row's evidence prefetched."""
    row = figures.row
    said = {
        **{text.key: getattr(row, text.key) for text in ROW_TEXTS if text.sheet in BESIDE_FIGURES},
        "evidence": [item.described for item in row.evidence_items],
        "lines": text_lines(row),
    }
    return {**said, "said": any(said.values())}


def text_lines(row: WorksheetRow, texts: Iterable[RowText] = SHEET_LINES) -> list[dict[str, str]]:
    """The texts that have no column of their own on paper, where the owner wrote any."""
    return [{"label": text.label, "text": getattr(row, text.key)} for text in texts if getattr(row, text.key)]


def rows_with_hints(sheet: Sheet) -> list[dict]:
    """The rows with anomaly hints and what their owners say about them."""
    found = hints_of(sheet)
    hinted = [
        (branch.node.code, figures.row)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.row.pk in found
    ]
    return [
        {
            "code": code,
            "name": row.name,
            "owner": row.owner.name,
            "sentences": [hint.sentence for hint in found[row.pk]],
            "answer": row.hint_answer if is_explained(row) else "",
        }
        for code, row in hinted
    ]


def definition(figures: RowFigures) -> dict:
    """The frozen definition of an indicator with its targets."""
    row = figures.row
    return {
        "name": row.name,
        "measure": row.measure,
        "formula": row.formula,
        "method": METHODS[row.method].label,
        "method_formula": METHODS[row.method].formula,
        "accumulation": ACCUMULATIONS[row.accumulation].label,
        "schedule": row.schedule_words,
        "source": row.source,
        "evidence": row.evidence_wanted,
        "owner": row.owner.name,
        "target_year": row.shown_target(row.target_year),
        "targets": _targets(row),
        "excused": excuse_reason(row),
    }


def _targets(row: WorksheetRow) -> list[str]:
    """The targets of the periods under `target_heads`; more than the columns hold stand together in one."""
    shown = [
        "–" if value is None else row.shown_target(row.span_in(number) or Decimal(value))
        for number, value in enumerate(row.targets, 1)
    ]
    if len(shown) <= TARGET_COLUMNS:
        return shown
    named = zip(row.period(len(shown)).so_far, shown, strict=True)
    return ["; ".join(f"{period.short} {value}" for period, value in named)]


def target_heads(frequency: Frequency) -> dict:
    """What stands above the targets of the periods, and how many of the columns each takes."""
    heads = [period.short for period in frequency.periods]
    heads = heads if len(heads) <= TARGET_COLUMNS else [f"Tiap {frequency.noun}"]
    return {"target_heads": heads, "target_span": str(TARGET_COLUMNS // len(heads))}


def recap_table(sheet: Sheet, levels: tuple[Level, ...] = tuple(Level)) -> list[dict]:
    """One line for each branch of these levels."""
    chosen = [branch for _, branch in with_sums(sheet.office) if branch.node.level in levels]
    return [recap_line(branch) | {"upper": upper} for upper, branch in merged(chosen)]
