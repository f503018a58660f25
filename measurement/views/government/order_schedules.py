"""Perintah bersama: a period prepared for all offices at once, and how many heads have ordered it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors import order_schedules as door
from measurement.forms.government import ScheduleForm
from measurement.models import Government, MeasurementCycle, OrderSchedule
from measurement.rules.dates import local_date, long_date
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .choice import chosen_government, government_query


def order_schedules(request: PersonRequest):
    """What was prepared, and a form for another period."""
    government = chosen_government(request)
    if not door.may_schedule(request.user, government):
        raise PermissionDenied
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _scheduled(request, government, form):
        return redirect(reverse("order_schedules") + government_query(request, government))
    context = {
        "government": government,
        "query": government_query(request, government),
        "lines": _lines(government),
        "form": form,
    }
    return render(request, "government/order_schedules.html", context, status=422 if form.is_bound else 200)


def _scheduled(request: PersonRequest, government: Government, form: ScheduleForm) -> bool:
    data = form.cleaned_data
    try:
        made = door.schedule_orders(
            government, data["year"], data["period"], data["instruction"], data["due"], request.user
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    messages.success(
        request,
        f"{made} disiapkan. Pimpinan setiap kantor diberi tahu dan memerintahkan atas namanya sendiri.",
    )
    return True


def _lines(government: Government) -> list[dict]:
    """With how many of the offices have a cycle of the period."""
    cycles = MeasurementCycle.objects.standing().filter(
        unit=OuterRef("government__offices"), year=OuterRef("year"), number=OuterRef("number"), frequency=OuterRef("frequency")
    )  # fmt: skip
    found = government.order_schedules.standing().annotate(
        offices=Count("government__offices"), ordered=Count("government__offices", filter=Q(Exists(cycles)))
    )
    return [
        {
            "key": str(one.pk),
            "title": str(one),
            "facts": f"{one.ordered} dari {one.offices} kantor sudah memerintahkan · paling lambat {long_date(one.due)}",
            "by": f"Disiapkan {one.made_as}, {local_date(one.made_at)}",
            "instruction": one.instruction,
        }
        for one in found
    ]


@require_POST
def withdraw_order_schedule(request: PersonRequest, pk: int):
    """Nobody is asked any more; what was ordered stays."""
    visible = OrderSchedule.objects.filter(government__in=Government.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("government"), pk=pk)
    door.withdraw_schedule(found, request.user)
    messages.success(request, f"{found} ditarik. Siklus yang sudah diperintahkan tetap berjalan.")
    return redirect("order_schedules")
