"""What every new office begins with: the published predicate scale and retention schedule, by their natural keys. What an office made its own is
never written over."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction

from measurement.models import PredicateLevel, PredicateScale, RetentionClass

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SCALE = "Permendagri 86/2017"


@transaction.atomic
def load_presets() -> PredicateScale:
    """Add what the installation lacks, and return the scale that a new office uses."""
    for fields in fixture_rows("retention_classes", "retentionclass"):
        RetentionClass.objects.get_or_create(code=fields.pop("code"), defaults=fields)
    return _scale()


def _scale() -> PredicateScale:
    fields = next(row for row in fixture_rows("predicate_scales", "predicatescale") if row["name"] == SCALE)
    scale = PredicateScale.objects.filter(name=SCALE).order_by("pk").first()
    if scale is None:
        begins = date.fromisoformat(fields["valid_from"])
        scale = PredicateScale.objects.create(name=SCALE, source=fields["source"], valid_from=begins)
        PredicateLevel.objects.bulk_create(
            PredicateLevel(
                scale=scale, label=row["label"], lower=None if row["lower"] is None else Decimal(row["lower"])
            )
            for row in fixture_rows("predicate_scales", "predicatelevel")
            if row["scale"] == fields["pk"]
        )
    return scale


def fixture_rows(fixture: str, model: str) -> list[dict]:
    """The fields of one model in a fixture; with `pk`, by which its rows name each other, where the model is named by others."""
    found = json.loads((FIXTURES / f"{fixture}.json").read_text())
    keyed = model == "predicatescale"
    return [
        row["fields"] | ({"pk": row["pk"]} if keyed else {})
        for row in found
        if row["model"] == f"measurement.{model}"
    ]
