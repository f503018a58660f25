"""Merging lines into a plan in memory: what is stored, what changes, what is new, what is gone. Nothing is written here."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.models import Indicator, Level, Pagu, Plan, PlanNode, SubUnit, Target, target_labels
from measurement.record.closed_targets import ClosedTargets
from measurement.rules.accumulations import Accumulation
from measurement.rules.methods import Method
from measurement.rules.numbers import show_money
from measurement.rules.spans import Aim

from ..period_targets import closed_words, period_targets, put_spans
from ..revising import Revised, changed_meaning
from .cells import default_accumulation
from .changes import DEFINITION, Named, PlanChange, Stored, key_of, label_of, periods_of, same
from .checks import RANK
from .keys import IndicatorKey, NodeKey
from .lines import PlanLine, PlanReading
from .money_merge import take_money
from .told_figures import told_figures

EMPTIABLE = {"schedule"}  # "" is a value of its own


@dataclass
class Merge:
    """The plan with the file's lines in it: what must be written, and what to tell about it. `levels` are those that the file holds indicators of."""

    plan: Plan
    stored: Stored
    years: list[int]
    levels: set[str]
    approved: set[int]
    sub_units: dict[str, SubUnit] = field(default_factory=dict)
    new: list[Named] = field(default_factory=list)
    branches: list[Named] = field(default_factory=list)
    changed: list[PlanChange] = field(default_factory=list)
    gone: list[Named] = field(default_factory=list)
    staying: int = 0
    remarks: list[str] = field(default_factory=list)
    closed: dict[int, ClosedTargets] = field(default_factory=dict)
    revised: list[Revised] = field(default_factory=list)
    nodes: dict[NodeKey, PlanNode] = field(default_factory=dict)
    indicators: dict[IndicatorKey, Indicator] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    pagu: list[Pagu] = field(default_factory=list)
    pagu_gone: list[Pagu] = field(default_factory=list)

    def take(self, reading: PlanReading, parent_of: dict[str, str]) -> None:
        """Merge all lines, nodes first, so that parents and indicators find them."""
        self.closed = ClosedTargets.of_plan(self.plan, self.years)
        of_key: dict[NodeKey, list[PlanLine]] = {}
        for line in reading.lines:
            of_key.setdefault(line.key, []).append(line)
        for position, (key, group) in enumerate(self._in_order(of_key)):
            self._node(position, key, group)
        for key, group in of_key.items():
            self._parent(key, group[0], parent_of.get(key.code, ""))
            for position, line in enumerate(line for line in group if line.indicator):
                was = copy(self.stored.indicators.get((key, line.indicator)))
                self._targets(line, self._indicator(position, line, was), was)
            if group[0].level == Level.SUB_KEGIATAN:
                take_money(self, key, group)

    def _in_order(self, of_key: dict[NodeKey, list[PlanLine]]) -> list[tuple[NodeKey, list[PlanLine]]]:
        """The file's order; branches that it lacks keep their place before those that follow them in the plan."""
        order = list(of_key)
        for key in self.stored.nodes:
            if key not in of_key:
                order.insert(min(self.stored.nodes[key].position, len(order)), key)
        return [(key, of_key.get(key, [])) for key in order]

    def _node(self, position: int, key: NodeKey, group: list[PlanLine]) -> None:
        node = self.stored.nodes.get(key)
        known = node is not None
        if node is None:
            node = PlanNode(
                plan=self.plan, code=key.code, position=position, sub_unit=self.sub_units.get(key.sub_unit)
            )
            self.stored.nodes[key] = node
            if not any(line.indicator for line in group):
                self.branches.append(
                    Named(group[0].number, str(key), group[0].name, told_figures(group[0], self.years))
                )
        touched = node.position != position
        if group:
            first = group[0]
            touched |= self._assign(
                node,
                {"level": first.level, "name": first.name, "outcome": first.outcome, "weight": first.weight},
                first,
                known,
            )
            touched |= self._owner(node, group, known)
        node.position = position
        if touched or not known:
            self.nodes[key] = node

    def _owner(self, node: PlanNode, group: list[PlanLine], known: bool) -> bool:
        """A branch's owner goes along with that of its first indicator, as long as they are the same person; told once, with the indicator."""
        line = next((line for line in group if line.owner), None)
        if line is None:
            return False
        if not line.indicator:
            return self._assign(node, {"owner_id": line.owner}, line, known)
        indicator = self.stored.indicators.get((line.key, line.indicator))
        before = indicator.owner_id if indicator else None
        if node.owner_id == line.owner or node.owner_id not in (None, before):
            return False
        if indicator and before == line.owner:  # only the branch had none: nothing else would tell of it
            return self._assign(node, {"owner_id": line.owner}, line, known)
        node.owner_id = line.owner
        return True

    def _parent(self, key: NodeKey, line: PlanLine, parent_code: str) -> None:
        node, parent = self.stored.nodes[key], self.stored.node_of(parent_code)
        if parent is None:
            self._free(node)
        if parent is None or (parent.pk and parent.pk == node.parent_id):
            return
        if node.pk:
            before = self.stored.code_of(node.parent_id)
            self.tell(line, label_of("parent"), before, parent_code)
            self.revised += [
                Revised(node, None, year, label_of("parent"), before or "–", parent_code)
                for year in sorted(self.approved)
            ]
        node.parent = parent
        self.nodes[key] = node

    def _free(self, node: PlanNode) -> None:
        """A branch that came to a higher level no longer hangs below the parent that is not above it."""
        above = self.stored.node_of(self.stored.code_of(node.parent_id))
        if above and RANK[above.level] >= RANK[node.level]:
            node.parent = None
            self.nodes[key_of(node)] = node

    def _indicator(self, position: int, line: PlanLine, was: Indicator | None) -> Indicator:
        key = (line.key, line.indicator)
        indicator = self.stored.indicators.get(key)
        known = indicator is not None
        values = {name: getattr(line, name) for name in DEFINITION} | {"owner_id": line.owner}
        if indicator is None:
            indicator = self.stored.indicators[key] = Indicator(
                node=self.stored.nodes[line.key], name=line.indicator, position=position
            )
            self.new.append(Named(line.number, str(line.key), line.indicator, told_figures(line, self.years)))
            values["method"] = values["method"] or Method.MAXIMIZE.value
            values["accumulation"] = (
                values["accumulation"] or default_accumulation(line.measure, values["method"]).value
            )
        touched = self._assign(indicator, values, line, known)
        if was:
            years = self.stored.years.get(indicator.pk, set()) & self.approved
            self.revised += changed_meaning(self.stored.nodes[line.key], was, indicator, years)
        if indicator.retired:
            self.tell(line, "tidak dipakai lagi", "ya", "tidak")
            self.revise_use(line.key, indicator, "tidak dipakai", "dipakai lagi")
            touched, indicator.retired = True, False
        indicator.version += known and touched
        if touched or not known or indicator.position != position:
            self.indicators[key] = indicator
        indicator.position = position
        return indicator

    def _targets(self, line: PlanLine, indicator: Indicator, was: Indicator | None) -> None:
        for year in self.years:
            frequency = self.stored.frequencies[year]
            annual, given = line.figure("target", year), line.of_periods(frequency, year)
            target = self.stored.targets.get((indicator.pk, year)) or Target(indicator=indicator, year=year)
            before, numbers = target.aims(frequency), target.of_periods(frequency)
            moved = was is not None and was.schedule != indicator.schedule
            annual = target.annual if annual is None and moved else annual
            if annual is None:
                continue
            closed = self.closed[year].of(indicator.pk, target)
            shown = "–" if before[0] is None or was is None else periods_of(target, was, frequency)
            unchanged = target.pk and annual == target.annual and not moved and not any(given)
            if not unchanged:
                kind = Accumulation(indicator.accumulation)
                numbers = period_targets(kind, annual, given, closed, indicator.schedule)
            target.annual = annual
            target.put_periods(frequency, numbers)
            self._put_spans(line, indicator, target, closed)
            after = target.aims(frequency)
            if before == after:
                continue
            self.targets.append(target)
            kept = closed_words(indicator, annual, given, closed)
            self.remarks += [f"{line.key} {line.indicator}: {words}." for words in kept]
            self._mark(line, indicator)
            if was:
                self._tell_target(line, was, indicator, target, before[0], shown)
            self._revise_target(line.key, was or indicator, indicator, year, before, after)

    def _put_spans(
        self, line: PlanLine, indicator: Indicator, target: Target, closed: Collection[int]
    ) -> None:
        """Where the file writes none, the target keeps its own."""
        frequency = self.stored.frequencies[target.year]
        of_year = line.span("target", target.year) or target.span
        own = zip(line.spans(frequency, target.year), target.spans_of_periods(frequency), strict=True)
        put_spans(target, indicator, frequency, of_year, [written or had for written, had in own], closed)

    def _mark(self, line: PlanLine, indicator: Indicator) -> None:
        """A page that shows an indicator with its old targets is stale from now on."""
        if indicator.pk and (line.key, line.indicator) not in self.indicators:
            indicator.version += 1
            self.indicators[line.key, line.indicator] = indicator

    def _tell_target(
        self,
        line: PlanLine,
        was: Indicator,
        indicator: Indicator,
        target: Target,
        before: Aim | None,
        periods: str,
    ) -> None:
        frequency = self.stored.frequencies[target.year]
        now = periods_of(target, indicator, frequency)
        annual = target.aim("annual")
        if before == annual:
            self.tell(line, f"target {frequency.short} {target.year}", periods, now)
        else:
            detail = f"{frequency.short}: {now if before is None else f'{periods} → {now}'}"
            self.tell(line, f"target {target.year}", was.shown(before), indicator.shown(annual), detail)

    def _assign(self, thing, values: dict, line: PlanLine, known: bool) -> bool:
        """Set what differs, blanks apart; whether anything did. Changes of known things are told."""
        touched = False
        for name, value in values.items():
            old = getattr(thing, name)
            if value is None or (value == "" and name not in EMPTIABLE) or same(old, value):
                continue
            setattr(thing, name, value)
            touched = True
            if known:
                self.tell(line, label_of(name), self.stored.shown(name, old), self.stored.shown(name, value))
        return touched

    def tell(self, line: PlanLine, label: str, old: str, new: str, detail: str = "") -> None:
        name = line.indicator or line.name
        self.changed.append(PlanChange(line.number, str(line.key), name, label, old, new, detail))

    # What is a revision, because its year is approved

    def _revise_target(
        self, key: NodeKey, was: Indicator, indicator: Indicator, year: int, before: list, after: list
    ) -> None:
        if year not in self.approved:
            return
        for label, old, new in zip(target_labels(self.stored.frequencies[year]), before, after, strict=True):
            if old != new:
                self._revise(key, indicator, year, label, was.shown(old), indicator.shown(new))

    def revise_use(self, key: NodeKey, indicator: Indicator, old: str, new: str) -> None:
        for year in self.stored.years.get(indicator.pk, set()) & self.approved:
            self._revise(key, indicator, year, "indikator", old, new)

    def revise_pagu(self, node: PlanNode, year: int, old: Decimal | None, new: Decimal | None) -> None:
        if year in self.approved:
            self.revised.append(Revised(node, None, year, "pagu", show_money(old), show_money(new)))

    def _revise(self, key: NodeKey, indicator: Indicator, year: int, label: str, old: str, new: str) -> None:
        self.revised.append(Revised(self.stored.nodes[key], indicator, year, label, old, new))
