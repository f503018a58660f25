"""Several cycles of an office side by side: which of them speaks for a period, all their figures at once, and the same thing in each of them."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from measurement.models import (
    Appointment,
    MeasurementCycle,
    Prepared,
    WorksheetNode,
    WorksheetRow,
    newest_archived,
)
from measurement.models.worksheet_loading import load_told
from measurement.rules.sop import MEASURE, Role

from .calculation import BranchFigures, Sheet, calculate
from .opening_notes import SIGN
from .opening_sheets import opening_sheets
from .rows import RowFigures


def has_worksheet(cycle: MeasurementCycle) -> bool:
    """Whether the methodology was fixed, so that there is something to measure."""
    return cycle.step is None or cycle.step.number >= MEASURE.number


def speaking_cycles(cycles: Iterable[MeasurementCycle]) -> dict[tuple[int, int], MeasurementCycle]:
    """(Year, number) → the cycle whose figures hold: the newest archived one, and where none is archived yet the one under way."""
    seen = list(cycles)
    under_way = {(cycle.year, cycle.number): cycle for cycle in seen if cycle.is_under_way}
    return under_way | newest_archived(seen)


def archived_before(cycle: MeasurementCycle, cycles: Iterable[MeasurementCycle]) -> MeasurementCycle | None:
    """The last archived period before this one in the same year, as the papers compare it."""
    past = newest_archived(found for found in cycles if found.year == cycle.year)
    return past.get((cycle.year, max((number for _, number in past if number < cycle.number), default=0)))


def sheets_of(cycles: Sequence[MeasurementCycle]) -> dict[int, Sheet]:
    """Cycle id → its calculation: two queries for the worksheets of all, with what their owners wrote and what data awal say of earlier years, without
    evidence."""
    load_told(cycles)
    return {cycle.pk: calculate(cycle, sent_only=True) for cycle in cycles}


def _definitive_camats(unit: int) -> QuerySet[Appointment]:
    posts = Appointment.objects.filter(role=Role.CAMAT, kind=Appointment.Kind.DEFINITIVE, unit=unit)
    return posts.only("person", "starts", "ends")


DEFINITIVE_CAMATS = Prepared(_definitive_camats)


def camats_of(cycle: MeasurementCycle) -> set[int]:
    """Who held the post of the Camat when the cycle's period ended, by their keys; whoever acts for the Camat keeps their own indicators."""
    posts = DEFINITIVE_CAMATS.rows(cycle.unit_id)
    return {post.person_id for post in posts if post.is_in_force(cycle.last_day)}


class PastSheet:
    """A sheet to look things up in: the same thing of the plan, else (under another plan) the thing with the same code and name."""

    def __init__(self, sheet: Sheet, sign: str = ""):
        self.sign = sign  # behind every figure of what only data awal know
        branches = [branch for _, branch in sheet.nodes()]
        rows = [(branch.node, figures) for branch in branches for figures in branch.rows]
        self.sheet, self.office = sheet, sheet.office
        self.branches = {branch.node.plan_node_id: branch for branch in branches}
        self.branches_by_place = {_place(branch.node): branch for branch in branches}
        self.rows = {figures.row.indicator_id: figures for _, figures in rows}
        self.rows_by_name = {_named(node, figures.row): figures for node, figures in rows}

    def branch(self, like: WorksheetNode | None) -> BranchFigures | None:
        """The branch that is the same as that of another cycle; without one the office."""
        if like is None:
            return self.office
        return self.branches.get(like.plan_node_id) or self.branches_by_place.get(_place(like))

    def row(self, node: WorksheetNode, like: WorksheetRow) -> RowFigures | None:
        """The row of the same indicator, or of the one with its name in the same place."""
        return self.rows.get(like.indicator_id) or self.rows_by_name.get(_named(node, like))


def opening_past_sheets(found: Iterable[PastSheet]) -> dict[tuple[int, int], PastSheet]:
    """(Year, period) → what data awal say of it, as the newest cycle of these keeps them; a year as a whole stands at its last period."""
    sheets = sorted((past.sheet for past in found), key=lambda sheet: (sheet.cycle.year, sheet.cycle.number))
    return {key: PastSheet(then, SIGN) for sheet in sheets for key, then in opening_sheets(sheet).items()}


def past_sheets(cycles: Sequence[MeasurementCycle]) -> dict[int, PastSheet]:
    """Cycle id → its figures, to look things up in."""
    return {pk: PastSheet(sheet) for pk, sheet in sheets_of(cycles).items()}


def _place(node: WorksheetNode) -> tuple[str, str]:
    return node.code, node.sub_unit


def _named(node: WorksheetNode, row: WorksheetRow) -> tuple[tuple[str, str], str]:
    return _place(node), " ".join(row.name.casefold().split())
