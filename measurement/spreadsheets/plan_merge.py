"""Merging lines into a plan in memory: what is stored, what changes, what is new, what is gone. Nothing is written here."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..formulas import Method, quarterly_targets
from ..models import Indicator, Level, Pagu, Person, Plan, PlanNode, Target
from ..numbers import show_money, show_short
from .plan_columns import LABELS
from .plan_lines import PlanLine, default_accumulation

PLACES = Decimal("0.000001")
DEFINITION = ("measure", "method", "accumulation", "low", "high", "formula", "source", "evidence_wanted", "baseline")


@dataclass(frozen=True)
class Named:
    """An indicator that is new or gone. `row` is its row in the file, 0 where it is not there."""

    row: int
    code: str
    name: str


@dataclass(frozen=True)
class Change:
    """One value that would change."""

    row: int
    code: str
    name: str
    label: str
    old: str
    new: str


@dataclass
class Stored:
    """The plan as it is: five queries."""

    nodes: dict[str, PlanNode]
    indicators: dict[tuple[str, str], Indicator]
    targets: dict[tuple[int, int], Target]
    pagu: dict[tuple[str, int], Pagu]
    names: dict[int, str]

    @classmethod
    def of(cls, plan: Plan) -> "Stored":
        nodes = {node.code: node for node in plan.nodes.all()}
        code_of = {node.pk: code for code, node in nodes.items()}
        return cls(
            nodes,
            {(code_of[i.node_id], i.name): i for i in Indicator.objects.filter(node__plan=plan)},
            {(t.indicator_id, t.year): t for t in Target.objects.filter(indicator__node__plan=plan)},
            {(code_of[p.node_id], p.year): p for p in Pagu.objects.filter(node__plan=plan)},
            dict(Person.objects.filter(appointments__unit=plan.unit_id).values_list("pk", "name")),
        )

    def code_of(self, node_id: int | None) -> str:
        return next((code for code, node in self.nodes.items() if node.pk == node_id), "") if node_id else ""


@dataclass
class Merge:
    """The plan with the file's lines in it: what must be written, and what to tell about it."""

    plan: Plan
    stored: Stored
    years: list[int]
    new: list[Named] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Named] = field(default_factory=list)
    nodes: dict[str, PlanNode] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Indicator] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    pagu: list[Pagu] = field(default_factory=list)
    pagu_gone: list[Pagu] = field(default_factory=list)

    def take(self, lines: list[PlanLine], parent_of: dict[str, str]) -> None:
        """Merge all lines, nodes first, so that parents and indicators find them."""
        of_code: dict[str, list[PlanLine]] = {}
        for line in lines:
            of_code.setdefault(line.code, []).append(line)
        for position, (code, group) in enumerate(of_code.items()):
            self._node(position, code, group)
        for code, group in of_code.items():
            self._parent(code, group[0], parent_of.get(code, ""))
            for position, line in enumerate(group):
                self._targets(line, self._indicator(position, line))
            if group[0].level == Level.SUB_KEGIATAN:
                self._pagu(code, group)
        self._leave_out(lines, set(of_code))

    def _node(self, position: int, code: str, group: list[PlanLine]) -> None:
        node = self.stored.nodes.get(code)
        known = node is not None
        if node is None:
            node = self.stored.nodes[code] = PlanNode(plan=self.plan, code=code, position=position)
        first = group[0]
        owner = next((line.owner for line in group if line.owner), None)
        values = {"level": first.level, "name": first.name, "outcome": first.outcome, "owner_id": owner}
        touched = self._assign(node, values, first, known) or node.position != position
        node.position = position
        if touched or not known:
            self.nodes[code] = node

    def _parent(self, code: str, line: PlanLine, parent_code: str) -> None:
        node, parent = self.stored.nodes[code], self.stored.nodes.get(parent_code)
        if parent is None or (parent.pk and parent.pk == node.parent_id):
            return
        if node.pk:
            self._tell(line, LABELS["parent"], self.stored.code_of(node.parent_id), parent_code)
        node.parent = parent
        self.nodes[code] = node

    def _indicator(self, position: int, line: PlanLine) -> Indicator:
        key = (line.code, line.indicator)
        indicator = self.stored.indicators.get(key)
        known = indicator is not None
        values = {name: getattr(line, name) for name in DEFINITION} | {"owner_id": line.owner}
        if indicator is None:
            indicator = self.stored.indicators[key] = Indicator(node=self.stored.nodes[line.code], name=line.indicator, position=position)
            self.new.append(Named(line.number, line.code, line.indicator))
            values["method"] = values["method"] or Method.MAXIMIZE.value
            values["accumulation"] = values["accumulation"] or default_accumulation(line.measure).value
        touched = self._assign(indicator, values, line, known)
        if indicator.retired:
            self._tell(line, "tidak dipakai lagi", "ya", "tidak")
            touched, indicator.retired = True, False
        indicator.version += known and touched
        if touched or not known or indicator.position != position:
            self.indicators[key] = indicator
        indicator.position = position
        return indicator

    def _targets(self, line: PlanLine, indicator: Indicator) -> None:
        for year in self.years:
            annual, given = line.figure("target", year), line.quarters(year)
            if annual is None:
                continue
            target = self.stored.targets.get((indicator.pk, year))
            known = target is not None
            if target is None:
                target = Target(indicator=indicator, year=year)
            if None not in given or not known or target.annual != annual:
                quarters = given if None not in given else quarterly_targets(indicator.accumulation, annual)
                values = {"annual": annual} | {f"q{number}": value.quantize(PLACES) for number, value in enumerate(quarters, 1)}
                if self._assign(target, values, line, known, year):
                    self.targets.append(target)

    def _pagu(self, code: str, group: list[PlanLine]) -> None:
        for year in self.years:
            amount = next((a for line in group if (a := line.figure("pagu", year)) is not None), None)
            pagu = self.stored.pagu.get((code, year))
            known = pagu is not None
            if amount is None:
                continue
            if pagu is None:
                pagu = self.stored.pagu[code, year] = Pagu(node=self.stored.nodes[code], year=year)
            if self._assign(pagu, {"amount": amount}, group[0], known, year):
                self.pagu.append(pagu)

    def _leave_out(self, lines: list[PlanLine], codes: set[str]) -> None:
        """Indicators that the file lacks are retired; a sub kegiatan that it lacks has no pagu any more in the file's years."""
        kept = {(line.code, line.indicator) for line in lines}
        for (code, name), indicator in self.stored.indicators.items():
            if (code, name) not in kept and not indicator.retired:
                indicator.retired = True
                indicator.version += 1
                self.indicators[code, name] = indicator
                self.gone.append(Named(0, code, name))
        for (code, year), pagu in list(self.stored.pagu.items()):
            if code not in codes and year in self.years:
                self.pagu_gone.append(self.stored.pagu.pop((code, year)))
                self.changed.append(Change(0, code, self.stored.nodes[code].name, f"pagu {year}", show_money(pagu.amount), "–"))

    def _assign(self, thing, values: dict, line: PlanLine, known: bool, year: int | None = None) -> bool:
        """Set what differs, blanks apart; whether anything did. Changes of known things are told."""
        touched = False
        for name, value in values.items():
            old = getattr(thing, name)
            if value in (None, "") or value == old:
                continue
            setattr(thing, name, value)
            touched = True
            if known:
                self._tell(line, _label(name, year), self._shown(name, old), self._shown(name, value))
        return touched

    def _tell(self, line: PlanLine, label: str, old: str, new: str) -> None:
        self.changed.append(Change(line.number, line.code, line.indicator, label, old, new))

    def _shown(self, name: str, value) -> str:
        if name == "owner_id":
            return self.stored.names.get(value, "–")
        if name == "amount":
            return show_money(value)
        return show_short(value) if isinstance(value, Decimal) else str(value if value not in (None, "") else "–")


def _label(name: str, year: int | None) -> str:
    if year is None:
        return LABELS[name.removesuffix("_id")]
    return {"annual": f"target {year}", "amount": f"pagu {year}"}.get(name) or f"target TW {name[1]} {year}"
