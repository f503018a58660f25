"""The chair of Tim SAKIP decides at step 4 on the indicators that lack an element of SMART."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.models import IndicatorToMeasure, MeasurementCycle, Person, SmartDecision
from measurement.record import audit
from measurement.rules.dates import long_date
from measurement.rules.permissions import may_decide_smart
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.smart import decided_with, not_smart
from measurement.rules.sop import PREPARE_METHOD, Role

from .workflow import lock, who_was_faster

ASKED = "Keputusan atas “{name}”: {what}."


@dataclass(frozen=True)
class Judgement:
    """What the chair says of one indicator."""

    indicator_id: int
    verdict: str
    reason: str
    revise_by: date | None = None

    def gaps(self, today: date) -> list[str]:
        """What it lacks to be a decision."""
        found = []
        if self.verdict not in SmartDecision.Verdict.values:
            found.append("pilih dipakai apa adanya atau diperbaiki")
        if not is_said(self.reason):
            found.append("tuliskan alasannya, paling sedikit 10 huruf")
        if self.verdict == SmartDecision.Verdict.REVISED and (
            self.revise_by is None or self.revise_by < today
        ):
            found.append(f"isi tanggal perbaikannya, paling awal {long_date(today)}")
        return found


@transaction.atomic
def decide_smart(cycle_id: int, actor: Person, judgements: Iterable[Judgement]) -> int:
    """Keep the decisions that differ from what is kept; the number written. What is the same as a decided indicator is decided with it."""
    cycle = lock(cycle_id)
    if cycle.step != PREPARE_METHOD:
        raise NotAtThisStep(who_was_faster(cycle, PREPARE_METHOD.key))
    if not may_decide_smart(actor, cycle):
        raise PermissionDenied
    listed = not_smart(cycle)
    by_id, written, gaps = {indicator.pk: indicator for indicator in listed}, 0, []
    for said in judgements:
        indicator = by_id.get(said.indicator_id)
        if indicator is None:
            gaps.append(
                "Ada indikator pada keputusan SMART yang tidak lagi menunggu keputusan; muat ulang halaman."
            )
            continue
        if lacking := said.gaps(timezone.localdate()):
            gaps.append(ASKED.format(name=indicator.name, what="; ".join(lacking)))
            continue
        same = [other for other in listed if decided_with(other, listed) == indicator]
        written += sum(_keep(cycle, actor, each, said) for each in (indicator, *same))
    if gaps:
        raise Incomplete(*gaps)
    return written


def _keep(cycle: MeasurementCycle, actor: Person, indicator: IndicatorToMeasure, said: Judgement) -> bool:
    """Write one decision and its entry in the trail; nothing where the same was decided before."""
    day = said.revise_by if said.verdict == SmartDecision.Verdict.REVISED else None
    facts = {
        "lacks": indicator.smart_lacks,
        "verdict": said.verdict,
        "reason": said.reason.strip(),
        "revise_by": day,
    }
    kept = cycle.smart_decisions.filter(indicator=indicator).first()
    if kept and all(getattr(kept, name) == value for name, value in facts.items()):
        return False
    who = {
        "decided_by": actor,
        "decided_as": actor.title_in(cycle.unit_id, Role.TIM_SAKIP),
        "decided_at": timezone.now(),
    }
    SmartDecision.objects.update_or_create(cycle=cycle, indicator=indicator, defaults=facts | who)
    told = facts | {"revise_by": day.isoformat() if day else ""}
    audit.record(cycle, actor, "smart_decision", indicator=indicator.pk, name=indicator.name, **told)
    return True
