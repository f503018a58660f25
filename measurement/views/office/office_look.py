"""Tampilan kantor: the administrator chooses colour and emblem; and the emblem itself, for the bar of every page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render

from measurement import files
from measurement.forms.office.office_look import OfficeLookForm
from measurement.models import Accent, StoredFile, Unit

from ..responses import attachment
from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit

A_YEAR = 365 * 24 * 60 * 60


def office_look(request: PersonRequest):
    """Colour and emblem; papers that were issued keep theirs."""
    # a copy of its own: what is typed must not colour the refused page
    unit = Unit.objects.get(pk=managed_unit(request).pk)
    form = OfficeLookForm(request.POST or None, request.FILES or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        form.store(builtin=request.POST.get("action") == "builtin")
        messages.success(
            request,
            "Tampilan kantor disimpan. Naskah yang diterbitkan mulai sekarang memakai lambang yang baru; yang sudah terbit tidak berubah.",
        )
        return redirect(request.get_full_path())
    chosen = form["accent"].value()
    context = {
        "unit": unit,
        "form": form,
        "accents": [
            {"value": accent.value, "label": accent.label, "checked": accent == chosen} for accent in Accent
        ],
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/office_look.html", context, status=422 if form.is_bound else 200)


@login_not_required
def emblem(request: HttpRequest, pk: int):
    """The picture. A stored file never changes, so that a browser may keep it: another emblem has another address. Who hasn't logged in sees only that of
    an installation's one office, which stands above the login."""
    alone = Unit.objects.filter(~Exists(Unit.objects.exclude(pk=OuterRef("pk"))))
    seen = Unit.objects.visible_to(request.user) if request.user.is_authenticated else alone
    found = get_object_or_404(StoredFile.objects.filter(pk__in=seen.values("emblem")), pk=pk)
    if files.stored_path(found.path) is None:
        raise Http404
    response = attachment(found.path, f"lambang.{found.kind}", found.kind)
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response
