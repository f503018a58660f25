"""Webhook: which machines this office tells what happens, and how each delivery went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors.webhooks import add_receiver, end_receiver, send_again, try_receiver
from measurement.forms.office.machine_access import ReceiverForm
from measurement.models import SettingChange, Unit, WebhookDelivery, WebhookSubscription
from measurement.rules.dates import dated_moment
from measurement.rules.machine_access import MachineEvent
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .api_tokens import secret_page
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

DELIVERIES_SHOWN = 50
SECRET_USE = "Simpan pada penerima; dengannya penerima memeriksa tajuk webhook-signature setiap kiriman."  # noqa: S105 – a sentence
LOOKS = {
    WebhookDelivery.State.WAITING: "draf",
    WebhookDelivery.State.DELIVERED: "selesai",
    WebhookDelivery.State.DEAD: "dikembalikan",
}


@never_cache
@sensitive_variables("secret")
def webhook_receivers(request: PersonRequest) -> HttpResponse:
    """The receivers, a form for the next, and the latest deliveries."""
    unit, form = managed_unit(request), ReceiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = add_receiver(
                unit, request.user, form.cleaned_data["url"], form.cleaned_data["events"]
            )
        except Refusal as refusal:
            form.add_error(None, list(refusal.sentences))
        else:
            shown = {
                "title": f"Rahasia {made.url}",
                "secret": secret,
                "back": "webhook_receivers",
                "crumb": "Webhook",
                "use": SECRET_USE,
            }
            return secret_page(request, unit, shown)
    context = {
        "unit": unit,
        "form": form,
        "receivers": [_receiver(one) for one in unit.webhooks.filter(ended_at=None)],
        "deliveries": _deliveries(unit),
        "history": setting_lines(unit, SettingChange.Part.WEBHOOKS),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/webhooks.html", context, status=422 if form.is_bound else 200)


def _receiver(one: WebhookSubscription) -> dict:
    return {
        "key": str(one.pk),
        "url": one.url,
        "events": "; ".join(event.words for event in MachineEvent if event in one.events),
    }


def _deliveries(unit: Unit) -> list[dict]:
    found = WebhookDelivery.objects.filter(subscription__unit=unit).select_related("subscription")
    return [_delivery(one) for one in found[:DELIVERIES_SHOWN]]


def _delivery(one: WebhookDelivery) -> dict:
    state = WebhookDelivery.State(one.state)
    waits = state == WebhookDelivery.State.WAITING
    ended = one.subscription.ended_at is not None
    again = f"dicoba lagi {dated_moment(one.due_at)}" if waits and one.attempts and not ended else ""
    return {
        "key": "" if waits or ended else str(one.pk),
        "at": dated_moment(one.created_at),
        "event": MachineEvent(one.event).words,
        "url": one.subscription.url,
        "message_id": one.message_id,
        "state": {
            "key": LOOKS[state],
            "label": "Penerima dihentikan" if waits and ended else str(state.label),
        },
        "remark": "; ".join(
            filter(None, (one.fault, f"{one.attempts} kali dicoba" if one.attempts > 1 else "", again))
        ),
    }


def _back(request: PersonRequest, unit: Unit) -> HttpResponse:
    return redirect(reverse("webhook_receivers") + managed_switch(request, unit)["query"])


@require_POST
def webhook_receiver(request: PersonRequest, pk: int) -> HttpResponse:
    """Try one, or end it."""
    unit = managed_unit(request)
    found = get_object_or_404(
        WebhookSubscription.objects.visible_to(request.user), unit=unit, pk=pk, ended_at=None
    )
    if request.POST.get("action") == "end":
        end_receiver(found, request.user)
        messages.success(request, f"{found.url} tidak diberi tahu lagi.")
    else:
        try_receiver(found, request.user)
        messages.success(
            request, "Percobaan dikirim. Muat ulang halaman ini untuk melihat hasilnya di bawah."
        )
    return _back(request, unit)


@require_POST
def webhook_delivery(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a delivery again."""
    unit = managed_unit(request)
    found = get_object_or_404(
        WebhookDelivery.objects.visible_to(request.user), subscription__unit=unit, pk=pk
    )
    if send_again(found, request.user):
        messages.success(request, "Kiriman dikirim lagi. Muat ulang halaman ini untuk melihat hasilnya.")
    else:
        messages.info(request, "Kiriman itu masih menunggu dikirim, atau penerimanya sudah dihentikan.")
    return _back(request, unit)
