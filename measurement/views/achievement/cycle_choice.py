"""Which office and which cycle the pages of Capaian are about, and the chips to choose another."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from measurement.addresses import reverse
from measurement.figures.past_cycles import has_worksheet
from measurement.models import MeasurementCycle, Person, Prepared, ReportedCycle, Unit, with_reports
from measurement.rules.numbers import parse_key
from measurement.rules.periods import Frequency
from measurement.rules.permissions import may_see_figures

from ..fetch import tell_reading
from ..visitor import PersonRequest

COMPARISON = "years"
PAGES = (("achievement", "Capaian"), ("trends", "Tren"), (COMPARISON, "Perbandingan tahun"))
MOST_YEARS = 4


@dataclass(frozen=True)
class Choice:
    """One of a person's offices with all its cycles, newest first, each with its `report`; and those whose figures the person may see."""

    unit: Unit | None
    units: list[Unit]
    cycles: list[ReportedCycle]
    seen: list[ReportedCycle]
    asked: ReportedCycle | None = None
    is_named: bool = False  # the address has to say which office

    def frequency_in(self, year: int) -> Frequency:
        """How often the year is measured: as its cycles are, else as the office's newest cycle is."""
        kinds = {cycle.year: cycle.period_of_year.frequency for cycle in reversed(self.cycles)}
        return kinds.get(year) or next(reversed(kinds.values()), Frequency.QUARTERLY)


def choose(request: PersonRequest) -> Choice:
    """What the address names, else the first office; 404 for what is not this person's."""
    person = request.user
    units, read = person.units, _office_read(request)
    if read:
        units = [read, *units]
        tell_reading(request, read)
    wanted = read or _unit_of_asked(request) or _asked(request, "unit", units) or next(iter(units), None)
    unit = person.unit(wanted.pk) if wanted else None
    cycles = _cycles(person, unit) if unit else []
    asked = _asked(request, "siklus", cycles)
    seen = [cycle for cycle in cycles if has_worksheet(cycle) and may_see_figures(person, cycle)]
    return Choice(unit, units, cycles, seen, asked, read is not None or len(units) > 1)


def _office_read(request: PersonRequest) -> Unit | None:
    """The office that the address names, itself or by a cycle, where this person reads it without serving in it."""
    person, unit, cycle = (
        request.user,
        parse_key(request.GET.get("unit", "")),
        parse_key(request.GET.get("siklus", "")),
    )
    if not person.read_governments or not (unit or cycle):
        return None
    named = Q(pk=unit) if unit else Q(cycles=cycle)
    found = Unit.objects.visible_to(person).exclude(pk__in=person.unit_ids).filter(named).first()
    return person.unit(found.pk) if found else None


def _asked(request: PersonRequest, name: str, known: list):
    """Which of these the address names by its key; None where it names nothing."""
    if not request.GET.get(name):
        return None
    found = next((item for item in known if item.pk == parse_key(request.GET[name])), None)
    if found is None:
        raise Http404
    return found


def _unit_of_asked(request: PersonRequest) -> Unit | None:
    """The office of the cycle that the address names; for somebody who serves in one there is no other."""
    if len(request.user.units) < 2 or not request.GET.get("siklus"):
        return None
    cycles = MeasurementCycle.objects.served_by(request.user).standing()
    key = parse_key(request.GET["siklus"])
    return request.user.brief_unit(get_object_or_404(cycles.only("unit"), pk=key).unit_id)


def _cycles(person: Person, unit: Unit) -> list[ReportedCycle]:
    cycles = REPORTED.rows(person, unit)
    for cycle in cycles:
        cycle.unit = unit
    return cycles


def _reported(person: Person, unit: Unit) -> QuerySet[ReportedCycle]:
    found = MeasurementCycle.objects.visible_to(person).filter(unit=unit).standing()
    return with_reports(found.select_related("plan"))


REPORTED = Prepared(_reported)


def chosen_number(request: PersonRequest, name: str, known: Sequence[int]) -> int | None:
    """The year or period that the address names, if it is one of these."""
    asked = parse_key(request.GET.get(name, ""))
    return asked if asked in known else None


def span_of_years(periods: Iterable[tuple[int, int]]) -> list[int]:
    """The years from the first to the last of these (year, number), those between as well; at most the newest few."""
    known = {year for year, _ in periods}
    return list(range(min(known), max(known) + 1))[-MOST_YEARS:] if known else []


def page_url(choice: Choice, page: str, **query: int) -> str:
    """A page of Capaian for the same office."""
    unit = {"unit": choice.unit.pk} if choice.unit and choice.is_named else {}
    return reverse(page, query=unit | query)


def page_chips(choice: Choice, here: str, earlier: Collection[int] = ()) -> list[dict]:
    """The pages of Capaian for this office; years can be compared from two on, `earlier` are those that only data awal know."""
    years = {cycle.year for cycle in choice.seen} | set(earlier)
    pages = [(name, label) for name, label in PAGES if name != COMPARISON or len(years) > 1 or here == name]
    return [chip(label, page_url(choice, name), name == here) for name, label in pages]


def year_chips(choice: Choice, shown: MeasurementCycle | None) -> list[dict]:
    """The years with figures, each leading to its newest cycle; nothing where there is only one."""
    newest = {cycle.year: cycle for cycle in reversed(choice.seen)}
    years = [
        chip(str(year), _url(cycle), shown is not None and year == shown.year)
        for year, cycle in sorted(newest.items())
    ]
    return years if len(years) > 1 else []


def period_chips(choice: Choice, shown: MeasurementCycle | None) -> list[dict]:
    """The cycles of the shown year that have figures."""
    cycles = [cycle for cycle in reversed(choice.seen) if shown and cycle.year == shown.year]
    return [chip(_period_label(cycle), _url(cycle), cycle == shown) for cycle in cycles]


def _period_label(cycle: MeasurementCycle) -> str:
    return f"{cycle.period_of_year.short} {cycle.year}" + (" (koreksi)" if cycle.amends_id else "")


def _url(cycle: MeasurementCycle) -> str:
    return reverse("achievement", query={"siklus": cycle.pk})


def chip(label: str, url: str, current: bool) -> dict:
    return {"label": label, "url": url, "current": current}
