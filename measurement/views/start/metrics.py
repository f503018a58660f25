"""/metrics for Prometheus: what all processes counted, and how things stand in the database now. 404 unless METRICS is on."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measurement.models import LongWork, MeasurementCycle, Paper, PaperFile, WebhookDelivery
from measurement.rules.sop import STEP_BY_STATE, STEPS, State

from .health import may_watch


@never_cache
@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine itself, or whoever has the token."""
    if not settings.METRICS or not may_watch(request, settings.METRICS_TOKEN):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest  # noqa: PLC0415 – only where METRICS is on
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 – only where METRICS is on

    settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)  # the first question of all
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(settings.METRICS_DIR))
    registry.register(CountsNow())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class CountsNow:
    """How things stand, as the library collects it: asked of the database when somebody asks, so that it is right whichever process answers."""

    def collect(self) -> Iterable:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 – only where METRICS is on

        for name, told, value in _numbers():
            yield GaugeMetricFamily(f"sakip_{name}", told, value=value)
        cycles = GaugeMetricFamily(
            "sakip_open_cycles", "Siklus yang berjalan menurut langkah yang ditunggunya", labels=["step"]
        )
        for key, count in _open_cycles().items():
            cycles.add_metric([key], count)
        yield cycles


def _numbers() -> list[tuple[str, str, int]]:
    return [
        ("waiting_jobs", "Pekerjaan panjang yang belum selesai", LongWork.objects.unfinished().count()),
        ("waiting_webhooks", "Kiriman webhook yang menunggu", WebhookDelivery.objects.waiting().count()),
        ("papers_rendered", "Naskah yang berkasnya sudah dibuat", PaperFile.objects.count()),
        ("papers_waiting", "Naskah yang berkasnya belum dibuat", Paper.objects.filter(file=None).count()),
    ]


def _open_cycles() -> dict[str, int]:
    found = MeasurementCycle.objects.under_way().order_by().values_list("state").annotate(number=Count("pk"))
    by_step = {STEP_BY_STATE[State(state)].key: number for state, number in found}
    return {step.key: by_step.get(step.key, 0) for step in STEPS}
