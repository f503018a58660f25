"""Catatan Inspektorat: what was noted on the offices' cycles, and what became of each note."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors import oversight as door
from measurement.forms.oversight import EntryForm, NoteForm
from measurement.models import OversightNote
from measurement.rules.dates import dated_moment, long_date
from measurement.rules.refusals import Refusal

from ..fetch import get_cycle, tell_reading
from ..visitor import PersonRequest

SHOWN = 200
FILTERS: dict[str, tuple[str, Callable[[OversightNote], bool]]] = {
    "": ("Terbuka", lambda note: not note.is_closed),
    "menunggu": ("Menunggu kantor", lambda note: note.waits_for_office),
    "dijawab": ("Menunggu Inspektorat", lambda note: not note.is_closed and not note.waits_for_office),
    "lewat": ("Lewat batas", lambda note: note.is_late()),
    "ditutup": ("Ditutup", lambda note: note.is_closed),
}


def oversight_notes(request: PersonRequest):
    """All that this person may see, what is due first on top."""
    notes = list(OversightNote.objects.visible_to(request.user).told()[:SHOWN])
    key = request.GET.get("saring", "")
    chosen = key if key in FILTERS else ""
    context = {
        "lines": [_line(note) for note in notes if FILTERS[chosen][1](note)],
        "filters": [
            {
                "label": f"{label} ({sum(map(wanted, notes))})",
                "url": f"?saring={key}",
                "current": key == chosen,
            }
            for key, (label, wanted) in FILTERS.items()
        ],
    }
    return render(request, "government/oversight_notes.html", context)


def _state(note: OversightNote) -> dict:
    if note.is_closed:
        return {"key": "selesai", "label": "Ditutup"}
    if note.is_late():
        return {"key": "terlambat", "label": "Lewat batas"}
    return (
        {"key": "belum", "label": "Menunggu kantor"}
        if note.waits_for_office
        else {"key": "berjalan", "label": "Dijawab"}
    )


def _line(note: OversightNote) -> dict:
    return {
        "url": reverse("oversight_note", args=[note.pk]),
        "finding": note.finding,
        "facts": f"{note.unit} · {note.about} · batas {long_date(note.due)}",
        "state": _state(note),
    }


def new_oversight_note(request: PersonRequest, pk: int):
    """On a cycle, a row of its worksheet or one of its papers."""
    cycle = get_cycle(request, pk)
    if not door.may_oversee(request.user, cycle.unit.belongs_to_id):
        raise PermissionDenied
    form = NoteForm(request.POST or None, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            note = door.write_note(
                cycle, request.user, data["finding"], data["recommendation"], data["due"], form.subject
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, f"Catatan dikirim kepada pimpinan dan Tim SAKIP {cycle.unit}.")
            return redirect("oversight_note", note.pk)
    context = {"cycle": cycle, "form": form}
    return render(
        request, "government/new_oversight_note.html", context, status=422 if form.is_bound else 200
    )


def oversight_note(request: PersonRequest, pk: int):
    """One note with all that was said on it; the office answers, the Inspektorat responds or closes."""
    note = get_object_or_404(OversightNote.objects.visible_to(request.user).told(), pk=pk)
    tell_reading(request, note.unit)
    answers = door.may_answer_note(request.user, note)
    oversees = door.may_oversee(request.user, note.unit.belongs_to_id)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and not (answers or oversees):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid() and _said(request, note, form, answers):
        return redirect("oversight_note", pk)
    context = {
        "note": note,
        "state": _state(note),
        "facts": [
            {"label": "Kantor", "value": str(note.unit)},
            {"label": "Tentang", "value": note.about},
            {"label": "Batas tindak lanjut", "value": long_date(note.due)},
            {
                "label": "Ditulis",
                "value": f"{note.written_by}, {note.written_as}, {dated_moment(note.written_at)}",
            },
        ],
        "cycle_url": reverse("cycle", args=[note.cycle_id]),
        "entries": [
            {
                "kind": e.get_kind_display(),
                "text": e.text,
                "by": f"{e.by}, {e.by_title}",
                "at": dated_moment(e.at),
            }
            for e in note.entries.all()
        ],
        "form": form if (answers or oversees) and not note.is_closed else None,
        "answers": answers,
        "oversees": oversees and not answers,
    }
    return render(request, "government/oversight_note.html", context, status=422 if form.is_bound else 200)


def _said(request: PersonRequest, note: OversightNote, form: EntryForm, answers: bool) -> bool:
    text = form.cleaned_data["text"]
    try:
        if answers:
            door.answer_note(note, request.user, text)
        else:
            door.respond_to_answer(note, request.user, text, closes=request.POST.get("action") == "close")
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    messages.success(request, "Tersimpan; yang ditunggu sudah diberi tahu.")
    return True
