"""The SOP page of one cycle: the table with whose turn and due when, what happened, its papers; and a page for each further round."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.oversight import may_oversee
from measurement.models import CorrectionEffect, MeasurementCycle, Paper, Person, Prepared, SignedPaper, Stay
from measurement.record import rounds
from measurement.rules.permissions import may_see_all_rows, may_see_figures, reads_office
from measurement.rules.sop import ACTORS, APPROVED, MEASURE, PREPARE_METHOD, Output, State

from ..fetch import get_cycle
from ..papers.paper_lines import paper_line
from ..papers.voiding import void_url
from ..start.deadline_words import turn_words
from ..start.request_tasks import request_cards
from ..start.tasks import task_cards, waiting_in
from ..visitor import PersonRequest
from .sop_table import SopTable
from .timeline import events
from .withdrawal import withdraw_link

ARCHIVED = "Seluruh langkah selesai; siklus ini sudah diarsipkan dan tidak dapat diubah."
CLOSED_LABELS = {State.ARSIP: ("selesai", "Selesai"), State.DICABUT: ("belum", "Dicabut")}


def _stays(cycle: MeasurementCycle) -> QuerySet[Stay]:
    return Stay.objects.filter(cycle=cycle).with_terms().select_related("left_by")


def _signed(cycle: MeasurementCycle) -> QuerySet[SignedPaper]:
    return Paper.objects.filter(cycle=cycle).listed_by_signature().select_related("void__voided_by")


STAYS, SIGNED = Prepared(_stays), Prepared(_signed)


def cycle(request: PersonRequest, pk: int):
    """Where one cycle stands."""
    found = get_cycle(request, pk)
    waiting = waiting_in(found, request.user)
    stays, signed = STAYS.rows(found), SIGNED.rows(found)
    for stay in stays:
        stay.cycle = found
    for paper in signed:
        paper.cycle = found
    papers: list[Paper] = list({paper.pk: paper for paper in signed}.values())
    table = SopTable(found, stays, papers, is_late=waiting is not None and waiting.is_late)
    context = {
        "cycle": found,
        "sentence": turn_words(waiting) if waiting else _closed_words(found),
        "state": state_of(waiting) if waiting else closed_state(found),
        "tasks": [*task_cards(waiting, request.user), *request_cards(waiting, request.user)]
        if waiting
        else [],
        "withdraw": withdraw_link(found, request.user),
        "report": _report(papers) if found.is_archived else "",
        "actors": [found.sop.label(actor) for actor in ACTORS],
        "groups": table.groups(),
        "minutes_per_day": found.unit.calendar.minutes_on(timezone.localdate()),
        "events": events(found, stays, papers, signed),
        "papers": [
            paper_line(paper) | {"void_url": void_url(paper, request.user)}
            for paper in papers
            if not _is_replaced(paper)
        ],
        "replaced": [paper_line(paper) for paper in papers if _is_replaced(paper)],
        "links": [*_report_link(found, papers), *_links(found, request.user, stays)],
        "may_see_all": may_see_all_rows.test(request.user, found),
        "office_links": _office_links(found, request.user) if reads_office.test(request.user, found) else [],
        "corrections": [*found.correction_notes, *(_effects(found) if found.is_archived else [])],
    }
    return render(request, "cycle/cycle.html", context)


def _closed_words(cycle: MeasurementCycle) -> str:
    """What became of a cycle that is over."""
    if not cycle.is_withdrawn:
        return ARCHIVED
    withdrawal = cycle.withdrawals.select_related("asked_by", "answered_by").get(granted=True)
    return f"{withdrawal.words} Siklus ini tidak dihitung di mana pun; isinya tetap dapat dibaca."


def closed_state(cycle: MeasurementCycle) -> dict:
    key, label = CLOSED_LABELS[State(cycle.state)]
    return {"key": key, "label": label}


def _effects(cycle: MeasurementCycle) -> list[str]:
    """What this archived cycle changed in later ones as a correction, and whether one before it asks for its own."""
    found = CorrectionEffect.objects.select_related("correction", "cycle")
    asked = found.still_to_correct().filter(cycle=cycle)
    done = found.filter(correction=cycle) if cycle.amends_id else []
    return [*(effect.asks for effect in asked), *(effect.words for effect in done)]


def _office_links(cycle: MeasurementCycle, person: Person) -> list[dict]:
    """To whoever reads the office without serving there: its other pages, which stand in the navigation of those who serve."""
    unit = cycle.unit_id
    places: tuple[tuple[str, str], ...] = (
        ("Capaian", reverse("achievement", query={"unit": unit})),
        ("Rencana", reverse("plan", query={"rencana": cycle.plan_id})),
        ("Arsip", reverse("archive", query={"kantor": unit})),
    )
    notes = (("Tulis catatan", reverse("new_oversight_note", args=[cycle.pk])),)
    places += notes if may_oversee(person, cycle.unit.belongs_to_id) else ()
    return [{"label": label, "url": url} for label, url in places]


def _report(papers: list[Paper]) -> str:
    """The address of the final report."""
    valid = [paper for paper in papers if paper.kind == Output.LAPORAN and paper.is_valid]
    return reverse("paper", args=[valid[-1].pk]) if valid else ""


def _report_link(cycle: MeasurementCycle, papers: list[Paper]) -> list[dict]:
    """To the page of the report for the head of the office."""
    label = f"Laporan untuk {cycle.sop.head.short}"
    return [{"label": label, "url": reverse("report", args=[cycle.pk])}] if _report(papers) else []


def _is_replaced(paper: Paper) -> bool:
    return hasattr(paper, "replaced_by")


def state_of(waiting) -> dict:
    if waiting is None:
        return {"key": "selesai", "label": "Selesai"}
    return (
        {"key": "terlambat", "label": "Terlambat"}
        if waiting.is_late
        else {"key": "berjalan", "label": "Berjalan"}
    )


def _links(cycle: MeasurementCycle, person: Person, stays: list[Stay]) -> list[dict]:
    """Places to look at once the worksheet exists."""
    more_time = {"label": "Perpanjangan waktu", "url": reverse("extensions", args=[cycle.pk])}
    if cycle.step and cycle.step.number <= PREPARE_METHOD.number:
        return [more_time]
    if cycle.is_withdrawn:
        may_read = may_see_all_rows.test(person, cycle) and any(stay.step == MEASURE.key for stay in stays)
        return (
            [{"label": "Seluruh kertas kerja", "url": reverse("overview", args=[cycle.pk])}]
            if may_read
            else []
        )
    places = (
        *([("coverage", "Papan keterisian")] if may_see_all_rows.test(person, cycle) else []),
        ("overview", "Seluruh kertas kerja"),
        ("recap", "Rekap capaian"),
        ("worksheet_xlsx", "Kertas kerja (Excel)"),
        ("recap_xlsx", "Rekap (Excel)"),
        *([("e81_xlsx", "Formulir E.81 (Excel)")] if may_see_figures(person, cycle) else []),
        *([("lkjip_docx", "Bahan LKjIP Bab III (Word)")] if cycle.state in APPROVED else []),
        *(
            [("neighbours_xlsx", "Tabel untuk SIPD, e-Kinerja, esr, dan SRIKANDI (Excel)")]
            if cycle.state in APPROVED and may_see_all_rows.test(person, cycle)
            else []
        ),
    )
    links = [{"label": label, "url": reverse(name, args=[cycle.pk])} for name, label in places]
    return [*links, more_time] if cycle.is_under_way else links


def round_page(request: PersonRequest, pk: int, number: int):
    """One round after a return: its arahan with their answers, and what changed until the next report to the Sekcam."""
    found = get_cycle(request, pk)
    if not 2 <= number <= found.round:
        raise Http404
    kept = {snapshot.round: snapshot for snapshot in found.snapshots.filter(round__in=(number - 1, number))}
    is_reported = number in kept
    shown = may_see_figures(request.user, found)
    context = {
        "cycle": found,
        "number": number,
        "directives": found.directives.filter(round=number).select_related("row", "given_by", "answered_by"),
        "differences": rounds.between(kept[number - 1], kept[number]) if is_reported and shown else [],
        "is_reported": is_reported,
        "shown": shown,
        "unanswered": {"key": "belum", "label": "Belum dijawab"},
        "rounds": [
            (other, reverse("round", args=[pk, other]), other == number)
            for other in range(2, found.round + 1)
        ],
    }
    return render(request, "cycle/round.html", context)
