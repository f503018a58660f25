"""The paper that a step would issue now, to be looked at before it is numbered.

It has no number, no code and no file inside, says KONSEP on every page, and nothing of it is kept.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder

from measurement.models import MeasurementCycle, Person

from .issue import paper_content, setting_of
from .registry import KINDS
from .text import printable

UNNUMBERED = "(konsep, belum bernomor)"
# what would let a sheet of paper pass for an issued one
NOT_ISSUED = {"number": UNNUMBERED, "code": "", "verify_url": "", "attachments": [], "is_draft": True}


def draft_content(cycle: MeasurementCycle, key: str, actor: Person, approved: bool = True) -> dict:
    """What the paper would print, as it would be frozen."""
    kind = KINDS[key]
    # only a letter counts what lies inside it
    attached = len(kind.attach(cycle, actor)) if kind.is_letter else 0
    setting, replaced = setting_of(cycle.unit, key), cycle.papers.filter(kind=key).last()
    content = paper_content(cycle, key, actor, approved, attached, setting, replaced) | NOT_ISSUED
    return printable(json.loads(json.dumps(content, cls=DjangoJSONEncoder)))


def draft_pdf(key: str, content: dict) -> bytes:
    """PaperFailed if it can't be made."""
    from .render import render_draft  # noqa: PLC0415 – the renderer is loaded where it is used

    return render_draft(KINDS[key], content)
