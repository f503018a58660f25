"""Pesan: what the application told me, and whether it comes by e-mail, too."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from measurement.forms.start.mail import MailForm
from measurement.models import Message
from measurement.rules.dates import moment

from ..paging import PagedList
from ..visitor import PersonRequest
from .desk import desk_of

PER_PAGE = 20
ITEM = "- "


def my_messages(request: PersonRequest):
    """The newest first; what was not opened yet says so."""
    mine = Message.objects.visible_to(request.user).select_related("cycle")
    paged = PagedList.of(mine, request, PER_PAGE)
    context = {
        "paged": paged,
        "lines": [_line(message) for message in paged.page],
        "unread": desk_of(request.user).unread,
    }
    return render(request, "start/my_messages.html", context)


def _line(message: Message) -> dict:
    lead, *rest = message.text.split("\n\n")
    return {
        "pk": message.pk,
        "subject": message.subject,
        "kind": message.get_kind_display(),
        "lead": lead,
        "rest": [_block(block) for block in rest],
        "when": moment(message.created_at),
        "is_unread": message.read_at is None,
    }


def _block(text: str) -> dict:
    """A paragraph, or the items of a list."""
    lines = text.strip().split("\n")
    is_list = all(line.startswith(ITEM) for line in lines)
    return {"points": [line.removeprefix(ITEM) for line in lines]} if is_list else {"paragraph": text.strip()}


def my_message(request: PersonRequest, pk: int):
    """Where mails lead to: marks one's own message as read and goes on to the job. Opening it again changes nothing, so a GET may do it."""
    mine = Message.objects.visible_to(request.user).filter(pk=pk)
    message = get_object_or_404(mine)
    if request.method == "GET":
        mine.mark_read()
    return redirect(message.url)


@require_POST
def read_messages(request: PersonRequest):
    count = Message.objects.visible_to(request.user).mark_read()
    messages.success(
        request, f"{count} pesan ditandai sudah dibaca." if count else "Semua pesan memang sudah dibaca."
    )
    return redirect("my_messages")


def mail_setting(request: PersonRequest):
    """Whether one's own messages come by e-mail at once, once a day, or not at all."""
    form = MailForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).save(update_fields=["mail"])
        messages.success(request, f"Disimpan. Pesan lewat surel: {request.user.get_mail_display().lower()}.")
        return redirect("my_messages")
    return render(request, "start/mail_setting.html", {"form": form}, status=422 if form.is_bound else 200)
