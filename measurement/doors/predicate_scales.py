"""The predicate scales of an office. A preset, and a scale by which something was judged, never change: one makes another from a copy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from measurement.models import Person, PredicateLevel, PredicateScale, SettingChange, Unit
from measurement.record.setting_changes import record_setting
from measurement.rules.dates import long_date
from measurement.rules.formulas import scale_gaps
from measurement.rules.numbers import show_short
from measurement.rules.refusals import Incomplete

Levels = Sequence[tuple[Decimal | None, str]]  # lower bound and word, from the highest down

PRESET = "Skala bawaan “{name}” tidak diubah. Buat skala sendiri dengan nama lain dari salinannya."
USED = "Skala “{name}” sudah dipakai pada {cycle}, jadi tidak diubah lagi. Buat skala baru dari salinannya."
IN_FORCE = "Skala “{name}” sedang dipakai kantor ini, jadi tidak dapat dihapus."
NO_WORD = "Setiap tingkat memerlukan predikat."
TWICE = "Predikat “{label}” tertulis dua kali."
TOO_LONG = "Predikat “{label}” terlalu panjang: paling banyak 40 huruf."


@dataclass(frozen=True)
class ScaleFacts:
    """A whole scale as it is written down."""

    name: str
    source: str
    valid_from: date
    valid_until: date | None
    levels: Levels

    @property
    def words(self) -> dict[str, str]:
        until = f" sampai sebelum {long_date(self.valid_until)}" if self.valid_until else ""
        return {
            "Nama": self.name,
            "Sumber": self.source,
            "Berlaku": f"sejak {long_date(self.valid_from)}{until}",
            "Tingkat": level_words(self.levels),
        }


def level_words(levels: Levels) -> str:
    """Sangat Tinggi ≥ 91; Tinggi ≥ 76; …; Sangat Rendah, as the file says it, too."""
    return "; ".join(label if lower is None else f"{label} ≥ {show_short(lower)}" for lower, label in levels)


def facts_of_scale(scale: PredicateScale) -> ScaleFacts:
    return ScaleFacts(scale.name, scale.source, scale.valid_from, scale.valid_until, scale.bounds())


def level_gaps(levels: Levels) -> list[str]:
    """Why these levels don't make a scale; empty when they do."""
    labels = [label for _, label in levels]
    gaps = [NO_WORD] if not all(labels) else []
    gaps += [TOO_LONG.format(label=label) for label in labels if len(label) > 40]
    gaps += [
        TWICE.format(label=label) for label in dict.fromkeys(labels) if label and labels.count(label) > 1
    ]
    return gaps + scale_gaps([lower for lower, _ in levels])


def scale_refusal(unit: Unit, scale: PredicateScale) -> str:
    """Why the unit can't change a scale; empty where it can."""
    if scale.unit_id != unit.pk:
        return PRESET.format(name=scale.name)
    used = unit.cycles.standing().filter(predicate_scale_name=scale.name).first()
    return USED.format(name=scale.name, cycle=used) if used else ""


def named_scale(unit: Unit, name: str) -> PredicateScale | None:
    """The unit's own scale of this name, else the preset."""
    found = PredicateScale.objects.for_unit(unit).filter(name=name)
    return next(iter(sorted(found, key=lambda scale: scale.unit_id is None)), None)


@transaction.atomic
def put_scale(
    unit: Unit, actor: Person, facts: ScaleFacts, scale: PredicateScale | None = None
) -> PredicateScale:
    """Write an own scale: a new one, or `scale` as long as nothing was judged by it. Incomplete says what is in the way."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    facts = replace(facts, levels=sorted(facts.levels, key=_from_above))
    if gaps := level_gaps(facts.levels):
        raise Incomplete(*gaps)
    if scale and (refusal := scale_refusal(unit, scale)):
        raise Incomplete(refusal)
    before = facts_of_scale(scale).words if scale else {}
    scale = scale or PredicateScale(unit=unit)
    if facts.name != scale.name and (taken := named_scale(unit, facts.name)):
        raise Incomplete(f"Nama “{taken.name}” sudah dipakai skala lain. Beri nama lain.")
    scale.name, scale.source = facts.name, facts.source
    scale.valid_from, scale.valid_until = facts.valid_from, facts.valid_until
    try:
        scale.full_clean()
    except ValidationError as error:
        raise Incomplete(*error.messages) from None
    scale.save()
    scale.levels.all().delete()
    PredicateLevel.objects.bulk_create(
        PredicateLevel(scale=scale, label=label, lower=lower) for lower, label in facts.levels
    )
    record_setting(unit, actor, SettingChange.Part.SCALE, before, facts.words)
    return scale


def _from_above(level: tuple[Decimal | None, str]) -> tuple[bool, Decimal]:
    """The order of the levels: the highest bound first, the level without one last."""
    lower = level[0]
    return lower is None, -(lower or Decimal(0))


@transaction.atomic
def choose_scale(unit: Unit, actor: Person, scale: PredicateScale) -> None:
    """From now on in force for cycles whose methodology isn't set yet."""
    unit = Unit.objects.select_for_update().select_related("predicate_scale").get(pk=unit.pk)
    before = unit.predicate_scale.name
    unit.predicate_scale = scale
    unit.save(update_fields=["predicate_scale"])
    record_setting(
        unit, actor, SettingChange.Part.SCALE, {"Yang dipakai": before}, {"Yang dipakai": scale.name}
    )


@transaction.atomic
def remove_scale(unit: Unit, actor: Person, scale: PredicateScale) -> None:
    """An own scale by which nothing was judged, and which isn't in force."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if refusal := scale_refusal(unit, scale):
        raise Incomplete(refusal)
    if unit.predicate_scale_id == scale.pk:
        raise Incomplete(IN_FORCE.format(name=scale.name))
    before = facts_of_scale(scale).words
    scale.delete()
    record_setting(unit, actor, SettingChange.Part.SCALE, before, {})
