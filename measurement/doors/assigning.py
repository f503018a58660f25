"""Who of Tim SAKIP judges which rows: shared out by its chair, or one row offered to a colleague by its owner. Nobody gets a row of their own."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.addresses import reverse
from measurement.messages import notifications
from measurement.models import MeasurementCycle, Message, Person
from measurement.record import audit
from measurement.rules.permissions import is_tim_sakip
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sharing import SharedRow, share_evenly, share_to
from measurement.rules.sop import EVALUATE, MEASURING, SETTLED_ROWS, Role

from . import workflow

CLOSED = "Pembagian baris hanya dapat diubah selama pengukuran dan evaluasi."
NOBODY_ELSE = "Tidak ada rekan lain di Tim SAKIP yang dapat menilai baris ini."


def judges(cycle: MeasurementCycle) -> list[Person]:
    """Tim SAKIP as it serves today, the chair first."""
    held = cycle.unit.appointments.in_force().filter(role=Role.TIM_SAKIP, person__is_active=True)
    ordered = held.select_related("person").order_by("-chairs", "pk")
    return list({appointment.person_id: appointment.person for appointment in ordered}.values())


def may_assign(person: Person, cycle: MeasurementCycle) -> bool:
    """The chair of Tim SAKIP; while the team has none, each of its members."""
    return person.chairs_team_in(cycle.unit_id) or (
        not cycle.unit.team_chairs and is_tim_sakip.test(person, cycle)
    )


@transaction.atomic
def share_out(cycle_id: int, actor: Person) -> dict[int, int]:
    """Every row that is still to be judged, evenly among the team. Row → member."""
    cycle = _locked(cycle_id, actor)
    return _write(cycle, actor, share_evenly(_rows(cycle), [one.pk for one in judges(cycle)]))


@transaction.atomic
def assign_rows(cycle_id: int, actor: Person, chosen: dict[int, int]) -> dict[int, int]:
    """Branches of the sheet to members: the rows of each branch (node id → member id) that are still to be judged."""
    cycle = _locked(cycle_id, actor)
    team = [one.pk for one in judges(cycle)]
    if not set(chosen.values()) <= set(team):
        raise Incomplete("Ada penilai yang bukan anggota Tim SAKIP; muat ulang halaman.")
    found: dict[int, int] = {}
    for member in dict.fromkeys(chosen.values()):
        nodes = [node for node, one in chosen.items() if one == member]
        found |= share_to(_rows(cycle, nodes), member, team, Counter(found.values()))
    return _write(cycle, actor, found)


@transaction.atomic
def offer(cycle_id: int, actor: Person, row_id: int | None) -> Person:
    """One's own row to the colleague who has the fewest; returns whom."""
    cycle = workflow.lock(cycle_id)
    if not is_tim_sakip.test(actor, cycle):
        raise PermissionDenied
    _check_open(cycle)
    row = cycle.rows.filter(pk=row_id or 0).exclude(state__in=SETTLED_ROWS).first()
    if row is None:
        raise NotAtThisStep("Baris ini sudah dinilai.")
    others = [one for one in judges(cycle) if one.pk not in (actor.pk, row.owner_id)]
    if not others:
        raise Incomplete(NOBODY_ELSE)
    load = Counter(cycle.rows.exclude(state__in=SETTLED_ROWS).values_list("examiner", flat=True))
    colleague = min(others, key=lambda one: load[one.pk])
    _write(cycle, actor, {row.pk: colleague.pk})
    return colleague


def _locked(cycle_id: int, actor: Person) -> MeasurementCycle:
    cycle = workflow.lock(cycle_id)
    if not may_assign(actor, cycle):
        raise PermissionDenied
    _check_open(cycle)
    return cycle


def _check_open(cycle: MeasurementCycle) -> None:
    if cycle.state not in MEASURING:
        raise NotAtThisStep(CLOSED)


def _rows(cycle: MeasurementCycle, nodes: list[int] | None = None) -> list[SharedRow]:
    """The rows that are still to be judged in this round, in the order of the plan."""
    rows = cycle.rows.to_fill_in().exclude(state__in=SETTLED_ROWS).filter(round=cycle.round)
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    return [SharedRow(*row) for row in rows.order_by("node__position", "position").values_list("pk", "owner")]


def _write(cycle: MeasurementCycle, actor: Person, found: dict[int, int]) -> dict[int, int]:
    """Keep it, and tell those who got rows, but not the actor."""
    if not found:
        return found
    for member in set(found.values()):
        cycle.rows.filter(pk__in=[pk for pk, one in found.items() if one == member]).update(examiner=member)
    entry = audit.record(cycle, actor, "rows_assign", rows={str(pk): member for pk, member in found.items()})
    notifications.write_and_mail(
        Message(
            person_id=member, cycle=cycle, kind=Message.Kind.TURN, key=f"pembagian:{cycle.pk}:{entry.sequence}",
            subject=f"{cycle}: {count} baris evaluasi menjadi bagian Anda",
            text=f"{actor.name} membagikan {count} baris kepada Anda untuk dinilai pada {cycle}.",
            url=reverse("step", args=[cycle.pk, EVALUATE.number]) + "?saring=bagian-saya", created_at=timezone.now(),
        )
        for member, count in Counter(found.values()).items()
        if member != actor.pk
    )  # fmt: skip
    return found
