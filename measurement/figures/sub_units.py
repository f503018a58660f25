"""Sub units (kelurahan): the sum of each code that several of them share, and what each of them reached. Nothing of it exists for other offices."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from measurement.models import Level, WorksheetNode
from measurement.rules.formulas import Mean, mean

from .calculation import BranchFigures, NodeFigures, Sheet
from .rows import RowFigures

OWN_PART = "Tanpa sub unit"


@dataclass(frozen=True, eq=False)
class SharedCode(NodeFigures):
    """A sub kegiatan of several sub units: their money together, and the mean of their capaian. `children` are theirs; its node is stored nowhere."""

    @property
    def purse(self) -> WorksheetNode | None:
        return None

    @cached_property
    def capaian(self) -> Mean:
        return mean((part.capaian.figure for part in self.children), self.rules.mean_cap)

    def alike(self) -> list[list[RowFigures]]:
        """Their indicators of one name and unit, together."""
        found: dict[tuple[str, str], list[RowFigures]] = {}
        for part in self.children:
            for figures in part.rows:
                found.setdefault((figures.row.name, figures.row.measure), []).append(figures)
        return list(found.values())


def with_sums(branch: BranchFigures, depth: int = 0) -> Iterator[tuple[int, NodeFigures]]:
    """All branches below, as `below` gives them, with a sum above those that share their code."""
    of_code: dict[str, list[NodeFigures]] = {}
    for child in branch.children:
        of_code.setdefault(child.node.code, []).append(child)
    for parts in of_code.values():
        if len(parts) > 1:
            shared = _shared(parts)
            yield depth, shared
            yield from ((depth + 1, part) for part in parts)
            continue
        yield depth, parts[0]
        yield from with_sums(parts[0], depth + 1)


def _shared(parts: list[NodeFigures]) -> SharedCode:
    first = parts[0].node
    node = WorksheetNode(
        cycle_id=first.cycle_id,
        parent_id=first.parent_id,
        level=Level.SUB_KEGIATAN,
        code=first.code,
        name=f"{bare_name(first)} – jumlah {len(parts)} sub unit",
        pagu=Decimal(0),
    )
    return SharedCode(node, [], parts, parts[0].rules)


def bare_name(node: WorksheetNode) -> str:
    """The nomenclature without the sub unit that its printed name ends in."""
    return node.name.removesuffix(f" ({node.sub_unit})") if node.sub_unit else node.name


def has_sub_units(sheet: Sheet) -> bool:
    return any(branch.node.sub_unit for branch in sheet.of_level(Level.SUB_KEGIATAN))


def by_sub_unit(sheet: Sheet) -> list[tuple[str, BranchFigures]]:
    """Each sub unit with its sub kegiatan, in the order of the plan; at the end those that the office carries out itself."""
    found: dict[str, list[NodeFigures]] = {}
    for branch in sheet.of_level(Level.SUB_KEGIATAN):
        found.setdefault(branch.node.sub_unit, []).append(branch)
    own = found.pop("", [])
    named = [*found.items(), (OWN_PART, own)] if own else list(found.items())
    return [(name, BranchFigures(None, [], branches, sheet.cycle.rules)) for name, branches in named]
