"""Which branch of a cycle's worksheet a line of a file of realisasi anggaran belongs to: by code and sub unit, else by name."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from measurement.models import MeasurementCycle, WorksheetNode
from measurement.plan.spending import SpentOn
from measurement.plan.table_import.columns import plain_heading
from measurement.plan.table_import.offices import names_of_unit
from measurement.plan.table_import.sub_units import OFFICE_ITSELF, spelled_sub_unit
from measurement.rules.numbers import show_money

SUPPORT = re.compile(r"X\.XX\.")
SHORT_END = re.compile(r"(?P<above>.*)\.(?P<last>[0-9]{2})")


@dataclass(frozen=True)
class Unmatched:
    """A line of the file whose money has no place in the worksheet, and why."""

    item: SpentOn
    reason: str

    @property
    def code(self) -> str:
        return self.item.code or "–"

    @property
    def amount(self) -> str:
        return show_money(self.item.amount)


class MoneyPlaces:
    """The sub kegiatan of one cycle, by whatever files write for them."""

    def __init__(self, cycle: MeasurementCycle, nodes: Iterable[WorksheetNode]):
        self.unit = cycle.unit
        self.by_code: dict[str, list[WorksheetNode]] = defaultdict(list)
        self.by_name: dict[str, list[WorksheetNode]] = defaultdict(list)
        for node in nodes:
            self.by_code[node.code].append(node)
            self.by_name[plain_heading(self._bare_name(node))].append(node)

    @cached_property
    def names(self) -> dict[str, str]:
        """Sub units by their code; asked for only where a file names codes."""
        return {sub_unit.code: sub_unit.name for sub_unit in self.unit.sub_units.all() if sub_unit.code}

    @staticmethod
    def _bare_name(node: WorksheetNode) -> str:
        return node.name.removesuffix(f" ({node.sub_unit})") if node.sub_unit else node.name

    def find(self, item: SpentOn) -> WorksheetNode | Unmatched:
        """The branch, unless its code is only nearly the same and its name another one: lists were renumbered."""
        node = self._find(item)
        if (
            isinstance(node, WorksheetNode)
            and item.code not in ("", node.code)
            and self.differs_in_name(item, node)
        ):
            return Unmatched(item, f"kodenya menyerupai {node.code}, tetapi namanya lain")
        return node

    def _find(self, item: SpentOn) -> WorksheetNode | Unmatched:
        found = self._of_code(item.code) if item.code else self.by_name.get(plain_heading(item.name), [])
        if not found:
            return Unmatched(item, "tidak ada pada kertas kerja siklus ini")
        unit = self._sub_unit(item)
        same = [node for node in found if spelled_sub_unit(node.sub_unit) == unit]
        if len(same) == 1:
            return same[0]
        if len(found) == 1 and (not unit or not found[0].sub_unit):
            return found[0]
        if not unit:
            names = ", ".join(node.sub_unit or self.unit.short_name for node in found)
            return Unmatched(item, f"terbagi atas {names}, tetapi barisnya tidak menyebut sub unit")
        return Unmatched(item, f"sub unit “{item.unit or item.unit_code}” tidak mempunyai sub kegiatan ini")

    def _of_code(self, code: str) -> list[WorksheetNode]:
        """With the office's own field for X.XX, and four digits at the end for the two of older lists."""
        candidates = [code]
        if SUPPORT.match(code):
            candidates += [
                own for own in self.by_code if own.partition(".01.")[2] == code.partition(".01.")[2]
            ]
        if short := SHORT_END.fullmatch(code):
            candidates.append(f"{short['above']}.{short['last'].zfill(4)}")
        if code.endswith(tuple("0123456789")) and len(code.rpartition(".")[2]) == len("0001"):
            candidates.append(f"{code.rpartition('.')[0]}.{code.rpartition('.')[2][-2:]}")
        return next((self.by_code[known] for known in candidates if known in self.by_code), [])

    def _sub_unit(self, item: SpentOn) -> str:
        """The sub unit as it is spelled; "" for the office itself."""
        if item.unit_code.endswith(OFFICE_ITSELF):
            return ""
        name = self.names.get(item.unit_code, item.unit) if item.unit_code else item.unit
        spelled = spelled_sub_unit(name)
        is_office = spelled.startswith("kecamatan_") or (spelled and names_of_unit([name], self.unit))
        known = {spelled_sub_unit(node.sub_unit) for nodes in self.by_code.values() for node in nodes}
        return "" if is_office and spelled not in known else spelled

    def differs_in_name(self, item: SpentOn, node: WorksheetNode) -> bool:
        """Whether a file calls the code something else: perhaps it is another sub kegiatan."""
        ours, theirs = plain_heading(self._bare_name(node)), plain_heading(item.name)
        return bool(item.code and theirs) and ours != theirs
