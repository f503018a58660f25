"""One row of the worksheet through the formulas: its periods put together, held against its target to date and that of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from measurement.models import WorksheetRow
from measurement.rules.accumulations import (
    ACCUMULATIONS,
    Accumulation,
    PeriodValues,
    ToDate,
    known_to_date,
    ratio,
)
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import FIRST_EDITION, Rules, predicate
from measurement.rules.methods import achievement
from measurement.rules.numbers import Number, kept_number
from measurement.rules.row_gaps import row_gaps
from measurement.rules.schedules import is_due
from measurement.rules.sop import RowState
from measurement.rules.spans import Span, span_to_date

# rows that say nothing about a branch: it counts as one without indicators of its own
UNPLANNED = frozenset({Gap.NOT_PLANNED, Gap.STOPPED, Gap.OUTSIDE_PLAN})


@dataclass(frozen=True, eq=False)
class RowFigures:
    """One indicator: this period, to date (s.d.) and against the year."""

    row: WorksheetRow
    periods: list[PeriodValues]
    target: Number | None
    realised: Number | None
    to_date: ToDate
    capaian: Figure
    capaian_year: Figure
    predicate: str = ""
    is_draft: bool = False  # nobody has sent it yet, or what it follows
    span: Span | None = None  # that of this period, and of the periods to date
    span_to_date: Span | None = None

    @cached_property
    def before(self) -> Number | None:
        """Realisasi up to the period before."""
        return known_to_date(Accumulation(self.row.accumulation), self.periods[:-1]).realised

    @cached_property
    def gaps(self) -> list[str]:
        """What its owner still has to fill in before it may be sent; its evidence has to be there."""
        return row_gaps(self.row, self.capaian, len(self.row.evidence_items))

    @property
    def shown_target(self) -> str:
        """The target of this period as people read it."""
        return self.row.shown_target(self.span or self.target)

    @property
    def shown_target_to_date(self) -> str:
        return self.row.shown_target(self.span_to_date or self.to_date.target)

    @property
    def counted(self) -> Figure:
        """Capaian to date as it enters a mean and as leaders see it: a draft never does, whatever stands in it."""
        return self._sent(self.capaian)

    @property
    def counted_year(self) -> Figure:
        return self._sent(self.capaian_year)

    def _sent(self, figure: Figure) -> Figure:
        return as_sent(figure, self.is_draft)


def as_sent(figure: Figure, is_draft: bool) -> Figure:
    """What counts of a figure: nothing of a draft, but that something was never planned holds all the same."""
    return Figure(gap=Gap.NOT_SENT) if is_draft and figure.gap not in UNPLANNED else figure


def row_figures(row: WorksheetRow, number: int, rules: Rules) -> RowFigures:
    """One row's figures for the period of its cycle, by its number in the year, by the rules of its office."""
    periods = _periods(row, number)
    accumulation = Accumulation(row.accumulation)
    so_far = known_to_date(accumulation, periods)
    now = periods[-1]
    gap = _gap(row, periods, so_far, rules)
    spans = _spans(row, number)
    span = span_to_date(accumulation, periods, spans, row.span)
    capaian = Figure(gap=gap) if gap else _held_against(row, so_far.target, so_far.realised, rules, span)
    return RowFigures(
        row,
        periods,
        now.target,
        now.realised,
        so_far,
        _scheduled(row, so_far, capaian),
        Figure(gap=gap) if gap else _held_against(row, row.target_year, so_far.realised, rules),
        predicate(capaian, rules.levels),
        row.is_draft,
        spans[-1] or row.span,
        span,
    )


def counted_to_date(row: WorksheetRow, number: int, rules: Rules) -> Figure:
    """`row_figures(…).counted` alone, for a recap of many offices: nothing else of the row is worked out. Of the rules it asks what RULES_ASKED names."""
    if row.is_draft and row.planned and not row.stopped:
        return Figure(gap=Gap.NOT_SENT)
    periods, accumulation = _periods(row, number), Accumulation(row.accumulation)
    so_far = known_to_date(accumulation, periods)
    if gap := _gap(row, periods, so_far, rules):
        return as_sent(_scheduled(row, so_far, Figure(gap=gap)), row.is_draft)
    spans = _spans(row, number)
    span = span_to_date(accumulation, periods, spans, row.span) if row.takes_span else None
    capaian = _held_against(row, so_far.target, so_far.realised, rules, span)
    return as_sent(_scheduled(row, so_far, capaian), row.is_draft)


RULES_ASKED = attrgetter("edition", "zero_is_met")


def _spans(row: WorksheetRow, number: int) -> list[Span | None]:
    return [row.span_in(place) for place in range(1, number + 1)]


def _held_against(
    row: WorksheetRow, target: Number | None, realised: Number | None, rules: Rules, span: Span | None = None
) -> Figure:
    return achievement(row.yardstick(rules.zero_is_met, span), target, realised)


def _scheduled(row: WorksheetRow, so_far: ToDate, capaian: Figure) -> Figure:
    """A sum of which nothing is to be there yet is no fault of its target."""
    later = capaian.gap == Gap.ZERO_TARGET and row.target_year and ACCUMULATIONS[row.accumulation].adds_up
    return Figure(gap=Gap.NOT_SCHEDULED) if later and not so_far.target else capaian


def _gap(row: WorksheetRow, periods: Sequence[PeriodValues], so_far: ToDate, rules: Rules) -> Gap | None:
    """Why a row has no figure to date; None where it has one. A blank or excused period does not erase what came before it."""
    now = periods[-1]
    if row.stopped:
        return Gap.STOPPED
    if not row.planned:
        return Gap.OUTSIDE_PLAN if row.is_outside_plan else Gap.NOT_PLANNED
    if row.state == RowState.BELUM_WAKTUNYA:
        return Gap.NOT_DUE
    if so_far.realised is not None and (now.realised is not None or rules.edition != FIRST_EDITION):
        return None
    if row.state == RowState.DIKECUALIKAN:
        return Gap.EXCUSED
    return row.followed_gap or (Gap.NO_CASES if now.has_no_cases else Gap.BLANK)


def _periods(row: WorksheetRow, number: int) -> list[PeriodValues]:
    """The periods up to this one; one in which the row is not due, and in which nothing was measured, has no target."""
    excused = row.state == RowState.DIKECUALIKAN  # what was typed before is no realisasi
    present = {value: None if excused else row.now(value) for value in WorksheetRow.VALUES}
    past: list[dict[str, Number | None]] = [
        {value: _kept(values.get(value)) for value in WorksheetRow.VALUES} for values in row.earlier
    ]
    found = []
    every: list[dict[str, Number | None]] = [*past, present]
    for place, values in enumerate(every[:number], 1):
        realised = _realised(row, values)
        due = not row.schedule or is_due(row.schedule, row.period(place).months)
        target = row.targets[place - 1] if due or realised is not None else None
        found.append(PeriodValues(_decimal(target), realised, values["numerator"], values["denominator"]))
    return found


def _realised(row: WorksheetRow, values: dict[str, Number | None]) -> Number | None:
    """Realisasi of a period: what was typed, or what its parts make, whichever was asked for then: the sifat may have changed in the year."""
    parts = values["numerator"], values["denominator"]
    if None in parts or (values["realised"] is not None and not row.is_ratio):
        return values["realised"]
    return ratio(*parts)


def _kept(text: str | None) -> Number | None:
    return None if text is None else kept_number(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
