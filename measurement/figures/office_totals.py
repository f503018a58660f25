"""The recap of many offices at once: the total line of each, by the same calculation as the recap of one office, from two queries for all.

Reading is what costs: so only the columns that a total takes are read, a value that was converted once is not converted again, and objects are made
without asking the model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connections, models
from django.db.models.base import ModelState

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.models.worksheet_loading import by_cycle
from measurement.rules.figure import Figure
from measurement.rules.formulas import Efficiency, Rules
from measurement.rules.sent_rows import SentRows

from .calculation import Sheet, sheet_of, without_draft_money
from .rows import RULES_ASKED, counted_to_date, row_figures

Row = TypeVar("Row", bound=models.Model)
READ = "_columns_read"  # what a row was made of, beside its keys
KEYS = 4
ROW_COLUMNS = (
    *("id", "cycle_id", "node_id", "indicator_id"),
    *("state", "planned", "stopped", "target_year", "targets"),
    *("earlier", "spans", "follows", "method", "accumulation", "schedule", "low", "high", "score_scale"),
    *("follow_rule", "realised", "numerator", "denominator"),
)
NODE_COLUMNS = (
    *("id", "cycle_id", "parent_id", "level", "pagu", "spent", "spent_before", "cash", "weight", "position"),
)


@dataclass(frozen=True)
class OfficeTotals:
    """The total line of one cycle's recap, as leaders are told it: without a capaian while too few rows were sent."""

    cycle: MeasurementCycle
    capaian: Figure
    predicate: str
    serapan: Figure
    pagu: Decimal
    spent: Decimal | None
    efficiency: Efficiency | None
    sent: SentRows
    below: int  # indicators with a capaian below 100, of those that have one
    computed: int

    @classmethod
    def of(cls, sheet: Sheet) -> "OfficeTotals":
        office, counted = sheet.office, [row.counted for row in sheet.rows.values()]
        return cls(
            cycle=sheet.cycle,
            capaian=sheet.told(office),
            predicate=sheet.told_predicate(office),
            serapan=office.serapan,
            pagu=office.pagu,
            spent=office.spent_to_date,
            efficiency=office.efficiency if sheet.sent.is_enough else None,
            sent=sheet.sent,
            below=sum(figure.is_missed for figure in counted),
            computed=sum(figure.value is not None for figure in counted),
        )


def office_totals(cycles: Sequence[MeasurementCycle]) -> dict[int, OfficeTotals]:
    """Cycle's key → its totals. Two queries, and one for the scales where they are not known yet; those without a worksheet have totals of nothing."""
    models.prefetch_related_objects(cycles, "unit__predicate_scale__levels")
    return {sheet.cycle.pk: OfficeTotals.of(sheet) for sheet in sent_sheets(cycles)}


def sent_sheets(cycles: Sequence[MeasurementCycle]) -> Iterable[Sheet]:
    """The calculation of each cycle as `calculate(cycle, sent_only=True)` gives it, with rows and branches that have only the columns above."""
    keys = [cycle.pk for cycle in cycles]
    nodes = by_cycle(_read(WorksheetNode, NODE_COLUMNS, keys))
    rows = by_cycle(_read(WorksheetRow, ROW_COLUMNS, keys))
    figures_of = CountedRows()
    for cycle in cycles:
        branches, own = nodes[cycle.pk], rows[cycle.pk]
        _belong_to(cycle, [*branches, *own])
        yield sheet_of(cycle, without_draft_money(branches, own), own, figures_of)


def _belong_to(cycle: MeasurementCycle, things: Iterable[models.Model]) -> None:
    """They know their cycle, and share what Django keeps of where an object comes from: none of them is ever saved."""
    state = ModelState()
    state.adding, state.db, state.fields_cache = False, cycle._state.db, {"cycle": cycle}
    for thing in things:
        thing._state = state


class CountedRow:
    """A row as a recap counts it. What it reached of the year is worked out only where somebody asks: at the year's end."""

    __slots__ = ("counted", "number", "row", "rules")

    def __init__(self, row: WorksheetRow, number: int, rules: Rules, counted: Figure):
        self.row, self.number, self.rules, self.counted = row, number, rules, counted

    @property
    def counted_year(self) -> Figure:
        return row_figures(self.row, self.number, self.rules).counted_year


class CountedRows:
    """Works out each row once: offices of one kind have many rows that say the same, and the same columns have the same capaian."""

    def __init__(self) -> None:
        self.known: dict[tuple[Any, ...], Figure] = {}

    def __call__(self, row: WorksheetRow, number: int, rules: Rules) -> CountedRow:
        if row.follow_rule:  # depends on other rows as well
            return CountedRow(row, number, rules, counted_to_date(row, number, rules))
        key = (row.__dict__[READ], number, RULES_ASKED(rules))
        figure = self.known.get(key)
        if figure is None:
            figure = self.known[key] = counted_to_date(row, number, rules)
        return CountedRow(row, number, rules, figure)


def _read(model: type[Row], columns: Sequence[str], cycles: Sequence[int]) -> Iterable[Row]:
    """Objects that have only these columns, in the order of the worksheet."""
    if not cycles:
        return
    queryset = model._default_manager.filter(cycle__in=cycles).order_by("cycle", "position")
    query = queryset.values_list(*columns).query
    compiler = query.get_compiler(using=queryset.db)
    sql, params = compiler.as_sql()
    connection = connections[queryset.db]
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        read = cursor.fetchall()
    table: list[Sequence[Any]] = list(zip(*read, strict=True))
    for place, (functions, expression) in converters.items():
        if table:
            table[place] = _converted(table[place], functions, expression, connection)
    for raw, values in zip(read, zip(*table, strict=True), strict=True):
        made = model.__new__(model)
        made.__dict__.update(zip(columns, values, strict=True), **{READ: raw[KEYS:]})
        yield made


def _converted(values: Sequence[Any], functions: list[Any], expression: Any, connection: Any) -> list[Any]:
    """A column as Django gives it; what occurs more than once is converted once, and shared: nobody changes it."""
    known: dict[Any, Any] = {}
    for raw in set(values):
        value = raw
        for function in functions:
            value = function(value, expression, connection)
        known[raw] = value
    return [known[raw] for raw in values]
