"""What a government keeps for its offices goes into each that has nothing of its own there: into all of them when it is decided, into a new one when it
is made, and once more into those that lack it. What an office has itself stays, and is told beside it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.models import (
    Government,
    Holiday,
    Person,
    PredicateScale,
    RetentionClass,
    StandardPart,
    Unit,
)
from measurement.plan.prescribed import Prescription, prescribed_in_offices
from measurement.record.government_standards import (
    Facts,
    forget_standard,
    keep_standards,
    standards_kept,
)
from measurement.rules.refusals import NotAtThisStep

from .days_off import DayOff, put_days
from .predicate_scales import ScaleFacts, facts_of_scale, put_scale
from .retention_classes import KeptFor, kept_for, put_classes

GONE = "Data induk ini sudah dicabut."
Own = tuple[int, str, str]  # office, key, words


@dataclass(frozen=True)
class StandardKind:
    """One part of what is kept: its lines as they are said, those of the offices likewise, and how a line is written into an office."""

    words: Callable[[Facts], str]
    own: Callable[[Government, Collection[str]], Iterable[Own]]
    write: Callable[[Unit, Person, list[Facts]], object] | None = None  # none: each office takes it itself


@dataclass
class StandardStand:
    """One line of what is kept, and the offices that have the same, something else, or nothing."""

    key: str
    words: str
    same: int
    differing: list[str]
    lacking: list[Unit]


def facts_of_day(day: DayOff) -> Facts:
    return asdict(day)


def _day(facts: Facts) -> DayOff:
    return DayOff(date.fromisoformat(str(facts["day"])), facts["name"], facts["works"])


def _own_days(government: Government, keys: Collection[str]) -> Iterator[Own]:
    found = Holiday.objects.filter(
        unit__belongs_to=government, date__in=[date.fromisoformat(k) for k in keys]
    )
    for unit, day, name, works in found.values_list("unit", "date", "name", "works"):
        yield unit, day.isoformat(), DayOff(day, name, works).words


def _write_days(unit: Unit, actor: Person, lines: list[Facts]) -> None:
    """Those of this year and later: what is past is measured already."""
    this_year = timezone.localdate().year
    put_days(unit, actor, [day for day in map(_day, lines) if day.day.year >= this_year])


def facts_of_kept_scale(facts: ScaleFacts) -> Facts:
    levels = [[None if lower is None else str(lower), label] for lower, label in facts.levels]
    return asdict(facts) | {"levels": levels}


def _scale(facts: Facts) -> ScaleFacts:
    until = facts["valid_until"]
    return ScaleFacts(
        facts["name"],
        facts["source"],
        date.fromisoformat(str(facts["valid_from"])),
        date.fromisoformat(str(until)) if until else None,
        [(None if lower is None else Decimal(lower), label) for lower, label in facts["levels"]],
    )


def _scale_words(facts: ScaleFacts) -> str:
    words = facts.words
    return ". ".join(words[name] for name in ("Tingkat", "Sumber", "Berlaku"))


def _own_scales(government: Government, keys: Collection[str]) -> Iterator[Own]:
    found = PredicateScale.objects.filter(unit__belongs_to=government, name__in=keys)
    for scale in found.prefetch_related("levels"):
        assert scale.unit_id
        yield scale.unit_id, scale.name, _scale_words(facts_of_scale(scale))


def _write_scales(unit: Unit, actor: Person, lines: list[Facts]) -> None:
    for facts in lines:
        put_scale(unit, actor, _scale(facts))


def facts_of_class(line: KeptFor) -> Facts:
    return asdict(line)


def _own_classes(government: Government, keys: Collection[str]) -> Iterator[Own]:
    for rule in RetentionClass.objects.filter(unit__belongs_to=government, code__in=keys):
        assert rule.unit_id
        yield rule.unit_id, rule.code, kept_for(rule).words


def _write_classes(unit: Unit, actor: Person, lines: list[Facts]) -> None:
    put_classes(unit, actor, [KeptFor(**facts) for facts in lines])


KINDS = {
    StandardPart.HOLIDAYS: StandardKind(lambda facts: _day(facts).words, _own_days, _write_days),
    StandardPart.SCALE: StandardKind(lambda facts: _scale_words(_scale(facts)), _own_scales, _write_scales),
    StandardPart.RETENTION: StandardKind(lambda facts: KeptFor(**facts).words, _own_classes, _write_classes),
    StandardPart.INDICATOR: StandardKind(lambda facts: Prescription(**facts).words, prescribed_in_offices),
}


def standard_stands(government: Government, part: StandardPart) -> list[StandardStand]:
    """Each line that is kept, with the offices beside it; a fixed number of queries."""
    kind, kept = KINDS[part], standards_kept(government.pk, part)
    if not kept:
        return []
    units = list(government.offices.order_by("name", "pk"))
    held: dict[str, dict[int, str]] = defaultdict(dict)
    for unit, key, words in kind.own(government, kept.keys()):
        held[key][unit] = words
    return [_stand(key, kind.words(facts), units, held[key]) for key, facts in kept.items()]


def _stand(key: str, words: str, units: list[Unit], own: Mapping[int, str]) -> StandardStand:
    return StandardStand(
        key,
        words,
        sum(said == words for said in own.values()),
        [f"{unit.short_name}: {own[unit.pk]}" for unit in units if own.get(unit.pk, words) != words],
        [unit for unit in units if unit.pk not in own],
    )


@transaction.atomic
def put_standards(
    government: Government, actor: Person, part: StandardPart, facts: Mapping[str, Facts]
) -> int:
    """Keep the lines and write each into every office that has nothing of its own there. How many offices got any."""
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    keep_standards(government, actor, part, facts)
    return _write_where_lacking(government, actor, part, facts)


def _write_where_lacking(
    government: Government, actor: Person, part: StandardPart, facts: Mapping[str, Facts]
) -> int:
    kind, changed = KINDS[part], 0
    if kind.write is None:
        return 0
    decided = {(unit, key) for unit, key, _ in kind.own(government, facts.keys())}
    for unit in government.offices.all():
        if lines := [each for key, each in facts.items() if (unit.pk, key) not in decided]:
            kind.write(unit, actor, lines)
            changed += 1
    return changed


@transaction.atomic
def put_again(government: Government, actor: Person, part: StandardPart, key: str) -> int:
    """Write a line that is kept into those that lack it, such as offices that came later. How many got it."""
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    kept = standards_kept(government.pk, part)
    if key not in kept:
        raise NotAtThisStep(GONE)
    return _write_where_lacking(government, actor, part, {key: kept[key]})


@transaction.atomic
def withdraw_standard(government: Government, actor: Person, part: StandardPart, key: str) -> None:
    """A new office doesn't get it any more; the others keep what they have."""
    if not actor.keeps_government(government.pk):
        raise PermissionDenied
    if not forget_standard(government, part, key):
        raise NotAtThisStep(GONE)


def begin_with_standards(unit: Unit, actor: Person) -> None:
    """A new office gets what its government keeps, as its own lines."""
    for part, kind in KINDS.items():
        if kind.write and (kept := standards_kept(unit.belongs_to_id, part)):
            kind.write(unit, actor, list(kept.values()))
