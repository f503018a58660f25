"""Handing over: what one person is responsible for goes to another, with a reason and a record that nobody can change.

What goes along: the plan's indicators and branches, and from cycles under way the rows that are not settled, with what was typed into them,
and the money.
Settled rows and archived cycles stay with whoever measured them. Every row's version rises, so that its former owner's open page is stale.
"""

from collections.abc import Callable, Collection, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from measurement.messages import notifications
from measurement.models import (
    Handover,
    Indicator,
    MeasurementCycle,
    Person,
    PlanNode,
    Unit,
    WorksheetNode,
    WorksheetRow,
)
from measurement.record import audit
from measurement.rules.permissions import may_hand_over
from measurement.rules.refusals import Incomplete, Stale
from measurement.rules.requirements import is_said
from measurement.rules.sop import MEASURING, SETTLED_ROWS, Role

from . import workflow

MOVED_ON = "Sebagian yang dipilih sudah berpindah atau selesai dinilai sejak halaman dibuka. Tidak ada yang dipindahkan; periksa lalu ulangi."
NOT_A_TAKER = "Penerima harus pegawai lain yang bertugas di {unit} hari ini."


def _indicators(unit: Unit) -> QuerySet[Indicator]:
    found = Indicator.objects.filter(node__plan__unit=unit, retired=False)
    return found.select_related("node__sub_unit").order_by("node__plan", "node__position", "position")


def _nodes(unit: Unit) -> QuerySet[PlanNode]:
    return PlanNode.objects.filter(plan__unit=unit).select_related("sub_unit")


def _rows(unit: Unit) -> QuerySet[WorksheetRow]:
    found = WorksheetRow.objects.filter(cycle__unit=unit, cycle__state__in=MEASURING).exclude(
        state__in=SETTLED_ROWS
    )
    return found.select_related("node", "cycle").order_by("cycle", "position")


def _money(unit: Unit) -> QuerySet[WorksheetNode]:
    found = WorksheetNode.objects.filter(cycle__unit=unit, cycle__state__in=MEASURING)
    return found.select_related("cycle").order_by("cycle", "position")


HELD: dict[str, Callable[[Unit], QuerySet]] = {
    "indicators": _indicators,
    "nodes": _nodes,
    "rows": _rows,
    "money": _money,
}
VERSIONED = {"indicators", "rows", "money"}


def holdings(unit: Unit, person: Person) -> dict[str, list]:
    """What the person is responsible for in the unit, by the names of `HELD`."""
    return {name: list(of(unit).filter(owner=person)) for name, of in HELD.items()}


def with_holdings(people: QuerySet[Person], unit: Unit) -> QuerySet[Person]:
    """The people with the number of what each holds as `held_indicators`, `held_nodes`, `held_rows` and `held_money`."""
    return people.annotate(**{f"held_{name}": _count(of(unit)) for name, of in HELD.items()})


def _count(things: QuerySet):
    per_owner = things.filter(owner=OuterRef("pk")).order_by().values("owner").annotate(number=Count("pk"))
    return Coalesce(Subquery(per_owner.values("number")), 0)


def held_by(person: Person) -> dict[str, int]:
    """The numbers that `with_holdings` put on a person, without the zeros."""
    return {name: number for name in HELD if (number := getattr(person, f"held_{name}"))}


def takers(unit: Unit, giver: Person) -> QuerySet[Person]:
    """Who can take over: everybody else who measures in the unit today."""
    serving = unit.appointments.in_force().exclude(role=Role.ADMINISTRATOR)
    return Person.objects.filter(is_active=True, appointments__in=serving).exclude(pk=giver.pk).distinct()


@transaction.atomic
def hand_over(
    unit: Unit,
    giver: Person,
    taker: Person,
    actor: Person,
    picked: Mapping[str, Collection[int]],
    reason: str,
) -> Handover:
    """Move what was picked (ids by the names of `HELD`), all of it or nothing. Stale if any of it is no longer the giver's to hand over."""
    handover = Handover(
        unit=unit, giver=giver, taker=taker, reason=reason.strip(), done_at=timezone.now(), done_by=actor
    )
    if not may_hand_over.test(actor, handover):
        raise PermissionDenied
    if not is_said(reason):
        raise Incomplete("Tuliskan alasan serah terima, paling sedikit 10 huruf.")
    if not takers(unit, giver).filter(pk=taker.pk).exists():
        raise Incomplete(NOT_A_TAKER.format(unit=unit))
    # always in the same order, so that two handovers never hold what the other one waits for
    cycles = [workflow.lock(pk) for pk in unit.cycles.under_way().order_by("pk").values_list("pk", flat=True)]
    moved = {name: _move(name, unit, giver, taker, set(keys)) for name, keys in picked.items() if keys}
    if not moved:
        raise Incomplete("Pilih paling sedikit satu yang diserahkan.")
    handover.moved = {
        name: [{"id": thing.pk, "name": str(thing)} for thing in things] for name, things in moved.items()
    }
    handover.save(force_insert=True)
    for cycle in cycles:
        _record(cycle, handover, moved)
    notifications.tell_handover(handover)
    return handover


def _move(name: str, unit: Unit, giver: Person, taker: Person, keys: set[int]) -> list:
    """The things, which now belong to the taker; the condition on the owner holds also where no lock does."""
    things = list(HELD[name](unit).filter(owner=giver, pk__in=keys))
    if name == "rows":  # nobody judges what becomes their own
        HELD[name](unit).model.objects.filter(pk__in=keys, owner=giver, examiner=taker).update(examiner=None)
    version = {"version": F("version") + 1} if name in VERSIONED else {}
    written = (
        HELD[name](unit)
        .model.objects.filter(pk__in=[thing.pk for thing in things], owner=giver)
        .update(owner=taker, **version)
    )
    if written != len(keys):
        raise Stale(MOVED_ON)
    return things


def _record(cycle: MeasurementCycle, handover: Handover, moved: dict[str, list]) -> None:
    """A line in the trail of each cycle whose rows or money moved."""
    told = {
        name: [thing.pk for thing in moved.get(name, ()) if thing.cycle_id == cycle.pk]
        for name in ("rows", "money")
    }
    if any(told.values()):
        who = {"giver": handover.giver_id, "taker": handover.taker_id}
        audit.record(
            cycle, handover.done_by, "hand_over", handover=handover.pk, **who, reason=handover.reason, **told
        )
