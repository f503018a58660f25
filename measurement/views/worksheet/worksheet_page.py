"""Kertas kerja: an ASN's own rows to fill in and send, the whole sheet for those who lead, and evidence files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from measurement import files
from measurement.doors import attachments, measuring, outside_plan, workflow
from measurement.figures.calculation import calculate
from measurement.figures.hints import unexplained
from measurement.forms.texts import posted_text
from measurement.forms.worksheet.grid import Grid, input_name
from measurement.models import Evidence, MeasurementCycle, Person
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_see_all_rows, may_see_figures
from measurement.rules.refusals import Refusal
from measurement.rules.sop import OPEN_ROWS

from ..cycle.extensions import extension_link
from ..fetch import get_cycle
from ..papers.extracts import extract_links
from ..responses import attachment
from ..start.deadline_words import turn_words
from ..start.tasks import open_cycles
from ..visitor import PersonRequest
from .row_filters import ALL_FILTERS, MY_FILTERS, chosen_filter, filter_chips
from .worksheet_lines import SheetView, progress_words

CLOSED = (
    "Sebagian isian sudah dikirim, ditutup, atau diserahkan kepada pegawai lain sejak halaman dibuka. Belum ada yang disimpan: periksa isian "
    "yang masih terbuka, lalu simpan lagi."
)


def worksheet_page(request: PersonRequest, pk: int):
    """My rows: fill in, save, send."""
    cycle = get_cycle(request, pk)
    if request.method != "POST":
        return _my_sheet(request, cycle)
    rows = list(measuring.movable(cycle, "save", request.user))
    nodes = list(measuring.open_money(cycle, request.user))
    grid = Grid(request.POST, request.FILES).read(rows, nodes)
    if _closed_meanwhile(request, cycle, rows, nodes):
        messages.error(request, CLOSED)
        return _my_sheet(request, cycle, grid, status=409)
    if grid.errors:
        return _my_sheet(request, cycle, grid, status=422)
    try:
        stale = _write(cycle, request.user, grid)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return _my_sheet(request, get_cycle(request, pk), grid, status=refusal.status)
    if stale:
        messages.error(
            request,
            "Sebagian baris sudah diubah dari halaman lain. Nilai yang baru tampil di samping ketikan Anda; pilih lalu simpan lagi.",
        )
        return _my_sheet(request, get_cycle(request, pk), grid, status=409, stale=stale)
    return _saved(request, cycle, grid)


def _closed_meanwhile(request: PersonRequest, cycle: MeasurementCycle, rows: list, nodes: list) -> bool:
    """Whether the page still offered inputs for rows or money that take nothing from me any more: sent, closed, or handed over."""
    mine = {input_name("version", row.pk) for row in rows} | {
        input_name("node_version", node.pk) for node in nodes
    }
    return any(name.startswith(("version-", "node_version-")) and name not in mine for name in request.POST)


def _write(cycle: MeasurementCycle, person: Person, grid: Grid) -> list[int]:
    """Rows and money in one transaction, then the files; the ids of rows that somebody else had changed."""
    stale = measuring.save(cycle.pk, person, grid.rows, grid.money).stale if grid.rows or grid.money else []
    there = set(
        Evidence.objects.filter(row__in=[row_id for row_id, *_ in grid.files]).values_list("pk", flat=True)
    )
    for row_id, upload, page, dated in grid.files:
        evidence = attachments.attach(cycle.pk, person, row_id, upload, page, dated)
        grid.file_kept(row_id)
        if evidence.pk in there:
            grid.repeated.append(
                f"“{files.clean_name(upload.name)}” sama dengan “{evidence.name}” yang sudah tersimpan pada baris itu; disimpan satu kali."
            )
    return stale


def _saved(request: PersonRequest, cycle: MeasurementCycle, grid: Grid):
    """After saving: send if that was the button, and say what came of it."""
    for sentence in grid.repeated:
        messages.info(request, sentence)
    if "detach" in request.POST:
        return _detach(request, cycle)
    if "record" in request.POST:
        return _record(request, cycle)
    if request.POST.get("action") != "send":
        messages.success(
            request,
            "Tersimpan. Kirim setelah semua baris lengkap." if grid.is_changed else "Tidak ada yang berubah.",
        )
        _tell_hints(request, cycle)
        return redirect(_same_page(request, cycle))
    if unseen := _unseen_hints(request, cycle.pk):
        messages.warning(
            request,
            f"Tersimpan, belum dikirim: {unseen} baris mempunyai petunjuk baru. Periksa, jelaskan bila perlu, lalu kirim sekali lagi.",
        )
        return redirect(_same_page(request, cycle))
    outcome = measuring.send(cycle.pk, request.user)
    if outcome.done:
        messages.success(request, f"{len(outcome.done)} baris dikirim ke Tim SAKIP untuk dievaluasi.")
    if outcome.gaps:
        messages.warning(
            request,
            f"{len(outcome.gaps)} baris belum lengkap dan belum dikirim; yang kurang tertulis pada barisnya.",
        )
    _tell_hints(request, cycle, outcome.done)
    return redirect(reverse("worksheet", args=[cycle.pk]) + ("?kurang=ya" if outcome.gaps else ""))


def _same_page(request: PersonRequest, cycle: MeasurementCycle) -> str:
    """The worksheet as it was filtered when its button was pressed."""
    chosen = chosen_filter(request, MY_FILTERS)
    return reverse("worksheet", args=[cycle.pk]) + (f"?saring={chosen}" if chosen else "")


def _unseen_hints(request: PersonRequest, pk: int) -> int:
    """How many of my open rows got hints from what was just saved: the page didn't show these hints yet, nor the field to explain them."""
    sheet = calculate(get_cycle(request, pk))
    rows = [sheet.rows[found].row for found in unexplained(sheet)]
    mine = [row for row in rows if row.owner_id == request.user.pk and row.state in OPEN_ROWS]
    return sum(input_name("hint_answer", row.pk) not in request.POST for row in mine)


def _tell_hints(request: PersonRequest, cycle: MeasurementCycle, sent=()) -> None:
    """How many of my rows have hints without a word about them: those still open, where it can be written, and those just sent."""
    sheet = calculate(cycle)
    rows = [sheet.rows[pk].row for pk in unexplained(sheet)]
    still_open = sum(row.owner_id == request.user.pk and row.state in OPEN_ROWS for row in rows)
    if still_open:
        messages.info(
            request, f"{still_open} baris mempunyai petunjuk; penjelasan dapat ditulis pada barisnya."
        )
    unsaid = sum(row.pk in sent for row in rows)
    if unsaid:
        messages.info(
            request,
            f"{unsaid} baris dikirim dengan petunjuk tanpa penjelasan; Tim SAKIP melihatnya saat evaluasi.",
        )


def _detach(request: PersonRequest, cycle: MeasurementCycle):
    """Take off one file; what was typed beside it has been saved before."""
    attachments.detach(cycle.pk, request.user, parse_key(request.POST["detach"]))
    messages.success(request, "Bukti dilepas dari baris ini.")
    return redirect(_same_page(request, cycle))


def _record(request: PersonRequest, cycle: MeasurementCycle):
    """Open a row that was not planned; what was typed elsewhere has been saved before."""
    row = parse_key(request.POST["record"])
    version = parse_key(request.POST.get(input_name("seen", row), ""))
    outside_plan.record_unplanned(cycle.pk, request.user, row, version)
    messages.success(
        request,
        "Baris dibuka di luar rencana. Isi dan kirim seperti baris lain; angkanya disebut, tetapi tidak ikut rata-rata.",
    )
    return redirect(f"{reverse('worksheet', args=[cycle.pk])}#baris-{row}")


def _my_sheet(
    request: PersonRequest, cycle: MeasurementCycle, grid: Grid | None = None, status: int = 200, stale=()
):
    person = request.user
    sheet = calculate(cycle)
    mine = [figures for figures in sheet.rows.values() if figures.row.owner_id == person.pk]
    chosen = chosen_filter(request, MY_FILTERS)
    shown = {figures.row.pk for figures in mine if MY_FILTERS[chosen][1](figures) or figures.row.pk in stale}
    editable = [row.pk for row in cycle.rows.all() if measuring.is_movable(row, cycle, "save", person)]
    spendable = [
        node.pk
        for node in measuring.open_money(cycle, person)
        if not chosen or chosen == "belum" and node.spent is None
    ]
    recordable = [row.pk for row in cycle.rows.all() if measuring.is_movable(row, cycle, "record", person)]
    view = SheetView(
        sheet,
        editable,
        spendable,
        grid,
        shown=shown,
        stale=stale,
        all_gaps="kurang" in request.GET,
        recordable=recordable,
    )
    waiting = next((item for item in open_cycles(person) if item.cycle.pk == cycle.pk), None)
    to_hand_on = waiting is not None and waiting.actions.all_filled_in
    context = {
        "cycle": cycle,
        "period": cycle.period_of_year.short,
        "groups": view.groups(),
        "filters": filter_chips(MY_FILTERS, mine, chosen),
        "is_open": bool(editable or spendable or to_hand_on),
        "is_fillable": measuring.is_fillable(cycle, person, "save"),
        "may_send": bool(editable or to_hand_on),
        "progress": progress_words(sheet, person),
        "draft_key": f"sakip-{person.pk}-{cycle.pk}",
        "sentence": turn_words(waiting.mine) if waiting else workflow.closed_sentence(cycle),
        "more_time": extension_link(cycle, waiting.mine) if waiting and (editable or spendable) else None,
        "error_links": _error_links(grid) if grid else [],
        "may_see_all": may_see_all_rows.test(person, cycle),
        "explained": may_see_figures(person, cycle),
        "extracts": extract_links(cycle, [person]) if mine else [],
    }
    return render(request, "worksheet/worksheet.html", context, status=status)


def _error_links(grid: Grid) -> list[dict]:
    """What to correct; a browser does not offer chosen files again, so they are named, too."""
    again = {
        name: f"Berkas “{upload.name}” belum tersimpan; pilih sekali lagi."
        for name, upload in grid.uploads.items()
        if name not in grid.errors
    }
    return (
        [{"name": name, "text": text} for name, text in (grid.errors | again).items()] if grid.errors else []
    )


def overview_page(request: PersonRequest, pk: int):
    """Every row that this person may see, to read; Tim SAKIP excuses rows here."""
    cycle = get_cycle(request, pk)
    person = request.user
    sheet = calculate(cycle)
    visible = (
        set(sheet.rows)
        if may_see_all_rows.test(person, cycle)
        else set(cycle.rows.visible_to(person).values_list("pk", flat=True))
    )
    rows, chosen = (
        [figures for pk, figures in sheet.rows.items() if pk in visible],
        chosen_filter(request, ALL_FILTERS),
    )
    shown = (
        {figures.row.pk for figures in rows if ALL_FILTERS[chosen][1](figures)}
        if chosen or len(rows) < len(sheet.rows)
        else None
    )
    excusable = {row.pk for row in cycle.rows.all() if measuring.is_movable(row, cycle, "excuse", person)}
    groups = SheetView(sheet, shown=shown).groups()
    for group in groups:
        for row in group["rows"]:
            row["excusable"] = int(row["key"]) in excusable
    return render(
        request,
        "worksheet/overview.html",
        {
            "cycle": cycle,
            "groups": groups,
            "filters": filter_chips(ALL_FILTERS, rows, chosen),
            "period": cycle.period_of_year.short,
            "explained": may_see_figures(person, cycle),
            "may_fill_for": measuring.is_fillable(cycle, person, "fill_for"),
            "extracts": extract_links(cycle, (figures.row.owner for figures in rows)),
        },
    )


@require_POST
def excuse_row(request: PersonRequest, pk: int, row: int):
    """Tim SAKIP takes a row out of this period with a reason."""
    cycle = get_cycle(request, pk)
    measuring.excuse(
        cycle.pk,
        request.user,
        row,
        parse_key(request.POST.get("version", "")),
        posted_text(request.POST, "reason"),
    )
    messages.success(request, "Baris dikecualikan dengan alasan; tidak ikut dihitung pada periode ini.")
    return redirect("overview", cycle.pk)


def evidence_file(request: PersonRequest, pk: int):
    """An evidence file, always as an attachment."""
    item = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    return attachment(item.file.path, item.name, item.file.kind)
