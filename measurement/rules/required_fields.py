"""What a step's own form must say before the step may be left, by the names of its fields; `requirements` says it in sentences.

Pages mark these fields and name them on top, so that nobody learns of them from a refusal.
"""

from .sop import (
    ARCHIVE,
    BRIEF,
    ORDER,
    PLAN_ACTIVITIES,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    SCHEDULED_STEPS,
)

REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    ORDER.key: ("instruction",),
    BRIEF.key: ("starts_at", "place", "agenda", "briefing"),
    PLAN_ACTIVITIES.key: (
        "discussion",
        "decisions",
        "attendees",
        *(f"date_{step.key}" for step in SCHEDULED_STEPS),
    ),
    RECAPITULATE.key: ("recap_note",),
    REPORT.key: ("cover_note",),
    REPORT_TO_CAMAT.key: ("conclusion", "suggestions"),
    ARCHIVE.key: ("storage_location",),
}
