"""What has to be there before a step's paper can be looked at: what it can't be drawn without. Texts that are missing are just not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .requirements import followed_are_measured, indicators_are_defined, meeting_is_set, scale_is_in_force
from .sop import BRIEF, PREPARE_METHOD

if TYPE_CHECKING:
    from measurement.models import MeasurementCycle

    from .requirements import Check

BEFORE_DRAFT: dict[str, tuple[Check, ...]] = {
    BRIEF.key: (meeting_is_set,),
    PREPARE_METHOD.key: (scale_is_in_force, indicators_are_defined, followed_are_measured),
}


def missing_for_draft(cycle: MeasurementCycle, action: str) -> list[str]:
    """Sentences on what is lacking; empty where the draft can be made."""
    return [sentence for check in BEFORE_DRAFT.get(action, ()) for sentence in check(cycle)]
