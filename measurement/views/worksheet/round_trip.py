"""The kertas kerja's round trip: download it as a workbook, fill it in offline, upload it, look at the differences, apply."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.doors import measuring
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle
from measurement.rules.permissions import may_move_row
from measurement.rules.refusals import NotAtThisStep, Refusal

from .. import pending_uploads
from ..fetch import get_cycle
from ..responses import workbook_response
from ..visitor import PersonRequest

PURPOSE = "round_trip"
EVERYBODY = "?semua=1"
NOTHING_OPEN = "Tidak ada baris atau anggaran yang dapat Anda isi pada langkah sekarang."
CHANGED = "Kertas kerja berubah sejak perbedaannya ditampilkan, jadi belum ada yang disimpan. Periksa perbedaan yang baru di bawah."


def _move(request: PersonRequest, cycle: MeasurementCycle) -> str:
    """One's own rows, or everybody's for those who may fill in for the owners."""
    if "semua" not in request.GET:
        return "save"
    if not may_move_row("fill_for", request.user, cycle):
        raise PermissionDenied
    return "fill_for"


def worksheet_form(request: PersonRequest, pk: int):
    """The workbook to fill in."""
    from measurement.forms.worksheet.round_trip import open_lines
    from measurement.spreadsheets.worksheet_form import FormRequest, form_workbook

    cycle, person = get_cycle(request, pk), request.user
    move = _move(request, cycle)
    sheet = calculate(cycle)
    wanted = FormRequest(open_lines(cycle, person, move), person if move in measuring.OWN_MOVES else None)
    if not wanted.keys:
        raise NotAtThisStep(NOTHING_OPEN)
    whose = person.name if wanted.owner else "seluruh pegawai"
    return workbook_response(form_workbook(sheet, wanted, person), f"Isian {cycle} {whose}.xlsx")


def round_trip(request: PersonRequest, pk: int):
    """Choose the filled-in file and look at what it would change; nothing is written before it is applied."""
    from measurement.forms.worksheet.round_trip import FilledForm, FormComparison
    from measurement.spreadsheets.worksheet_import import read_form

    cycle = get_cycle(request, pk)
    move = _move(request, cycle)
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _apply(request, cycle, move)
    form = FilledForm(request.POST or None, request.FILES or None)
    comparison = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            comparison = FormComparison(cycle, request.user, move, read_form(upload))
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, cycle=cycle.pk, move=move)
    return _page(
        request, cycle, move, form, comparison, 422 if form.is_bound and not form.is_valid() else 200
    )


def _page(
    request: PersonRequest, cycle: MeasurementCycle, move: str, form, comparison=None, status: int = 200
):
    everybody = move not in measuring.OWN_MOVES
    context = {
        "cycle": cycle,
        "form": form,
        "comparison": comparison,
        "everybody": everybody,
        "query": EVERYBODY if everybody else "",
        "back": "overview" if everybody else "worksheet",
        "is_open": measuring.is_fillable(cycle, request.user, move),
        "nothing_open": NOTHING_OPEN,
    }
    return render(request, "worksheet/round_trip.html", context, status=status)


def _apply(request: PersonRequest, cycle: MeasurementCycle, move: str):
    """Write what the page showed, all or nothing; if it is no longer what the page showed, show it anew."""
    from measurement.forms.worksheet.round_trip import FilledForm, FormComparison
    from measurement.spreadsheets.worksheet_import import read_form

    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or (waiting[1]["cycle"], waiting[1]["move"]) != (cycle.pk, move):
        messages.error(request, "Berkas isian tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect(request.get_full_path())
    filled = read_form(waiting[0])
    comparison = FormComparison(cycle, request.user, move, filled)
    grid = comparison.grid(request.POST.getlist("chosen"))
    if comparison.fingerprint != request.POST.get("seen"):
        messages.error(request, CHANGED)
        return _page(request, cycle, move, FilledForm(), comparison, 409)
    if comparison.wrong or grid.errors:
        for sentence in grid.errors.values():
            messages.error(request, sentence)
        return _page(request, cycle, move, FilledForm(), comparison, 422)
    try:
        measuring.save(cycle.pk, request.user, grid.rows, grid.money, move, CHANGED)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        cycle = get_cycle(request, cycle.pk)
        return _page(
            request,
            cycle,
            move,
            FilledForm(),
            FormComparison(cycle, request.user, move, filled),
            refusal.status,
        )
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, _done(grid))
    return redirect("overview" if move not in measuring.OWN_MOVES else "worksheet", cycle.pk)


def _done(grid) -> str:
    changes = [*grid.rows, *grid.money]
    if not changes:
        return "Tidak ada yang diubah: yang tersimpan dipertahankan."
    sentence = f"{sum(len(change.values) for change in changes)} isian diperbarui pada {len(changes)} baris"
    return f"{sentence}; belum dikirim." if grid.rows else f"{sentence}."
