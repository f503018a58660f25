"""The page of a step: its address, what its actor types there, and all that a refusal must leave alone."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import MeasurementCycle
from measurement.rules.sop import REFERENCE_DOCUMENTS, STEP_BY_KEY
from tests.support.characters import Office, fresh, store_papers
from tests.support.pages import logged_in, submit
from tests.support.sheets import PDF

SENTENCE = "Kalimat yang cukup panjang untuk langkah ini."
MEETING = {
    "starts_at": "2026-04-02T09:00",
    "place": "Ruang rapat",
    "agenda": "Arahan pengukuran",
    "briefing": SENTENCE,
}
WORKED_ON = [
    "brief",
    "plan_activities",
    "prepare_method",
    "evaluate",
    "recapitulate",
    "report",
    "approve",
    "report_to_camat",
    "archive",
]
TEXT_OF = {
    "brief": "briefing",
    "plan_activities": "discussion",
    "prepare_method": "method_note",
    "evaluate": "evaluation_note",
    "recapitulate": "recap_note",
    "report": "cover_note",
    "approve": "decision_note",
    "report_to_camat": "conclusion",
    "archive": "storage_location",
}
REFERENCE = SimpleUploadedFile("dpa 2026.pdf", PDF)


def address(cycle: MeasurementCycle, step: str | None = None) -> str:
    return reverse("step", args=[cycle.pk, (STEP_BY_KEY[step] if step else cycle.step).number])


def actor_of(office: Office, cycle: MeasurementCycle):
    return logged_in(office.actor(cycle.step.actor))


def typed(office: Office, cycle: MeasurementCycle) -> dict:
    """What the actor types so that the step may be left."""
    match cycle.step.key:
        case "brief":
            return MEETING
        case "plan_activities":
            return {
                "discussion": SENTENCE,
                "decisions": SENTENCE,
                "attendees": [office.sekcam.pk, office.tim.pk],
            }
        case "prepare_method":
            return {f"explanation-{kind}": SENTENCE for kind in REFERENCE_DOCUMENTS}
        case "evaluate":
            return {f"verdict-{row.pk}": "accept" for row in cycle.rows.all()}
        case "report_to_camat":
            return {"conclusion": SENTENCE, "suggestions": SENTENCE}
        case "archive":
            store_papers(cycle)
    return {TEXT_OF[cycle.step.key]: SENTENCE}


def perform(office: Office, cycle: MeasurementCycle, **changes):
    """The actor fills in the page and presses the step's own button."""
    return submit(
        actor_of(office, cycle),
        address(cycle),
        **(typed(office, cycle) | {"action": cycle.step.key} | changes),
    )


def snapshot(cycle: MeasurementCycle) -> tuple:
    """Everything of a cycle that a refused step must leave alone; what was typed on its page is kept as a draft."""
    kept = fresh(cycle)
    models = (kept.rows, kept.nodes, kept.stays, kept.papers, kept.audit, kept.directives, kept.snapshots)
    return kept.state, kept.round, [list(found.order_by("pk").values()) for found in models]


def receipt_of(cycle: MeasurementCycle) -> str:
    """Where whoever left the last step is led."""
    return reverse("receipt", args=[cycle.pk, cycle.stays.exclude(left_at=None).last().pk])
