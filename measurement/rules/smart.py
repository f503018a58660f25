"""The SMART gate of step 4: an indicator that lacks an element is measured only once the chair of Tim SAKIP has decided on it and said why.

Every indicator of the year passes it, also one that is not due now or follows others: the methodology that is set holds for all of them. One that
is the same as another is decided on together with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .following import FollowRule

if TYPE_CHECKING:  # what is asked about: the rules read it and need nothing of it to run
    from measurement.models import IndicatorToMeasure, MeasurementCycle

SHOWN = 3
NO_CHAIR = (
    "Ketua Tim SAKIP belum ditunjuk, padahal {count} indikator yang belum SMART memerlukan keputusannya. Minta administrator mencentang "
    "“Ketua Tim SAKIP” pada penugasan seorang anggota di halaman Pegawai, atau perbaiki indikatornya sampai kelima unsurnya terpenuhi."
)


def not_smart(cycle: MeasurementCycle) -> list[IndicatorToMeasure]:
    """The indicators of the year that were judged to lack an element."""
    return [indicator for indicator in cycle.indicators_to_measure if indicator.smart_lacks]


def decided_with(
    indicator: IndicatorToMeasure, others: list[IndicatorToMeasure]
) -> IndicatorToMeasure | None:
    """The indicator whose decision holds for this one, too: it is the same, and lacks at least as much."""
    if indicator.follow_rule != FollowRule.SAME:
        return None
    followed = {source.pk for source in indicator.follows.all()}
    lacking = set(indicator.smart_lacks)
    return next((o for o in others if o.pk in followed and lacking <= set(o.smart_lacks)), None)


def undecided(cycle: MeasurementCycle) -> list[IndicatorToMeasure]:
    """Those on which there is no decision, or one made before something more was found lacking."""
    decided = {
        found.indicator_id: set(found.lacks) for found in cycle.smart_history if found.cycle_id == cycle.pk
    }
    return [i for i in not_smart(cycle) if not set(i.smart_lacks) <= decided.get(i.pk, set())]


def smart_is_decided(cycle: MeasurementCycle) -> Iterator[str]:
    """What keeps step 4 open: who has to decide on what. Never without a way out."""
    waiting = undecided(cycle)
    if not waiting:
        return
    if not cycle.unit.team_chairs:
        yield NO_CHAIR.format(count=len(waiting))
        return
    names = ", ".join(f"“{indicator.name}”" for indicator in waiting[:SHOWN])
    more = f" dan {len(waiting) - SHOWN} lainnya" if len(waiting) > SHOWN else ""
    yield (
        f"Keputusan Ketua Tim SAKIP ({', '.join(cycle.unit.team_chairs)}) atas {len(waiting)} indikator yang belum SMART belum ada: {names}{more}."
    )
