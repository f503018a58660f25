"""Laporan untuk pimpinan: what the report of a cycle found, in three sentences and then in full; read, signed, and given on from here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.follow_ups import open_follow_up
from measurement.doors.report_reading import read_report
from measurement.forms.follow_ups import FollowUpForm
from measurement.messages.report_messages import sentences_of
from measurement.models import FollowUp, MeasurementCycle, Paper, Person, ReportReceipt
from measurement.rules.dates import moment
from measurement.rules.permissions import may_receive_report
from measurement.rules.refusals import Refusal
from measurement.signing.waiting import signatures_waiting_for

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .follow_up_lines import direction_line

DIRECT = "direct"


def report(request: PersonRequest, pk: int):
    """The valid report of one cycle, for the whole office; 404 before there is one. Its head says here that it was read, and gives it on."""
    cycle = get_cycle(request, pk)
    paper = cycle.papers.valid_reports().last()
    if paper is None:
        raise Http404
    form = _form(request, cycle)
    if request.method == "POST":
        done = _direct(request, cycle, form) if form and form.is_bound else _read(request, cycle)
        if done:
            return redirect("report", pk)
    context = _context(request.user, cycle, paper) | {"form": form}
    return render(request, "cycle/report.html", context, status=422 if form and form.is_bound else 200)


def _form(request: PersonRequest, cycle: MeasurementCycle) -> FollowUpForm | None:
    """Disposisi is the head's own."""
    if not may_receive_report.test(request.user, cycle):
        return None
    directs = request.method == "POST" and request.POST.get("action") == DIRECT
    return FollowUpForm(request.POST if directs else None, cycle=cycle)


def _read(request: PersonRequest, cycle: MeasurementCycle) -> bool:
    paper = read_report(cycle.pk, request.user)
    messages.success(request, f"Tercatat: {paper.title} sudah Anda baca.")
    return True


def _direct(request: PersonRequest, cycle: MeasurementCycle, form: FollowUpForm) -> bool:
    """A direction that goes with the report; who gives one has read it."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        open_follow_up(cycle, request.user, data["text"], data["due"], form.responsible, form.role)
    except Refusal as refusal:
        form.add_error(None, list(refusal.sentences))
        return False
    read_report(cycle.pk, request.user)
    messages.success(request, "Disposisi dicatat dan diberitahukan; tetap terbuka sampai ditutup.")
    return True


def _context(person: Person, cycle: MeasurementCycle, paper: Paper) -> dict:
    receipts = {receipt.event: receipt for receipt in paper.receipts.select_related("person")}
    told = paper.content.get("ringkasan", {})
    given = FollowUp.objects.visible_to(person).filter(cycle=cycle, given_role=ReportReceipt.READER)
    return {
        "cycle": cycle,
        "paper": paper,
        "title": f"Laporan {cycle.period_of_year.short} {cycle.year}",
        "sentences": sentences_of(paper.content),
        "lead": _lead(cycle, paper, receipts),
        "may_read": ReportReceipt.Event.READ not in receipts and may_receive_report.test(person, cycle),
        "sign_url": _sign_url(person, paper),
        "money": told.get("money", ""),
        "short": told.get("short", []),
        "texts": [
            {"title": title, "lines": [line["text"] for line in paper.content.get(name, [])]}
            for name, title in (("conclusion", "Simpulan"), ("suggestions", "Saran"))
        ],
        "given": [direction_line(item, person) for item in given.with_notes()],
        "links": [
            {"label": "Capaian periode ini", "url": f"{reverse('achievement')}?siklus={cycle.pk}"},
            {"label": "Rekap tiap program", "url": reverse("recap", args=[cycle.pk])},
            {"label": "Siklus dan naskahnya", "url": reverse("cycle", args=[cycle.pk])},
        ],
    }


def _lead(cycle: MeasurementCycle, paper: Paper, receipts: dict[str, ReportReceipt]) -> str:
    """By whom it was put before the head and when, and whether they have read it."""
    put, read = receipts.get(ReportReceipt.Event.PUT), receipts.get(ReportReceipt.Event.READ)
    by = f" oleh {put.person}, {put.title}," if put else ""
    came = f"Disampaikan{by} {moment(put.at if put else paper.issued_at)}"
    read_words = (
        f"dibaca {read.person}, {read.title}, {moment(read.at)}"
        if read
        else f"belum dibaca {cycle.sop.head.short}"
    )
    return f"{came}; {read_words}."


def _sign_url(person: Person, paper: Paper) -> str:
    """Where this person signs the report now; empty where it asks nothing of them."""
    signer = signatures_waiting_for(person).filter(paper=paper).values_list("pk", flat=True).first()
    return reverse("sign", args=[signer]) if signer else ""
