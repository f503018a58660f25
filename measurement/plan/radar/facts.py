"""Plan and documents of one year as plain objects, loaded with six queries. Money in rupiah."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import F, FilteredRelation, Q, QuerySet, prefetch_related_objects

from measurement.models import Indicator, Level, Plan, PlanningDocument, PlanNode, Target
from measurement.rules.periods import Frequency
from measurement.rules.sop import REFERENCE_DOCUMENTS
from measurement.rules.spans import Aim, Span

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class YearTargets(TypedDict):
    """An indicator's targets of the year that is looked at."""

    annual: Decimal | None
    least: Decimal | None  # the year's own span, where the target is one
    most: Decimal | None
    owner_serves: bool
    p1: Decimal | None
    p2: Decimal | None
    p3: Decimal | None
    p4: Decimal | None
    p5: Decimal | None
    p6: Decimal | None
    p7: Decimal | None
    p8: Decimal | None
    p9: Decimal | None
    p10: Decimal | None
    p11: Decimal | None
    p12: Decimal | None


class YearPagu(TypedDict):
    """A branch's own pagu of that year."""

    amount: Decimal | None


if TYPE_CHECKING:
    IndicatorOfYear = WithAnnotations[Indicator, YearTargets]
    NodeOfYear = WithAnnotations[PlanNode, YearPagu]
else:
    IndicatorOfYear, NodeOfYear = Indicator, PlanNode

SHAPES = (
    (Level.PROGRAM, re.compile(r"\w\.\w{2}\.\d{2}")),
    (Level.KEGIATAN, re.compile(r"\w\.\w{2}\.\d{2}\.\d\.\d{2}")),
    (Level.SUB_KEGIATAN, re.compile(r"\w\.\w{2}\.\d{2}\.\d\.\d{2}\.\d{2,4}")),
)


@dataclass
class Branch:
    """A branch of the plan with its indicators in use; `pagu` is that of all sub kegiatan below it, or its own."""

    node: NodeOfYear
    indicators: list[IndicatorOfYear] = field(default_factory=list)
    pagu: Decimal = Decimal(0)
    shared: bool = False

    @property
    def level(self) -> str:
        return self.node.level

    @property
    def label(self) -> str:
        place = self.node.code if self.shared else self.node.place
        return f"{self.node.get_level_display()} {place}"

    def plans(self, indicator: IndicatorOfYear) -> bool:
        """Whether the year plans this indicator: a target of 0 without pagu means that it doesn't."""
        return indicator.annual is not None and bool(indicator.annual or self.pagu)


@dataclass
class Facts:
    """What there is to compare in one year; branches in the order of the plan, by code and by id.

    By code, those of several sub units are one: their indicators together, and the sum of their pagu, as documents print them.
    """

    year: int
    frequency: Frequency
    branches: dict[str, Branch]
    by_node: dict[int, Branch]
    documents: list[PlanningDocument]

    @property
    def pagu(self) -> Decimal:
        return sum(
            (branch.pagu for branch in self.by_node.values() if branch.node.parent_id is None), Decimal(0)
        )

    def of_indicator(self, indicator: Indicator) -> Branch:
        return self.by_node[indicator.node_id]

    def shared_by(self, indicator: Indicator) -> list[IndicatorOfYear]:
        """The indicators of this name that the sub units of its code have; itself alone where there are none."""
        alike = self.branches[self.of_indicator(indicator).node.code].indicators
        return [other for other in alike if other.name == indicator.name]

    def level_of(self, code: str) -> str:
        """The level that a code belongs to, by the plan or by its shape; "" for what is no code of the nomenclature."""
        if code in self.branches:
            return self.branches[code].level
        return next((level for level, shape in SHAPES if shape.fullmatch(code)), "")


def load(plan: Plan, year: int) -> Facts:
    nodes = plan.nodes.select_related("sub_unit").annotate(
        of_year=FilteredRelation("pagu", condition=Q(pagu__year=year)), amount=F("of_year__amount")
    )
    by_node = {node.pk: Branch(node) for node in nodes}
    indicators = list(_indicators(plan, year))
    following = [indicator for indicator in indicators if indicator.follow_rule]
    prefetch_related_objects(following, "follows__node__sub_unit", "follows__targets")
    for indicator in indicators:
        by_node[indicator.node_id].indicators.append(indicator)
    for branch in by_node.values():
        _add_upwards(branch, by_node)
    documents = list(plan.documents.filter(year=year).prefetch_related("lines"))
    return Facts(year, plan.frequency_in(year), _by_code(by_node), by_node, documents)


def _by_code(by_node: dict[int, Branch]) -> dict[str, Branch]:
    found: dict[str, Branch] = {}
    for branch in by_node.values():
        known = found.setdefault(branch.node.code, branch)
        if known is not branch:
            found[branch.node.code] = Branch(
                known.node, known.indicators + branch.indicators, known.pagu + branch.pagu, shared=True
            )
    return found


def _indicators(plan: Plan, year: int) -> QuerySet[IndicatorOfYear]:
    """Indicators in use with `annual`, `least`, `most`, `p1` … `p12` of the year, None where there is no target, and whether their owner serves in the unit today."""
    staff = plan.unit.appointments.in_force().filter(person__is_active=True).values("person")
    of_year = FilteredRelation("targets", condition=Q(targets__year=year))
    found = Indicator.objects.filter(node__plan=plan, retired=False).annotate(
        of_year=of_year,
        annual=F("of_year__annual"),
        least=F("of_year__low"),
        most=F("of_year__high"),
        owner_serves=Q(owner__in=staff),
        **{name: F(f"of_year__{name}") for name in Target.PERIODS},
    )
    return cast(
        "QuerySet[IndicatorOfYear]",
        found.select_related("owner").order_by("node__position", "position", "pk"),
    )


def aim_of(indicator: IndicatorOfYear) -> Aim | None:
    """What stands in the cell of its target of the year."""
    if indicator.least is None or indicator.most is None:
        return indicator.annual
    return Span(indicator.least, indicator.most)


def _add_upwards(branch: Branch, by_node: dict[int, Branch]) -> None:
    amount = branch.node.amount
    above: Branch | None = branch
    while amount and above:
        above.pagu += amount
        above = by_node[above.node.parent_id] if above.node.parent_id else None


def short_name(kind: str) -> str:
    """DPA, Renstra, Renja, Perjakin, IKU, IKI: what stands in brackets in the document's full name."""
    return REFERENCE_DOCUMENTS[kind].partition("(")[2].rstrip(")")


def title(document: PlanningDocument) -> str:
    """Renja 2026."""
    return f"{short_name(document.kind)} {document.year}"
