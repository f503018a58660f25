"""What keeps a step open beside what is written in it: an earlier period that is not archived, a question about the order itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what is asked about
    from measurement.models import MeasurementCycle


def earlier_periods_are_archived(cycle: MeasurementCycle) -> Iterator[str]:
    """Only those of which nothing is archived yet: what a correction under way corrects speaks until it is archived, and then goes on by itself."""
    open_cycles = cycle.unit.cycles.under_way().filter(year=cycle.year, number__lt=cycle.number, amends=None)
    for other in open_cycles:
        yield (
            f"{other} masih berjalan; arsipkan dahulu supaya angka sampai dengan {cycle.period_of_year.noun} ini lengkap. "
            f"Bila siklus itu tidak diperlukan, {cycle.sop.head.short} dapat mencabut perintahnya."
        )


def withdrawal_is_answered(cycle: MeasurementCycle) -> Iterator[str]:
    """What is archived can't be withdrawn any more, so the question comes first."""
    if cycle.withdrawals.filter(answered_at=None).exists():
        sop = cycle.sop
        yield f"{sop.head.short} meminta perintah ini dicabut; {sop.secretary.short} menjawab permintaannya dahulu."
