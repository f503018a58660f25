"""What a budget change (APBD-P) does to the plan of the small office: branches that come, go, move, and targets that change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import MeasurementCycle, Pagu, PlanNode
from tests.support.characters import YEAR, Office, add_indicator, fresh, open_cycle, row_values, walk

HEADINGS = ["tingkat", "kode", "nomenklatur", "indikator", "satuan", f"target_{YEAR}", f"pagu_{YEAR}"]
SUB = "7.01.02.2.01.0001"
SECOND = "7.01.02.2.01.0002"


def add_branch(
    made: Office, code: str = SECOND, pagu: int = 5_000_000, name: str = "Jumlah rapat"
) -> PlanNode:
    """A second sub kegiatan beside the office's own, with an indicator of 12 laporan."""
    sub = made.sub
    node = PlanNode.objects.create(
        plan=made.plan, parent=sub.parent, level="sub_kegiatan", code=code, name="Sub kegiatan kedua", owner=made.asn,
        position=PlanNode.objects.filter(plan=made.plan).count(),
    )  # fmt: skip
    Pagu.objects.create(node=node, year=YEAR, amount=Decimal(pagu))
    add_indicator(made, name, 20, node=node)
    return node


def plan_rows(made: Office, without: Iterable[str] = ()) -> list[list]:
    """The plan as a table, without the branches named."""
    rows = []
    for node in made.plan.nodes.order_by("position"):
        if node.code in without:
            continue
        pagu = node.pagu.filter(year=YEAR).first()
        head, money = [node.level, node.code, node.name], int(pagu.amount) if pagu else ""
        of_node = node.indicators.filter(retired=False)
        targets = [(i, i.targets.filter(year=YEAR).first()) for i in of_node]
        rows += [[*head, i.name, i.measure, str(int(t.annual)), money] for i, t in targets if t] or [
            [*head, "", "", "", money]
        ]
    return rows


def measure(
    made: Office,
    quarter: int,
    until: str | None = None,
    realised: int = 3,
    spent: dict[str, int] | None = None,
) -> MeasurementCycle:
    """A cycle of this quarter, every row with this realisasi and every branch with this money (else what tests usually enter)."""
    way = Measured(quarter, until, realised, tuple((spent or {}).items()))
    return fresh(MeasurementCycle(pk=made.once(way)))


@dataclass(frozen=True)
class Measured:
    """How a quarter is measured; the same after the same is done once in a run."""

    quarter: int
    until: str | None
    realised: int
    spent: tuple[tuple[str, int], ...]

    def __call__(self, made: Office) -> int:
        return measured_by(made, self.quarter, lambda row: self.realised, dict(self.spent), self.until).pk


def measured_by(
    made: Office,
    quarter: int,
    realised: Callable[[Any], int],
    spent: dict[str, int],
    until: str | None = None,
) -> MeasurementCycle:
    cycle = walk(made, open_cycle(made, quarter), "measure")
    if until == "measure":
        return cycle
    rows = [
        SheetChange(row.pk, row.version, row_values(realised(row)))
        for row in measuring.movable(cycle, "save", made.asn)
    ]
    money = [
        SheetChange(node.pk, node.version, {"spent": Decimal(spent.get(node.code, 1_000_000))})
        for node in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, rows, money)
    measuring.send(cycle.pk, made.asn)
    return walk(made, fresh(cycle), until)
