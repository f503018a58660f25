"""What is known of the time before a cycle: per branch its money, per indicator its realisasi, in earlier periods of the year and in earlier years.

The archive speaks first, a correction for what it corrects; where no archive speaks, data awal do (`opening_past`).
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from measurement.figures.following import take_over
from measurement.figures.rows import row_figures
from measurement.models import Level, MeasurementCycle, WorksheetNode, WorksheetRow, newest_archived
from measurement.rules.numbers import kept_text
from measurement.rules.sop import RowState

from .closed_targets import ClosedTargets, targets_of
from .opening import INDICATOR, MONEY
from .opening_past import Mark, OpeningPast, opening_past


class Past:
    """The time before one cycle. Each part is read once, when it is first asked for."""

    def __init__(self, cycle: MeasurementCycle):
        self.cycle = cycle
        self.numbers = [period.number for period in cycle.period_of_year.before]

    @cached_property
    def archived(self) -> dict[int, MeasurementCycle]:
        """Number → its newest archived cycle, for the periods of the year before this one."""
        past = self.cycle.unit.cycles.archived().filter(year=self.cycle.year, number__lt=self.cycle.number)
        return {number: found for (_, number), found in newest_archived(past).items()}

    @cached_property
    def archived_years(self) -> dict[str, MeasurementCycle]:
        """Year → the newest archived cycle of its last period, for the years of the plan before this one."""
        past = self.cycle.unit.cycles.archived().filter(plan=self.cycle.plan_id, year__lt=self.cycle.year)
        newest = newest_archived(past).items()
        return {str(year): found for (year, _), found in newest if found.period_of_year.is_last}

    @cached_property
    def opening(self) -> OpeningPast:
        return opening_past(self.cycle)

    def spent(self, node: int) -> list[Decimal | None]:
        """Rupiah that a plan node realised in each earlier period of the year; None where nothing is known."""
        return [self._money.get((node, number)) for number in self.numbers]

    def spent_years(self, node: int) -> dict[str, str]:
        """Year → rupiah that a plan node realised in that year, as text."""
        return self._money_of_years.get(node, {})

    def earlier(self, indicator: int) -> list[dict]:
        """What was measured of an indicator in each earlier period of the year, as text; {} where nothing is known."""
        return [self._values.get((indicator, number), {}) for number in self.numbers]

    def years_before(self, indicator: int) -> dict[str, str]:
        """Year → realisasi of an indicator in the whole year, as text."""
        return self._values_of_years.get(indicator, {})

    def money_marks(self, node: int) -> dict[str, Mark]:
        """Period or year → the document on which its data awal rest."""
        return self.opening.marks((MONEY, node))

    def value_marks(self, indicator: int) -> dict[str, Mark]:
        return self.opening.marks((INDICATOR, indicator))

    @cached_property
    def _number_of(self) -> dict[int, int]:
        """Archived cycle's id → its number."""
        return {cycle.pk: number for number, cycle in self.archived.items()}

    @cached_property
    def _money(self) -> dict[tuple[int, int], Decimal]:
        past = WorksheetNode.objects.filter(cycle__in=self._number_of).exclude(spent=None)
        return {
            (node, self._number_of[cycle]): spent
            for node, cycle, spent in past.values_list("plan_node", "cycle", "spent")
        } | self.opening.period_money()

    @cached_property
    def _money_of_years(self) -> dict[int, dict[str, str]]:
        year_of = {cycle.pk: year for year, cycle in self.archived_years.items()}
        found: dict[int, dict[str, str]] = {}
        for node in WorksheetNode.objects.filter(cycle__in=year_of, level=Level.SUB_KEGIATAN):
            if node.spent is not None or node.spent_before:
                spent = node.spent_before + (node.spent or 0)
                found.setdefault(node.plan_node_id, {})[year_of[node.cycle_id]] = text_of(spent)
        return _with_opening(found, self.opening.year_money())

    def targets(self, indicator: int) -> dict[int, Decimal | None]:
        """Closed period → the target that an indicator had then; None where it was not measured."""
        return self._targets.of(indicator)

    @cached_property
    def rows(self) -> dict[int, WorksheetRow]:
        """Indicator id → its newest archived row of this year, of those that were planned or had been."""
        return {
            row.indicator_id: row
            for number in sorted(self._rows)
            for row in self._rows[number]
            if row.planned or row.stopped
        }

    @cached_property
    def nodes(self) -> dict[int, WorksheetNode]:
        """Plan node id → its newest archived copy of this year."""
        copies = WorksheetNode.objects.filter(cycle__in=self._number_of).select_related("owner")
        return {
            copy.plan_node_id: copy
            for copy in sorted(copies, key=lambda copy: self._number_of[copy.cycle_id])
        }

    def closed_cash(self, node: int) -> list[str | None]:
        """Anggaran kas of a branch that the plan has no more, by quarter: what it was to spend while it was there, nothing after that."""
        copy = self.nodes.get(node)
        if copy is None or not copy.cash:
            return []
        last = self.cycle.period_of_year.at(self._number_of[copy.cycle_id])
        closed = last.quarter if last.ends_quarter else last.quarter - 1
        return [*copy.cash[:closed], *["0"] * (len(copy.cash) - closed)]

    @cached_property
    def spending(self) -> set[int]:
        """The plan nodes of which money is known."""
        return {node for node, _ in self._money} | set(self._money_of_years)

    @cached_property
    def measured(self) -> set[int]:
        """The indicators of which something is known in this year."""
        return {indicator for indicator, _ in self._values} | set(self.rows)

    @cached_property
    def _targets(self) -> ClosedTargets:
        return ClosedTargets(targets_of(self.archived))

    @cached_property
    def _rows(self) -> dict[int, list[WorksheetRow]]:
        """Period → the rows of its archived cycle; those that follow others with what they took over."""
        found: dict[int, list[WorksheetRow]] = {number: [] for number in self.archived}
        for row in WorksheetRow.objects.filter(cycle__in=self._number_of).select_related(
            "owner", "indicator"
        ):
            found[self._number_of[row.cycle_id]].append(row)
        for rows in found.values():
            take_over(rows)
        return found

    @cached_property
    def _values(self) -> dict[tuple[int, int], dict]:
        return {
            (row.indicator_id, number): values_of(row)
            for number, rows in self._rows.items()
            for row in rows
            if row.state != RowState.DIKECUALIKAN
        } | self.opening.period_values()

    @cached_property
    def _values_of_years(self) -> dict[int, dict[str, str]]:
        """Realisasi of the whole year as its last period was archived."""
        found: dict[int, dict[str, str]] = {}
        for year, cycle in self.archived_years.items():
            rows = list(cycle.rows.all())
            take_over(rows)
            for row in rows:
                realised = row_figures(row, cycle.number, cycle.rules).to_date.realised
                if realised is not None:
                    found.setdefault(row.indicator_id, {})[year] = kept_text(realised)
        return _with_opening(found, self.opening.year_values())


def values_of(row: WorksheetRow) -> dict[str, str | None]:
    """What a row measured, as later cycles of the year keep it."""
    now = {value: row.now(value) for value in WorksheetRow.VALUES}
    return {value: None if amount is None else kept_text(amount) for value, amount in now.items()}


def _with_opening(archived: dict[int, dict[str, str]], opening: dict[int, dict[str, str]]) -> dict[int, dict]:
    """Years by thing, of the archive and of data awal; a year comes from one of them only."""
    return {pk: opening.get(pk, {}) | archived.get(pk, {}) for pk in {*archived, *opening}}


def text_of(value: Decimal) -> str:
    return format(value, "f")


def text_or_none(value: Decimal | None) -> str | None:
    return None if value is None else text_of(value)


def texts(values: Iterable[Decimal | None]) -> list[str | None]:
    return [text_or_none(value) for value in values]
