"""Writing and checking the audit trail. The caller holds the lock on the cycle, so that sequences have no gap."""

from django.utils import timezone

from .models import AuditEntry, MeasurementCycle, Person


def record(cycle: MeasurementCycle, actor: Person | None, action: str, **data) -> AuditEntry:
    """Append one act. `data` must be JSON; it commits or rolls back together with what it tells."""
    last = cycle.audit.order_by("-sequence").first()
    entry = AuditEntry(
        cycle=cycle,
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        data=data,
        previous=last.digest if last else "",
    )
    entry.digest = entry.computed_digest()
    entry.save(force_insert=True)
    return entry


def faults(cycle: MeasurementCycle) -> list[str]:
    """Sentences on every entry that doesn't follow from the one before it; empty for a sound trail."""
    found, previous = [], ""
    for expected, entry in enumerate(cycle.audit.order_by("sequence"), start=1):
        if entry.sequence != expected:
            return [*found, f"{cycle}: catatan {expected} hilang."]
        if entry.previous != previous or entry.digest != entry.computed_digest():
            found.append(f"{cycle}: catatan {entry.sequence} ({entry.action}) berubah.")
        previous = entry.digest
    return found
