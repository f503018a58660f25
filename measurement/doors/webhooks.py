"""Who is told by webhook: receivers added, ended, tried; and deliveries sent again."""

import base64
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.messages import webhooks
from measurement.messages.webhook_sending import SECRET_PREFIX, seal_use, send_soon
from measurement.models import (
    MeasurementCycle,
    Paper,
    Person,
    SettingChange,
    Unit,
    WebhookDelivery,
    WebhookSubscription,
)
from measurement.record.setting_changes import record_setting
from measurement.rules.machine_access import SUBSCRIBED, MachineEvent
from measurement.rules.refusals import Incomplete

from .api_tokens import check_administrator

SECRET_BYTES, MOST_RECEIVERS = 32, 10
TOO_MANY_RECEIVERS = f"Paling banyak {MOST_RECEIVERS} penerima. Hentikan yang tidak dipakai lagi."


@sensitive_variables("secret")
@transaction.atomic
def add_receiver(
    unit: Unit, actor: Person, url: str, events: Sequence[MachineEvent]
) -> tuple[WebhookSubscription, str]:
    """The receiver, and the secret by which it knows our deliveries; told once."""
    from measurement.signing import sealing  # noqa: PLC0415 – cryptography is loaded where something is sealed

    check_administrator(actor, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.webhooks.filter(ended_at=None).count() >= MOST_RECEIVERS:
        raise Incomplete(TOO_MANY_RECEIVERS)
    secret = secrets.token_bytes(SECRET_BYTES)
    made = WebhookSubscription.objects.create(
        unit=unit,
        url=url,
        events=[event.value for event in SUBSCRIBED if event in events],
        sealed=sealing.seal_office(secret, seal_use(unit.pk)),
        made_at=timezone.now(),
        made_by=actor,
    )
    record_setting(unit, actor, SettingChange.Part.WEBHOOKS, {}, {url: ", ".join(made.events)})
    return made, SECRET_PREFIX + base64.b64encode(secret).decode()


@transaction.atomic
def end_receiver(subscription: WebhookSubscription, actor: Person) -> bool:
    """Nothing more is sent there, not even what waits; False where it had ended before."""
    check_administrator(actor, subscription.unit)
    still = WebhookSubscription.objects.filter(pk=subscription.pk, ended_at=None)
    if not still.update(ended_at=timezone.now()):
        return False
    before = {subscription.url: ", ".join(subscription.events)}
    record_setting(
        subscription.unit, actor, SettingChange.Part.WEBHOOKS, before, {subscription.url: "dihentikan"}
    )
    return True


@transaction.atomic
def try_receiver(subscription: WebhookSubscription, actor: Person) -> WebhookDelivery:
    """Send a delivery that says nothing, as soon as this is committed."""
    check_administrator(actor, subscription.unit)
    transaction.on_commit(send_soon)
    return webhooks.ping(subscription)


@transaction.atomic
def send_again(delivery: WebhookDelivery, actor: Person) -> bool:
    """From the beginning, under the same id; False for what waits anyway, or whose receiver has ended."""
    check_administrator(actor, delivery.subscription.unit)
    settled = WebhookDelivery.objects.filter(pk=delivery.pk, subscription__ended_at=None).exclude(
        state=WebhookDelivery.State.WAITING
    )
    again = {
        "state": WebhookDelivery.State.WAITING,
        "due_at": timezone.now(),
        "attempts": 0,
        "delivered_at": None,
    }
    transaction.on_commit(send_soon)
    return bool(settled.update(**again))


def tell_of_step(cycle: MeasurementCycle, action: str, paper: Paper) -> None:
    """In the transaction that leaves the step; sent after its commit."""
    _send_after(webhooks.tell_machines(cycle, action, paper))


def tell_of_report(paper: Paper) -> None:
    """In the transaction that issues a report again."""
    _send_after(webhooks.tell_machines_of_report(paper))


def _send_after(written: int) -> None:
    if written:
        transaction.on_commit(send_soon)
