"""Pegawai: the people of an office, found by name, number or post, a page at a time; with ticks for the sheet of first passwords."""

from django.db.models import Prefetch, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from measurement.models import Appointment, Person, Unit
from measurement.rules.sop_edition import Sop
from measurement.staff.first_passwords import MOST

from ..paging import PagedList
from ..visitor import PersonRequest
from .first_passwords import without_password
from .office_choice import UNIT, managed_switch, managed_unit

PER_PAGE = 50
NEW, SERVING, EVERYBODY = "baru", "bertugas", ""


def people(request: PersonRequest):
    unit = managed_unit(request)
    wanted, which = request.GET.get("cari", "").strip()[:100], request.GET.get("akun", EVERYBODY)
    waiting = set(without_password(unit).values_list("pk", flat=True))
    found = _found(unit, wanted, which, waiting)
    paged = PagedList.of(found, request, PER_PAGE)
    kept = set(
        Person.objects.kept_by(unit)
        .filter(pk__in=[person.pk for person in paged.page])
        .values_list("pk", flat=True)
    )
    switch = managed_switch(request, unit)
    chosen = {UNIT: unit.pk} if switch["query"] else {}
    context = {
        "unit": unit,
        "people": [_person_line(person, person.pk in kept, waiting, unit.sop) for person in paged.page],
        "paged": paged,
        "wanted": wanted,
        "which": which,
        "chips": _chips(which, len(waiting), chosen),
        "most": MOST,
        "handing_out": which == NEW,
        "switch": switch,
    }
    return render(request, "office/people.html", context)


def _found(unit: Unit, wanted: str, which: str, waiting: set[int]):
    today = timezone.localdate()
    here = Appointment.objects.filter(Q(ends=None) | Q(ends__gte=today), unit=unit).order_by("starts")
    found = Person.objects.filter(pk__in=Person.objects.of_unit(unit).values("pk")).order_by("name", "pk")
    if which == NEW:
        found = found.filter(pk__in=waiting)
    elif which == SERVING:
        found = found.filter(pk__in=here.filter(starts__lte=today).values("person"), is_active=True)
    if wanted:
        digits = "".join(wanted.split())
        by_number = Q(nip__startswith=digits) if digits.isdecimal() else Q()
        by_post = Q(pk__in=here.filter(title__icontains=wanted).values("person"))
        found = found.filter(Q(name__icontains=wanted) | Q(username__icontains=wanted) | by_post | by_number)
    return found.prefetch_related(Prefetch("appointments", here, to_attr="held"))


def _person_line(person: Person, kept: bool, waiting: set[int], sop: Sop) -> dict:
    held: list[Appointment] = person.held  # type: ignore[attr-defined]  # of the prefetch
    return {
        "name": person.name,
        "pk": person.pk,
        "key": str(person.pk),
        "nip": person.masked_nip,
        "username": person.username,
        "posts": list(dict.fromkeys(a.printed_title for a in held)),
        "roles": sorted({a.role_named_by(sop) for a in held}),
        "account": _account(person, waiting),
        "kept": kept and person.is_active,
    }


def _account(person: Person, waiting: set[int]) -> str:
    if not person.is_active:
        return "tidak aktif"
    return "belum punya kata sandi" if person.pk in waiting else "aktif"


def _chips(which: str, waiting: int, chosen: dict) -> list[dict]:
    labels = {EVERYBODY: "Semua", SERVING: "Sedang bertugas"}
    if waiting or which == NEW:
        labels[NEW] = f"Belum punya kata sandi ({waiting})"
    return [
        {"label": label, "url": "?" + urlencode(chosen | {"akun": key}), "current": key == which}
        for key, label in labels.items()
    ]
