"""Sedang dikerjakan: how far an order is that takes longer than a page may, and its result."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from measurement.doors.long_work import file_of, message_key, revive_lost
from measurement.doors.long_work_kinds import LONG_WORK_KINDS
from measurement.models import LongWork, Message
from measurement.rules.dates import moment

from ..responses import attachment
from ..visitor import PersonRequest

REFRESHED = 3  # seconds, without scripts


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
    if found.is_unfinished:
        revive_lost(timezone.now())
    elif request.method == "GET":
        Message.objects.visible_to(request.user).filter(key=message_key(pk)).mark_read()
    kind = LONG_WORK_KINDS[found.kind]
    context = {
        "work": found,
        "title": kind.title,
        "doing": found.words or kind.doing,
        "ordered": moment(found.ordered_at),
        "is_kept": file_of(found) is not None,
        "refreshed": REFRESHED,
    }
    return render(request, "start/work.html", context)


def work_file(request: PersonRequest, pk: int):
    """The file that was made, to download."""
    found = _work_of(request, pk)
    if file_of(found) is None:
        raise Http404
    return attachment(found.path, found.file_name, found.path.rpartition(".")[2])
