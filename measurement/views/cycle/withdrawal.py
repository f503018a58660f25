"""Pencabutan: who orders takes an order back, or asks for it once people measure; the Sekcam consents or refuses. And what was withdrawn."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors import withdrawing
from measurement.forms.cycle.withdrawing import AnswerForm, WithdrawForm
from measurement.models import MeasurementCycle, Person, Withdrawal
from measurement.rules.dates import local_date
from measurement.rules.permissions import may_consent, may_withdraw
from measurement.rules.refusals import Refusal
from measurement.rules.sop import WITHDRAWN_ALONE

from ..fetch import get_cycle
from ..visitor import PersonRequest

DONE = {
    "withdraw": "Perintah dicabut. Nomor naskahnya batal, dan periode ini dapat diperintahkan lagi.",
    "ask": "Permintaan pencabutan dikirim kepada {sekcam}. Siklus tetap berjalan sampai dijawab.",
    "take_back": "Permintaan pencabutan ditarik kembali. Siklus tetap berjalan.",
    "consent": "Pencabutan disetujui: perintah dicabut, dan nomor naskahnya batal.",
    "refuse": "Pencabutan tidak disetujui. Siklus tetap berjalan, dan {camat} diberi tahu.",
}


def withdrawal_page(request: PersonRequest, pk: int):
    """What a withdrawal means, and the one thing that this person can do about it now."""
    cycle = get_cycle(request, pk)
    if not (may_withdraw.test(request.user, cycle) or may_consent.test(request.user, cycle)):
        raise PermissionDenied
    found = list(cycle.withdrawals.select_related("asked_by", "answered_by"))
    asked = next((one for one in found if one.is_open), None)
    form = _form(request, cycle, asked)
    if request.method == "POST" and _act(request, cycle, form):
        return redirect("cycle", pk)
    valid = list(cycle.papers.valid().values_list("number", flat=True))
    context = {
        "cycle": cycle,
        "form": form,
        "asked": asked,
        "may_withdraw": may_withdraw.test(request.user, cycle),
        "alone": cycle.state in WITHDRAWN_ALONE,
        "means": _means(cycle, valid) if cycle.is_under_way else [],
        "standing": _standing_of(cycle, found),
        "refused": [_refused(one) for one in found if one.granted is False],
        "may_consent": bool(asked) and may_consent.test(request.user, cycle),
    }
    return render(request, "cycle/withdrawal.html", context, status=422 if request.method == "POST" else 200)


def _form(request: PersonRequest, cycle: MeasurementCycle, asked: Withdrawal | None) -> forms.Form | None:
    """A reason from who orders, an answer from the Sekcam; None where there is nothing to write."""
    if not cycle.is_under_way:
        return None
    if asked:
        return AnswerForm(request.POST or None) if may_consent.test(request.user, cycle) else None
    return WithdrawForm(request.POST or None) if may_withdraw.test(request.user, cycle) else None


def _act(request: PersonRequest, cycle: MeasurementCycle, form: forms.Form | None) -> bool:
    """Whether something was done; a refusal stands on the page."""
    action, person = request.POST.get("action", ""), request.user
    if form is not None and not form.is_valid():
        return False
    texts = form.cleaned_data if form else {}
    reason, answer = texts.get("reason", ""), texts.get("answer", "")
    doors: dict[str, Callable[[], object]] = {
        "withdraw": lambda: withdrawing.withdraw_order(cycle.pk, person, reason),
        "ask": lambda: withdrawing.ask_withdrawal(cycle.pk, person, reason),
        "take_back": lambda: withdrawing.take_back(cycle.pk, person),
        "consent": lambda: withdrawing.answer_withdrawal(cycle.pk, person, True, answer),
        "refuse": lambda: withdrawing.answer_withdrawal(cycle.pk, person, False, answer),
    }
    if action not in doors:
        return False
    try:
        doors[action]()
    except Refusal as refusal:
        if form is None:
            raise
        form.add_error(None, refusal.sentences)
        return False
    messages.success(request, cycle.sop.say(DONE[action]))
    return True


def _means(cycle: MeasurementCycle, papers: list[str]) -> list[str]:
    """What becomes of the cycle."""
    numbers = f": {', '.join(papers)}" if papers else ""
    return [
        f"{cycle} berhenti; tidak ada lagi tugas, pengingat, atau batas waktu untuknya.",
        f"{len(papers)} naskahnya batal beserta nomornya{numbers}. Naskahnya tetap dapat dibaca, dan buku nomor mencatat alasannya.",
        "Angkanya tidak dihitung di mana pun, tetapi seluruh isinya tetap dapat dibaca dan tidak dapat diubah lagi.",
        f"{cycle.period} dapat diperintahkan lagi kapan saja. Pencabutan tidak dapat dibatalkan.",
    ]


def _standing_of(cycle: MeasurementCycle, found: list[Withdrawal]) -> str:
    """What became of it, or why it can't be withdrawn; empty where it can."""
    if cycle.is_archived:
        return withdrawing.ARCHIVED
    granted = [one for one in found if one.granted]
    return granted[-1].words if granted else ""


def _refused(one: Withdrawal) -> dict:
    """A question that came to nothing: refused, or taken back by those who asked."""
    what = f"ditolak {one.answerer}: {one.answer}" if one.answer else f"ditarik kembali oleh {one.answerer}"
    return {"when": local_date(one.asked_at), "who": one.asker, "reason": one.reason, "what": what}


def withdraw_link(cycle: MeasurementCycle, person: Person) -> dict | None:
    """The quiet way to the page from a cycle; None for whom it is not."""
    if not cycle.is_under_way or not may_withdraw.test(person, cycle):
        return None
    label = "Cabut perintah" if cycle.state in WITHDRAWN_ALONE else "Minta pencabutan"
    return {"label": label, "url": reverse("withdrawal", args=[cycle.pk])}
