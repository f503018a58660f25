"""Which cycle speaks for a quarter, and the same branch or indicator found in another cycle."""

from measurement.figures.calculation import BranchFigures, NodeFigures, Sheet
from measurement.figures.past_cycles import PastSheet, archived_before, has_worksheet, speaking_cycles
from measurement.figures.rows import RowFigures
from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import ToDate
from measurement.rules.figure import Figure
from measurement.rules.formulas import Rules
from measurement.rules.sop import State
from measurement.rules.sop_edition import Sop


def cycle(pk: int, year: int, quarter: int, state: State = State.ARSIP) -> MeasurementCycle:
    return MeasurementCycle(pk=pk, year=year, number=quarter, state=state, sop_facts=Sop().facts())


def sheet(*branches: tuple[int, str, list[tuple[int, str]]]) -> Sheet:
    """Branches by node of the plan and code, with rows by indicator and name."""
    children = []
    for plan_node, code, rows in branches:
        node = WorksheetNode(plan_node_id=plan_node, code=code, level="program")
        figures = [_figures(WorksheetRow(indicator_id=pk, name=name)) for pk, name in rows]
        children.append(NodeFigures(node, figures, [], Rules()))
    return Sheet(cycle(1, 2026, 1), BranchFigures(None, [], children, Rules()), {})


def _figures(row: WorksheetRow) -> RowFigures:
    return RowFigures(row, [], None, None, ToDate(None, None), Figure(), Figure())


def test_an_archived_cycle_speaks_for_its_quarter_while_its_correction_is_under_way():
    archived, correction = cycle(1, 2026, 1), cycle(2, 2026, 1, State.EVALUASI)
    assert speaking_cycles([correction, archived]) == {(2026, 1): archived}


def test_the_newest_archived_correction_speaks_for_its_quarter():
    assert speaking_cycles([cycle(2, 2026, 1), cycle(1, 2026, 1)])[2026, 1].pk == 2


def test_a_cycle_under_way_speaks_for_a_quarter_without_an_archived_one():
    running = cycle(3, 2026, 2, State.PENGUKURAN)
    assert speaking_cycles([cycle(1, 2026, 1), running])[2026, 2] == running


def test_last_quarter_is_the_latest_archived_one_of_the_same_year():
    cycles = [cycle(1, 2025, 4), cycle(2, 2026, 1), cycle(3, 2026, 2, State.LAPORAN), cycle(4, 2026, 3)]
    assert archived_before(cycles[3], cycles).pk == 2
    assert archived_before(cycles[1], cycles) is None


def test_a_cycle_has_a_worksheet_from_step_5_on():
    assert [
        has_worksheet(cycle(1, 2026, 1, state)) for state in (State.METODOLOGI, State.PENGUKURAN, State.ARSIP)
    ] == [False, True, True]


def test_a_branch_is_found_by_its_node_of_the_plan_even_under_a_new_code():
    found = PastSheet(sheet((7, "7.01.02", []), (8, "7.01.03", [])))
    assert found.branch(WorksheetNode(plan_node_id=7, code="7.01.09")).node.code == "7.01.02"


def test_under_another_plan_a_branch_is_found_by_its_code():
    found = PastSheet(sheet((7, "7.01.02", [])))
    assert found.branch(WorksheetNode(plan_node_id=99, code="7.01.02")).node.plan_node_id == 7
    assert found.branch(WorksheetNode(plan_node_id=99, code="7.01.05")) is None


def test_an_indicator_is_found_by_itself_or_under_another_plan_by_branch_and_name():
    found = PastSheet(
        sheet((7, "7.01.02", [(1, "Jumlah  Laporan")]), (8, "7.01.03", [(2, "Jumlah laporan")]))
    )
    assert (
        found.row(
            WorksheetNode(code="7.01.02"), WorksheetRow(indicator_id=2, name="Nama baru")
        ).row.indicator_id
        == 2
    )
    assert (
        found.row(
            WorksheetNode(code="7.01.02"), WorksheetRow(indicator_id=50, name="jumlah laporan")
        ).row.indicator_id
        == 1
    )
    assert (
        found.row(WorksheetNode(code="7.01.02"), WorksheetRow(indicator_id=50, name="Jumlah kunjungan"))
        is None
    )


def test_what_is_no_branch_is_the_office():
    made = sheet((7, "7.01.02", []))
    assert PastSheet(made).branch(None) is made.office
