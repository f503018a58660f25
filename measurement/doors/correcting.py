"""When a correction is archived, it goes on into the later cycles of its office: written, with a trail, or told as to be done."""

from django.db.models import F

from measurement.models import MeasurementCycle, Person
from measurement.record import audit
from measurement.record.correcting import Corrected, later_cycles, take_correction
from measurement.rules.dates import local_date


def reach_later_cycles(correction: MeasurementCycle, actor: Person) -> None:
    """In the transaction that archives it. Later cycles are locked in their order in the year."""
    corrected = Corrected.by(correction)
    for found in later_cycles(correction):
        later = (
            MeasurementCycle.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
        )
        effect = take_correction(later, corrected)
        if effect and effect.taken_over:
            rows = [f"{change['place']} {change.get('indicator', '')}" for change in effect.changes]
            facts = {"correction": correction.pk, "corrected": str(correction), "changes": effect.changes}
            audit.record(later, actor, "correction_taken_over", rows=rows, **facts)
            taken = {"cycle": str(correction), "date": local_date(effect.reached_at), "count": effect.count}
            MeasurementCycle.objects.filter(pk=later.pk).update(
                version=F("version") + 1, corrections_taken=[*later.corrections_taken, taken]
            )
