"""How often a unit measures in a year of its plan: chosen before the first order of that year, and its targets shared out anew."""

import logging
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measurement.models import Indicator, OpeningFigure, Person, Plan, Target
from measurement.rules.accumulations import Accumulation
from measurement.rules.numbers import round_half_up
from measurement.rules.opening import WHOLE_YEAR
from measurement.rules.periods import Frequency
from measurement.rules.permissions import may_keep_plan
from measurement.rules.plan_years import PLACES, targets_of_periods
from measurement.rules.refusals import Incomplete
from measurement.rules.spans import shared_out

from .revising import Basis, Revised, record_revision

logger = logging.getLogger(__name__)


def frequency_hindrances(plan: Plan, year: int) -> list[str]:
    """Why the frequency of a year can't be chosen any more."""
    return list(_hindrances(plan, year))


def _hindrances(plan: Plan, year: int) -> Iterator[str]:
    if year not in plan.years:
        yield f"Tahun {year} tidak termasuk {plan}."
    if ordered := plan.unit.cycles.standing().filter(year=year).order_by("pk").first():
        yield f"{ordered} sudah diperintahkan, jadi frekuensi pengukuran tahun {year} tidak dapat diubah lagi."
    opening = OpeningFigure.objects.filter(opening__plan=plan, year=year).exclude(number=WHOLE_YEAR)
    if opening.exists():
        yield f"Data awal tahun {year} sudah dicatat per {plan.frequency_in(year).noun}, jadi frekuensinya tidak dapat diubah lagi."


@transaction.atomic
def choose_frequency(
    plan: Plan, year: int, frequency: Frequency, actor: Person, basis: Basis | None = None
) -> int:
    """Measure the year that often from now on; how many indicators' targets were shared out anew. In an approved year that is a revision."""
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().select_related("unit").get(pk=plan.pk)
    if hindrances := frequency_hindrances(plan, year):
        raise Incomplete(*hindrances)
    before = plan.frequency_in(year)
    if frequency == before:
        return 0
    plan.chosen_frequencies[str(year)] = frequency.value
    plan.save(update_fields=["chosen_frequencies"])
    count = _share_out(plan, year, before, frequency, actor, basis)
    logger.info("plan %s: %s measured %s by %s", plan.pk, year, frequency.value, actor.pk)
    return count


def _share_out(
    plan: Plan, year: int, before: Frequency, now: Frequency, actor: Person, basis: Basis | None
) -> int:
    """The year's targets over its new periods; those of the year stay."""
    targets = Target.objects.filter(indicator__node__plan=plan, year=year).select_related("indicator__node")
    changes = []
    for target in targets:
        indicator, old = target.indicator, _shown(target, before)
        kind = Accumulation(indicator.accumulation)
        shares = targets_of_periods(kind, target.annual, indicator.schedule, now)
        target.put_periods(now, [None if s is None else round_half_up(s, PLACES) for s in shares])
        target.put_spans(target.span, shared_out(kind, target.span, now, indicator.schedule))
        label = f"target tiap {now.noun}"
        changes.append(Revised(indicator.node, indicator, year, label, old, _shown(target, now)))
    Target.objects.bulk_update(targets, [*Target.PERIODS, "spans"], batch_size=50)
    indicators = list(Indicator.objects.filter(pk__in=[target.indicator_id for target in targets]))
    for indicator in indicators:
        indicator.version += 1
    Indicator.objects.bulk_update(indicators, ["version"], batch_size=200)
    record_revision(
        plan,
        actor,
        basis,
        [change for change in changes if change.indicator and not change.indicator.retired],
    )
    return len(indicators)


def _shown(target: Target, frequency: Frequency) -> str:
    return "/".join(target.indicator.shown(aim) for aim in target.aims(frequency)[1:])
