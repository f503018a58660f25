"""Files about all offices of a government: ordered by a button, since they take their time; the page that shows how far they are opens at once."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.figures.office_stands import measured_period

from ..visitor import PersonRequest
from .choice import chosen_government
from .ordered_work import ordered_work

FILES = {
    "rekap-kantor": "Rekap semua kantor (Excel)",
    "rekap-kantor-pdf": "Rekap semua kantor (PDF)",
    "e81-kantor": "Formulir E.81 semua kantor (zip)",
}
CHOSEN_BY = ("pemerintah", "periode")


def file_orders(kept: Mapping[str, str]) -> list[dict]:
    """A button for each file, about what the page shows."""
    query = urlencode({name: kept[name] for name in CHOSEN_BY if name in kept})
    return [
        {"label": label, "url": reverse("government_file", args=[key]) + (f"?{query}" if query else "")}
        for key, label in FILES.items()
    ]


@require_POST
def government_file(request: PersonRequest, kind: str):
    """One file about the period that the address names, else the newest."""
    government = chosen_government(request)
    if government.pk not in request.user.read_governments:
        raise PermissionDenied
    period = measured_period(government, request.GET.get("periode", ""))
    if kind not in FILES or period is None:
        raise Http404
    return ordered_work(request, government, kind, period=period.key)
