"""The trail of an office's settings. Written in the transaction that changes them."""

from collections.abc import Mapping

from django.utils import timezone

from measurement.models import Person, SettingChange, Unit


def record_setting(
    unit: Unit, actor: Person, part: SettingChange.Part, before: Mapping[str, str], after: Mapping[str, str]
) -> SettingChange | None:
    """Append what differs; None where nothing does. Both map what the page calls a value to how it shows it."""
    labels = [label for label in {**before, **after} if before.get(label, "") != after.get(label, "")]
    if not labels:
        return None
    return SettingChange.objects.create(
        unit=unit,
        at=timezone.now(),
        by=actor,
        what=part,
        before={label: before[label] for label in labels if before.get(label)},
        after={label: after[label] for label in labels if after.get(label)},
    )
