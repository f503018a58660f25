"""Texts of a paper that an office may word itself: its own ones where it wrote some, otherwise ours."""

import re

from measurement.models import MeasurementCycle, PaperSetting
from measurement.rules.sop import SOP_NAME

from .text import paragraphs

PLACE = re.compile(r"\{(unit|period|sop|name)\}")
UNNUMBERED = "Nomor {sop} "  # is left out while the number is not entered


def own_wording(
    defaults: dict[str, str], setting: PaperSetting, cycle: MeasurementCycle
) -> dict[str, list[dict]]:
    """The paragraphs of opening, closing and note, as far as the kind has them. {unit}, {period}, {sop} and {name} are filled in, nothing else."""
    values = {"unit": cycle.unit.name, "period": cycle.period, "sop": cycle.sop.number, "name": SOP_NAME}
    texts = {part: getattr(setting, part).strip() or default for part, default in defaults.items()}
    if not cycle.sop.number:
        texts = {part: text.replace(UNNUMBERED, "") for part, text in texts.items()}
    return {part: paragraphs(PLACE.sub(lambda place: values[place[1]], text)) for part, text in texts.items()}
