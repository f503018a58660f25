"""What data awal give to a cycle: earlier periods of its year and earlier years of the plan, where no archive speaks, with the documents they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.figures.following import take_over
from measurement.models import (
    Indicator,
    MeasurementCycle,
    Pagu,
    Target,
    WorksheetRow,
    newest_archived,
)
from measurement.rules.accumulations import ratio
from measurement.rules.numbers import Number, kept_text, storable
from measurement.rules.opening import Place
from measurement.rules.sop import RowState

from .followed import followed_entries
from .opening import INDICATOR, MONEY, Thing, archives_year, figures_in_force

Mark = dict[str, str | None]


@dataclass(frozen=True)
class OpeningValue:
    """What one thing has in one place, and after which document."""

    values: Mapping[str, Number | None]
    source: str

    @property
    def realised(self) -> Number | None:
        """The realisasi that was entered, or what its parts make."""
        if self.values["denominator"] is None:
            return self.values["realised"]
        return ratio(self.values["numerator"], self.values["denominator"])

    @property
    def texts(self) -> dict[str, str | None]:
        return {name: _text(self.values[name]) for name in WorksheetRow.VALUES}


@dataclass
class OpeningPast:
    """The values by thing and place; targets and pagu of earlier years by (id, year), which these are measured against."""

    found: dict[tuple[Thing, Place], OpeningValue] = field(default_factory=dict)
    targets: dict[tuple[int, int], Target] = field(default_factory=dict)
    pagu: dict[tuple[int, int], Decimal] = field(default_factory=dict)

    def period_values(self) -> dict[tuple[int, int], dict[str, str | None]]:
        """(Indicator id, period) → its values as a row keeps them."""
        return {
            (pk, place.number): value.texts
            for ((kind, pk), place), value in self.found.items()
            if kind == INDICATOR and not place.is_year
        }

    def period_money(self) -> dict[tuple[int, int], Decimal]:
        """(Plan node id, period) → rupiah."""
        return {
            (pk, place.number): storable(spent)
            for ((kind, pk), place), value in self.found.items()
            if kind == MONEY and not place.is_year and (spent := value.values["spent"]) is not None
        }

    def year_values(self) -> dict[int, dict[str, str]]:
        """Indicator id → year → realisasi of that year."""
        return self._by_year(INDICATOR)

    def year_money(self) -> dict[int, dict[str, str]]:
        """Plan node id → year → rupiah."""
        return self._by_year(MONEY)

    def _by_year(self, wanted: str) -> dict[int, dict[str, str]]:
        years: dict[int, dict[str, str]] = {}
        for ((kind, pk), place), value in self.found.items():
            amount = value.values["spent"] if wanted == MONEY else value.realised
            if kind == wanted and place.is_year and amount is not None:
                years.setdefault(pk, {})[str(place.year)] = kept_text(amount)
        return years

    def marks(self, thing: Thing) -> dict[str, Mark]:
        """What is frozen beside a row or branch: period or year → its document, and with a year the target or pagu of that year."""
        return {
            str(place.year if place.is_year else place.number): self._mark(thing, place, value)
            for (of, place), value in self.found.items()
            if of == thing
        }

    def _mark(self, thing: Thing, place: Place, value: OpeningValue) -> Mark:
        if not place.is_year:
            return {"source": value.source}
        if thing[0] == MONEY:
            return {"source": value.source, "against": _text(self.pagu.get((thing[1], place.year)))}
        target = self.targets.get((thing[1], place.year))
        mark = {"source": value.source, "against": _text(target.annual if target else None)}
        if target and target.span:
            mark |= {"low": _text(target.low), "high": _text(target.high)}
        return mark


def opening_past(cycle: MeasurementCycle) -> OpeningPast:
    """The data awal that count in this cycle."""
    archived = newest_archived(cycle.unit.cycles.archived())
    counted = {
        key: OpeningValue(figure.values, figure.opening.source)
        for key, figure in figures_in_force(cycle.plan).items()
        if _counts(key[1], cycle, archived)
    }
    if not counted:
        return OpeningPast()
    _follow(cycle, counted)
    targets = Target.objects.filter(indicator__node__plan=cycle.plan_id, year__lt=cycle.year)
    pagu = Pagu.objects.filter(node__plan=cycle.plan_id, year__lt=cycle.year)
    return OpeningPast(
        counted,
        {(target.indicator_id, target.year): target for target in targets},
        {(found.node_id, found.year): found.amount for found in pagu},
    )


def _counts(place: Place, cycle: MeasurementCycle, archived: dict) -> bool:
    """Whether a place lies before the cycle and no archive speaks for it."""
    spoken_for = (
        archives_year(place.year, archived) if place.is_year else (place.year, place.number) in archived
    )
    return place.is_before(cycle.year, cycle.number) and not spoken_for


def _follow(cycle: MeasurementCycle, counted: dict[tuple[Thing, Place], OpeningValue]) -> None:
    """Give indicators that follow others what these have in the same place."""
    indicators = list(
        Indicator.objects.filter(node__plan=cycle.plan_id, retired=False)
        .select_related("node__sub_unit")
        .prefetch_related("follows__node__sub_unit", "follows__targets")
    )
    followers = [indicator for indicator in indicators if indicator.follow_rule]
    if not followers:
        return
    for place in {place for _, place in counted}:
        rows = {indicator.pk: _row_then(indicator, place, counted) for indicator in indicators}
        take_over(rows.values())
        for indicator in followers:
            values = {name: rows[indicator.pk].now(name) for name in WorksheetRow.VALUES}
            if any(value is not None for value in values.values()):
                source = _sources(indicator, place, counted)
                counted[(INDICATOR, indicator.pk), place] = OpeningValue(values | {"spent": None}, source)


def _row_then(
    indicator: Indicator, place: Place, counted: dict[tuple[Thing, Place], OpeningValue]
) -> WorksheetRow:
    """The indicator as a row of a worksheet of that time would have been, never stored."""
    found = counted.get(((INDICATOR, indicator.pk), place))
    values = {name: found.values[name] for name in WorksheetRow.VALUES} if found else {}
    state = RowState.MENGIKUTI if indicator.follow_rule else RowState.TERKIRIM
    follows = followed_entries(indicator, place.year) if indicator.follow_rule else []
    return WorksheetRow(
        **indicator.definition(), **values, indicator=indicator, state=state, follows=follows, planned=True
    )


def _sources(indicator: Indicator, place: Place, counted: dict[tuple[Thing, Place], OpeningValue]) -> str:
    """The documents of all that it follows, each once."""
    found = [counted.get(((INDICATOR, followed.pk), place)) for followed in indicator.follows.all()]
    return "; ".join(dict.fromkeys(value.source for value in found if value))


def _text(value: Number | None) -> str | None:
    return None if value is None else kept_text(value)
