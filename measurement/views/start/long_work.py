"""Sedang dikerjakan: how far an order is that takes longer than a page may, its result, and no longer wanting it or wanting it again."""

from typing import TypeVar

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.long_work import cancel_work, retry_work
from measurement.doors.long_work_files import answer_of, file_of
from measurement.doors.long_work_kinds import LONG_WORK_KINDS
from measurement.doors.long_work_run import LOST, message_key, take_up_lost
from measurement.models import LongWork, Message
from measurement.rules.dates import moment
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal

from ..responses import attachment
from ..visitor import PersonRequest

T = TypeVar("T")
REFRESHED = 3  # seconds, without scripts
ACTS = {"cancel": cancel_work, "retry": retry_work}


def _work_of(request: PersonRequest, pk: int) -> LongWork:
    """An order of one's own, whose result one may still have."""
    visible = LongWork.objects.visible_to(request.user).select_related("unit", "person")
    found = get_object_or_404(visible, pk=pk)
    if not LONG_WORK_KINDS[found.kind].may(request.user, found):
        raise Http404
    return found


def work_page(request: PersonRequest, pk: int):
    """It may be left at any time: a message leads back. Who sees the result here needs no message any more."""
    found = _work_of(request, pk)
    if request.method == "POST":
        return _changed(request, found)
    if found.is_unfinished:
        take_up_lost(timezone.now())
        found.refresh_from_db()
    elif request.method == "GET":
        Message.objects.visible_to(request.user).filter(key=message_key(pk)).mark_read()
    if found.led_to and found.path:  # an answer, which its own page shows
        return redirect(found.led_to)
    return render(request, "start/work.html", _shown(found))


def _changed(request: PersonRequest, work: LongWork):
    """Cancelled, or begun again."""
    act = ACTS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404
    try:
        act(work)
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.sentences))
    return redirect("work", work.pk)


def _shown(work: LongWork) -> dict:
    kind = LONG_WORK_KINDS[work.kind]
    return {
        "work": work,
        "title": kind.title,
        "doing": work.words or kind.doing,
        "ordered": moment(work.ordered_at),
        "is_kept": file_of(work) is not None,
        "gives_file": kind.gives_file,
        "stays": kind.stays,
        "back": reverse(kind.back) if kind.back else "",
        "unattended": LongWork.objects.unattended(timezone.now() - LOST).filter(pk=work.pk).exists(),
        "refreshed": REFRESHED,
    }


def work_file(request: PersonRequest, pk: int):
    """The file that was made, to download."""
    found = _work_of(request, pk)
    if file_of(found) is None:
        raise Http404
    return attachment(found.path, found.file_name, found.path.rpartition(".")[2])


def shown_answer(request: PersonRequest, kind: str, shape: type[T]) -> tuple[LongWork, T] | None:
    """The order that the address names (`hasil`) and what came of it, for the page that shows it; None if it names none of this kind that is kept."""
    pk = parse_key(request.GET.get("hasil", ""))
    if request.method != "GET" or not pk:
        return None
    found = _work_of(request, pk)
    answer = answer_of(found) if found.kind == kind else None
    if not isinstance(answer, shape):
        messages.error(request, "Hasil pemeriksaan itu tidak disimpan lagi. Pilih berkasnya sekali lagi.")
        return None
    return found, answer
