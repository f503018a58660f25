"""What is stored of a plan, and how a change of it is told: the column as people call it, the old and the new value as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.models import Indicator, Level, Pagu, Person, Plan, PlanNode, Target
from measurement.rules.accumulations import ACCUMULATION_CHOICES
from measurement.rules.methods import METHOD_CHOICES
from measurement.rules.numbers import show_money, show_short
from measurement.rules.periods import Frequency
from measurement.rules.schedules import schedule_words

from .columns import LABELS
from .keys import IndicatorKey, NodeKey

DEFINITION = (
    "measure",
    "method",
    "accumulation",
    "schedule",
    "low",
    "high",
    "score_scale",
    "formula",
    "source",
    "evidence_wanted",
    "baseline",
)
WORDS: dict[str, dict[str, str]] = {
    "level": {level.value: level.label for level in Level},
    "method": dict(METHOD_CHOICES),
    "accumulation": dict(ACCUMULATION_CHOICES),
}


@dataclass(frozen=True)
class Named:
    """An indicator or a branch that is new or gone. `row` is its row in the file, 0 where it is not there; `code` says its sub unit, too;
    `detail` what the file says of it: unit, targets and pagu by year."""

    row: int
    code: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class PlanChange:
    """One value that would change; `detail` says what follows from it."""

    row: int
    code: str
    name: str
    label: str
    old: str
    new: str
    detail: str = ""


@dataclass
class Stored:
    """The plan as it is: six queries."""

    nodes: dict[NodeKey, PlanNode]
    indicators: dict[IndicatorKey, Indicator]
    targets: dict[tuple[int, int], Target]
    pagu: dict[tuple[NodeKey, int], Pagu]
    names: dict[int, str]
    keys: dict[int, NodeKey] = field(default_factory=dict)
    years: dict[int, set[int]] = field(default_factory=dict)
    frequencies: dict[int, Frequency] = field(default_factory=dict)
    plan: Plan | None = None
    _shared: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Stored":
        nodes = {key_of(node): node for node in plan.nodes.select_related("sub_unit")}
        key_by_id = {node.pk: key for key, node in nodes.items()}
        found = cls(
            nodes,
            {(key_by_id[i.node_id], i.name): i for i in Indicator.objects.filter(node__plan=plan)},
            {(t.indicator_id, t.year): t for t in Target.objects.filter(indicator__node__plan=plan)},
            {(key_by_id[p.node_id], p.year): p for p in Pagu.objects.filter(node__plan=plan)},
            dict(Person.objects.filter(appointments__unit=plan.unit_id).values_list("pk", "name")),
            key_by_id,
            frequencies=plan.frequencies,
            plan=plan,
        )
        for indicator, year in found.targets:
            found.years.setdefault(indicator, set()).add(year)
        return found

    def closed_until(self, year: int) -> int:
        """The last period of a year that is archived; 0 for none."""
        if self.plan is None:
            return 0
        numbers = self.plan.unit.cycles.archived().filter(year=year).values_list("number", flat=True)
        return max(numbers, default=0)

    def code_of(self, node_id: int | None) -> str:
        """The code of a branch; "" for none and for one that is not stored."""
        return "" if node_id is None or node_id not in self.keys else self.keys[node_id].code

    def node_of(self, code: str) -> PlanNode | None:
        """The branch above others that has this code: none of these belongs to a sub unit."""
        return self.nodes.get(NodeKey(code))

    def sub_units_of(self, code: str) -> list[str]:
        """The sub units that share this code; none where the office itself has it."""
        if not self._shared:
            for key in self.nodes:
                self._shared.setdefault(key.code, []).append(key.sub_unit)
        found = self._shared.get(code, [])
        return [] if "" in found else found

    @property
    def words(self) -> dict[tuple[str, str], Mapping[str, Decimal]]:
        """What may be written for their numbers, by code and indicator."""
        return {
            (key.code, name): indicator.words
            for (key, name), indicator in self.indicators.items()
            if indicator.words
        }

    def shown(self, name: str, value: str | int | Decimal | None) -> str:
        """A value of the field with this name as people read it."""
        if name == "owner_id":
            return self.names.get(value, "–") if isinstance(value, int) else "–"
        if name == "schedule":
            return schedule_words(str(value or ""))
        if isinstance(value, Decimal):
            return show_money(value) if name == "amount" else show_short(value)
        return WORDS.get(name, {}).get(str(value), str(value)) if value not in (None, "") else "–"


def key_of(node: PlanNode) -> NodeKey:
    return NodeKey(node.code, node.sub_unit.name if node.sub_unit else "")


def label_of(name: str) -> str:
    return LABELS[name.removesuffix("_id")]


def same(old, new) -> bool:
    """Whether two values are one; blanks between words don't count."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or old.split() == new.split()
    return old == new


def periods_of(target: Target, indicator: Indicator, frequency: Frequency) -> str:
    """3/3/3/3"""
    return "/".join(indicator.shown(aim) for aim in target.aims(frequency)[1:])
