"""The archived cycles with their packages, and how long they are kept."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import (
    CorrectionEffect,
    MeasurementCycle,
    Person,
    Prepared,
    ReportedCycle,
    Stay,
    with_reports,
)
from measurement.models.reading import listed_for
from measurement.record.retention import Retention, Schedule, retention, retention_schedule
from measurement.rules.permissions import may_see_all_rows

from ..paging import PagedList, PreparedList
from ..start.tasks import named_cycle
from ..visitor import PersonRequest
from .archive_query import ArchiveQuery, MeasuredPeriod

PER_PAGE, NEWEST_CYCLES = 25, 8


def archived_cycles(
    request: PersonRequest, office: int | None, wanted: ArchiveQuery, measured: list[MeasuredPeriod]
) -> dict:
    """The archived cycles of the wanted year and period a page at a time; a few of the newest where nothing is wanted."""
    person, today = request.user, timezone.localdate()
    known = retention_schedule({office} if office else person.served_units)
    few = not (wanted.on_cycle() or wanted.overdue)
    total = None if wanted.overdue else sum(one.archived for one in measured if one.is_wanted(wanted))
    newest = PreparedList(NEWEST, _all_of, person, office, counted=total)
    found = (
        newest if few else PreparedList(None, _wanted, person, office, wanted, known, today, counted=total)
    )
    paged = PagedList.of(found, request, NEWEST_CYCLES if few else PER_PAGE, "siklus")
    shown = [(cycle, retention(cycle, known)) for cycle in paged.page]
    prefetch_related_objects([cycle for cycle, _ in shown], "packages")
    asked = _to_correct(cycle for cycle, _ in shown)
    return {
        "lines": [
            _cycle_line(person, cycle, rule, rule.is_over(today)) | {"to_correct": asked.get(cycle.pk, "")}
            for cycle, rule in shown
        ],
        "pages": paged,
        "older": paged.count - len(shown) if few and paged.is_first else 0,
        "overdue": wanted.overdue,
    }


def _archive_of(person: Person, office: int | None) -> QuerySet[MeasurementCycle]:
    cycles = MeasurementCycle.objects.visible_to(person).filter(listed_for(person, office)).archived()
    return cycles.order_by("-year", "-number", "-opened_at", "-pk")


def _wanted(
    person: Person, office: int | None, wanted: ArchiveQuery, known: Schedule, today: date
) -> QuerySet[ReportedCycle]:
    found = _archive_of(person, office).filter(**wanted.on_cycle())
    return _with_facts(found.filter(pk__in=_overdue(found, known, today)) if wanted.overdue else found)


def _all_of(person: Person, office: int | None) -> QuerySet[ReportedCycle]:
    return _with_facts(_archive_of(person, office))


def _newest(person: Person, office: int | None) -> QuerySet[ReportedCycle]:
    return _all_of(person, office)[: NEWEST_CYCLES + 1]


NEWEST = Prepared(_newest)


def _with_facts(cycles: QuerySet[MeasurementCycle]) -> QuerySet[ReportedCycle]:
    """With their units, when their last step was left, and their report."""
    last = Stay.objects.filter(cycle=OuterRef("pk")).order_by(F("left_at").desc(nulls_last=True))
    closed = Subquery(last.values("left_at")[:1])
    return with_reports(cycles.select_related("unit")).annotate(closed_at=closed)


def _overdue(cycles: QuerySet[MeasurementCycle], known: Schedule, today: date) -> list[int]:
    """Those that are kept longer than they have to be, by their keys: the schedule tells, not the database."""
    closed = cycles.annotate(closed_at=Max("stays__left_at"))
    facts = closed.values_list("pk", "unit", "unit__classification", "closed_at")
    return [pk for pk, unit, code, moment in facts if known.kept(unit, code, moment).is_over(today)]


def _to_correct(cycles: Iterable[MeasurementCycle]) -> dict[int, str]:
    """Archived cycle's id → the sentence that it has to be corrected itself, after a correction before it."""
    effects = EFFECTS.rows([cycle.pk for cycle in cycles])
    return {effect.cycle_id: effect.asks for effect in effects}


def _effects(cycles: Collection[int]) -> QuerySet[CorrectionEffect]:
    effects = CorrectionEffect.objects.still_to_correct().filter(cycle__in=cycles)
    return effects.select_related("correction", "cycle")


EFFECTS = Prepared(_effects)


def _cycle_line(person: Person, cycle: ReportedCycle, kept: Retention, is_over: bool) -> dict:
    return {
        "title": named_cycle(cycle, person),
        "url": reverse("cycle", args=[cycle.pk]),
        "report": reverse("paper", args=[cycle.report_id]) if cycle.report_id else "",
        "retention": kept.words,
        "is_over": is_over,
        "package": _package(cycle) if may_see_all_rows.test(person, cycle) else None,
    }


def _package(cycle: MeasurementCycle) -> dict:
    newest = next(reversed(cycle.packages.all()), None)
    facts = (
        f"Paket versi {newest.version}, {filesizeformat(newest.size)}"
        if newest
        else "Paket disusun saat diunduh"
    )
    return {
        "url": reverse("package", args=[cycle.pk]),
        "facts": facts,
        "sha256": newest.sha256 if newest else "",
    }
