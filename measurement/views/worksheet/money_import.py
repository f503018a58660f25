"""Realisasi anggaran from SIPD's exports: choose a file, answer what it leaves open, look at it beside what is typed, apply all or nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404, redirect, render

from measurement.doors import measuring
from measurement.doors.money_import import MoneySource, import_money
from measurement.forms.worksheet.money_file_form import MoneyFileForm
from measurement.models import MeasurementCycle, MoneyFile
from measurement.rules.dates import moment
from measurement.rules.permissions import may_move_row, may_see_all_rows
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..fetch import get_cycle
from ..responses import attachment
from ..visitor import PersonRequest

PURPOSE, MOVE = "money_import", "fill_for"
ANSWER = "jawab-"
SHOWN = 200
CLOSED = (
    "Realisasi anggaran hanya dapat diisi pada langkah pengukuran, dan pada evaluasi untuk yang dikembalikan."
)
CHANGED = "Realisasi anggaran berubah sejak perbedaannya ditampilkan, jadi belum ada yang disimpan. Periksa perbedaan yang baru di bawah."
LOST = "Berkas realisasi tidak ditemukan lagi. Pilih berkasnya sekali lagi."


def money_import(request: PersonRequest, pk: int):
    """The page in its three stages; nothing is written before it is applied."""
    cycle = get_cycle(request, pk)
    if not may_move_row(MOVE, request.user, cycle):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") in ("apply", "answer"):
        return _with_waiting_file(request, cycle)
    form = MoneyFileForm(request.POST or None, request.FILES or None)
    comparison = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            comparison = _compare(request, cycle, upload, {})
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, cycle=cycle.pk, answers={})
    return _page(request, cycle, form, comparison, 422 if form.is_bound and not form.is_valid() else 200)


def _compare(request: PersonRequest, cycle: MeasurementCycle, upload: UploadedFile, answers: dict[str, str]):
    from measurement.forms.worksheet.money_comparison import MoneyComparison
    from measurement.plan.spending import Wanted, read_spending

    wanted = Wanted(cycle.year, cycle.period_of_year)
    spending = read_spending(upload, wanted, cycle.unit, answers)
    return MoneyComparison(cycle, request.user, spending, answers)


def _with_waiting_file(request: PersonRequest, cycle: MeasurementCycle):
    """Answer what the file leaves open, or apply it."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["cycle"] != cycle.pk:
        messages.error(request, LOST)
        return redirect("money_import", cycle.pk)
    upload, facts = waiting
    if request.POST["action"] == "answer":
        answers = _posted_answers(request)
        pending_uploads.keep_facts(request, PURPOSE, answers=answers)
        return _page(request, cycle, MoneyFileForm(), _compare(request, cycle, upload, answers))
    return _apply(request, cycle, upload, facts["answers"])


def _posted_answers(request: PersonRequest) -> dict[str, str]:
    return {
        name.removeprefix(ANSWER): str(value)[:40]
        for name, value in request.POST.items()
        if name.startswith(ANSWER)
    }


def _apply(request: PersonRequest, cycle: MeasurementCycle, upload: UploadedFile, answers: dict[str, str]):
    """Write what the page showed; if it is no longer what the page showed, show it anew."""
    comparison = _compare(request, cycle, upload, answers)
    grid = comparison.grid(request.POST)
    if comparison.fingerprint != request.POST.get("seen") or not comparison.is_ready:
        messages.error(request, CHANGED)
        return _page(request, cycle, MoneyFileForm(), comparison, 409)
    if grid.errors:
        return _page(request, cycle, MoneyFileForm(), comparison, 422, grid)
    try:
        import_money(cycle.pk, request.user, grid.money, MoneySource(upload, comparison.read_as))
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        cycle = get_cycle(request, cycle.pk)
        comparison = _compare(request, cycle, upload, answers)
        return _page(request, cycle, MoneyFileForm(), comparison, refusal.status)
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(
        request, f"Realisasi anggaran {len(grid.money)} sub kegiatan ditulis menurut “{upload.name}”."
    )
    return redirect("overview", cycle.pk)


def _page(
    request: PersonRequest, cycle: MeasurementCycle, form, comparison=None, status: int = 200, grid=None
):
    context = {
        "cycle": cycle,
        "form": form,
        "comparison": comparison,
        "is_open": measuring.open_money(cycle, request.user, MOVE).exists(),
        "closed": CLOSED,
        "files": _files(cycle),
        **(_preview(request, comparison, grid) if comparison else {}),
    }
    return render(request, "worksheet/money_import.html", context, status=status)


def _preview(request: PersonRequest, comparison, grid) -> dict:
    """The lines as ready strings, with the reasons that were typed and what is wrong with them."""
    errors = grid.errors if grid else {}
    lines = [
        {
            "line": line,
            "shown": line.shown,
            "typed": request.POST.get(line.reason_name, line.node.overspend_reason),
            "error": errors.get(f"spent-{line.key}", ""),
        }
        for line in comparison.lines
    ]
    return {
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "wrong": comparison.wrong[:SHOWN],
        "more_wrong": max(0, len(comparison.wrong) - SHOWN),
        "changed": len(comparison.changed),
        "open_questions": sum(question.is_open for question in comparison.questions),
    }


def _files(cycle: MeasurementCycle) -> list[dict[str, str]]:
    return [
        {
            "key": str(used.pk),
            "name": used.name,
            "read_as": used.read_as,
            "who": f"{used.applied_by}, {moment(used.applied_at)}",
            "sha256": used.file.sha256,
        }
        for used in cycle.money_files.select_related("file", "applied_by").order_by("-pk")[:SHOWN]
    ]


def money_file(request: PersonRequest, pk: int, key: int):
    """A file that was applied, for those who see all rows of its cycle."""
    cycle = get_cycle(request, pk)
    if not may_see_all_rows.test(request.user, cycle):
        raise PermissionDenied
    used = get_object_or_404(
        MoneyFile.objects.visible_to(request.user).filter(cycle=cycle).select_related("file"), pk=key
    )
    return attachment(used.file.path, used.name, used.file.kind)
