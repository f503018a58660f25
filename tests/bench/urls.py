"""The application's addresses, and two that do next to nothing behind the same middleware: what everything else is held against."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from measurement.models import MeasurementCycle, WorksheetRow

handler400 = "measurement.views.start.errors.unreadable_request"
handler403 = "measurement.views.start.errors.forbidden"
handler404 = "measurement.views.start.errors.not_found"
handler500 = "measurement.views.start.errors.broken"


def constant(request: HttpRequest) -> HttpResponse:
    """A page that is always the same, for whoever has logged in."""
    return HttpResponse("<!DOCTYPE html><title>Tetap</title><p>Halaman ini selalu sama.</p>")


def locked_update(request: HttpRequest) -> JsonResponse:
    """The least that a save must do: lock the cycle, write one row on condition of its version."""
    with transaction.atomic():
        MeasurementCycle.objects.select_for_update(of=("self",)).get(pk=request.POST["cycle"])
        rows = WorksheetRow.objects.filter(pk=request.POST["row"], version=request.POST["version"])
        written = rows.update(realised=request.POST["realised"], version=F("version") + 1)
    return JsonResponse({"written": written})


urlpatterns = [
    path("ukur/tetap/", constant),
    path("ukur/simpan/", locked_update),
    path("", include("sakip.urls")),
]
