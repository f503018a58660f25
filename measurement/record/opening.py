"""Data awal of a plan: which places it may fill, what holds of it, and what of it a cycle still lacks.

Only what is approved holds, the newest approval first. The archive of a real cycle always speaks for its own period.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from measurement.models import (
    Indicator,
    MeasurementCycle,
    OpeningFigure,
    Pagu,
    Plan,
    PlanNode,
    Target,
    newest_archived,
)
from measurement.rules.methods import METHODS
from measurement.rules.opening import MissingOpening, Place
from measurement.rules.periods import Period
from measurement.rules.schedules import is_due

from .pagu_history import first_days

INDICATOR, MONEY = "indikator", "anggaran"
Thing = tuple[str, int]  # INDICATOR or MONEY, and the id of the indicator or of the branch of the plan


def thing_of(figure: OpeningFigure) -> Thing:
    return (INDICATOR, figure.indicator_id) if figure.indicator_id else (MONEY, figure.node_id or 0)


def opening_places(plan: Plan) -> list[Place]:
    """Years of the plan before the office's newest, then the periods of a year before its first cycle; none that the archive speaks for."""
    cycles = list(plan.unit.cycles.standing())
    archived = newest_archived(cycles)
    begun = sorted({cycle.year for cycle in cycles}) or [_this_year(plan)]
    years = [Place(year) for year in plan.years if year < begun[-1] and not archives_year(year, archived)]
    periods = [
        Place(year, period.number, period.frequency)
        for year in begun
        if year in plan.years
        for period in plan.frequency_in(year).periods
        if _is_before(year, period, cycles)
    ]
    return [*years, *periods]


def _this_year(plan: Plan) -> int:
    return min(max(timezone.localdate().year, plan.start_year), plan.end_year)


def archives_year(year: int, archived: Mapping[tuple[int, int], MeasurementCycle]) -> bool:
    """Whether an archived cycle speaks for the whole year."""
    return any(found.period_of_year.is_last for (then, _), found in archived.items() if then == year)


def _is_before(year: int, period: Period, cycles: list[MeasurementCycle]) -> bool:
    """Whether a period lies before the office's first cycle of that year: the first archived one, else the first under way, else today's."""
    of_year = [cycle for cycle in cycles if cycle.year == year]
    first = [cycle.number for cycle in of_year if cycle.is_archived] or [cycle.number for cycle in of_year]
    if first:
        return period.number < min(first)
    return period.last_day(year) < timezone.localdate()


def figures_in_force(plan: Plan) -> dict[tuple[Thing, Place], OpeningFigure]:
    """What holds of every thing and place, with its set."""
    return in_force_among(OpeningFigure.objects.filter(opening__plan=plan).select_related("opening"))


def in_force_among(figures: Iterable[OpeningFigure]) -> dict[tuple[Thing, Place], OpeningFigure]:
    """Of these figures what holds: approved, the newest approval of each place, unless it only takes back what was said before."""
    approved = [(figure.opening.approved_at, figure.opening_id, figure) for figure in figures]
    in_order = sorted((at, pk, figure.pk, figure) for at, pk, figure in approved if at)
    newest = {(thing_of(figure), figure.place): figure for *_, figure in in_order}
    return {key: figure for key, figure in newest.items() if not figure.is_withdrawn}


def missing_opening(cycle: MeasurementCycle) -> list[MissingOpening]:
    """What this cycle lacks: periods of its year before the office's first archived cycle, and years of the plan that no archive knows."""
    if cycle.number == 1 and cycle.year <= cycle.plan.start_year:
        return []
    archived = newest_archived(cycle.unit.cycles.archived())
    first = min((number for year, number in archived if year == cycle.year), default=cycle.number)
    years = [
        Place(year) for year in cycle.plan.years if year < cycle.year and not archives_year(year, archived)
    ]
    periods = [
        Place(cycle.year, period.number, period.frequency)
        for period in cycle.period_of_year.before
        if period.number < first
    ]
    places = [*years, *periods]
    if not places:
        return []
    known = figures_in_force(cycle.plan)
    wanted = _wanted(cycle.plan, places)
    lacking = [(thing, place) for thing, place in wanted if (thing, place) not in known]
    counts = [(place, _count(INDICATOR, place, lacking), _count(MONEY, place, lacking)) for place in places]
    return [
        MissingOpening(year=place.year, number=place.number, indicators=indicators, branches=branches)
        for place, indicators, branches in counts
        if indicators or branches
    ]


def _count(kind: str, place: Place, lacking: list[tuple[Thing, Place]]) -> int:
    return sum(thing[0] == kind and where == place for thing, where in lacking)


def _wanted(plan: Plan, places: list[Place]) -> list[tuple[Thing, Place]]:
    """Every indicator with a target there, and every sub kegiatan with pagu in that year that had it by then."""
    targets = Target.objects.filter(
        indicator__node__plan=plan,
        indicator__retired=False,
        indicator__follow_rule="",
        year__in={place.year for place in places},
    ).select_related("indicator")
    pagu = Pagu.objects.filter(node__plan=plan, amount__gt=0, year__in={place.year for place in places})
    of_indicators = [
        ((INDICATOR, target.indicator_id), place)
        for target in targets
        for place in places
        if place.year == target.year and _is_due(target, place)
    ]
    begun = {year: first_days(plan, year) for year in {place.year for place in places}}
    of_money = [
        ((MONEY, found.node_id), place)
        for found in pagu
        for place in places
        if place.year == found.year and not _ends_before(place, begun[place.year].get(found.node_id))
    ]
    return [*of_indicators, *of_money]


def _ends_before(place: Place, first_day: date | None) -> bool:
    """Whether a period was over before the branch had any pagu."""
    if first_day is None or place.is_year:
        return False
    return place.period.last_day(place.year) < first_day


def target_in(target: Target, place: Place) -> Decimal | None:
    """The part of a year's target that falls in the place."""
    return target.annual if place.is_year else target.in_period(place.number)


def _is_due(target: Target, place: Place) -> bool:
    """Whether the indicator was to be measured there, and anything was to be reached."""
    if not place.is_year and not is_due(target.indicator.schedule, place.period.months):
        return False
    value = target_in(target, place)
    return bool(value) or (value is not None and METHODS[target.indicator.method].takes_zero_target)


def lines_of(plan: Plan) -> list[tuple[PlanNode, list[Indicator]]]:
    """Every branch in the order of the plan, with its indicators that take data awal: in use, and not following others."""
    indicators: dict[int, list[Indicator]] = {}
    for indicator in Indicator.objects.filter(node__plan=plan, retired=False, follow_rule="").order_by(
        "position"
    ):
        indicators.setdefault(indicator.node_id, []).append(indicator)
    return [
        (node, indicators.get(node.pk, []))
        for node in plan.nodes.select_related("sub_unit").order_by("position")
    ]
