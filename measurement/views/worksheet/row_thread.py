"""Catatan baris: all that was said about one row over all rounds, and a place to add to it while the cycle is under way."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from measurement.doors import promises, row_remarks
from measurement.figures.rows import row_figures
from measurement.forms.texts import posted_text
from measurement.forms.worksheet.promise_form import PromiseForm
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.record.row_threads import threads_of
from measurement.rules.follow_ups import Progress, Promise, progress_told
from measurement.rules.numbers import show_percent
from measurement.rules.permissions import may_remark
from measurement.rules.refusals import Refusal

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .row_answers import thread_lines

ANSWER = "answer_promise"


def row_thread(request: PersonRequest, pk: int, row: int):
    """One row's thread; whoever may see the row may read it."""
    cycle = get_cycle(request, pk)
    found = WorksheetRow.objects.visible_to(request.user).filter(cycle=cycle).select_related("owner", "node")
    line = get_object_or_404(found, pk=row)
    line.cycle = cycle
    if request.method != "POST":
        return _page(request, cycle, line)
    answers = request.POST.get("action") == ANSWER
    form = PromiseForm(request.POST) if answers else None
    if form and not form.is_valid():
        return _page(request, cycle, line, form=form, status=422)
    try:
        said = _answer(request, line, form) if form else _remark(request, line)
    except Refusal as refusal:
        if form:
            form.add_error(None, refusal.sentences)
        problem = "" if form else " ".join(refusal.sentences)
        return _page(request, cycle, line, form=form, problem=problem, status=refusal.status)
    messages.success(request, said)
    return redirect("row_thread", cycle.pk, line.pk)


def _remark(request: PersonRequest, row: WorksheetRow) -> str:
    if not may_remark(request.user, row):
        raise PermissionDenied
    row_remarks.add_remark(row.cycle_id, request.user, row.pk, posted_text(request.POST, "text"))
    return "Catatan disimpan dan diberitahukan."


def _answer(request: PersonRequest, row: WorksheetRow, form: PromiseForm) -> str:
    data = form.cleaned_data
    progress = Progress(data["progress"])
    promises.answer_promise(row.cycle_id, request.user, row.pk, data["version"], progress, data["note"])
    return "Jawaban tindak lanjut disimpan."


def _page(
    request: PersonRequest, cycle: MeasurementCycle, row: WorksheetRow, form=None, problem: str = "", status: int = 200
):  # fmt: skip
    if form is None and promises.is_answerable(row, cycle, request.user):
        kept = {"progress": row.promise_progress, "note": row.promise_note, "version": row.version}
        form = PromiseForm(initial=kept)
    context = _row_context(cycle, row) | {
        "may_write": cycle.is_under_way and may_remark(request.user, row),
        "typed": request.POST.get("text", ""),
        "problem": problem,
        "form": form,
        "answer_action": ANSWER,
    }
    return render(request, "worksheet/row_thread.html", context, status=status)


def _row_context(cycle: MeasurementCycle, row: WorksheetRow) -> dict:
    figures = row_figures(row, cycle.number, cycle.rules)
    return {
        "cycle": cycle,
        "row": row,
        "state": {"key": row.state, "label": row.state_label},
        "figures": [
            ("Target", figures.shown_target),
            ("Realisasi", row.shown(figures.realised)),
            (f"Capaian {cycle.period_of_year.to_date}", show_percent(figures.capaian.value)),
        ],
        "promises": [Promise.kept(facts).words for facts in row.promises],
        "progress": progress_told(row.promise_progress),
        "entries": thread_lines(threads_of(cycle, [row.pk]).get(row.pk, [])),
    }
