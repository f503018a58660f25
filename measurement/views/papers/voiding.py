"""Batalkan naskah: withdraw an issued paper with a reason, and issue it again where it would still say the same."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors import voiding
from measurement.forms.papers.voiding import VoidForm
from measurement.models import Paper, Person
from measurement.papers import issuer_of
from measurement.rules.dates import local_date
from measurement.rules.permissions import may_issue_again, may_void
from measurement.rules.refusals import Refusal
from measurement.rules.sop import MEASURING

from ..visitor import PersonRequest


def void_url(paper: Paper, person: Person) -> str:
    """Where this person withdraws the paper; empty where they can't. Needs the paper with its cycle, `void` and `replaced_by`."""
    return (
        reverse("void_paper", args=[paper.pk])
        if voiding.is_voidable(paper) and may_void(person, paper, issuer_of(paper.kind))
        else ""
    )


def void_paper(request: PersonRequest, pk: int):
    """What the withdrawal means, and the form; for a paper that was withdrawn already, what became of it."""
    papers = Paper.objects.visible_to(request.user).listed().select_related("cycle", "void__voided_by")
    paper = get_object_or_404(papers, pk=pk)
    is_void = hasattr(paper, "void")
    may_repeat = may_issue_again(request.user, paper, issuer_of(paper.kind))
    if not may_void(request.user, paper, issuer_of(paper.kind)) and not (is_void and may_repeat):
        raise PermissionDenied
    form = VoidForm(request.POST or None) if voiding.is_voidable(paper) else None
    if request.method == "POST" and (made := _act(request, paper, form)):
        messages.success(request, made)
        return redirect("cycle", paper.cycle_id)
    context = {
        "paper": paper,
        "cycle": str(paper.cycle),
        "facts": _facts(paper),
        "standing": _standing(paper),
        "repeatable": voiding.is_repeatable(paper) and may_repeat,
        "not_again": _why_not_again(paper),
        "form": form,
    }
    return render(request, "papers/void_paper.html", context, status=_status(request, form))


def _status(request: PersonRequest, form: VoidForm | None) -> int:
    if request.method != "POST":
        return 200
    return 409 if form is None else 422


def _act(request: PersonRequest, paper: Paper, form: VoidForm | None) -> str:
    """What was done, in a sentence; empty if it could not be."""
    again = request.POST.get("action") == "again"
    try:
        if hasattr(paper, "void") and again:
            return (
                f"{paper.number} diterbitkan ulang sebagai {voiding.issue_again(paper, request.user).number}."
            )
        if form is None or not form.is_valid():
            return ""
        made = voiding.void(paper, request.user, form.cleaned_data["reason"], again)
    except Refusal as refusal:
        _tell(request, form, refusal)
        return ""
    return f"{paper.number} dibatalkan" + (
        f" dan diterbitkan ulang sebagai {made.number}." if made else "; nomornya tidak dipakai lagi."
    )


def _tell(request: PersonRequest, form: VoidForm | None, refusal: Refusal) -> None:
    if form is not None:
        form.add_error(None, refusal.sentences)
        return
    for sentence in refusal.sentences:
        messages.error(request, sentence)


def _facts(paper: Paper) -> list[dict]:
    return [
        {"label": "Nomor", "value": paper.number},
        {"label": "Tanggal", "value": local_date(paper.issued_at)},
        {"label": "Diterbitkan oleh", "value": str(paper.issued_by)},
        {"label": "Siklus", "value": str(paper.cycle)},
    ]


def _why_not_again(paper: Paper) -> str:
    """Why this person can't issue the paper again after withdrawing it."""
    if voiding.is_repeatable(paper):
        return (
            f"Naskah ini hanya dapat diterbitkan ulang oleh {paper.unit.sop.holder(issuer_of(paper.kind))}."
        )
    changing = (
        "karena kertas kerja sedang diisi, sehingga angkanya dapat berubah"
        if paper.cycle.state in MEASURING
        else ""
    )
    return f"Naskah ini tidak dapat diterbitkan ulang, {changing or 'karena siklusnya sudah melangkah lebih jauh'}."


def _standing(paper: Paper) -> str:
    """Why a paper can't be withdrawn (any more), or what became of it; empty where it still can."""
    replacement = f" Digantikan oleh {paper.replaced_by.number}." if hasattr(paper, "replaced_by") else ""
    if hasattr(paper, "void"):
        return f"Dibatalkan oleh {paper.void.voided_by} pada {local_date(paper.void.voided_at)}: {paper.void.reason}{replacement}"
    if replacement:
        return f"Naskah ini tidak berlaku lagi.{replacement}"
    return voiding.ARCHIVED if paper.cycle.is_archived else ""
