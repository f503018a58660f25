"""Serah terima: what a person is responsible for, and moving it to somebody else; for the administrator and Tim SAKIP."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors import handing_over
from measurement.forms.office.handover import HandoverForm
from measurement.messages.notifications import MOVED, handover_counts
from measurement.models import Handover, Person, Unit, WorksheetNode
from measurement.rules.dates import dated_moment
from measurement.rules.numbers import show_money
from measurement.rules.permissions import may_hand_over, may_manage_people
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .office_choice import HANDED_OVER, chosen_unit, switch, units_where

TITLES = {"indicators": "Indikator pada rencana", "nodes": "Program, kegiatan, dan sub kegiatan pada rencana"}
SHOWN = 50


def handovers(request: PersonRequest):
    """Who is responsible for how much, those who left first; and what was handed over before."""
    units = units_where(request.user, may_hand_over)
    unit = chosen_unit(request, units)
    people = handing_over.with_holdings(Person.objects.of_unit(unit), unit)
    lines = [
        _person_line(unit, person, serves)
        for person, serves in _with_service(people, unit)
        if handing_over.held_by(person)
    ]
    context = {
        "unit": unit,
        "people": sorted(lines, key=lambda line: line["serves"]),
        "left_behind": sum(not line["serves"] for line in lines),
        "handovers": [handover_line(handover) for handover in _past(unit)[:SHOWN]],
        "switch": switch(request, unit, units, HANDED_OVER),
    }
    return render(request, "office/handovers.html", context)


def _with_service(people, unit: Unit) -> list[tuple[Person, bool]]:
    staff = set(unit.appointments.in_force().filter(person__is_active=True).values_list("person", flat=True))
    return [(person, person.pk in staff) for person in people]


def _person_line(unit: Unit, person: Person, serves: bool) -> dict:
    return {
        "pk": person.pk,
        "name": person.name,
        "serves": serves,
        "counts": count_words(handing_over.held_by(person)),
    }


def _past(unit: Unit):
    return unit.handovers.select_related("giver", "taker", "done_by")


def count_words(counts: dict[str, int]) -> list[str]:
    """12 indikator pada rencana, 3 baris kertas kerja …"""
    return [f"{number} {MOVED[name]}" for name, number in counts.items() if number]


def handover_line(handover: Handover) -> dict:
    return {
        "at": dated_moment(handover.done_at),
        "giver": handover.giver.name,
        "taker": handover.taker.name,
        "by": handover.done_by.name,
        "reason": handover.reason,
        "counts": handover_counts(handover),
        "names": [thing["name"] for name in MOVED for thing in handover.moved.get(name, ())],
    }


def hand_over_page(request: PersonRequest, pk: int):
    """What one person holds in the unit; all of it, or what is ticked, goes to somebody else."""
    giver = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    there = set(giver.appointments.values_list("unit", flat=True))
    units = [unit for unit in units_where(request.user, may_hand_over) if unit.pk in there]
    unit = chosen_unit(request, units)
    form = HandoverForm(request.POST if request.method == "POST" else None, unit=unit, giver=giver)
    if form.is_valid() and (done := _hand_over(request, unit, giver, form)):
        messages.success(
            request, f"{', '.join(handover_counts(done))} berpindah dari {giver} kepada {done.taker}."
        )
        return redirect(request.get_full_path())
    context = {
        "giver": giver,
        "unit": unit,
        "form": form,
        "groups": _groups(handing_over.holdings(unit, giver), form.picked() if form.is_bound else None),
        "handovers": [handover_line(handover) for handover in _past(unit).filter(giver=giver)[:SHOWN]],
        "switch": switch(request, unit, units, HANDED_OVER),
        "person_url": reverse("person", args=[giver.pk])
        if may_manage_people.test(request.user, Handover(unit=unit))
        else "",
    }
    return render(request, "office/hand_over.html", context, status=form.status if form.is_bound else 200)


def _hand_over(request: PersonRequest, unit: Unit, giver: Person, form: HandoverForm) -> Handover | None:
    """The record; None with the reason on the form if it can't be done."""
    data = form.cleaned_data
    try:
        return handing_over.hand_over(unit, giver, data["taker"], request.user, form.picked(), data["reason"])
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _groups(held: dict[str, list], picked: dict | None) -> list[dict]:
    """The lines to tick, all of them at first: those of the plan, then those of each cycle under way."""
    groups: dict[str, list] = {}
    for name, things in held.items():
        for thing in things:
            title = TITLES.get(name) or f"Kertas kerja {thing.cycle}"
            line = {
                "name": name,
                "key": str(thing.pk),
                "checked": picked is None or thing.pk in picked[name],
                **_line(name, thing),
            }
            groups.setdefault(title, []).append(line)
    return [{"title": title, "lines": lines} for title, lines in groups.items()]


def _line(name: str, thing) -> dict:
    """Code, name and a remark of one thing."""
    match name:
        case "indicators":
            return {"code": thing.node.place, "text": thing.name, "remark": thing.measure}
        case "nodes":
            return {"code": thing.place, "text": thing.name, "remark": thing.get_level_display()}
        case "rows":
            return {"code": thing.node.place, "text": thing.name, "remark": thing.state_label}
        case _:
            return {"code": thing.place, "text": thing.name, "remark": _money_remark(thing)}


def _money_remark(node: WorksheetNode) -> str:
    if not node.carries_money:
        return node.get_level_display()
    spent = "belum diisi" if node.spent is None else show_money(node.spent)
    return f"Anggaran: pagu {show_money(node.pagu)}, realisasi periode ini {spent}"
