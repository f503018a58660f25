"""A new plan of an office: its years, the document that it rests on, and, if wanted, the structure of the plan before it as a start."""

from dataclasses import dataclass

from django.db import transaction

from measurement.models import Indicator, IndicatorDefinition, Person, Plan, PlanNode, SettingChange, Unit
from measurement.record.setting_changes import record_setting
from measurement.rules.refusals import Incomplete

OVERLAPS = "Tahun {start}–{end} bertumpuk dengan {other}. Pilih tahun yang belum termasuk rencana lain."


@dataclass(frozen=True)
class NewPlan:
    """What is typed; `like` is a plan whose branches and indicators come along, without targets and pagu."""

    name: str
    start_year: int
    end_year: int
    source_note: str = ""
    like: Plan | None = None


@transaction.atomic
def begin_plan(unit: Unit, actor: Person, new: NewPlan) -> Plan:
    """Incomplete where its years belong to another plan of the unit."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if other := unit.plans.filter(start_year__lte=new.end_year, end_year__gte=new.start_year).first():
        raise Incomplete(OVERLAPS.format(start=new.start_year, end=new.end_year, other=other))
    plan = Plan.objects.create(
        unit=unit,
        name=new.name,
        start_year=new.start_year,
        end_year=new.end_year,
        source_note=new.source_note,
    )
    if new.like:
        _copy_structure(new.like, plan)
    source = f"; susunan dari {new.like}" if new.like else ""
    record_setting(unit, actor, SettingChange.Part.PLAN, {}, {str(plan): f"dibuat{source}"})
    return plan


def _copy_structure(like: Plan, plan: Plan) -> None:
    nodes: dict[int, PlanNode] = {}
    staff = set(plan.unit.appointments.in_force().values_list("person", flat=True))
    for node in like.nodes.order_by("position", "pk"):
        old, parent = node.pk, node.parent_id
        node.pk, node.plan = None, plan
        node.parent = nodes[parent] if parent else None
        node.owner_id = node.owner_id if node.owner_id in staff else None
        node.save(force_insert=True)
        nodes[old] = node
    _copy_indicators(like, nodes, staff)


def _copy_indicators(like: Plan, nodes: dict[int, PlanNode], staff: set[int]) -> None:
    made: dict[int, Indicator] = {}
    found = Indicator.objects.filter(node__plan=like, retired=False).prefetch_related("follows")
    defining = [field.name for field in IndicatorDefinition._meta.fields]
    for old in found:
        owner = old.owner_id if old.owner_id in staff else None
        values = {name: getattr(old, name) for name in defining}
        made[old.pk] = Indicator.objects.create(
            node=nodes[old.node_id], owner_id=owner, position=old.position, **values
        )
    for old in found:
        if old.follow_rule:
            made[old.pk].follows.set([made[one.pk] for one in old.follows.all() if one.pk in made])
