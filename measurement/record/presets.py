"""What comes with the system for every installation: the published predicate scales and an example of a retention schedule.

Never overwrites: what is there, be it edited or not, stays as it is.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from measurement.models import PredicateLevel, PredicateScale, RetentionClass

SCALE = "Permendagri 86/2017"
FIXTURES = Path(settings.FIXTURE_DIRS[0])


@transaction.atomic
def load_presets() -> PredicateScale:
    """Add the presets that are missing, and return the scale that a new office uses; may run as often as one likes."""
    _load_scales()
    for fields in _rows("retention_classes", "retentionclass"):
        RetentionClass.objects.get_or_create(code=fields.pop("code"), unit=None, defaults=fields)
    return PredicateScale.objects.filter(name=SCALE, unit=None).order_by("pk")[0]


def _load_scales() -> None:
    missing: dict[str, PredicateScale] = {}
    for fields in _rows("predicate_scales", "predicatescale"):
        name = fields.pop("name")
        scale, made = PredicateScale.objects.get_or_create(name=name, unit=None, defaults=fields)
        if made:
            missing[name] = scale
    PredicateLevel.objects.bulk_create(
        PredicateLevel(scale=missing[fields["scale"][0]], label=fields["label"], lower=fields["lower"])
        for fields in _rows("predicate_scales", "predicatelevel")
        if fields["scale"][0] in missing
    )


def _rows(fixture: str, model: str) -> list[dict]:
    """The fields of one model in a fixture of rows that belong to no unit."""
    rows = json.loads((FIXTURES / f"{fixture}.json").read_text())
    found = [row["fields"] for row in rows if row["model"] == f"measurement.{model}"]
    return [{name: value for name, value in fields.items() if name != "unit"} for fields in found]
