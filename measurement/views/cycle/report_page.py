"""Laporan untuk pimpinan: what the report of a cycle found, in three sentences and then in full; read, signed, and given on from here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from measurement.doors.report_reading import read_report
from measurement.messages.report_messages import sentences_of
from measurement.models import MeasurementCycle, Paper, Person, ReportReceipt
from measurement.rules.dates import moment
from measurement.rules.permissions import may_receive_report
from measurement.rules.refusals import Refusal
from measurement.signing.waiting import signatures_waiting_for

from ..fetch import get_cycle
from ..visitor import PersonRequest

READ = "read"


def report(request: PersonRequest, pk: int):
    """The valid report of one cycle, for the whole office; 404 before there is one. Its head says here that it was read."""
    cycle = get_cycle(request, pk)
    paper = cycle.papers.valid_reports().last()
    if paper is None:
        raise Http404
    if request.method == "POST":
        return _post(request, cycle)
    return render(request, "cycle/report.html", _context(request.user, cycle, paper))


def _post(request: PersonRequest, cycle: MeasurementCycle):
    try:
        paper = read_report(cycle.pk, request.user)
        messages.success(request, f"Tercatat: {paper.title} sudah Anda baca.")
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.sentences))
    return redirect("report", cycle.pk)


def _context(person: Person, cycle: MeasurementCycle, paper: Paper) -> dict:
    receipts = {receipt.event: receipt for receipt in paper.receipts.select_related("person")}
    is_read = ReportReceipt.Event.READ in receipts
    told = paper.content.get("ringkasan", {})
    return {
        "cycle": cycle,
        "paper": paper,
        "title": f"Laporan {cycle.period_of_year.short} {cycle.year}",
        "sentences": sentences_of(paper.content),
        "lead": _lead(cycle, paper, receipts),
        "may_read": not is_read and may_receive_report.test(person, cycle),
        "sign_url": _sign_url(person, paper),
        "money": told.get("money", ""),
        "short": told.get("short", []),
        "texts": [
            {"title": title, "lines": [line["text"] for line in paper.content.get(name, [])]}
            for name, title in (("conclusion", "Simpulan"), ("suggestions", "Saran"))
        ],
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
