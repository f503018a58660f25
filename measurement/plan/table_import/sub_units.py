"""Which sub unit (kelurahan) a line belongs to: as its row names it, as the plan has it, or as the person says who imports the file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from measurement.models import Level, SubUnit, Unit, column_length
from measurement.rules.accumulations import total
from measurement.rules.numbers import show_money

from .changes import Stored
from .columns import PlanLayout, WrongPlanCell, plain_heading
from .layout_rows import CODED
from .lines import PlanLine, PlanReading

OFFICE_ITSELF = ".0000"  # how the code of an office ends where SIPD prints sub units: it has none
LEAST_PARTS = 2  # sub units whose pagu a line may add up
KIND = ("kelurahan_", "kel_")
LONGEST = column_length(SubUnit, "name") or 0


@dataclass(frozen=True)
class SubUnitQuestion:
    """A line whose sub unit the file doesn't tell, though another line has the same code."""

    row: int
    code: str
    name: str
    detail: str
    answer: str = ""


@dataclass
class SubUnits:
    """Those of an office, by whatever people write for them, and those that a file names and nobody has registered."""

    unit: Unit
    new: dict[str, SubUnit] = field(default_factory=dict)
    questions: list[SubUnitQuestion] = field(default_factory=list)

    @cached_property
    def known(self) -> dict[str, SubUnit]:
        """Asked for only where a file names any."""
        return {word: sub_unit for sub_unit in self.unit.sub_units.all() for word in _words(sub_unit)}

    def find(self, code: str, name: str) -> SubUnit | None:
        """The sub unit of a row; None where it names none, or the office itself."""
        if not (code or name) or self._is_office(code, name):
            return None
        found = self.known.get(code) or self.known.get(spelled_sub_unit(name))
        if found is None:
            found = SubUnit(unit=self.unit, code=code, name=name or code)
            self.new[found.name] = found
            self.known.update(dict.fromkeys(_words(found), found))
        return found

    def _is_office(self, code: str, name: str) -> bool:
        spelled = spelled_sub_unit(name)
        own = (spelled_sub_unit(self.unit.name), spelled_sub_unit(self.unit.short_name))
        return code.endswith(OFFICE_ITSELF) or spelled in own or spelled.startswith("kecamatan_")

    def by_name(self) -> dict[str, SubUnit]:
        """Those that the lines may belong to."""
        return {sub_unit.name: sub_unit for sub_unit in self.__dict__.get("known", {}).values()}


def assign(
    reading: PlanReading, layout: PlanLayout, units: SubUnits, stored: Stored, said: Mapping[int, str]
) -> tuple[list[WrongPlanCell], list[str]]:
    """Give each line its sub unit; what can't be told is asked and can't be taken. `said` is what the person answered, by row. And remarks."""
    wrong = []
    for line in reading.lines:
        answer = said.get(line.number, "").strip()
        code, name = ("", answer) if answer else _parted(line.sub_unit_code, line.sub_unit)
        found = units.find(code, name) if line.level == Level.SUB_KEGIATAN else None
        line.sub_unit = found.name if found else ""
        if len(line.sub_unit) > LONGEST:
            sentence = f"Terlalu panjang: {len(line.sub_unit)} huruf, paling banyak {LONGEST}."
            wrong.append(
                WrongPlanCell(layout.cell("sub_unit", line.number, line.level), line.sub_unit, sentence)
            )
    remarks, lines = _leave_sums(reading, layout), reading.lines
    units.questions = [*_questions(lines, layout, stored, said)]
    asked = {question.row for question in units.questions if not question.answer}
    _as_in_plan([line for line in lines if line.number not in asked], stored)
    wrong += [_untold(line, layout, stored) for line in lines if line.number in asked]
    return wrong, remarks


def _parted(code: str, name: str) -> tuple[str, str]:
    """A code and a name that SIPD prints in one cell: "7.01.0.00.0.00.01.0001 Kelurahan Sukamaju"."""
    coded = CODED.fullmatch(name)
    return (coded["code"], coded["name"]) if coded and not code else (code, name)


def _leave_sums(reading: PlanReading, layout: PlanLayout) -> list[str]:
    """Leave out lines without a sub unit that only add up those of their sub units, so that nothing counts twice; remarks on them."""
    of_code: dict[str, list[PlanLine]] = defaultdict(list)
    for line in reading.lines:
        if line.level == Level.SUB_KEGIATAN:
            of_code[line.code].append(line)
    sums = [line for lines in of_code.values() for line in _sums_among(lines, layout)]
    numbers = {line.number for line in sums}
    reading.lines = [line for line in reading.lines if line.number not in numbers]
    return [
        f"Baris {line.number}: {line.code} di sini adalah jumlah baris sub unitnya; tidak dibaca sebagai baris tersendiri."
        for line in sums
    ]


def _sums_among(lines: list[PlanLine], layout: PlanLayout) -> list[PlanLine]:
    """Of the lines of one code, those of the code as a whole, if their pagu is that of two or more sub units together."""
    whole = [line for line in lines if not line.sub_unit]
    parts: dict[str, list[PlanLine]] = defaultdict(list)
    for line in lines:
        if line.sub_unit:
            parts[line.sub_unit].append(line)
    stated = [_pagu(whole, year) for year in layout.years]
    added = [total(_pagu(found, year) for found in parts.values()) for year in layout.years]
    if len(parts) < LEAST_PARTS or stated != added or not any(stated):
        return []
    told = {line.indicator for found in parts.values() for line in found} | {""}
    return [line for line in whole if line.indicator in told]


def _pagu(lines: list[PlanLine], year: int) -> Decimal | None:
    return next((amount for line in lines if (amount := line.figure("pagu", year)) is not None), None)


def _as_in_plan(lines: list[PlanLine], stored: Stored) -> None:
    """A blank cell changes nothing: a code that the plan has in one sub unit only stays that one's."""
    for line in lines:
        of_code = stored.sub_units_of(line.code)
        if not line.sub_unit and len(of_code) == 1:
            line.sub_unit = of_code[0]


def _questions(
    lines: list[PlanLine], layout: PlanLayout, stored: Stored, said: Mapping[int, str]
) -> Iterator[SubUnitQuestion]:
    """Lines of one code and indicator with figures of their own, and lines of a code that the plan has in several sub units."""
    alike: dict[tuple[str, str], list[PlanLine]] = defaultdict(list)
    for line in lines:
        if line.level == Level.SUB_KEGIATAN and (not line.sub_unit or said.get(line.number)):
            alike[line.code, line.indicator].append(line)
    for (code, indicator), group in alike.items():
        figures = {_figures(line, layout) for line in group}
        if len(stored.sub_units_of(code)) > 1 or (indicator and len(figures) > 1):
            for line in group:
                yield SubUnitQuestion(
                    line.number, code, line.indicator or line.name, _detail(line, layout), line.sub_unit
                )


def _figures(line: PlanLine, layout: PlanLayout) -> tuple:
    return tuple((line.figure("target", year), line.figure("pagu", year)) for year in layout.years)


def _detail(line: PlanLine, layout: PlanLayout) -> str:
    """What tells the lines apart for the person who is asked."""
    year = next((year for year in layout.years if line.figure("pagu", year) is not None), None)
    return f"pagu {year} {show_money(line.figure('pagu', year))}" if year else ""


def _untold(line: PlanLine, layout: PlanLayout, stored: Stored) -> WrongPlanCell:
    shared = stored.sub_units_of(line.code)
    reason = (
        f"Pada rencana, kode {line.code} terbagi atas {', '.join(shared)}"
        if len(shared) > 1
        else f"Kode {line.code} dengan indikator ini ada pada beberapa baris dengan target atau pagu yang berbeda"
    )
    sentence = f"{reason}; isi kolom sub_unit, atau sebutkan kelurahannya di bawah."
    return WrongPlanCell(layout.cell("sub_unit", line.number, line.level), line.code, sentence)


def _words(sub_unit: SubUnit) -> list[str]:
    """Whatever a sub unit is found by."""
    return list(filter(None, (spelled_sub_unit(sub_unit.name), sub_unit.code)))


def spelled_sub_unit(name: str) -> str:
    """A name without capitals, signs and the word kelurahan, so that spellings compare."""
    plain = plain_heading(name)
    return next((plain.removeprefix(kind) for kind in KIND if plain.startswith(kind)), plain)
