"""Periksa tabel: a published table held against its own figures. Nothing is stored."""

from django.shortcuts import redirect, render
from django.utils.http import urlencode

from measurement.doors.long_work import is_long, order_work
from measurement.forms.start.table_check import CheckTableForm
from measurement.models import Unit
from measurement.published.checked_table import CheckedTable
from measurement.published.comparing import VERDICT_LABELS, FigureVerdict
from measurement.rules.numbers import show
from measurement.rules.refusals import BadFile

from ..responses import workbook_response
from ..visitor import PersonRequest
from .long_work import shown_answer

MOST_LINES = 500
# What needs a look comes first: verdict → its look (as the states of a cycle) and icon.
LOOKS = {
    FigureVerdict.DIFFERENT: ("terlambat", "alert"),
    FigureVerdict.UNCOMPUTABLE: ("belum", "dot-empty"),
    FigureVerdict.ROUNDED: ("berjalan", "info"),
    FigureVerdict.EQUAL: ("diterima", "check"),
}


def check_table_page(request: PersonRequest):
    """Choose a file, see what differs or take the table with its verdicts."""
    from measurement.published import table_check, table_check_export  # noqa: PLC0415 – openpyxl is loaded only where a workbook is read

    posted = request.method == "POST"
    form = CheckTableForm(request.POST, request.FILES) if posted else CheckTableForm()
    table: CheckedTable | None = None
    name = download = ""
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        unit = Unit.objects.filter(pk__in=request.user.unit_ids).first()
        if unit and is_long(upload):
            return redirect("work", order_work(request.user, unit, "table_check", upload).pk)
        try:
            table, name = table_check.check_table(upload), upload.name
        except BadFile as refusal:
            form.add_error("file", str(refusal))
    elif answer := shown_answer(request, "table_check", CheckedTable):
        table, name = answer[1], answer[0].parameters["file"]["name"]
        download = f"?{urlencode({'hasil': str(answer[0].pk), 'action': 'download'})}"
    if table and "download" in (request.POST.get("action"), request.GET.get("action")):
        return workbook_response(table_check_export.as_xlsx(table), "Hasil periksa tabel.xlsx")
    context = {"form": form, "download": download, **(_verdicts(table, name) if table else {})}
    return render(request, "start/check_table.html", context, status=422 if form.errors else 200)


def _verdicts(table, name: str) -> dict:
    return {
        "name": name,
        "total": sum(table.counts.values()),
        "sections": _sections(table.rows),
        "unexplained": table.unexplained,
        "unchecked": table.unchecked,
        "unread": table.unread_sentences,
    }


def _sections(rows: list) -> list[dict]:
    """One table per verdict; a long one is cut and says so."""
    lines: dict[FigureVerdict, list[dict]] = {verdict: [] for verdict in LOOKS}
    for row in rows:
        for one in row.given:
            lines[one.check.verdict].append(
                {
                    "row": row.place,
                    "label": row.label,
                    "what": one.title.capitalize(),
                    "base": one.base,
                    "realised": one.realised,
                    "published": one.published,
                    "computed": show(one.check.computed),
                    "notes": one.check.notes,
                }
            )
    return [
        {
            "key": verdict.value,
            "label": VERDICT_LABELS[verdict],
            "state": state,
            "icon": icon,
            "count": len(lines[verdict]),
            "lines": lines[verdict][:MOST_LINES],
            "left_out": max(0, len(lines[verdict]) - MOST_LINES),
            "folded": verdict == FigureVerdict.EQUAL,
        }
        for verdict, (state, icon) in LOOKS.items()
    ]
