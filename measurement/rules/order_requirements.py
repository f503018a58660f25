"""What an office must have before a measurement can be ordered (step 1): each check takes the cycle and yields sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from .sop import Role

if TYPE_CHECKING:  # what is asked about
    from measurement.models import MeasurementCycle


def plan_covers_year(cycle: MeasurementCycle) -> Iterator[str]:
    if not cycle.plan.nodes.filter(indicators__targets__year=cycle.year, indicators__retired=False).exists():
        yield f"Rencana belum memuat target tahun {cycle.year}. Impor rencana lebih dahulu."


def sekcam_in_office(cycle: MeasurementCycle) -> Iterator[str]:
    if not cycle.unit.appointments.in_force().filter(role=Role.SEKCAM).exists():
        who = cycle.sop.secretary.short
        yield f"Belum ada {who} (atau Plt./Plh.) yang ditugaskan. Minta administrator mencatat penugasannya."


def hours_are_set(cycle: MeasurementCycle) -> Iterator[str]:
    if not cycle.unit.calendar.has_hours_on(timezone.localdate()):
        yield "Jam kerja belum diatur, jadi batas waktu tidak dapat dihitung. Minta administrator mengisinya."


def team_in_office(cycle: MeasurementCycle) -> Iterator[str]:
    if not cycle.unit.appointments.in_force().filter(role=Role.TIM_SAKIP).exists():
        yield "Belum ada Tim SAKIP yang ditugaskan. Minta administrator mencatat penugasannya."


BEFORE_ORDER = (plan_covers_year, sekcam_in_office, team_in_office, hours_are_set)
