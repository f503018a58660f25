"""Indicators that a government prescribes for the plans of its offices, from a year on. An office takes each onto a branch of its own; its targets come
with the plan, and what was frozen into a cycle stays."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from measurement.models import Government, Indicator, Person, Plan, PlanNode, StandardPart
from measurement.record.government_standards import Facts, standards_kept
from measurement.rules.accumulations import ACCUMULATION_CHOICES
from measurement.rules.methods import METHOD_CHOICES
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete, Stale

logger = logging.getLogger(__name__)
METHODS_IN_WORDS, ACCUMULATIONS_IN_WORDS = dict(METHOD_CHOICES), dict(ACCUMULATION_CHOICES)
WITHDRAWN = "Indikator ini tidak lagi ditetapkan daerah. Muat ulang halamannya."
ON_PLAN = "Indikator ini sudah ada pada rencana."
ELSEWHERE = "Cabang itu bukan bagian rencana ini. Pilih cabangnya sekali lagi."


@dataclass(frozen=True)
class Prescription:
    """What the government prescribes; a plan that ends before `from_year` need not have it."""

    name: str
    measure: str
    method: str
    accumulation: str
    formula: str
    source: str
    from_year: int

    @property
    def words(self) -> str:
        return definition_words(self.measure, self.method, self.accumulation)


@dataclass(frozen=True)
class PrescribedStand:
    """One prescription beside a plan: whether it is there, and in which words where they differ."""

    prescription: Prescription
    is_there: bool
    own_words: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.own_words) and self.own_words != self.prescription.words


def definition_words(measure: str, method: str, accumulation: str) -> str:
    return f"satuan {measure}, {METHODS_IN_WORDS.get(method, method).lower()}, {ACCUMULATIONS_IN_WORDS.get(accumulation, accumulation).lower()}"


def facts_of_prescription(prescription: Prescription) -> Facts:
    return asdict(prescription)


def prescriptions_for(plan: Plan) -> list[Prescription]:
    """Those that reach into the years of the plan."""
    kept = standards_kept(plan.unit.belongs_to_id, StandardPart.INDICATOR)
    found = [Prescription(**facts) for facts in kept.values()]
    return [each for each in found if each.from_year <= plan.end_year]


def prescribed_stands(plan: Plan) -> list[PrescribedStand]:
    prescribed = prescriptions_for(plan)
    found = Indicator.objects.filter(
        node__plan=plan, retired=False, name__in=[each.name for each in prescribed]
    )
    own = {
        name: definition_words(*facts)
        for name, *facts in found.values_list("name", "measure", "method", "accumulation")
    }
    return [PrescribedStand(each, each.name in own, own.get(each.name, "")) for each in prescribed]


def prescribed_in_offices(government: Government, names: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """Office, name and words of those that the offices have on plans that still run."""
    found = Indicator.objects.filter(
        node__plan__unit__belongs_to=government, retired=False, name__in=names
    ).annotate(office=F("node__plan__unit"))
    for unit, name, *facts in found.order_by("node__plan__end_year", "pk").values_list(
        "office", "name", "measure", "method", "accumulation"
    ):
        yield unit, name, definition_words(*facts)


@transaction.atomic
def take_prescribed(plan: Plan, name: str, node: PlanNode, actor: Person) -> Indicator:
    """The indicator on a branch of the plan, its targets still to be entered. PermissionDenied without the role; Stale where it is no longer
    prescribed; Incomplete where the plan has it."""
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    prescription = next((each for each in prescriptions_for(plan) if each.name == name), None)
    if prescription is None:
        raise Stale(WITHDRAWN)
    if node.plan_id != plan.pk:
        raise Incomplete(ELSEWHERE)
    if Indicator.objects.filter(node__plan=plan, name=name, retired=False).exists():
        raise Incomplete(ON_PLAN)
    last = Indicator.objects.filter(node__plan=plan).aggregate(last=Max("position"))["last"] or 0
    values = {key: value for key, value in asdict(prescription).items() if key != "from_year"}
    made, _ = Indicator.objects.update_or_create(
        node=node,
        name=name,
        defaults=values | {"retired": False},
        create_defaults=values | {"position": last + 1},
    )
    logger.info("plan %s: indicator %s of its government by %s", plan.pk, made.pk, actor.pk)
    return made
