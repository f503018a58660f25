"""SAKIP on a phone: what a browser asks to install it, and the page that it shows without a line. Open to everybody, and nothing of anybody's."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measurement.addresses import reverse
from measurement.models import Unit

THEME, PAPER = "#0f5c63", "#f7f5f0"  # the accent and the paper of static/css/sakip.css
ICONS = (("192", "any"), ("512", "any"), ("maskable-512", "maskable"))
# what the offline page needs; nothing else is ever kept on the phone
KEPT = (
    "vendor/bootstrap/bootstrap-reboot.min.css",
    "css/sakip.css",
    "js/app.js",
    "icons/sprite.svg",
    "img/favicon.svg",
    "img/lambang.svg",
)


@never_cache
@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web manifest: the name of the office where there is one, else that of the application."""
    office = _office(request)
    icons = [
        {
            "src": static(f"img/ikon-{name}.png"),
            "sizes": "x".join([name.rpartition("-")[2]] * 2),
            "type": "image/png",
            "purpose": purpose,
        }
        for name, purpose in ICONS
    ]
    start = reverse("inbox")
    told = {
        "id": start,
        "name": f"SAKIP {office.name}" if office else "SAKIP Pengukuran Data Kinerja",
        "short_name": f"SAKIP {office.short_name}"[:24] if office else "SAKIP",
        "lang": "id",
        "dir": "ltr",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": THEME,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _office(request: HttpRequest) -> Unit | None:
    """That of whoever is logged in; for others the only one of this installation."""
    person = request.user
    if person.is_authenticated:
        return person.appointments_in_force[0].unit if person.appointments_in_force else None
    units = list(Unit.objects.order_by("pk")[:2])
    return units[0] if len(units) == 1 else None


@never_cache
@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers when there is no line: with the offline page, and with the files that this page needs."""
    kept = [reverse("offline"), *(static(name) for name in KEPT)]
    version = hashlib.sha256(json.dumps([settings.VERSION, *kept]).encode()).hexdigest()[:12]
    told = {"name": f"sakip-{version}", "page": kept[0], "files": kept}
    script = (Path(settings.STATICFILES_DIRS[0]) / "js/service_worker.js").read_text()
    head = f"const SAKIP = {json.dumps(told)};\n"
    return HttpResponse(head + script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What can be done without a line. The phone fetches it without cookies, so that it is nobody's."""
    return render(request, "start/offline.html")
