"""Downloads: issued papers, workbooks, and the archive package."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from measurement import archiving, files
from measurement.archiving import srikandi
from measurement.doors.long_work import order_work
from measurement.doors.long_work_run import is_queued
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Paper, PaperFile, ReferenceDocument
from measurement.papers.issue import current_file, paper_file
from measurement.papers.render import PaperFailed
from measurement.rules.permissions import may_see_all_rows, may_see_figures
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop import APPROVED, DECISION

from ..fetch import get_cycle
from ..responses import attachment, workbook_response
from ..steps.sub_unit_recap import divided_sheet
from ..visitor import PersonRequest

logger = logging.getLogger(__name__)
DAMAGED = "Berkas itu hilang atau tidak lagi sama dengan yang diterbitkan, jadi tidak diberikan. Minta administrator memulihkannya dari cadangan."
NO_FIGURES = "Perintah siklus ini sudah dicabut, jadi angkanya tidak diberikan sebagai berkas. Isinya tetap dapat dibaca pada halamannya."
NOT_APPROVED = (
    f"Bahan LKjIP tersedia setelah {{sekcam}} menyetujui hasil pengukuran pada langkah {DECISION.number}."
)

NOT_APPROVED_FIGURES = f"Tabel untuk sistem lain tersedia setelah {{sekcam}} menyetujui hasil pengukuran pada langkah {DECISION.number}."


def paper(request: PersonRequest, pk: int):
    """The PDF of an issued paper with all its signatures, or as it was issued (`?versi=terbit`); made on first demand if it isn't there yet."""
    found = get_object_or_404(Paper.objects.visible_to(request.user).select_related("cycle__unit"), pk=pk)
    if is_queued() and request.method == "GET" and not PaperFile.objects.filter(paper=found).exists():
        return _ordered(request, found.cycle, "paper", paper=found.pk)
    try:
        stored = paper_file(found) if request.GET.get("versi") == "terbit" else current_file(found)
    except (PaperFailed, OSError) as failure:
        return _not_made(request, found.cycle_id, failure)
    return _unchanged(
        request, found.cycle_id, stored, f"{found.title} {found.number}.pdf".replace("/", "-"), "pdf"
    )


def _not_made(request: PersonRequest, cycle_id: int, failure: Exception):
    """Back to the cycle with a sentence; nothing half made is served."""
    logger.error("a file of cycle %s could not be made: %s", cycle_id, failure)
    messages.error(
        request, "Berkas gagal dibuat. Coba lagi sesaat lagi; bila tetap gagal, hubungi administrator."
    )
    return redirect("cycle", cycle_id)


def _unchanged(request: PersonRequest, cycle_id: int, stored, name: str, kind: str):
    """A file to download as long as it is the one on record; `stored` has path and sha256."""
    if fault := files.fault(stored.path, stored.sha256):
        logger.error("%s of cycle %s is not served: %s", stored.path, cycle_id, fault)
        messages.error(request, DAMAGED)
        return redirect("cycle", cycle_id)
    return attachment(stored.path, name, kind)


def _counted(request: PersonRequest, pk: int) -> MeasurementCycle:
    """A cycle whose figures count: of one that was withdrawn no workbook goes round."""
    cycle = get_cycle(request, pk)
    if cycle.is_withdrawn:
        raise NotAtThisStep(NO_FIGURES)
    return cycle


def worksheet_xlsx(request: PersonRequest, pk: int):
    """The kertas kerja as xlsx: all rows for those who lead, otherwise one's own."""
    from measurement.spreadsheets.worksheet_export import worksheet_workbook

    cycle = _counted(request, pk)
    owner = None if may_see_all_rows.test(request.user, cycle) else request.user
    return workbook_response(worksheet_workbook(calculate(cycle), owner), f"Kertas kerja {cycle}.xlsx")


def recap_xlsx(request: PersonRequest, pk: int):
    from measurement.spreadsheets.recap_export import recap_workbook

    cycle = _counted(request, pk)
    return workbook_response(
        recap_workbook(calculate(cycle, sent_only=True, whole=False)), f"Rekap {cycle}.xlsx"
    )


def sub_unit_recap_xlsx(request: PersonRequest, pk: int):
    """The recap per sub unit (kelurahan)."""
    from measurement.spreadsheets.recap_export import sub_unit_workbook

    cycle = _counted(request, pk)
    return workbook_response(sub_unit_workbook(divided_sheet(cycle)), f"Rekap per sub unit {cycle}.xlsx")


def e81_xlsx(request: PersonRequest, pk: int):
    """Form E.81 of the period, with everybody's figures."""
    from measurement.spreadsheets.e81_export import e81_workbook

    cycle = _counted(request, pk)
    if not may_see_figures(request.user, cycle):
        raise PermissionDenied
    return workbook_response(e81_workbook(calculate(cycle)), f"Formulir E.81 {cycle}.xlsx")


def neighbours_xlsx(request: PersonRequest, pk: int):
    """What SIPD, e-Kinerja, esr and SRIKANDI ask for, once the figures are approved; with NIP, so for those who lead or evaluate."""
    from measurement.spreadsheets.neighbours_export import neighbours_workbook

    cycle = _counted(request, pk)
    if not may_see_all_rows.test(request.user, cycle):
        raise PermissionDenied
    if cycle.state not in APPROVED:
        raise NotAtThisStep(cycle.sop.say(NOT_APPROVED_FIGURES))
    made = neighbours_workbook(calculate(cycle), srikandi.HEADINGS, srikandi.lines_so_far(cycle))
    return workbook_response(made, f"Untuk sistem lain {cycle}.xlsx")


def lkjip_docx(request: PersonRequest, pk: int):
    """Material for chapter III of the LKjIP, once the Sekcam has approved the figures; ordered, since it takes some seconds."""
    cycle = get_cycle(request, pk)
    if not may_see_figures(request.user, cycle):
        raise PermissionDenied
    if cycle.state not in APPROVED:
        raise NotAtThisStep(cycle.sop.say(NOT_APPROVED))
    return _ordered(request, cycle, "lkjip")


def download_package(request: PersonRequest, pk: int):
    """The one zip of an archived cycle."""
    cycle = get_cycle(request, pk)
    if not may_see_all_rows.test(request.user, cycle):
        raise PermissionDenied
    if not cycle.is_archived:
        raise Http404
    try:
        found = archiving.current_package(cycle)
    except (PaperFailed, OSError) as failure:
        return _not_made(request, pk, failure)
    if found is None:
        return _ordered(request, cycle, "package")
    return _unchanged(request, pk, found, f"Arsip {cycle}.zip", "zip")


def _ordered(request: PersonRequest, cycle: MeasurementCycle, kind: str, paper: int | None = None):
    """The page that shows how far it is. Only somebody who asks for the file orders it, no other method does."""
    if request.method != "GET":
        return redirect("cycle", cycle.pk)
    about = {"cycle": cycle.pk} | ({"paper": paper} if paper else {})
    return redirect("work", order_work(request.user, cycle.unit, kind, None, **about).pk)


def reference(request: PersonRequest, pk: int):
    """A reference document of step 4, as an attachment."""
    visible = ReferenceDocument.objects.filter(
        cycle__in=MeasurementCycle.objects.visible_to(request.user), file__isnull=False
    )
    found = get_object_or_404(visible.select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return attachment(found.file.path, found.name, found.file.kind)
