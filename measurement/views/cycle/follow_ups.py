"""Tindak lanjut: what the office has promised or was directed to do, who does it until when, and how it ended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.doors import follow_ups as doors
from measurement.forms.follow_ups import FollowUpForm, FollowUpNoteForm
from measurement.models import FollowUp, MeasurementCycle
from measurement.rules.dates import dated_moment
from measurement.rules.follow_ups import CLOSING, Progress
from measurement.rules.permissions import may_close_follow_up, may_direct, may_report_on
from measurement.rules.refusals import Incomplete, NotAtThisStep

from ..fetch import get_cycle
from ..office.office_choice import units_where
from ..paging import PagedList
from ..visitor import PersonRequest
from .follow_up_facts import FILTERS, FollowUpFacts, all_facts, filter_chips_of
from .follow_up_lines import direction_line, follow_up_lines

PER_PAGE = 50
NOTHING = {
    "": "Tidak ada tindak lanjut yang terbuka.",
    "lewat": "Tidak ada tindak lanjut yang lewat batas.",
    "ditutup": "Belum ada tindak lanjut yang ditutup.",
}


def follow_ups(request: PersonRequest):
    """All that is open, late ones apart; or what a filter asks for."""
    person, asked = request.user, request.GET.get("saring", "")
    chosen = asked if asked in FILTERS else ""
    found = all_facts(person)
    shown = [facts for facts in found if FILTERS[chosen][1](facts)]
    paged = PagedList.of(sorted(shown, key=lambda facts: not facts.is_late), request, PER_PAGE)
    lines = follow_up_lines(list(paged.page), person)
    context = {
        "late": [line for line in lines if line.is_late],
        "lines": [line for line in lines if not line.is_late],
        "paged": paged,
        "filters": filter_chips_of(found, chosen),
        "headline": _headline([facts for facts in found if not facts.is_closed]),
        "nothing": NOTHING.get(chosen, "Tidak ada tindak lanjut pada saringan ini."),
        "chosen": chosen,
        "may_direct": any(_directed_cycles(request)),
    }
    return render(request, "cycle/follow_ups.html", context)


def _headline(still_open: list[FollowUpFacts]) -> str:
    """What there is and what is wrong, in one sentence."""
    if not still_open:
        return "Semua tindak lanjut sudah selesai."
    late = sum(facts.is_late for facts in still_open)
    mine = sum(facts.is_mine for facts in still_open)
    parts = [f"{late} lewat batas" if late else "", f"{mine} untuk Anda" if mine else ""]
    more = ", ".join(filter(None, parts))
    return f"{len(still_open)} tindak lanjut terbuka{f': {more}' if more else ''}."


def _directed_cycles(request: PersonRequest) -> list[MeasurementCycle]:
    """The newest cycle of each office in which this person may give directions."""
    directing = units_where(request.user, may_direct)
    if not directing:
        return []
    cycles = MeasurementCycle.objects.listed_by(request.user).standing()
    found = cycles.filter(unit__in=[unit.pk for unit in directing]).order_by("pk")
    return list({cycle.unit_id: cycle for cycle in found}.values())


def new_follow_up(request: PersonRequest):
    """The Sekcam or the Camat gives a direction, kept with the newest cycle of their office."""
    cycles = _directed_cycles(request)
    if not cycles:
        raise PermissionDenied
    wanted = request.GET.get("siklus", "")
    cycle = get_cycle(request, next((found for found in cycles if str(found.pk) == wanted), cycles[-1]).pk)
    form = FollowUpForm(request.POST if request.method == "POST" else None, cycle=cycle)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = doors.open_follow_up(
                cycle, request.user, data["text"], data["due"], form.responsible, form.role
            )
        except Incomplete as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(
                request, "Arahan dicatat dan diberitahukan; tetap terbuka sampai Anda menutupnya."
            )
            return redirect("follow_up", made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "cycle/new_follow_up.html", {"form": form, "cycle": cycle}, status=status)


def follow_up(request: PersonRequest, pk: int):
    """One direction: its words, who answers for it, what was reported, and how it is closed."""
    found = FollowUp.objects.visible_to(request.user).with_notes()
    item = get_object_or_404(found, pk=pk)
    line, closing = direction_line(item, request.user), item.closing
    form = None if closing else _note_form(request, item)
    if request.method == "POST":
        if closing or form is None:
            raise NotAtThisStep(doors.ALREADY_CLOSED) if closing else PermissionDenied
        if form.is_valid() and _note(request, item, form):
            return redirect("follow_up", item.pk)
    context = {
        "line": line,
        "given": f"{item.given_by.name}{f', {item.given_as}' if item.given_as else ''}",
        "at": dated_moment(item.given_at),
        "cycle": item.cycle,
        "answer": item.answer,
        "notes": [_note_line(note) for note in item.notes.all()],
        "form": form,
        "late_days": (timezone.localdate() - item.due).days if line.is_late else 0,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "cycle/follow_up.html", context, status=status)


def _note_form(request: PersonRequest, item: FollowUp) -> FollowUpNoteForm | None:
    """What this person may say; None for those who may only read."""
    may_report, may_close = may_report_on(request.user, item), may_close_follow_up(request.user, item)
    if not (may_report or may_close):
        return None
    data = request.POST if request.method == "POST" else None
    return FollowUpNoteForm(data, may_report=may_report, may_close=may_close, answer=item.answer)


def _note(request: PersonRequest, item: FollowUp, form: FollowUpNoteForm) -> bool:
    """Keep it; False where the door asks for more."""
    progress, text = Progress(form.cleaned_data["progress"]), form.cleaned_data["text"]
    try:
        if progress in CLOSING:
            doors.close_follow_up(item, request.user, progress, text)
        else:
            doors.report_on(item, request.user, text)
    except Incomplete as refusal:
        form.add_error("text", refusal.sentences)
        return False
    messages.success(request, "Tindak lanjut ditutup." if progress in CLOSING else "Perkembangan dicatat.")
    return True


def _note_line(note) -> dict:
    return {
        "progress": note.progress,
        "text": note.text,
        "who": f"{note.by.name}{f', {note.by_title}' if note.by_title else ''} · {dated_moment(note.at)}",
    }
