"""The recap as the one calculation gives it, against one raw statement with the same totals: of one office for every branch, of many for each office."""

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import ratio
from tests.bench.visiting import cpu

REPEATS = 5
MOST_OF_ONE, MOST_OF_MANY = 8, 3

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
        sample = ratio(
            REPEATS,
            lambda: worker.ask("rows.recap:cost_of_tree", times=5),
            lambda: worker.ask("rows.recap:cost_of_raw", times=20),
        )
        worker.ask("rows.recap:compare")
        return [Result("recap of one office ÷ one raw statement", at_most(MOST_OF_ONE), sample)]


def many_offices(places: Places, large: bool) -> list[Result]:
    with places.original("M").worker() as worker:
        sample = ratio(
            REPEATS,
            lambda: worker.ask("rows.recap:cost_of_totals"),
            lambda: worker.ask("rows.recap:cost_of_raw_totals"),
        )
        worker.ask("rows.recap:compare_totals")
        return [Result("recap of 70 offices ÷ one raw statement", at_most(MOST_OF_MANY), sample)]


# In the installation


def _cycles() -> list:
    from measurement.models import MeasurementCycle
    from measurement.rules.sop import State

    found = MeasurementCycle.objects.filter(state=State.PENGUKURAN).select_related(
        "unit__predicate_scale", "plan"
    )
    return list(found.order_by("pk"))


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


def cost_of_tree(times: int) -> float:
    from measurement.figures.calculation import calculate

    used = 0.0
    for _ in range(times):
        [cycle, *_] = _cycles()
        begin = cpu()
        _figures(calculate(cycle, whole=False))  # as the page of the recap asks for it
        used += cpu() - begin
    return used / times


def _raw() -> list:
    from django.db import connection

    least = "min" if connection.vendor == "sqlite" else "least"
    statement = RAW.format(cycles=f"cycle_id = {_cycles()[0].pk}").replace("least_of", least)
    begin = cpu()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchall()
    return [cpu() - begin, found]


def cost_of_raw(times: int) -> float:
    return sum(_raw()[0] for _ in range(times)) / times


def compare() -> None:
    """Both say the same of every branch's money."""
    from measurement.figures.calculation import calculate

    raw = {key: (float(pagu), float(spent)) for key, pagu, spent, *_ in _raw()[1]}
    for key, _, _, pagu, spent, *_ in _figures(calculate(_cycles()[0])):
        if raw[key] != (float(pagu), float(spent or 0)):
            raise ValueError(f"branch {key}: {raw[key]} is not {pagu}, {spent}")


def _totals() -> list:
    from measurement.figures.office_totals import office_totals

    cycles = _cycles()
    begin = cpu()
    found = office_totals(cycles)
    return [cpu() - begin, found]


def _raw_totals() -> list:
    from tests.bench.rows.office_totals_sql import totals_in_sql

    cycle = _cycles()[0]
    begin = cpu()
    found = totals_in_sql(cycle.year, cycle.number)
    return [cpu() - begin, found]


def cost_of_totals() -> float:
    return _totals()[0]


def cost_of_raw_totals() -> float:
    return _raw_totals()[0]


def compare_totals() -> None:
    """Both say the same of every office's money, and of how many rows were sent."""
    raw = {key: (float(pagu), float(spent or 0), sent) for key, _, pagu, spent, sent, _ in _raw_totals()[1]}
    for key, said in _totals()[1].items():
        ours = float(said.pagu), float(said.spent or 0), said.sent.sent
        if raw[key] != ours:
            raise ValueError(f"cycle {key}: {raw[key]} is not {ours}")
