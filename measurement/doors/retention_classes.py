"""The Jadwal Retensi Arsip of an office: what it sets itself comes before the preset, which stays for the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from measurement.models import Person, RetentionClass, SettingChange, Unit
from measurement.record.setting_changes import record_setting

FIELDS = ("name", "active_years", "inactive_years", "fate", "source")


@dataclass(frozen=True)
class KeptFor:
    """How long records of one classification are kept."""

    code: str
    name: str
    active_years: int | None = None
    inactive_years: int | None = None
    fate: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        years = (
            f"{label} {'–' if number is None else f'{number} tahun'}"
            for label, number in (("aktif", self.active_years), ("inaktif", self.inactive_years))
        )
        parts = (self.name, *years, self.fate.lower(), self.source)
        return ", ".join(part for part in parts if part)


def kept_for(rule: RetentionClass) -> KeptFor:
    return KeptFor(rule.code, **{name: getattr(rule, name) for name in FIELDS})


def classes_held(unit: Unit) -> dict[str, RetentionClass]:
    """Code → what holds for the unit: its own line before the preset."""
    found = RetentionClass.objects.for_units([unit.pk])
    return {rule.code: rule for rule in sorted(found, key=lambda rule: (rule.code, rule.unit_id is not None))}


@transaction.atomic
def put_classes(unit: Unit, actor: Person, lines: Iterable[KeptFor]) -> int:
    """Write the office's own lines, all or none; how many codes changed."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    held, before, after = classes_held(unit), {}, {}
    for line in lines:
        present = held.get(line.code)
        now = kept_for(present) if present else None
        if now == line and present and present.unit_id:
            continue
        values = {name: getattr(line, name) for name in FIELDS}
        RetentionClass.objects.update_or_create(unit=unit, code=line.code, defaults=values)
        before[line.code] = now.words if now else ""
        after[line.code] = line.words if now != line else f"{line.words} (dikonfirmasi)"
    record_setting(unit, actor, SettingChange.Part.RETENTION, before, after)
    return len(after)


@transaction.atomic
def remove_class(unit: Unit, actor: Person, rule: RetentionClass) -> None:
    """One of the office's own lines; the preset that it stood before holds again."""
    before = {rule.code: kept_for(rule).words}
    code = rule.code
    rule.delete()
    preset = RetentionClass.objects.filter(unit=None, code=code).first()
    after = {code: f"{kept_for(preset).words} (bawaan)"} if preset else {}
    record_setting(unit, actor, SettingChange.Part.RETENTION, before, after)
