"""What is known of offices on one day, for `rules/readiness`: one query for all of them, and one for the regular jobs."""

import functools
import operator
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from measurement.models import (
    Appointment,
    Holiday,
    Indicator,
    JobRun,
    OpeningSet,
    Plan,
    PlanApproval,
    PlanningDocument,
    PredicateLevel,
    Prepared,
    RetentionClass,
    SigningKey,
    Unit,
    WorkSpan,
)
from measurement.models.json_list import listed_as_json
from measurement.models.working_time import FEWEST_NATIONAL
from measurement.rules.readiness import OfficeFacts
from measurement.rules.sop import Role

LEADERS = (Role.CAMAT, Role.SEKCAM, Role.ADMINISTRATOR)
NEEDED = ("has_hours", "has_roles", "has_targets")  # before an order, as columns
SILENT = ("console", "dummy", "filebased")  # backends with which nobody gets a mail
IDENTITY = {"address": "alamat", "town": "tempat", "division": "sub bagian penyimpan berkas"}
REMINDERS, BACKUP, MAIL_CHECK = "send_reminders", "backup", "mail_check"


def facts_of(units: Collection[Unit], now: datetime, with_jobs: bool = True) -> dict[int, OfficeFacts]:
    """Unit id → its facts; without the regular jobs where only what keeps an order back is asked."""
    counted = _counted([unit.pk for unit in units], now)
    runs = {run.name: run for run in JobRun.objects.all()} if with_jobs else {}
    return {unit.pk: _facts(unit, counted[unit.pk], runs, now) for unit in units}


def _facts(unit: Unit, counted: dict, runs: dict[str, JobRun], now: datetime) -> OfficeFacts:
    today, tried = timezone.localdate(now), runs.get(MAIL_CHECK)
    unit.predicate_scale.know_bounds(counted["levels"])
    vacant = [unit.sop.holder(role) for role in LEADERS if not counted[role.value]]
    return OfficeFacts(
        year=today.year,
        now=now,
        identity_gaps=tuple(label for name, label in IDENTITY.items() if not getattr(unit, name)),
        has_emblem=unit.emblem_id is not None,
        sop_number=unit.sop.number,
        hours=counted["hours"],
        holidays=counted["holidays"],
        has_national_days=counted["holidays"] >= FEWEST_NATIONAL,
        scale=unit.predicate_scale.name,
        scale_gaps=tuple(unit.predicate_scale.gaps(today)),
        people=counted["people"],
        vacant=tuple(vacant),
        team=counted["team"],
        has_chair=counted["chair"],
        plan=counted["plan"] or "",
        targets=counted["targets"],
        ownerless=counted["ownerless"],
        approved=counted["approved"],
        documents=counted["documents"],
        openings=counted["openings"],
        openings_approved=counted["openings_approved"],
        signs=counted["authority"] or bool(settings.BSRE_URL),
        classification=unit.classification,
        has_retention=counted["retention"],
        mails=sends_mail(),
        mail_tried=tried.succeeded if tried else None,
        reminded=_last(runs.get(REMINDERS)),
        saved=_last(runs.get(BACKUP)),
    )


def sends_mail() -> bool:
    """Whether the server is set to send mail to anybody."""
    return not any(f".{name}." in settings.EMAIL_BACKEND for name in SILENT)


def _last(run: JobRun | None) -> datetime | None:
    return run.succeeded_at if run else None


def not_ready_to_order(units: QuerySet, day: date, year: int) -> QuerySet[Unit]:
    """Of these units those in which something `blocks_order`, each with what is there (`needed`): hours, all needed roles, targets for the year."""
    hours = WorkSpan.objects.in_force(day).filter(unit=OuterRef("pk"))
    serving = Appointment.objects.in_force(day).filter(unit=OuterRef("pk"), person__is_active=True)
    held = [Exists(serving.filter(role=role)) for role in (*LEADERS, Role.TIM_SAKIP)]
    needed = (Exists(hours), functools.reduce(operator.and_, held), Exists(_measured_in(year)))
    columns = dict(zip(NEEDED, needed, strict=True))
    return Unit.objects.filter(~functools.reduce(operator.and_, needed), pk__in=units).annotate(**columns)


def _measured_in(year: int) -> QuerySet[Indicator]:
    """An office's indicators that have a target for the year, in a plan that covers it."""
    return Indicator.objects.filter(
        retired=False, targets__year=year, node__plan__unit=OuterRef("pk"), node__plan__end_year__gte=year
    )


def _counted(units: list[int], now: datetime) -> dict[int, dict]:
    """Unit id → what the database counts of it."""
    today = timezone.localdate(now)
    return {row["pk"]: row for row in COUNTED.rows(units, now, today, str(today.year))}


def _counts(units: Collection[int], now: datetime, today: date, year: str) -> QuerySet[Unit, dict[str, Any]]:
    columns = {**_about_people(today), **_about_plan(int(year)), **_about_time(now, today, int(year))}
    found = Unit.objects.filter(pk__in=units).values("pk", **columns)
    return cast("QuerySet[Unit, dict[str, Any]]", found)


COUNTED = Prepared(_counts)


def _about_people(today: date) -> dict:
    serving = Appointment.objects.in_force(today).filter(unit=OuterRef("pk"), person__is_active=True)
    team = serving.filter(role=Role.TIM_SAKIP)
    return {
        **{role.value: Exists(serving.filter(role=role)) for role in LEADERS},
        "people": _number(serving, "unit", "person"),
        "team": _number(team, "unit", "person"),
        "chair": Exists(team.filter(chairs=True)),
    }


def _about_plan(year: int) -> dict:
    plans = Plan.objects.filter(unit=OuterRef("pk"), start_year__lte=year, end_year__gte=year)
    measured = _measured_in(year)
    documents = PlanningDocument.objects.filter(plan__unit=OuterRef("pk"), year=year)
    openings = OpeningSet.objects.filter(plan__unit=OuterRef("pk"))
    return {
        "plan": Subquery(plans.values("name")[:1]),
        "targets": _number(measured, "node__plan__unit"),
        "ownerless": _number(measured.filter(owner=None), "node__plan__unit"),
        "approved": Exists(PlanApproval.objects.filter(plan__unit=OuterRef("pk"), year=year)),
        "documents": _number(documents, "plan__unit"),
        "openings": _number(openings, "plan__unit"),
        "openings_approved": _number(openings.approved(), "plan__unit"),
    }


def _about_time(now: datetime, today: date, year: int) -> dict:
    days_off = Holiday.objects.filter(Q(unit=None) | Q(unit=OuterRef("pk")), date__year=year).annotate(
        all=Value(1)
    )
    authority = SigningKey.objects.filter(
        unit=OuterRef("pk"), purpose=SigningKey.Purpose.AUTHORITY, revoked_at=None, expires_at__gt=now
    )
    return {
        "hours": _number(WorkSpan.objects.in_force(today).filter(unit=OuterRef("pk")), "unit"),
        "holidays": _number(days_off, "all", "date"),
        "authority": Exists(authority),
        "levels": listed_as_json(
            PredicateLevel.objects.filter(scale=OuterRef("predicate_scale")), "label", "lower"
        ),
        "retention": Exists(
            RetentionClass.objects.filter(
                Q(unit=None) | Q(unit=OuterRef("pk")), code=OuterRef("classification")
            )
        ),
    }


def _number(queryset: QuerySet, group: str, what: str = "pk"):
    """How many there are of an office, as a column."""
    counted = queryset.order_by().values(group).annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)
