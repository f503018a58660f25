"""The nomenclature as an office picks from it: the list that comes with the system and what the office loaded itself, written with the code of its field."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from measurement.models import Level, NomenclatureItem, Plan, StandardPart, Unit
from measurement.record.government_standards import standards_kept

from .table_import.nomenclature import LIST, parent_code

SOURCE = (
    "Daftar bidang 7.01 dan program penunjang menurut Kepmendagri 900.1.15.5-1317/2023, sebagaimana dimuat pada berkas publik data subkegiatan aplikasi esakip "
    "(github.com/ichien86/esakip)."
)
BUILT_IN_FIELD = "7.01"
FIELD = re.compile(r"[1-9]\.[0-9]{2}")
SUPPORT = "X.XX"  # the field of the support programs, which every office writes with its own
LEVEL_OF_PARTS = {3: Level.PROGRAM, 5: Level.KEGIATAN, 6: Level.SUB_KEGIATAN}


@dataclass(frozen=True)
class NomenclatureEntry:
    """One line of the nomenclature, as an office writes it."""

    code: str
    name: str
    outcome: str = ""
    indicator: str = ""
    measure: str = ""

    @property
    def level(self) -> Level:
        return LEVEL_OF_PARTS[len(self.code.split("."))]

    @property
    def parent(self) -> str:
        """The code of the program or kegiatan above it; empty for a program."""
        return parent_code(self.code)


@cache
def _built_in() -> tuple[NomenclatureEntry, ...]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return tuple(
            NomenclatureEntry(row["kode"], row["nama"], row["kinerja"], row["indikator"], row["satuan"])
            for row in csv.DictReader(file)
        )


def offered_entries(unit: Unit, field: str) -> dict[str, NomenclatureEntry]:
    """Code → entry of a field with its support programs, in the order of the codes; what the office loaded stands for what its government keeps, and
    that for ours."""
    kept = standards_kept(unit.belongs_to_id, StandardPart.NOMENCLATURE)
    of_government = [NomenclatureEntry(code, **facts) for code, facts in kept.items()]
    own = NomenclatureItem.objects.filter(unit=unit)
    loaded = [
        NomenclatureEntry(item.code, item.name, item.outcome, item.indicator, item.measure) for item in own
    ]
    found = {entry.code: entry for entry in _in_field([*_built_in(), *of_government, *loaded], field)}
    return dict(sorted(found.items()))


def _in_field(entries: Iterable[NomenclatureEntry], field: str) -> Iterable[NomenclatureEntry]:
    for entry in entries:
        code = field + entry.code.removeprefix(SUPPORT) if entry.code.startswith(SUPPORT) else entry.code
        if code.startswith(f"{field}.") and code.count(".") + 1 in LEVEL_OF_PARTS:
            yield replace(entry, code=code)


def usual_field(plan: Plan) -> str:
    """The field that most programs of the plan have; of an empty plan that of the office's own list, else the one that comes with the system."""
    codes = plan.nodes.filter(level=Level.PROGRAM).values_list("code", flat=True)
    own = NomenclatureItem.objects.filter(unit=plan.unit_id).exclude(code__startswith=SUPPORT)
    for several in (codes, own.values_list("code", flat=True)):
        fields = Counter(".".join(code.split(".")[:2]) for code in several)
        if found := next((field for field, _ in fields.most_common() if FIELD.fullmatch(field)), ""):
            return found
    return BUILT_IN_FIELD


def matching_entries(entries: dict[str, NomenclatureEntry], wanted: str) -> dict[str, NomenclatureEntry]:
    """Those with all the words in code, name or indicator, what they stand under, and what stands under a kegiatan; all of them for no words."""
    words = wanted.casefold().split()
    hits = {
        entry.code
        for entry in entries.values()
        if all(word in f"{entry.code} {entry.name} {entry.indicator}".casefold() for word in words)
    }
    whole = {code for code in hits if entries[code].level == Level.KEGIATAN}
    hits |= {entry.code for entry in entries.values() if entry.parent in whole}
    found = hits | {parent_code(code) for code in hits}
    found |= {parent_code(code) for code in found}
    return {code: entry for code, entry in entries.items() if code in found}
