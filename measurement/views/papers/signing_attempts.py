"""Percobaan tanda tangan: what is known of one request to the certified provider, and how to settle it where its outcome is unknown."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from measurement.doors import unknown_outcomes
from measurement.forms.papers.signing_attempts import NotSignedForm, SignedFileForm
from measurement.models import Paper, SigningAttempt
from measurement.rules.dates import clock, local_date
from measurement.rules.refusals import NotAtThisStep, Refusal, Stale
from measurement.signing import attempts

from ..visitor import PersonRequest

Outcome = SigningAttempt.Outcome
MEANINGS = {
    Outcome.SENT: "Permintaan sudah dikirim ke BSrE, dan jawabannya tidak tercatat. Naskah mungkin sudah ditandatangani.",
    Outcome.SIGNED: "Naskah sudah ditandatangani dan berkasnya tersimpan.",
    Outcome.REFUSED: "Naskah tidak ditandatangani, dan boleh dicoba lagi.",
    Outcome.UNKNOWN: "Tidak diketahui apakah naskah sudah ditandatangani.",
    Outcome.SETTLED: "Dinyatakan tidak ditandatangani, dan boleh dicoba lagi.",
}


def signing_attempt(request: PersonRequest, pk: int):
    """Both ways of settling are forms of their own; `action` says which was sent."""
    found = SigningAttempt.objects.select_related(
        "signer__paper__unit", "signer__person", "started_by", "settled_by"
    )
    attempt = get_object_or_404(found, pk=pk, signer__paper__in=Paper.objects.visible_to(request.user))
    if not unknown_outcomes.may_close(request.user, attempt):
        raise PermissionDenied
    action = request.POST.get("action")
    signed = SignedFileForm(*((request.POST, request.FILES) if action == "signed" else ()))
    failed = NotSignedForm(*((request.POST,) if action == "failed" else ()))
    if request.method == "POST" and _settled(request, attempt, signed, failed):
        return redirect("signing_attempt", pk)
    return _page(request, attempt, signed, failed)


def _settled(
    request: PersonRequest, attempt: SigningAttempt, signed: SignedFileForm, failed: NotSignedForm
) -> bool:
    """Whether the outcome is known now; the form says why not otherwise."""
    form = signed if signed.is_bound else failed
    if not form.is_valid():
        return False
    try:
        if form is signed:
            unknown_outcomes.close_with_file(attempt, request.user, form.cleaned_data["file"].read())
            messages.success(request, "Berkas yang ditandatangani disimpan sebagai naskah yang berlaku.")
        else:
            unknown_outcomes.close_as_failed(attempt, request.user, form.cleaned_data["reason"])
            messages.success(request, "Percobaan dinyatakan gagal. Naskah dapat ditandatangani lagi.")
    except (NotAtThisStep, Stale):  # there is nothing left to correct in a form
        raise
    except Refusal as refusal:
        form.add_error("file" if form is signed else "reason", refusal.sentences)
        return False
    return True


def _page(request: PersonRequest, attempt: SigningAttempt, signed: SignedFileForm, failed: NotSignedForm):
    waits = attempts.may_still_answer(attempt)
    context = {
        "attempt": attempt,
        "paper": attempt.signer.paper,
        "facts": _facts(attempt),
        "meaning": unknown_outcomes.WAITING if waits else MEANINGS[Outcome(attempt.outcome)],
        "is_open": attempt.outcome in attempts.UNSETTLED and not waits,
        "can_check": bool(settings.BSRE_AUTHORITIES),
        "cannot_check": unknown_outcomes.NO_AUTHORITIES,
        "signed": signed,
        "failed": failed,
    }
    return render(
        request,
        "papers/signing_attempt.html",
        context,
        status=422 if signed.is_bound or failed.is_bound else 200,
    )


def _facts(attempt: SigningAttempt) -> list[dict]:
    signer, began = attempt.signer, attempt.started_at
    facts = [
        ("Naskah", f"{signer.paper.title}, Nomor {signer.paper.number}"),
        ("Penanda tangan", f"{signer.person}, {signer.title}"),
        ("Dikirim", f"{local_date(began)} pukul {clock(began)} oleh {attempt.started_by}"),
        ("Hasil", attempt.get_outcome_display()),
        ("Keterangan", attempt.detail),
        ("Dinyatakan oleh", attempt.settled_by),
    ]
    return [{"label": label, "value": str(value)} for label, value in facts if value]
