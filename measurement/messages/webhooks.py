"""What machines are told: written in the transaction of the act, for every subscriber of its office. Nothing in it is about a person."""

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import MeasurementCycle, Paper, WebhookDelivery, WebhookSubscription
from measurement.rules.machine_access import MachineEvent
from measurement.rules.sop import Output, step_of


def tell_machines(cycle: MeasurementCycle, action: str, paper: Paper) -> int:
    """A step was left with this paper; how many deliveries that makes."""
    told = [MachineEvent.STEP_LEFT]
    told += [MachineEvent.REPORT_ISSUED] if paper.kind == Output.LAPORAN else []
    told += [MachineEvent.ARCHIVED] if cycle.is_archived else []
    return _written(
        cycle, told, {**_cycle_facts(cycle), **_step_facts(cycle, action), "naskah": _paper_facts(paper)}
    )


def tell_machines_of_report(paper: Paper) -> int:
    """A Laporan Hasil was issued again beside the steps; a paper of another kind is no news."""
    if paper.kind != Output.LAPORAN:
        return 0
    return _written(
        paper.cycle,
        [MachineEvent.REPORT_ISSUED],
        {**_cycle_facts(paper.cycle), "naskah": _paper_facts(paper)},
    )


def ping(subscription: WebhookSubscription) -> WebhookDelivery:
    """A delivery that says nothing but that it arrives."""
    facts = {"kantor": subscription.unit.code, "pesan": "Percobaan dari SAKIP."}
    return WebhookDelivery.objects.create(**_delivery(subscription, MachineEvent.TEST, facts))


def _written(cycle: MeasurementCycle, events: list[MachineEvent], facts: dict[str, Any]) -> int:
    subscriptions = WebhookSubscription.objects.filter(unit=cycle.unit_id, ended_at=None)
    found = [
        WebhookDelivery(**_delivery(subscription, event, facts))
        for subscription in subscriptions
        for event in events
        if event in subscription.events
    ]
    WebhookDelivery.objects.bulk_create(found)
    return len(found)


def _delivery(
    subscription: WebhookSubscription, event: MachineEvent, facts: dict[str, Any]
) -> dict[str, Any]:
    now = timezone.now()
    body = {"type": event.value, "timestamp": timezone.localtime(now).isoformat(), "data": facts}
    return {
        "subscription": subscription,
        "event": event.value,
        "body": json.dumps(body, ensure_ascii=False),
        "created_at": now,
        "due_at": now,
    }


def _cycle_facts(cycle: MeasurementCycle) -> dict[str, Any]:
    return {
        "kantor": cycle.unit.code,
        "siklus": {
            "id": cycle.pk,
            "nama": str(cycle),
            "tahun": cycle.year,
            "periode": cycle.period,
            "alamat": _api_address(f"siklus/{cycle.pk}"),
        },
    }


def _step_facts(cycle: MeasurementCycle, action: str) -> dict[str, Any]:
    step, following = step_of(action), cycle.step
    return {
        "langkah": {"nomor": step.number, "kunci": step.key, "tindakan": action},
        "putaran": cycle.round,
        "berikutnya": following
        and {
            "nomor": following.number,
            "kunci": following.key,
            "pelaksana": cycle.sop.label(following.actor),
        },
    }


def _paper_facts(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.pk,
        "jenis": paper.kind,
        "judul": paper.title,
        "nomor": paper.number,
        "berkas": _api_address(f"naskah/{paper.pk}/berkas"),
    }


def _api_address(rest: str) -> str:
    return settings.PUBLIC_URL + reverse("api", args=[rest])
