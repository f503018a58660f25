"""What lies on a person's desk: every cycle under way in their offices, and what waits beside the steps. One row of one query for each page.

Lists within the row, not rows: it is the same query, and nearly the same work, for somebody who serves in one office and in a thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from measurement.doors.actions import OpenStay
from measurement.models import (
    Appointment,
    CorrectionEffect,
    Extension,
    FollowUp,
    MeasurementCycle,
    Message,
    OrderSchedule,
    Person,
    Plan,
    Prepared,
    ReportReceipt,
    Stay,
    Withdrawal,
    WorksheetNode,
    WorksheetRow,
)
from measurement.models.history import last_day
from measurement.models.json_list import listed_as_json
from measurement.record.office_facts import not_ready_to_order
from measurement.rules.sop import MEASURE, OPEN_ROWS, REWORK, Role, RowState, Step
from measurement.signing.waiting import signatures_waiting_for


@dataclass(frozen=True)
class Desk:
    """`stays` by the cycle's key, the newest period first. Then what waits beside the steps: signatures, unread messages, reports put before this
    person, cycles to be corrected, offices that can't order a measurement yet; `directions`: until when they are to follow up what, and what was
    answered of it. For orders the plans of the offices that they lead, which periods were ordered, and which were prepared for them above the office."""

    stays: Mapping[int, OpenStay]
    signatures: int
    unread: int
    reports: int
    corrections: int
    unready: int
    directions: list[list]
    plans: list[list]
    ordered: list[list]
    scheduled: list[list]

    @classmethod
    def of(cls, counted: Person) -> "Desk":
        """From a row that has it all as columns."""
        found = {column.name: getattr(counted, column.name) for column in fields(cls)}
        stays = sorted((OpenStay(*facts) for facts in found.pop("stays") or ()), key=_newest_first)
        found |= {name: found[name] or [] for name in ("directions", "plans", "ordered", "scheduled")}
        return cls({stay.cycle_id: stay for stay in stays}, **found)


def _newest_first(stay: OpenStay) -> tuple[int, int, int]:
    return -stay.year, -stay.number, stay.key


def desk_of(person: Person) -> Desk:
    """Looked up once and kept on the person while the request lasts."""
    kept: dict[str, Desk] = person.__dict__
    if "_desk" not in kept:
        today = timezone.localdate()
        kept["_desk"] = Desk.of(DESKS.rows(person, today, str(today.year))[0])
    return kept["_desk"]


def _desk(person: Person, day: date, year: str) -> QuerySet[Person]:
    """The year stands in the query: it decides how the query is written."""
    managed = Appointment.objects.units_of(person, Role.ADMINISTRATOR, day)
    return (
        Person.objects.only("pk")
        .filter(pk=person.pk)
        .annotate(
            stays=listed_as_json(
                _open_stays(person, Q(cycle__unit_id__in=person.served_units)), *STAY_COLUMNS
            ),
            signatures=_number(signatures_waiting_for(person)),
            unread=_number(Message.objects.visible_to(person).unread()),
            reports=_number(ReportReceipt.objects.waiting_for(person, day)),
            corrections=_number(CorrectionEffect.objects.waiting_for(person, day), "cycle"),
            unready=_number(not_ready_to_order(managed, day, int(year))),
            directions=listed_as_json(
                FollowUp.objects.answered_by(person, day).still_open(), "due", "directive__answer"
            ),
            **_for_orders(Appointment.objects.units_of(person, Role.CAMAT, day)),
        )
    )


STAY_COLUMNS = (
    *("pk", "cycle", "cycle__unit", "cycle__state", "cycle__year", "cycle__number", "step", "round", "arrived_at"),
    *("planned", "extended", "extended_own", "total", "open", "returned", "blank_money", "left_of_all"),
    *("withdrawals", "extensions", "extensions_of_people"),
)  # fmt: skip


def read_stay(person: Person, cycle: MeasurementCycle) -> OpenStay | None:
    """Where the cycle of an office stands that this person reads without serving in it; None once it is over."""
    if cycle.unit_id in person.unit_ids or not cycle.is_under_way:
        return None
    stays = listed_as_json(_open_stays(person, Q(cycle=cycle)), *STAY_COLUMNS)
    (((facts,),),) = Person.objects.filter(pk=person.pk).values_list(stays)
    return OpenStay(*facts)


def _open_stays(person: Person, which: Q) -> QuerySet[Stay]:
    """A cycle under way has exactly one open stay. What nobody asks at its step isn't counted."""
    of_stay = Extension.objects.filter(
        cycle=OuterRef("cycle"), step=OuterRef("step"), round=OuterRef("round")
    )
    asked = of_stay.waiting().exclude(asked_by=person)
    return (
        Stay.objects.filter(which, left_at=None)
        .with_terms()
        .annotate(
            extended_own=last_day(of_stay.granted().filter(person=person), "until"),
            **_own_part(person),
            withdrawals=Exists(Withdrawal.objects.filter(cycle=OuterRef("cycle"), answered_at=None)),
            extensions=Exists(asked.filter(person=None)),
            extensions_of_people=Exists(asked.filter(person__isnull=False)),
        )
    )


def _own_part(person: Person) -> dict:
    """What of the worksheet is this person's; and whether anybody has anything left."""
    rows = WorksheetRow.objects.filter(cycle=OuterRef("cycle"))
    mine = rows.to_fill_in().filter(owner=person)
    blank = WorksheetNode.objects.filter(cycle=OuterRef("cycle")).with_blank_money()
    still_open = Exists(rows.filter(state__in=OPEN_ROWS))
    return {
        "total": _while_at(_count(mine), MEASURE),
        "open": _while_at(_count(mine.filter(state__in=OPEN_ROWS)), MEASURE),
        "returned": _while_at(_count(mine.filter(state=RowState.DIKEMBALIKAN)), MEASURE, REWORK),
        "blank_money": _while_at(_count(blank.filter(owner=person)), MEASURE),
        # one after the other: SQLite would answer both sides of an "or"
        "left_of_all": Case(
            When(~Q(cycle__state=MEASURE.source), then=True),
            When(still_open, then=True),
            default=Exists(blank),
        ),
    }


def _while_at(count, *steps: Step):
    return Case(When(cycle__state__in=[step.source for step in steps], then=count), default=0)


def _count(queryset):
    """The number of a correlated queryset's rows as a column."""
    return Coalesce(
        Subquery(queryset.order_by().values("cycle").annotate(number=Count("pk")).values("number")), 0
    )


def _number(queryset, what: str = "pk"):
    """How many different ones an uncorrelated queryset has, as a column, so that it costs no query of its own."""
    one = queryset.order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(one.annotate(number=Count(what, distinct=True)).values("number")), 0)


def _for_orders(units: QuerySet) -> dict:
    """Of the offices that this person leads: how the plans measure, and which periods were ordered."""
    plans, cycles, scheduled = (
        Plan.objects.filter(unit__in=units),
        MeasurementCycle.objects.standing().filter(unit__in=units),
        OrderSchedule.objects.standing().filter(government__offices__in=units),
    )
    return {
        "plans": listed_as_json(plans, "unit", "start_year", "end_year", "chosen_frequencies"),
        "ordered": listed_as_json(cycles, "unit", "year", "number"),
        "scheduled": listed_as_json(
            scheduled, "pk", "government__offices", "year", "frequency", "number", "due"
        ),
    }


DESKS = Prepared(_desk)
