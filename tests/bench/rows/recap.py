"""The recap as the one calculation gives it, against one raw statement with the same totals for every branch."""

from collections.abc import Callable
from importlib import import_module
from inspect import signature

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import ratio
from tests.bench.visiting import cpu
from tests.bench.worker import Worker

REPEATS = 5
MOST_OF_ONE, MOST_OF_MANY = 8, 3
# the function that gives the recap of many cycles at once, if this version has one: module, name
OF_MANY = (("measurement.figures.many_recaps", "recaps_of"),)
NONE_YET = "belum ada: this version has no recap of many offices; measured is one after the other"

RAW = """
WITH RECURSIVE below(root, id) AS (
  SELECT id, id FROM measurement_worksheetnode WHERE {cycles}
  UNION ALL SELECT below.root, n.id FROM measurement_worksheetnode n JOIN below ON n.parent_id = below.id
), measured AS (
  SELECT node_id, count(*) AS rows, avg(CASE WHEN target_year > 0 THEN least_of(realised / target_year, 1) END) AS reached
  FROM measurement_worksheetrow WHERE {cycles} GROUP BY node_id
)
SELECT below.root, sum(n.pagu), sum(coalesce(n.spent, 0) + n.spent_before), sum(measured.rows), avg(measured.reached)
FROM below JOIN measurement_worksheetnode n ON n.id = below.id LEFT JOIN measured ON measured.node_id = n.id
GROUP BY below.root
"""


def one_office(places: Places, large: bool) -> list[Result]:
    with places.original("S").worker() as worker:
        return [_against_raw(worker, "recap of one office ÷ one raw statement", MOST_OF_ONE, "one")]


def many_offices(places: Places, large: bool) -> list[Result]:
    with places.original("M").worker() as worker:
        how = "at_once" if worker.ask("rows.recap:has_recap_of_many") else "one_by_one"
        result = _against_raw(worker, "recap of 70 offices ÷ one raw statement", MOST_OF_MANY, how)
    note = NONE_YET if how == "one_by_one" else ""
    return [Result(result.what, result.bound, result.sample, note)]


def _against_raw(worker: Worker, what: str, bound: float, how: str) -> Result:
    times = 5 if how == "one" else 1
    sample = ratio(
        REPEATS if how == "one" else 3,
        lambda: worker.ask("rows.recap:cost_of_tree", how=how, times=times),
        lambda: worker.ask("rows.recap:cost_of_raw", many=how != "one", times=4 * times),
    )
    worker.ask("rows.recap:compare", many=how != "one")
    return Result(what, at_most(bound), sample)


# In the installation


def _cycles(many: bool) -> list:
    from measurement.models import MeasurementCycle
    from measurement.rules.sop import State

    found = (
        MeasurementCycle.objects.filter(state=State.PENGUKURAN).select_related("unit", "plan").order_by("pk")
    )
    return list(found if many else found[:1])


def _recap_of_many() -> Callable | None:
    for module, name in OF_MANY:
        try:
            return getattr(import_module(module), name)
        except (ImportError, AttributeError):
            continue
    return None


def has_recap_of_many() -> bool:
    return _recap_of_many() is not None


def _sheets(how: str, cycles: list) -> list:
    from measurement.figures.calculation import calculate

    if how == "at_once":
        return list(_recap_of_many()(cycles))
    # what a recap shows; older versions always read a worksheet whole
    options = {"whole": False} if "whole" in signature(calculate).parameters else {}
    return [calculate(cycle, **options) for cycle in cycles]


def _figures(sheet) -> list[tuple]:
    """Everything that a recap says of a branch, as figures."""
    return [
        (
            branch.node.pk,
            branch.capaian,
            branch.predicate,
            branch.pagu,
            branch.spent_to_date,
            branch.serapan,
            branch.efficiency,
        )
        for _, branch in sheet.nodes()
    ]


def cost_of_tree(how: str, times: int) -> float:
    used = 0.0
    for _ in range(times):
        cycles = _cycles(how != "one")
        begin = cpu()
        for sheet in _sheets(how, cycles):
            _figures(sheet)
        used += cpu() - begin
    return used / times


def _raw(many: bool) -> list[tuple]:
    from django.db import connection

    keys = ", ".join(str(cycle.pk) for cycle in _cycles(many))
    least = "min" if connection.vendor == "sqlite" else "least"
    statement = RAW.format(cycles=f"cycle_id IN ({keys})").replace("least_of", least)
    begin = cpu()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchall()
    return [cpu() - begin, found]


def cost_of_raw(many: bool, times: int) -> float:
    return sum(_raw(many)[0] for _ in range(times)) / times


def compare(many: bool) -> None:
    """Both say the same of every branch's money."""
    raw = {key: (float(pagu), float(spent)) for key, pagu, spent, *_ in _raw(many)[1]}
    for sheet in _sheets("one", _cycles(many)):
        for key, _, _, pagu, spent, *_ in _figures(sheet):
            if raw[key] != (float(pagu), float(spent or 0)):
                raise ValueError(f"branch {key}: {raw[key]} is not {pagu}, {spent}")
