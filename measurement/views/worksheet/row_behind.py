"""What stands behind one row: figures, periods, what its owner wrote, evidence, its thread and changes. A page, or the part of it that opens in place."""

from django.http import Http404
from django.shortcuts import render

from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle
from measurement.record import rounds
from measurement.record.row_threads import threads_of

from ..fetch import get_cycle
from ..responses import wants_part
from ..visitor import PersonRequest
from .row_answers import thread_lines
from .workings import may_see_row, period_lines
from .worksheet_lines import SheetView


def row_behind(request: PersonRequest, pk: int, row: int):
    """One row of the worksheet, for its owner and for whoever may see everybody's figures."""
    cycle = get_cycle(request, pk)
    sheet = calculate(cycle)
    figures = sheet.rows.get(row)
    if figures is None or not may_see_row(request.user, cycle, figures.row):
        raise Http404
    line = SheetView(sheet).row(figures)
    context = {
        "cycle": cycle,
        "row": line,
        "facts": _facts(line, cycle),
        "periods": period_lines(figures, cycle),
        "entries": thread_lines(threads_of(cycle, [row]).get(row, [])),
        "differences": [item for item in rounds.differences(cycle) if item.row_id == row],
    }
    name = "worksheet/parts/row_behind.html" if wants_part(request) else "worksheet/row_behind.html"
    return render(request, name, context)


def _facts(line: dict, cycle: MeasurementCycle) -> list[dict]:
    period = cycle.period_of_year
    facts = (
        (
            f"Target {period.to_date}",
            f"{line['target_to_date']} {line['measure']} (setahun {line['target_year']})",
        ),
        (f"Realisasi {period.short}", f"{line['value']} (s.d. {line['to_date']})"),
        (
            f"Capaian {period.to_date}",
            " · ".join(filter(None, (line["capaian"], line["predicate"], line["remark"]))),
        ),
        ("Keadaan", line["state"]["label"]),
        ("Penanggung jawab", line["owner"]),
    )
    return [{"label": label, "value": value} for label, value in facts]
