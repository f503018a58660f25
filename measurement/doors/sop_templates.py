"""The SOP that a government gives its offices as a template: legal basis, standard times and who approves. Each office's edition is its own, with its
number, dates and words; a cycle has copied the edition with which it began."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measurement.models import Government, Person, StandardPart, Unit
from measurement.record.government_standards import (
    forget_standard,
    keep_standards,
    standards_kept,
)
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop_edition import Sop

KEY = "templat"
GONE = "Templat SOP sudah dicabut."


def sop_template(government_id: int | None) -> dict[str, Any]:
    """The fields of `Sop` that the template fills in; nothing where there is none."""
    facts = standards_kept(government_id, StandardPart.SOP).get(KEY)
    if facts is None:
        return {}
    times = {key: (days, minutes) for key, (days, minutes) in facts["times"].items()}
    return {
        "signatory": facts["signatory"],
        "legal_basis": tuple(facts["legal_basis"]),
        "times": times,
    }


@transaction.atomic
def keep_sop_template(government: Government, actor: Person, sop: Sop) -> None:
    """From now on a new office begins with it, and the others may begin an edition from it."""
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    facts = {name: sop.facts()[name] for name in ("signatory", "legal_basis", "times")}
    keep_standards(government, actor, StandardPart.SOP, {KEY: facts})


@transaction.atomic
def withdraw_sop_template(government: Government, actor: Person) -> None:
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    if not forget_standard(government, StandardPart.SOP, KEY):
        raise NotAtThisStep(GONE)


def template_differences(unit: Unit, template: dict[str, Any]) -> list[str]:
    """What an office's edition of today says otherwise."""
    sop = unit.sop
    found = ["dasar hukum"] if sop.legal_basis != template["legal_basis"] else []
    found += ["yang mengesahkan"] if sop.signatory != template["signatory"] else []
    steps = [
        step.number
        for step in sop.steps
        if (step.days, step.minutes) != tuple(template["times"].get(step.key, (step.days, step.minutes)))
    ]
    return found + ([f"waktu baku langkah {', '.join(map(str, steps))}"] if steps else [])
