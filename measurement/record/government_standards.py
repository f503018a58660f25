"""What a government keeps for its offices, as it stands: written and forgotten in the transaction of whoever decides it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from measurement.models import Government, GovernmentStandard, Person, StandardPart

Facts = Mapping[str, Any]


def keep_standards(
    government: Government, actor: Person, part: StandardPart, facts: Mapping[str, Facts]
) -> None:
    """From now on an office that is made begins with these; by key, over what stood there."""
    now = timezone.now()
    lines = [
        GovernmentStandard(
            government=government, part=part, key=key, facts=each, recorded_by=actor, recorded_at=now
        )
        for key, each in facts.items()
    ]
    GovernmentStandard.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["government", "part", "key"],
        update_fields=["facts", "recorded_by", "recorded_at"],
        batch_size=1000,
    )


def standards_kept(government_id: int | None, part: StandardPart) -> dict[str, Facts]:
    """Key → what is kept; nothing for an office that belongs to none."""
    if government_id is None:
        return {}
    found = GovernmentStandard.objects.filter(government=government_id, part=part)
    return dict(found.order_by("key").values_list("key", "facts"))


def forget_standard(government: Government, part: StandardPart, key: str) -> bool:
    """An office that is made from now on doesn't begin with it; those that have it keep it. Whether it was there."""
    gone, _ = GovernmentStandard.objects.filter(government=government, part=part, key=key).delete()
    return bool(gone)
