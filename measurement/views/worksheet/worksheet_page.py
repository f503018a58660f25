"""Kertas kerja: an ASN's own rows to fill in and send, the whole sheet for those who lead, and evidence files."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from measurement import files
from measurement.addresses import reverse
from measurement.doors import attachments, measuring, outside_plan, workflow
from measurement.doors.measuring import Outcome
from measurement.doors.money_on_page import own_open_money
from measurement.figures.calculation import calculate
from measurement.figures.touched import own_rows, own_sheet
from measurement.forms.texts import posted_text
from measurement.forms.worksheet.grid import Grid, input_name
from measurement.models import Evidence, MeasurementCycle, Person, StoredFile
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_see_all_rows, may_see_figures
from measurement.rules.refusals import Refusal

from ..cycle.extensions import extension_link
from ..cycle.undo import undo_lines
from ..fetch import get_cycle
from ..papers.extracts import extract_links
from ..responses import attachment
from ..start.deadline_words import turn_words
from ..start.tasks import waiting_in
from ..steps.draft_paper import worksheet_draft
from ..visitor import PersonRequest
from .answer_check import CHECK, LOOK_AGAIN, AnswerCheck, looks_again, tell_hints
from .row_answers import tell_unanswered
from .row_filters import ALL_FILTERS, MY_FILTERS, chosen_filter, filter_chips
from .row_history import copy_posted
from .row_problems import summary_of
from .worksheet_lines import SheetView, progress_words

CHANGED = "Sebagian baris sudah diubah dari halaman lain. Nilai yang baru tampil di samping ketikan Anda; pilih lalu simpan lagi."
KEPT = "Isian lain sudah tersimpan."
CLOSED = (
    "Sebagian isian sudah dikirim, ditutup, atau diserahkan kepada pegawai lain sejak halaman dibuka. Tombol tadi belum menyimpan apa pun: periksa isian "
    "yang masih terbuka, lalu simpan lagi."
)


def worksheet_page(request: PersonRequest, pk: int):
    """My rows: fill in, save, send."""
    cycle = get_cycle(request, pk)
    if request.method != "POST":
        return _my_sheet(request, cycle)
    own = own_rows(cycle, request.user)
    rows = [row for row in own if measuring.is_movable(row, cycle, "save", request.user)]
    nodes = list(measuring.open_money(cycle, request.user))
    grid = Grid(request.POST, request.FILES).read(rows, nodes)
    if _closed_meanwhile(request, cycle, rows, nodes):
        messages.error(request, CLOSED)
        return _my_sheet(request, cycle, grid, status=409)
    try:
        stale = _write(cycle, request.user, grid)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return _my_sheet(request, get_cycle(request, pk), grid, status=refusal.status)
    if stale:
        messages.error(request, CHANGED)
    if grid.errors:
        now = get_cycle(request, pk)
        return _my_sheet(request, now, grid, status=422, stale=stale, kept=KEPT if grid.is_changed else "")
    if stale:
        return _my_sheet(request, get_cycle(request, pk), grid, status=409, stale=stale)
    return _saved(request, cycle, grid)


def _closed_meanwhile(request: PersonRequest, cycle: MeasurementCycle, rows: list, nodes: list) -> bool:
    """Whether the page still offered inputs for rows or money that take nothing from me any more: sent, closed, or handed over."""
    mine = {input_name("version", row.pk) for row in rows} | {
        input_name("node_version", node.pk) for node in nodes
    }
    return any(name.startswith(("version-", "node_version-")) and name not in mine for name in request.POST)


def _write(cycle: MeasurementCycle, person: Person, grid: Grid) -> list[int]:
    """Rows and money in one transaction, then files and links; the ids of rows that somebody else had changed. Beside what can't be read, the
    rest is saved as it is while typing."""
    outcome = Outcome()
    if grid.rows or grid.money:
        save = measuring.save_while_typing if grid.errors else measuring.save
        outcome = save(cycle.pk, person, grid.rows, grid.money)
    _attach(cycle, person, grid)
    return outcome.stale


def _attach(cycle: MeasurementCycle, person: Person, grid: Grid) -> None:
    """The files and links, each in a transaction of its own."""
    given_to = [row_id for row_id, *_ in grid.files]
    there = set(Evidence.objects.filter(row__in=given_to).values_list("pk", flat=True)) if given_to else set()
    for row_id, link, page, dated in grid.links:
        attachments.attach_link(cycle.pk, person, row_id, link, page, dated)
        grid.file_kept(row_id)
    for row_id, upload, page, dated in grid.files:
        evidence = attachments.attach(cycle.pk, person, row_id, upload, page, dated)
        grid.file_kept(row_id)
        if evidence.pk in there:
            grid.repeated.append(
                f"“{files.clean_name(upload.name)}” sama dengan “{evidence.name}” yang sudah tersimpan pada baris itu; disimpan satu kali."
            )


def _saved(request: PersonRequest, cycle: MeasurementCycle, grid: Grid):
    """After saving: send if that was the button, and say what came of it."""
    for sentence in grid.repeated:
        messages.info(request, sentence)
    if "detach" in request.POST:
        return _detach(request, cycle)
    if "record" in request.POST:
        return _record(request, cycle)
    if "copy" in request.POST:
        return copy_posted(request, cycle)
    if request.POST.get("action") == "check":
        return redirect(f"{reverse('worksheet', args=[cycle.pk])}?{CHECK}=ya#periksa")
    if request.POST.get("action") != "send":
        messages.success(
            request,
            "Tersimpan. Kirim setelah semua baris lengkap." if grid.is_changed else "Tidak ada yang berubah.",
        )
        tell_hints(request, cycle)
        return redirect(_same_page(request, cycle))
    if looks_again(request, get_cycle(request, cycle.pk)):
        messages.info(request, LOOK_AGAIN)
        return redirect(f"{reverse('worksheet', args=[cycle.pk])}?{CHECK}=ya#periksa")
    outcome = measuring.send(cycle.pk, request.user)
    tell_unanswered(request, cycle, outcome.done)
    if outcome.gaps:
        messages.warning(
            request,
            f"{len(outcome.gaps)} baris belum lengkap dan belum dikirim; yang kurang tertulis pada barisnya.",
        )
    tell_hints(request, cycle, outcome.done)
    return redirect(reverse("worksheet", args=[cycle.pk]) + ("?kurang=ya" if outcome.gaps else ""))


def _same_page(request: PersonRequest, cycle: MeasurementCycle) -> str:
    """The worksheet as it was filtered when its button was pressed."""
    chosen = chosen_filter(request, MY_FILTERS)
    return reverse("worksheet", args=[cycle.pk]) + (f"?saring={chosen}" if chosen else "")


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
    request: PersonRequest,
    cycle: MeasurementCycle,
    grid: Grid | None = None,
    status: int = 200,
    stale=(),
    kept: str = "",
):
    person = request.user
    sheet = own_sheet(cycle, person)
    mine = [figures for figures in sheet.rows.values() if figures.row.owner_id == person.pk]
    rows = [figures.row for figures in mine]
    chosen = chosen_filter(request, MY_FILTERS)
    shown = {figures.row.pk for figures in mine if MY_FILTERS[chosen][1](figures) or figures.row.pk in stale}
    editable = [row.pk for row in rows if measuring.is_movable(row, cycle, "save", person)]
    money = own_open_money(cycle, person)
    spendable = [node.pk for node in money if not chosen or chosen == "belum" and node.spent is None]
    recordable = [row.pk for row in rows if measuring.is_movable(row, cycle, "record", person)]
    all_gaps = "kurang" in request.GET or CHECK in request.GET
    view = SheetView(sheet, editable, spendable, grid, shown, stale, all_gaps, recordable)
    waiting = waiting_in(cycle, person)
    to_hand_on = waiting is not None and waiting.actions.all_filled_in
    context = {
        "cycle": cycle,
        "period": cycle.period_of_year.words,
        "groups": view.groups(),
        "filters": filter_chips(MY_FILTERS, mine, chosen),
        "is_open": bool(editable or spendable or to_hand_on),
        "is_fillable": bool(editable) or any(node.carries_money for node in money),
        "may_send": bool(editable or to_hand_on),
        "check": AnswerCheck(sheet, person).drawn() if CHECK in request.GET else None,
        "progress": progress_words(sheet, person),
        "draft_key": f"sakip-{person.pk}-{cycle.pk}",
        "error_links": summary_of(grid) if grid else [],
        "kept": kept,
        "sentence": turn_words(waiting.mine) if waiting else workflow.closed_sentence(cycle),
        "more_time": extension_link(cycle, waiting.mine) if waiting and (editable or spendable) else None,
        "may_see_all": may_see_all_rows.test(person, cycle),
        "explained": may_see_figures(person, cycle),
        "extracts": extract_links(cycle, [person]) if mine else [],
        "undos": undo_lines(cycle, person),
    }
    return render(request, "worksheet/worksheet.html", context, status=status)


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
            row["excuse_url"] = (
                reverse("excuse", args=[cycle.pk, row["key"]]) if int(row["key"]) in excusable else ""
            )
    return render(
        request,
        "worksheet/overview.html",
        {
            "cycle": cycle,
            "groups": groups,
            "token": get_token(request),
            "filters": filter_chips(ALL_FILTERS, rows, chosen),
            "period": cycle.period_of_year.words,
            "explained": may_see_figures(person, cycle),
            "may_fill_for": measuring.is_fillable(cycle, person, "fill_for"),
            "draft": worksheet_draft(person, cycle),
            "undos": undo_lines(cycle, person),
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
    return redirect("overview", cycle.pk)


def evidence_file(request: PersonRequest, pk: int):
    """An evidence file, always as an attachment; a link is followed from the page itself."""
    found = Evidence.objects.visible_to(request.user).files()
    item = get_object_or_404(found.select_related("file"), pk=pk)
    stored: StoredFile = item.file  # type: ignore[assignment]  # only files were asked for
    return attachment(stored.path, item.name, stored.kind)
