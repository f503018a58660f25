"""Writing and checking the audit trail. The caller holds the lock on the cycle, so that sequences have no gap."""

from collections.abc import Iterable

from django.utils import timezone

from measurement.models import AuditEntry, MeasurementCycle, Person, WorksheetRow

UNDO = "undo"


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


def state_before(row: WorksheetRow) -> dict[str, dict]:
    """How a row stood until the act that is being recorded, and the version that it has after it: by this the act can be taken back."""
    stood = {"state": row.state, "note": row.verdict_note, "version": row.version + 1}
    return {str(row.pk): stood | {"reply": row.reply} if row.reply else stood}


def undone(entries: Iterable[AuditEntry]) -> set[int]:
    """The sequences of the acts that were taken back, as the entries tell."""
    return {sequence for entry in entries if entry.action == UNDO for sequence in entry.data["undoes"]}


def standing(cycle: MeasurementCycle, actions: Iterable[str]) -> list[AuditEntry]:
    """The acts of these kinds that nobody took back, in their order, with who acted."""
    found = cycle.audit.filter(action__in=(*actions, UNDO)).select_related("actor").order_by("sequence")
    entries = list(found)
    gone = undone(entries)
    return [entry for entry in entries if entry.action != UNDO and entry.sequence not in gone]


def head(cycle: MeasurementCycle) -> str:
    """The trail's last entry as "sequence:digest", to be frozen into papers: an anchor outside the log, by which a cut tail is noticed."""
    last = cycle.audit.order_by("-sequence").first()
    return f"{last.sequence}:{last.digest}" if last else ""


def trail_faults(cycle: MeasurementCycle) -> list[str]:
    """Sentences on every entry that doesn't follow from the one before it, or that a paper knows otherwise; empty for a sound trail."""
    found: list[str] = []
    previous, heads = "", set()
    for expected, entry in enumerate(cycle.audit.order_by("sequence"), start=1):
        if entry.sequence != expected:
            return [*found, f"{cycle}: catatan {expected} hilang."]
        if entry.previous != previous or entry.digest != entry.computed_digest():
            found.append(f"{cycle}: catatan {entry.sequence} ({entry.action}) berubah.")
        previous = entry.digest
        heads.add(f"{entry.sequence}:{entry.digest}")
    for paper in cycle.papers.all():
        if paper.content.get("audit_head") and paper.content["audit_head"] not in heads:
            found.append(
                f"{cycle}: jejak audit tidak lagi memuat catatan yang tercantum pada {paper.number}."
            )
    return found
