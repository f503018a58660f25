"""The kertas kerja as a workbook: every branch with its money, every indicator with definition, figures and texts. From `calculation`."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.hints import Hint, hints_of
from measurement.figures.opening_notes import marked_notes, thing_note
from measurement.figures.rows import RowFigures
from measurement.models import Level, Person, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.methods import METHODS
from measurement.rules.numbers import Number
from measurement.rules.row_fields import ROW_TEXTS, TEXT_BY_KEY, RowText, SheetPlace
from measurement.rules.spans import Span

from .tables import DASH, CellKind, TableColumn, TableLine, table_workbook, titles_of

TITLE = "Kertas Kerja Pengukuran Data Kinerja"


def _target(span: Span | None, value: Number | None) -> Number | str | None:
    return str(span) if span else value


def _remark(figures: RowFigures) -> str:
    """Why there is no figure or what limits it, what was said about the row, and its data awal; nothing is said twice."""
    row, capaian = figures.row, figures.capaian
    gap = str(capaian.gap or capaian.remark).capitalize()
    said = [gap if not row.verdict_note.startswith(gap) else "", row.verdict_note, thing_note(row)]
    *before, last = [part for part in said if part] or [""]
    return "".join(f"{part.removesuffix('.')}. " for part in before) + last


def _money_remark(branch: NodeFigures) -> str:
    return " ".join(filter(None, [branch.node.overspend_reason, thing_note(branch.node)]))


def _evidence(figures: RowFigures) -> str:
    files = [item.described for item in figures.row.evidence_items]
    return "\n".join(filter(None, [*files, figures.row.evidence_note]))


def _or_dash(value: Decimal | None) -> Decimal | str:
    return DASH if value is None else value


TEXT, FIGURE, PERCENT, MONEY = CellKind


def _text_column(text: RowText, of_row: Callable[[RowFigures], str]) -> TableColumn:
    return TableColumn(text.export_heading, text.export_width, TEXT, of_row)


def _written(key: str, figures: RowFigures) -> str:
    return getattr(figures.row, key)


COLUMNS = (
    TableColumn("Kode", 20, TEXT, None, lambda b: b.node.code),
    TableColumn("Program/Kegiatan/Sub Kegiatan", 34, TEXT, None, lambda b: b.node.name),
    TableColumn("Indikator", 36, TEXT, lambda f: f.row.name),
    TableColumn("Definisi Operasional dan Formula", 48, TEXT, lambda f: f.row.formula),
    TableColumn("Satuan", 12, TEXT, lambda f: f.row.measure),
    TableColumn("Arah", 18, TEXT, lambda f: METHODS[f.row.method].label),
    TableColumn("Sifat", 16, TEXT, lambda f: ACCUMULATIONS[f.row.accumulation].label),
    TableColumn("Jadwal", 16, TEXT, lambda f: f.row.schedule_words),
    TableColumn("Sumber Data", 26, TEXT, lambda f: f.row.source),
    TableColumn(
        "Penanggung Jawab",
        22,
        TEXT,
        lambda f: f.row.owner.name,
        lambda b: b.node.owner.name if b.node.owner else "",
    ),
    TableColumn("Target Setahun", 12, FIGURE, lambda f: _target(f.row.span, f.row.target_year)),
    TableColumn("Target TW", 12, FIGURE, lambda f: _target(f.span, f.target)),
    TableColumn("Target s.d. TW", 12, FIGURE, lambda f: _target(f.span_to_date, f.to_date.target)),
    TableColumn("Pembilang", 11, FIGURE, lambda f: f.periods[-1].numerator),
    TableColumn("Penyebut", 11, FIGURE, lambda f: f.periods[-1].denominator),
    TableColumn("Realisasi TW", 12, FIGURE, lambda f: f.realised),
    TableColumn("Realisasi s.d. TW", 12, FIGURE, lambda f: f.to_date.realised),
    TableColumn(
        "Capaian s.d. TW (%)",
        12,
        PERCENT,
        lambda f: _or_dash(f.capaian.value),
        lambda b: _or_dash(b.capaian.figure.value),
    ),
    TableColumn("Capaian Setahun (%)", 12, PERCENT, lambda f: _or_dash(f.capaian_year.value)),
    TableColumn("Predikat", 14, TEXT, lambda f: f.predicate or DASH, lambda b: b.predicate or DASH),
    TableColumn("Pagu (Rp)", 16, MONEY, None, lambda b: b.pagu),
    TableColumn("Pagu murni (Rp)", 16, MONEY, None, lambda b: b.pagu_first),
    TableColumn("Realisasi Anggaran TW (Rp)", 16, MONEY, None, lambda b: b.spent),
    TableColumn("Realisasi Anggaran s.d. TW (Rp)", 16, MONEY, None, lambda b: b.spent_to_date),
    TableColumn("Serapan (%)", 11, PERCENT, None, lambda b: _or_dash(b.serapan.value)),
    TableColumn("Status", 14, TEXT, lambda f: f.row.state_label),
    TableColumn("Keterangan", 30, TEXT, _remark, _money_remark),
    *(
        _text_column(text, partial(_written, text.key))
        for text in ROW_TEXTS
        if text.sheet in (SheetPlace.COLUMN, SheetPlace.LINE)
    ),
    _text_column(TEXT_BY_KEY["evidence_note"], _evidence),
)


def worksheet_workbook(
    sheet: Sheet, owner: Person | None = None, judged_by: Callable[[WorksheetRow], str] | None = None
) -> bytes:
    """The xlsx of a cycle's kertas kerja; only one person's rows and sub kegiatan, if asked, and who judged each row, if that is told."""
    columns = (*COLUMNS, *_hint_columns(hints_of(sheet)))
    if judged_by:
        columns = (*columns, TableColumn("Dinilai oleh", 26, TEXT, lambda f: judged_by(f.row)))
    return table_workbook(
        "Kertas kerja",
        [*titles_of(sheet.cycle, TITLE), *marked_notes(sheet)],
        columns,
        _lines(sheet, owner, columns),
        pages_wide=3,
        frequency=sheet.cycle.period_of_year.frequency,
    )


def _hint_columns(hints: dict[int, list[Hint]]) -> tuple[TableColumn, ...]:
    """Hints come from the whole sheet, so their columns are made for it."""
    return (
        TableColumn(
            "Petunjuk", 44, TEXT, lambda f: "\n".join(hint.sentence for hint in hints.get(f.row.pk, ()))
        ),
        _text_column(TEXT_BY_KEY["hint_answer"], lambda f: f.row.hint_answer),
    )


def _lines(sheet: Sheet, owner: Person | None, columns: tuple[TableColumn, ...]) -> Iterator[TableLine]:
    for _, branch in sheet.nodes():
        rows = [figures for figures in branch.rows if owner is None or figures.row.owner_id == owner.pk]
        mine = owner is None or (branch.node.level == Level.SUB_KEGIATAN and branch.node.owner_id == owner.pk)
        if mine or rows:
            yield TableLine(_branch_values(branch, mine, columns), strong=True)
        for figures in rows:
            yield TableLine([column.of_row(figures) if column.of_row else None for column in columns])


def _branch_values(branch: NodeFigures, mine: bool, columns: tuple[TableColumn, ...]) -> list:
    """A branch's own line; a branch that others share shows only code and name."""
    shown = len(columns) if mine else 2
    return [
        column.of_branch(branch) if column.of_branch and place < shown else None
        for place, column in enumerate(columns)
    ]
