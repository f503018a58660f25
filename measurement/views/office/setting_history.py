"""The foot of each page of settings: who changed what."""

from measurement.models import SettingChange, Unit
from measurement.rules.dates import dated_moment

SHOWN = 20


def setting_lines(unit: Unit, part: SettingChange.Part) -> list[dict]:
    """The latest changes of one part, newest first."""
    changes = unit.setting_changes.filter(what=part).select_related("by")[:SHOWN]
    return [
        {"at": dated_moment(change.at), "by": change.by.name, "differences": change.differences}
        for change in changes
    ]
