"""The demonstration office's second, harder year by the real doors: it begins in TW II with data awal, APBD-P takes a sub kegiatan away and raises a
target, a kelurahan has its own part, one indicator follows, one is measured once a year, and an archived quarter is corrected under the next."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.doors import opening as data_awal
from measurement.doors import workflow
from measurement.models import Indicator, MeasurementCycle, Person, Plan, Unit, WorksheetNode, WorksheetRow
from measurement.plan import table_import
from measurement.plan.opening import OpeningChange, OpeningLine, OpeningTable
from measurement.plan.revising import Basis, approve
from measurement.rules.opening import Place
from measurement.rules.sop import EVALUATE

from . import second_year_plan as year
from . import signing
from .clock import at
from .office import FIXTURES
from .values import entered, measure
from .walk import Walk, row_owners
from .words import EVALUATION_NOTE


class SecondYearWalk(Walk):
    """A cycle of the second year: what was measured stands in `second_year_plan`; a correction measures some of it otherwise."""

    corrected: Mapping[year.Key, year.Figures] = {}

    @classmethod
    def begun(cls, plan: Plan, number: int, start: datetime, reason: str = "") -> "SecondYearWalk":
        """From the Camat's order on; with a reason it is a correction."""
        camat = Person.objects.get(username="camat")
        period = str(MeasurementCycle(unit=plan.unit, year=year.YEAR, number=number))
        with at(start):
            signing.make_keys(plan.unit)
            instruction = year.INSTRUCTION.format(period=period)
            cycle = workflow.open_cycle(plan.unit, plan, year.YEAR, number, camat, instruction, reason)
            signing.sign_papers(cycle)
        walk = cls(cycle, start)
        walk.corrected = year.CORRECTED if reason else {}
        return walk

    def values_of(self, row: WorksheetRow) -> dict:
        figures = _of_name({**year.REALISED, **self.corrected}, row.name, row.node.sub_unit, ())
        value = figures[self.number - 1]
        if value is None:
            raise ValueError(f"{row} was not measured in this period")
        return measure(row, self.number, entered(value))

    def spending(self, node: WorksheetNode) -> Decimal:
        return _rupiah(year.SPENT[node.code, node.sub_unit][self.number - 1] or 0)

    def measure_all(self) -> None:
        for username in row_owners(self.cycle):
            with self.clock.pass_minutes(35):
                self.measure(username)

    def settle(self) -> None:
        """Everything is accepted, and the evaluation closed."""
        with self.clock.pass_minutes(90):
            self._accept("tim2")
            self.texts("tim1", evaluation_note=EVALUATION_NOTE)
        self.perform(30, "tim1", EVALUATE.key)
        self.finish()

    def walked_on(self) -> "SecondYearWalk":
        """From step 2 to the archive."""
        self.prepare()
        self.measure_all()
        self.settle()
        return self


def live_through(unit: Unit) -> Iterator[MeasurementCycle]:
    """The whole year; a cycle whenever something of it is finished, as it stands then."""
    plan = make_plan(unit)
    second = SecondYearWalk.begun(plan, 2, year.BEGINS[2])
    with second.clock.pass_minutes(30):
        enter_opening(plan)
    yield second.walked_on().fresh()
    change_plan(plan)
    third = SecondYearWalk.begun(plan, 3, year.BEGINS[3])
    third.prepare()
    third.measure_all()
    yield third.fresh()
    correction = walked(plan, 2, year.CORRECTION_BEGINS, year.CORRECTION_REASON)
    yield correction.fresh()
    third.clock.moment = correction.clock.moment
    third.settle()
    yield third.fresh()
    yield walked(plan, 4, year.BEGINS[4]).fresh()


def walked(plan: Plan, number: int, start: datetime, reason: str = "") -> SecondYearWalk:
    """A cycle from the order to the archive."""
    return SecondYearWalk.begun(plan, number, start, reason).walked_on()


def make_plan(unit: Unit) -> Plan:
    """The plan by the import, with its kelurahan, approved by a Perjanjian Kinerja."""
    with at(year.PLAN_IS_MADE):
        plan = Plan.objects.create(
            unit=unit, name=year.NAME, start_year=year.FIRST, end_year=year.LAST, source_note=year.SOURCE_NOTE
        )
        import_table(plan, year.PLANNED)
        Indicator.objects.filter(node__plan=plan).update(**dict.fromkeys(Indicator.SMART, True))
        approve(plan, year.YEAR, _person("tim1"), year.APPROVAL, year.APPROVED_ON)
    return plan


def change_plan(plan: Plan) -> None:
    """APBD-P: the whole plan as it is now, imported again with the document that changed it."""
    with at(year.PLAN_IS_CHANGED):
        import_table(plan, year.CHANGED, Basis(year.CHANGE_REASON, year.CHANGE, year.CHANGED_ON))


def import_table(plan: Plan, name: str, basis: Basis | None = None) -> None:
    """The preview that a user sees, and then what it showed; that spent money loses its pagu is meant so."""
    table = table_import.read_plan_table(SimpleUploadedFile(name, (FIXTURES / name).read_bytes()))
    seen = table_import.preview(plan, table)
    choices = table_import.ImportChoices(losses_confirmed=bool(seen.losses))
    table_import.apply(plan, table, _person("tim1"), basis=basis, shown=seen.digest, choices=choices)


def enter_opening(plan: Plan) -> None:
    """TW I and the year before, filled in by a member of Tim SAKIP and approved by the chair."""
    document = data_awal.OpeningDocument(year.OPENING, year.OPENING_OF)
    opening = data_awal.begin_opening(plan, _person("tim2"), document)
    table = OpeningTable(opening)
    changes = [change for line in table.lines for change in _opening_of(line) if change.place in table.places]
    opening = data_awal.save_opening(opening.pk, _person("tim2"), opening.version, changes)
    data_awal.approve_opening(opening.pk, _person("tim1"), opening.version)


def _opening_of(line: OpeningLine) -> list[OpeningChange]:
    """What is known of one line in TW I and in the year before."""
    sub_unit = line.branch.sub_unit.name if line.branch.sub_unit else ""
    if line.indicator is None:
        key = line.branch.code, sub_unit
        period, before = year.SPENT[key][0], year.SPENT_BEFORE.get(key)
        amounts = {Place(year.YEAR, 1): period, Place(year.BEFORE): before}
        return [
            OpeningChange(line, place, {"spent": _rupiah(amount)})
            for place, amount in amounts.items()
            if amount
        ]
    found = {
        Place(year.YEAR, 1): _of_name(year.REALISED, line.indicator.name, sub_unit, (None,))[0],
        Place(year.BEFORE): _of_name(year.REALISED_BEFORE, line.indicator.name, sub_unit, None),
    }
    return [OpeningChange(line, place, entered(value)) for place, value in found.items() if value is not None]


def _of_name(figures: Mapping, name: str, sub_unit: str, otherwise):
    return next(
        (value for (start, of), value in figures.items() if of == sub_unit and name.startswith(start)),
        otherwise,
    )


def _person(username: str) -> Person:
    return Person.objects.get(username=username)


def _rupiah(millions: int) -> Decimal:
    return Decimal(millions * year.MILLION)
