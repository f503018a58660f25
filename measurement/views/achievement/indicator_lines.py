"""Single indicators on Capaian: those of the Camat, what was sent while that is too little for a headline, and what stands out beside it."""

from measurement.addresses import reverse
from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.outliers import Outlier, outliers
from measurement.figures.past_cycles import camats_of
from measurement.figures.rows import RowFigures
from measurement.models import Level
from measurement.rules.numbers import show_percent
from measurement.rules.predicate_tints import predicate_tint
from measurement.rules.sent_rows import NEVER_SENT

MOST_OUTLIERS = 5


def outlier_lines(sheet: Sheet) -> dict:
    """The indicators beside the headline that need a second look, each with why."""
    found = outliers(sheet)
    lines = [
        _outlier_line(sheet, outlier, not number) for number, outlier in enumerate(found[:MOST_OUTLIERS])
    ]
    return {"lines": lines, "count": len(found), "more": len(found) - len(lines)}


def _outlier_line(sheet: Sheet, outlier: Outlier, is_first: bool) -> dict:
    sentence = f"capaian {show_percent(outlier.figures.counted.shown)}"
    if outlier.headline_without is not None:
        these = "indikator ini" if is_first else "indikator ini dan yang di atasnya"
        sentence += f"; tanpa {these} angka utama menjadi {show_percent(outlier.headline_without)}"
    return {**_named(sheet, outlier.branch, outlier.figures), "sentence": f"{sentence}."}


def sent_lines(sheet: Sheet) -> list[dict]:
    """Every indicator that was sent."""
    return [
        _line(sheet, branch, figures)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.row.planned and figures.row.state not in NEVER_SENT and not figures.is_draft
    ]


def camat_indicators(sheet: Sheet) -> dict:
    """The indicators of the sasaran (IKU) and those whose owner is the Camat (Perjanjian Kinerja), in the order of the plan, and how many are reached."""
    camats = camats_of(sheet.cycle)
    found = [
        (branch, figures)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if branch.node.level == Level.SASARAN or figures.row.owner_id in camats
    ]
    known = [figures.counted for _, figures in found if figures.counted.value is not None]
    return {
        "lines": [_line(sheet, branch, figures) for branch, figures in found],
        "reached": sum(figure.is_met for figure in known),
        "known": len(known),
    }


def _named(sheet: Sheet, branch: NodeFigures, figures: RowFigures) -> dict:
    return {
        "code": branch.node.place,
        "name": figures.row.name,
        "owner": figures.row.owner.name,
        "url": reverse("row_working", args=[sheet.cycle.pk, figures.row.pk]),
    }


def _line(sheet: Sheet, branch: NodeFigures, figures: RowFigures) -> dict:
    """Target, realisasi and capaian to date; of what was not sent only that."""
    row, so_far, counted = figures.row, figures.to_date, figures.counted
    predicate = "" if figures.is_draft else figures.predicate
    return {
        **_named(sheet, branch, figures),
        "measure": row.measure,
        "period": _period(sheet, figures),
        "target": figures.shown_target_to_date,
        "realised": "–" if figures.is_draft else row.shown(so_far.realised),
        "capaian": str(counted.gap) if counted.gap else show_percent(counted.shown),
        "predicate": predicate or "–",
        "tint": predicate_tint(predicate, sheet.cycle.rules.levels),
    }


def _period(sheet: Sheet, figures: RowFigures) -> str:
    """ "s.d. TW II", with the schedule of what is not measured each time."""
    period, schedule = sheet.cycle.period_of_year.to_date, figures.row.schedule_note
    return f"{period} · {schedule}" if schedule else period
