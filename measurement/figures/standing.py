"""What the headline of Capaian is made of, read from the one calculation: sent rows, money on a fair base, and who answers for what is wrong."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.figure import Figure, Gap
from measurement.rules.headline import Doer, Money, Standing
from measurement.rules.sent_rows import is_to_be_sent
from measurement.rules.sop import MEASURING, OPEN_ROWS

from .attention import MOST_NEEDED, NeededRow
from .calculation import BranchFigures, NodeFigures, Sheet


def standing_of(sheet: Sheet, needed: list[NeededRow]) -> Standing:
    """Of one cycle as leaders are told it; `needed` are its rows that need the leader."""
    figures = [row.counted for row in sheet.rows.values()]
    unsent = [row.row.owner.name for row in sheet.rows.values() if _is_unsent(row.row)]
    first = needed[:MOST_NEEDED]
    return Standing(
        sent=sheet.sent,
        below=sum(figure.is_missed for figure in figures),
        computed=sum(figure.value is not None for figure in figures),
        not_due=sum(figure.gap in (Gap.NOT_DUE, Gap.NOT_SCHEDULED) for figure in figures),
        is_open=sheet.cycle.state in MEASURING,
        money=money_of(sheet.office, sheet),
        head=sheet.cycle.sop.head.short,
        turn="" if unsent else _turn(sheet.cycle),
        unsent=_doers(unsent),
        unexplained=_doers(need.figures.row.owner.name for need in first if not need.is_explained),
        following_up=_doers(need.figures.row.owner.name for need in first if need.is_explained),
        unspent=_doers(_owner(purse.node) for purse in _purses(sheet) if _lacks_money(purse)),
        slow=_doers(_slowest(sheet)),
    )


def _turn(cycle: MeasurementCycle) -> str:
    """ "Tim SAKIP (langkah 7: Tetapkan rekap)"; empty once archived."""
    step = cycle.step
    return f"{cycle.sop.label(step.actor)} (langkah {step.number}: {step.task_title})" if step else ""


def money_of(office: BranchFigures, sheet: Sheet) -> Money:
    """Serapan against the cash plan to date, at the end of the year against the pagu; before that without a judgement."""
    period, cash = sheet.cycle.period_of_year, office.cash_to_date
    by_base = {
        f"anggaran kas {period.to_date}": office.serapan_of_cash if cash else Figure(),
        "pagu setahun": office.serapan if office.ends_year and cash is None else Figure(),
    }
    base = next((name for name, figure in by_base.items() if figure.value is not None), "")
    return Money(
        has_pagu=bool(office.pagu),
        is_entered=office.spent_to_date is not None,
        serapan=office.serapan,
        judged=by_base.get(base, Figure()),
        base=base,
        threshold=sheet.cycle.rules.threshold,
    )


def _doers(names: Iterable[str]) -> list[Doer]:
    return [Doer(name, rows) for name, rows in Counter(filter(None, names)).items()]


def _is_unsent(row: WorksheetRow) -> bool:
    return is_to_be_sent(row) and row.state in OPEN_ROWS


def _purses(sheet: Sheet) -> list[NodeFigures]:
    return [branch for _, branch in sheet.nodes() if branch.purse and branch.purse.carries_money]


def _lacks_money(purse: NodeFigures) -> bool:
    """Whether its rows were sent without its money: while they are open, sending them is what has to be done."""
    return purse.node.has_blank_money and not any(_is_unsent(row.row) for row in purse.rows)


def _owner(node: WorksheetNode) -> str:
    return node.owner.name if node.owner else ""


def _slowest(sheet: Sheet) -> list[str]:
    """Whose sub kegiatan is furthest behind in rupiah, against the base that the office is judged by."""
    behind = {purse.node: _behind(purse) for purse in _purses(sheet)}
    most = max(behind.values(), default=Decimal(0))
    return [_owner(node) for node, amount in behind.items() if amount == most][:1] if most > 0 else []


def _behind(purse: NodeFigures) -> Decimal:
    planned = purse.pagu if purse.cash_to_date is None else purse.cash_to_date
    return planned - (purse.spent_to_date or Decimal(0))
